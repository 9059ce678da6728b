-- What a council or its youth council asks of many. The paper is fixed from the day it is published; of what was
-- answered there are sums alone, and once the poll is closed there is what may be told of them and no sum.
CREATE TABLE polls (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  audience          TEXT NOT NULL CHECK (audience IN ('school', 'survey')),
  year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  -- The first poll that asked the same.
  series            TEXT NOT NULL,
  state             TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
  -- Who asks.
  institution       TEXT NOT NULL,
  -- The questions (JSON).
  paper             TEXT NOT NULL,
  published_on      DATE,
  closed_on         DATE,
  -- What is told of the answers (JSON).
  results           TEXT,
  answered          INTEGER CHECK (answered >= 0),
  -- Where the figures were published that were not collected here.
  source            TEXT,
  -- The day it was sent to the council.
  sent_on           DATE,
  CHECK ((state = 'draft') = (published_on IS NULL)),
  CHECK ((state = 'closed') = (closed_on IS NOT NULL)),
  CHECK ((state = 'closed') = (results IS NOT NULL)),
  CHECK ((state = 'closed') = (answered IS NOT NULL)),
  CHECK (sent_on IS NULL OR state = 'closed')
) WITHOUT ROWID;
CREATE INDEX polls_by_municipality ON polls (municipality_code, year, id);

-- Where answers come in: a class, or a link. How many answered is all a row says of them.
CREATE TABLE poll_rooms (
  code          TEXT PRIMARY KEY NOT NULL,
  poll_id       TEXT NOT NULL REFERENCES polls (id),
  way           TEXT NOT NULL CHECK (way IN ('slips', 'hands', 'link', 'verified')),
  school        TEXT,
  class         TEXT,
  -- How many may answer, where that is known.
  invited       INTEGER CHECK (invited > 0),
  grace_minutes INTEGER NOT NULL CHECK (grace_minutes BETWEEN 0 AND 60),
  -- When it closes; nothing: it was never opened.
  closes_at     TIMESTAMP,
  answered      INTEGER NOT NULL DEFAULT 0 CHECK (answered >= 0),
  -- The vote whose tokens answer.
  consultation_id TEXT REFERENCES consultations (id),
  CHECK ((school IS NULL) = (class IS NULL)),
  CHECK ((way IN ('link', 'verified')) = (school IS NULL)),
  CHECK ((way = 'verified') = (consultation_id IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX poll_rooms_by_poll ON poll_rooms (poll_id, school, class, code);
CREATE INDEX poll_rooms_by_consultation ON poll_rooms (consultation_id);

-- What gives one answer in a room: a slip of paper, or a device or a token that answered. An HMAC of which, and whether it was
-- used; which answer it gave is nowhere. They go when the poll is closed.
CREATE TABLE poll_marks (
  room TEXT NOT NULL REFERENCES poll_rooms (code),
  mark TEXT NOT NULL,
  used BOOLEAN NOT NULL,
  PRIMARY KEY (room, mark)
) WITHOUT ROWID;

-- How often each thing was answered in a room. They go when the poll is closed.
CREATE TABLE poll_sums (
  room   TEXT NOT NULL REFERENCES poll_rooms (code),
  cell   TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (room, cell)
) WITHOUT ROWID;

-- The same over all rooms, apart by the answer to the one question the poll named before. They go likewise.
CREATE TABLE poll_group_sums (
  poll_id TEXT NOT NULL REFERENCES polls (id),
  choice  TEXT NOT NULL,
  cell    TEXT NOT NULL,
  amount  INTEGER NOT NULL CHECK (amount > 0),
  PRIMARY KEY (poll_id, choice, cell)
) WITHOUT ROWID;

-- What was written, without its room and without what else was answered.
CREATE TABLE poll_texts (
  id       TEXT PRIMARY KEY NOT NULL,
  poll_id  TEXT NOT NULL REFERENCES polls (id),
  question TEXT NOT NULL,
  text     TEXT NOT NULL,
  state    TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'declined'))
) WITHOUT ROWID;
CREATE INDEX poll_texts_by_poll ON poll_texts (poll_id, question, id);

-- What a question shows (JPEG).
CREATE TABLE poll_pictures (
  id      TEXT PRIMARY KEY NOT NULL,
  poll_id TEXT NOT NULL REFERENCES polls (id),
  bytes   BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX poll_pictures_by_poll ON poll_pictures (poll_id);

-- The poll an item of an agenda is about: what the young say.
ALTER TABLE agenda_items ADD COLUMN poll_id TEXT REFERENCES polls (id);
CREATE INDEX agenda_items_by_poll ON agenda_items (poll_id);
