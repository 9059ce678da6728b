CREATE TABLE accounts (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  email             TEXT COLLATE "C" NOT NULL UNIQUE,
  display_name      TEXT COLLATE "C",
  language          TEXT COLLATE "C" NOT NULL CHECK (language IN ('sq', 'en')),
  home_municipality TEXT COLLATE "C" REFERENCES municipalities (code),
  home_unit         TEXT COLLATE "C",
  created_on        DATE NOT NULL
);

-- The codes sent to an address, known or not; the address is an HMAC.
CREATE TABLE sign_in_codes (
  code_mark    TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  email_mark   TEXT COLLATE "C" NOT NULL,
  sent_at      TIMESTAMP NOT NULL
);
CREATE INDEX sign_in_codes_by_email ON sign_in_codes (email_mark);

-- What the device that asked for a code got, an HMAC: wrong codes are counted here, so that nobody
-- spends the tries of somebody else.
CREATE TABLE sign_in_tickets (
  ticket_mark  TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  email_mark   TEXT COLLATE "C" NOT NULL,
  wrong_tries  INTEGER NOT NULL,
  asked_at     TIMESTAMP NOT NULL
);

-- A session is the family of the refresh tokens it handed out, one after the other: the one that is
-- good now, and the one before it for whoever did not get the answer.
CREATE TABLE sessions (
  id           TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  account_id   TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  refresh_mark TEXT COLLATE "C" NOT NULL,
  before_mark  TEXT COLLATE "C",
  created_at   TIMESTAMP NOT NULL,
  refreshed_at TIMESTAMP NOT NULL,
  expires_at   TIMESTAMP NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
