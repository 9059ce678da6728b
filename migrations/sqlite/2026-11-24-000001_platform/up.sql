-- The writer touches this table first, so that its transaction holds the write lock from the start.
CREATE TABLE write_lock (
  id INTEGER PRIMARY KEY NOT NULL
);

-- First answers of writes, under an HMAC of the device's key: a repeat is answered alike.
CREATE TABLE idempotency (
  mark        TEXT PRIMARY KEY NOT NULL,
  fingerprint TEXT NOT NULL,
  status      INTEGER NOT NULL,
  body        TEXT NOT NULL,
  on_day      DATE NOT NULL
) WITHOUT ROWID;
CREATE INDEX idempotency_by_day ON idempotency (on_day);

-- Follow-up work, written in the transaction that causes it.
CREATE TABLE outbox (
  id        TEXT PRIMARY KEY NOT NULL,
  kind      TEXT NOT NULL,
  payload   TEXT NOT NULL,
  dedup     TEXT NOT NULL UNIQUE,
  due_at    TIMESTAMP NOT NULL,
  attempts  INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX outbox_by_due ON outbox (due_at);
