-- Days, never times; random keys without row order: a row does not tell when it came or after whom.
CREATE TABLE concerns (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  unit              TEXT,
  topic             TEXT NOT NULL,
  title             TEXT NOT NULL,
  text              TEXT NOT NULL,
  author_kind       TEXT NOT NULL CHECK (author_kind IN ('named', 'display', 'anonymous')),
  author_name       TEXT,
  account_id        TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  receipt_mark      TEXT UNIQUE,
  cell              TEXT,
  -- The public place, degrees: the centre of the cell, else of the unit, else of the seat.
  lat               DOUBLE PRECISION NOT NULL,
  lon               DOUBLE PRECISION NOT NULL,
  state             TEXT NOT NULL,
  verdict           TEXT,
  assigned          TEXT,
  lead              TEXT,
  merged_into       TEXT REFERENCES concerns (id),
  received_on       DATE NOT NULL,
  due_on            DATE NOT NULL,
  updated_on        DATE NOT NULL,
  public_on         DATE,
  awaits_batch      BOOLEAN NOT NULL DEFAULT FALSE,
  -- Its anonymous author contests that it is done; it is reopened with the next morning's batch.
  contested         BOOLEAN NOT NULL DEFAULT FALSE,
  residents         INTEGER NOT NULL DEFAULT 0 CHECK (residents >= 0),
  visitors          INTEGER NOT NULL DEFAULT 0 CHECK (visitors >= 0),
  shuffle           INTEGER NOT NULL,
  -- Structure, not policy: an anonymous concern cannot carry an account or a name.
  CHECK (author_kind <> 'anonymous' OR (account_id IS NULL AND author_name IS NULL AND receipt_mark IS NOT NULL))
) WITHOUT ROWID;
-- What the public lists, counts and finds near without looking at the rows.
CREATE INDEX concerns_newest ON concerns (municipality_code, public_on DESC, id, lat, lon, merged_into)
  WHERE public_on IS NOT NULL AND merged_into IS NULL;
CREATE INDEX concerns_shuffled ON concerns (municipality_code, shuffle, id);
CREATE INDEX concerns_desk ON concerns (municipality_code, state, due_on, id);
CREATE INDEX concerns_by_account ON concerns (account_id, received_on DESC, id);
CREATE INDEX concerns_merged ON concerns (merged_into);

CREATE VIRTUAL TABLE concern_search USING fts5 (
  concern_id UNINDEXED, title, text, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE photos (
  id         TEXT PRIMARY KEY NOT NULL,
  concern_id TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  width      INTEGER NOT NULL,
  height     INTEGER NOT NULL,
  alt        TEXT NOT NULL,
  full       BLOB NOT NULL,
  thumb      BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX photos_by_concern ON photos (concern_id, position);

-- What the public sees happen, in its order: moves of the state machine and answers of institutions.
CREATE TABLE events (
  concern_id  TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('move', 'answer')),
  seat_id     TEXT REFERENCES seats (id),
  institution TEXT,
  to_state    TEXT,
  verdict     TEXT,
  text        TEXT NOT NULL,
  ground      TEXT,
  whose       TEXT,
  lead        TEXT,
  due_on      DATE,
  on_day      DATE NOT NULL,
  PRIMARY KEY (concern_id, position)
) WITHOUT ROWID;

CREATE TABLE notes (
  concern_id  TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  seat_id     TEXT NOT NULL REFERENCES seats (id),
  institution TEXT NOT NULL,
  visibility  TEXT NOT NULL CHECK (visibility IN ('members', 'institution', 'secretariat')),
  text        TEXT NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (concern_id, position)
) WITHOUT ROWID;

-- The thread between author and council; it never says when or whether the author read it.
CREATE TABLE messages (
  concern_id  TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  side        TEXT NOT NULL CHECK (side IN ('author', 'council')),
  institution TEXT,
  text        TEXT NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (concern_id, position)
) WITHOUT ROWID;

-- Informal support, one per account or device. `supporter` is an HMAC of which of them and of the
-- concern, so that the rows of one person on several concerns cannot be brought together; `sealed`
-- is which of them, encrypted under a key outside the database, so that a merge counts once.
CREATE TABLE supports (
  concern_id TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  supporter  TEXT NOT NULL,
  sealed     TEXT NOT NULL,
  resident   BOOLEAN NOT NULL,
  -- Says that it is not done, though it was called so.
  contests   BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (concern_id, supporter)
) WITHOUT ROWID;

-- Which requests of other systems were taken, so that the same file taken again adds nothing.
CREATE TABLE imported_requests (
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  source            TEXT NOT NULL,
  request           TEXT NOT NULL,
  PRIMARY KEY (municipality_code, source, request)
) WITHOUT ROWID;
