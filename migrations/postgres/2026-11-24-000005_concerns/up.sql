-- Days, never times; random keys without row order: a row does not tell when it came or after whom.
CREATE TABLE concerns (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  unit              TEXT COLLATE "C",
  topic             TEXT COLLATE "C" NOT NULL,
  title             TEXT COLLATE "C" NOT NULL,
  text              TEXT COLLATE "C" NOT NULL,
  author_kind       TEXT COLLATE "C" NOT NULL CHECK (author_kind IN ('named', 'display', 'anonymous')),
  author_name       TEXT COLLATE "C",
  account_id        TEXT COLLATE "C" REFERENCES accounts (id) ON DELETE SET NULL,
  receipt_mark      TEXT COLLATE "C" UNIQUE,
  cell              TEXT COLLATE "C",
  -- The public place, degrees: the centre of the cell, else of the unit, else of the seat.
  lat               DOUBLE PRECISION NOT NULL,
  lon               DOUBLE PRECISION NOT NULL,
  state             TEXT COLLATE "C" NOT NULL,
  verdict           TEXT COLLATE "C",
  assigned          TEXT COLLATE "C",
  lead              TEXT COLLATE "C",
  merged_into       TEXT COLLATE "C" REFERENCES concerns (id),
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
);
-- What the public lists, counts and finds near without looking at the rows.
CREATE INDEX concerns_newest ON concerns (municipality_code, public_on DESC, id, lat, lon, merged_into)
  WHERE public_on IS NOT NULL AND merged_into IS NULL;
CREATE INDEX concerns_shuffled ON concerns (municipality_code, shuffle, id);
CREATE INDEX concerns_desk ON concerns (municipality_code, state, due_on, id);
CREATE INDEX concerns_by_account ON concerns (account_id, received_on DESC, id);
CREATE INDEX concerns_merged ON concerns (merged_into);

-- The words of a concern as the domain folds them: what a word is does not depend on the database.
CREATE TABLE concern_search (
  concern_id TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  words      TSVECTOR NOT NULL
);
CREATE INDEX concern_search_words ON concern_search USING gin (words);

CREATE TABLE photos (
  id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  concern_id TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  width      INTEGER NOT NULL,
  height     INTEGER NOT NULL,
  alt        TEXT COLLATE "C" NOT NULL,
  "full"     BYTEA NOT NULL,
  thumb      BYTEA NOT NULL
);
CREATE INDEX photos_by_concern ON photos (concern_id, position);

-- What the public sees happen, in its order: moves of the state machine and answers of institutions.
CREATE TABLE events (
  concern_id  TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('move', 'answer')),
  seat_id     TEXT COLLATE "C" REFERENCES seats (id),
  institution TEXT COLLATE "C",
  to_state    TEXT COLLATE "C",
  verdict     TEXT COLLATE "C",
  text        TEXT COLLATE "C" NOT NULL,
  ground      TEXT COLLATE "C",
  whose       TEXT COLLATE "C",
  lead        TEXT COLLATE "C",
  due_on      DATE,
  on_day      DATE NOT NULL,
  PRIMARY KEY (concern_id, position)
);

CREATE TABLE notes (
  concern_id  TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  seat_id     TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  institution TEXT COLLATE "C" NOT NULL,
  visibility  TEXT COLLATE "C" NOT NULL CHECK (visibility IN ('members', 'institution', 'secretariat')),
  text        TEXT COLLATE "C" NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (concern_id, position)
);

-- The thread between author and council; it never says when or whether the author read it.
CREATE TABLE messages (
  concern_id  TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  side        TEXT COLLATE "C" NOT NULL CHECK (side IN ('author', 'council')),
  institution TEXT COLLATE "C",
  text        TEXT COLLATE "C" NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (concern_id, position)
);

-- Informal support, one per account or device. `supporter` is an HMAC of which of them and of the
-- concern, so that the rows of one person on several concerns cannot be brought together; `sealed`
-- is which of them, encrypted under a key outside the database, so that a merge counts once.
CREATE TABLE supports (
  concern_id TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  supporter  TEXT COLLATE "C" NOT NULL,
  sealed     TEXT COLLATE "C" NOT NULL,
  resident   BOOLEAN NOT NULL,
  -- Says that it is not done, though it was called so.
  contests   BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (concern_id, supporter)
);

-- Which requests of other systems were taken, so that the same file taken again adds nothing.
CREATE TABLE imported_requests (
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  source            TEXT COLLATE "C" NOT NULL,
  request           TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (municipality_code, source, request)
);
