CREATE TABLE accounts (
  id                TEXT PRIMARY KEY NOT NULL,
  email             TEXT NOT NULL UNIQUE,
  display_name      TEXT,
  language          TEXT NOT NULL CHECK (language IN ('sq', 'en')),
  home_municipality TEXT REFERENCES municipalities (code),
  home_unit         TEXT,
  created_on        DATE NOT NULL
) WITHOUT ROWID;

-- One row per address that asked for a code, known or not; the address is an HMAC.
CREATE TABLE sign_in_codes (
  email_mark   TEXT PRIMARY KEY NOT NULL,
  code_mark    TEXT NOT NULL,
  wrong_tries  INTEGER NOT NULL,
  sent_at      TIMESTAMP NOT NULL
) WITHOUT ROWID;

-- A session is the family of the refresh tokens it handed out, one after the other: the one that is
-- good now, and the one before it for whoever did not get the answer.
CREATE TABLE sessions (
  id           TEXT PRIMARY KEY NOT NULL,
  account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  refresh_mark TEXT NOT NULL,
  before_mark  TEXT,
  created_at   TIMESTAMP NOT NULL,
  refreshed_at TIMESTAMP NOT NULL,
  expires_at   TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_account ON sessions (account_id);
