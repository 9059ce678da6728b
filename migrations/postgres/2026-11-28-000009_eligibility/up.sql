-- Letters with activation codes: for which unit and year, and how many.
CREATE TABLE activation_batches (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  unit              TEXT COLLATE "C" NOT NULL,
  year              INTEGER NOT NULL,
  amount            INTEGER NOT NULL CHECK (amount > 0),
  used              INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND amount),
  made_on           DATE NOT NULL,
  revoked           BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX activation_batches_by_municipality ON activation_batches (municipality_code, made_on DESC, id);

-- The codes that nobody has used yet, under an HMAC. One that is used is gone: nothing says by whom.
CREATE TABLE activation_codes (
  code_mark TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  batch_id  TEXT COLLATE "C" NOT NULL REFERENCES activation_batches (id)
);
CREATE INDEX activation_codes_by_batch ON activation_codes (batch_id);

-- Who may vote in a municipality in a year, and in which unit they live. Not how that was shown, nor when.
CREATE TABLE verifications (
  account_id        TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  year              INTEGER NOT NULL,
  unit              TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (account_id, municipality_code, year)
);
CREATE INDEX verifications_by_year ON verifications (municipality_code, year, unit);
