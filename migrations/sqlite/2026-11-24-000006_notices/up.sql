CREATE TABLE follows (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  concern_id TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  PRIMARY KEY (concern_id, account_id)
) WITHOUT ROWID;
CREATE INDEX follows_by_account ON follows (account_id);

CREATE TABLE preferences (
  account_id  TEXT PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  email       TEXT NOT NULL CHECK (email IN ('immediate', 'daily', 'off')),
  push        BOOLEAN NOT NULL,
  quiet_from  INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 23),
  quiet_until INTEGER NOT NULL CHECK (quiet_until BETWEEN 0 AND 23),
  -- Kinds of news that only the inbox tells, separated by spaces.
  muted       TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE inbox (
  id         TEXT PRIMARY KEY NOT NULL,
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  concern_id TEXT REFERENCES concerns (id) ON DELETE CASCADE,
  title      TEXT NOT NULL,
  on_day     DATE NOT NULL,
  seen       BOOLEAN NOT NULL,
  mailed     BOOLEAN NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX inbox_by_account ON inbox (account_id, position);

-- A browser that asked to be told. It is an account's for as long as a session of that account lasts
-- there, however the session ends; without one it is tied to nothing but what it follows.
CREATE TABLE push_subscriptions (
  id         TEXT PRIMARY KEY NOT NULL,
  endpoint   TEXT NOT NULL UNIQUE,
  p256dh     TEXT NOT NULL,
  auth       TEXT NOT NULL,
  language   TEXT NOT NULL CHECK (language IN ('sq', 'en')),
  session_id TEXT REFERENCES sessions (id) ON DELETE SET NULL
) WITHOUT ROWID;
CREATE INDEX push_by_session ON push_subscriptions (session_id);

-- What it follows: a municipality, a unit, a topic, a concern, or the thread of a receipt.
CREATE TABLE push_follows (
  subscription_id TEXT NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
  kind            TEXT NOT NULL CHECK (kind IN ('municipality', 'unit', 'topic', 'concern', 'thread')),
  subject         TEXT NOT NULL,
  PRIMARY KEY (kind, subject, subscription_id)
) WITHOUT ROWID;
CREATE INDEX push_follows_by_subscription ON push_follows (subscription_id);
