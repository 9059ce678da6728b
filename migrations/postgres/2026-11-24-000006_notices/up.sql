CREATE TABLE follows (
  account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  concern_id TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  PRIMARY KEY (concern_id, account_id)
);
CREATE INDEX follows_by_account ON follows (account_id);

CREATE TABLE preferences (
  account_id  TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  email       TEXT COLLATE "C" NOT NULL CHECK (email IN ('immediate', 'daily', 'off')),
  push        BOOLEAN NOT NULL,
  quiet_from  INTEGER NOT NULL CHECK (quiet_from BETWEEN 0 AND 23),
  quiet_until INTEGER NOT NULL CHECK (quiet_until BETWEEN 0 AND 23),
  -- Kinds of news that only the inbox tells, separated by spaces.
  muted       TEXT COLLATE "C" NOT NULL
);

CREATE TABLE inbox (
  id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  account_id TEXT COLLATE "C" NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  kind       TEXT COLLATE "C" NOT NULL,
  concern_id TEXT COLLATE "C" REFERENCES concerns (id) ON DELETE CASCADE,
  title      TEXT COLLATE "C" NOT NULL,
  on_day     DATE NOT NULL,
  seen       BOOLEAN NOT NULL,
  mailed     BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX inbox_by_account ON inbox (account_id, position);

-- A browser that asked to be told. It is an account's for as long as a session of that account lasts
-- there, however the session ends; without one it is tied to nothing but what it follows.
CREATE TABLE push_subscriptions (
  id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  endpoint   TEXT COLLATE "C" NOT NULL UNIQUE,
  p256dh     TEXT COLLATE "C" NOT NULL,
  auth       TEXT COLLATE "C" NOT NULL,
  language   TEXT COLLATE "C" NOT NULL CHECK (language IN ('sq', 'en')),
  session_id TEXT COLLATE "C" REFERENCES sessions (id) ON DELETE SET NULL
);
CREATE INDEX push_by_session ON push_subscriptions (session_id);

-- What it follows: a municipality, a unit, a topic, a concern, or the thread of a receipt.
CREATE TABLE push_follows (
  subscription_id TEXT COLLATE "C" NOT NULL REFERENCES push_subscriptions (id) ON DELETE CASCADE,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('municipality', 'unit', 'topic', 'concern', 'thread')),
  subject         TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (kind, subject, subscription_id)
);
CREATE INDEX push_follows_by_subscription ON push_follows (subscription_id);
