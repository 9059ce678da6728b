-- What the institutions say of a concern on the list, 0 to 100 each: terms of the published formula.
ALTER TABLE candidates ADD COLUMN severity INTEGER NOT NULL DEFAULT 50 CHECK (severity BETWEEN 0 AND 100);
ALTER TABLE candidates ADD COLUMN frequency INTEGER NOT NULL DEFAULT 50 CHECK (frequency BETWEEN 0 AND 100);
ALTER TABLE candidates ADD COLUMN harm INTEGER NOT NULL DEFAULT 50 CHECK (harm BETWEEN 0 AND 100);

-- How much votes and terms weigh in a municipality's formula.
ALTER TABLE municipalities ADD COLUMN weight_votes INTEGER NOT NULL DEFAULT 60 CHECK (weight_votes BETWEEN 1 AND 100);
ALTER TABLE municipalities ADD COLUMN weight_severity INTEGER NOT NULL DEFAULT 20 CHECK (weight_severity BETWEEN 0 AND 100);
ALTER TABLE municipalities ADD COLUMN weight_frequency INTEGER NOT NULL DEFAULT 10 CHECK (weight_frequency BETWEEN 0 AND 100);
ALTER TABLE municipalities ADD COLUMN weight_harm INTEGER NOT NULL DEFAULT 10 CHECK (weight_harm BETWEEN 0 AND 100);

-- What a question can be answered with; without any, the concerns on the list are prioritised.
CREATE TABLE consultation_choices (
  consultation_id TEXT NOT NULL REFERENCES consultations (id),
  position        INTEGER NOT NULL,
  text            TEXT NOT NULL,
  PRIMARY KEY (consultation_id, position)
) WITHOUT ROWID;

-- The vote of a consultation, from when all issuers have made their keys for it.
CREATE TABLE votes (
  consultation_id TEXT PRIMARY KEY NOT NULL REFERENCES consultations (id),
  threshold       INTEGER NOT NULL CHECK (threshold BETWEEN 1 AND 3),
  -- For which year its voters are verified: one, so that nobody votes twice around New Year.
  year            INTEGER NOT NULL,
  -- The head of the box (JSON) as all issuers stated it, once issuing is over.
  announced       TEXT,
  -- The same with reveals and beacon. From then on items are cast.
  sealed          TEXT,
  -- The count (JSON), once the vote is over.
  outcome         TEXT
) WITHOUT ROWID;

-- The keys of the institutions, in the order in which tokens carry their signatures.
CREATE TABLE vote_issuers (
  consultation_id TEXT NOT NULL REFERENCES votes (consultation_id),
  position        INTEGER NOT NULL,
  institution     TEXT NOT NULL,
  name            TEXT NOT NULL,
  key_modulus     TEXT NOT NULL,
  identity        TEXT NOT NULL,
  commitment      TEXT NOT NULL,
  -- Its part of the beacon, once it gave it.
  reveal          TEXT,
  PRIMARY KEY (consultation_id, position)
) WITHOUT ROWID;

-- Who asked for tokens, the unit they live in, and the hash of the blinded messages. Not when, and nothing of a token.
CREATE TABLE token_requests (
  consultation_id TEXT NOT NULL REFERENCES votes (consultation_id),
  account_id      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  unit            TEXT NOT NULL,
  messages_hash   TEXT NOT NULL,
  PRIMARY KEY (consultation_id, account_id)
) WITHOUT ROWID;
CREATE INDEX token_requests_by_account ON token_requests (account_id);

-- What the issuers answered, blind signatures that mean nothing without the device's seed: for a phone that was
-- lost, until the vote is counted.
CREATE TABLE token_answers (
  consultation_id TEXT NOT NULL REFERENCES votes (consultation_id),
  account_id      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  institution     TEXT NOT NULL,
  signatures      TEXT NOT NULL,
  PRIMARY KEY (consultation_id, account_id, institution)
) WITHOUT ROWID;
CREATE INDEX token_answers_by_account ON token_answers (account_id);

-- What was cast, the last of each token. No time, and nobody's.
CREATE TABLE ballots (
  consultation_id TEXT NOT NULL REFERENCES votes (consultation_id),
  token           TEXT NOT NULL,
  concern_index   INTEGER NOT NULL,
  value           INTEGER NOT NULL,
  sequence        INTEGER NOT NULL,
  -- Of the issuers, in their order, a dash where one is missing.
  signatures      TEXT NOT NULL,
  signature       TEXT NOT NULL,
  -- The item's hash under the last published root.
  rooted_leaf     TEXT,
  PRIMARY KEY (consultation_id, token)
) WITHOUT ROWID;

-- The hash over all items of a vote, each night while it is open and at its end.
CREATE TABLE box_roots (
  consultation_id TEXT NOT NULL REFERENCES votes (consultation_id),
  on_day          DATE NOT NULL,
  size            INTEGER NOT NULL,
  hash            TEXT NOT NULL,
  PRIMARY KEY (consultation_id, on_day)
) WITHOUT ROWID;

-- Votes that are not over are looked for every few seconds.
CREATE INDEX consultations_by_vote ON consultations (vote_until);
