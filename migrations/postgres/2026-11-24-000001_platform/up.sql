-- Every write locks this empty table: lightly, beside others, or alone once it collided with another.
CREATE TABLE write_lock (
  id INTEGER PRIMARY KEY NOT NULL
);

-- First answers of writes, under an HMAC of the device's key: a repeat is answered alike.
CREATE TABLE idempotency (
  mark        TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  fingerprint TEXT COLLATE "C" NOT NULL,
  status      INTEGER NOT NULL,
  body        TEXT COLLATE "C" NOT NULL,
  on_day      DATE NOT NULL
);
CREATE INDEX idempotency_by_day ON idempotency (on_day);

-- Follow-up work, written in the transaction that causes it.
CREATE TABLE outbox (
  id        TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  kind      TEXT COLLATE "C" NOT NULL,
  payload   TEXT COLLATE "C" NOT NULL,
  dedup     TEXT COLLATE "C" NOT NULL UNIQUE,
  due_at    TIMESTAMP NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX outbox_by_due ON outbox (due_at);

-- How often somebody did something in a window of time, under an HMAC: no address is in it, and no
-- moment but the end of the window. Unlogged: it is in no log, no copy and no backup, and what a crash
-- takes is no loss.
CREATE UNLOGGED TABLE counters (
  mark     TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  used     INTEGER NOT NULL,
  until_at TIMESTAMP NOT NULL
);
CREATE INDEX counters_by_end ON counters (until_at);

-- Challenges that were solved and used, until they run out.
CREATE UNLOGGED TABLE used_proofs (
  mark     TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  until_at TIMESTAMP NOT NULL
);
CREATE INDEX used_proofs_by_end ON used_proofs (until_at);
