-- What is promised stays with the seat; who holds it changes (study A7).
CREATE TABLE seats (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  institution       TEXT NOT NULL,
  role              TEXT NOT NULL CHECK (role IN ('member', 'secretary', 'administrator')),
  title             TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX seats_by_municipality ON seats (municipality_code);

CREATE TABLE holders (
  id         TEXT PRIMARY KEY NOT NULL,
  seat_id    TEXT NOT NULL REFERENCES seats (id),
  account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  from_on    DATE NOT NULL,
  to_on      DATE
) WITHOUT ROWID;
CREATE INDEX holders_by_account ON holders (account_id);
CREATE INDEX holders_by_seat ON holders (seat_id);

CREATE TABLE answer_templates (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  title             TEXT NOT NULL,
  text              TEXT NOT NULL
) WITHOUT ROWID;

-- Chained: each row's HMAC covers the one before it, so a changed row shows.
CREATE TABLE audit_log (
  position          INTEGER PRIMARY KEY NOT NULL,
  municipality_code TEXT,
  on_day            DATE NOT NULL,
  seat_id           TEXT,
  action            TEXT NOT NULL,
  subject           TEXT NOT NULL,
  hash              TEXT NOT NULL
);

-- Where the log ends, under an HMAC of its own: a row taken off the end shows too.
CREATE TABLE audit_head (
  id       INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  position INTEGER NOT NULL,
  hash     TEXT NOT NULL,
  mac      TEXT NOT NULL
);
