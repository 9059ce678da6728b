CREATE TABLE accounts (
  id                TEXT PRIMARY KEY NOT NULL,
  email             TEXT NOT NULL UNIQUE,
  display_name      TEXT,
  language          TEXT NOT NULL CHECK (language IN ('sq', 'en')),
  home_municipality TEXT REFERENCES municipalities (code),
  home_unit         TEXT,
  created_on        DATE NOT NULL
) WITHOUT ROWID;

-- The codes sent to an address, known or not; the address is an HMAC.
CREATE TABLE sign_in_codes (
  code_mark    TEXT PRIMARY KEY NOT NULL,
  email_mark   TEXT NOT NULL,
  sent_at      TIMESTAMP NOT NULL
) WITHOUT ROWID;
CREATE INDEX sign_in_codes_by_email ON sign_in_codes (email_mark);

-- What the device that asked for a code got, an HMAC: wrong codes are counted here, so that nobody
-- spends the tries of somebody else.
CREATE TABLE sign_in_tickets (
  ticket_mark  TEXT PRIMARY KEY NOT NULL,
  email_mark   TEXT NOT NULL,
  wrong_tries  INTEGER NOT NULL,
  asked_at     TIMESTAMP NOT NULL
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
