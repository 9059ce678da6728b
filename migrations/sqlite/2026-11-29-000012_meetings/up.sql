-- A meeting of the council, an open hearing or a forum with the young, from the day it is announced.
CREATE TABLE meetings (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  kind              TEXT NOT NULL CHECK (kind IN ('council', 'hearing', 'youth_forum', 'exchange')),
  title             TEXT NOT NULL,
  objective         TEXT NOT NULL,
  starts_at         TIMESTAMP NOT NULL,
  ends_at           TIMESTAMP NOT NULL,
  -- Where it is: in a hall, at an address of the web, or both.
  place             TEXT,
  link              TEXT,
  -- The unit and the topic it is about, where it is about one.
  unit              TEXT,
  topic             TEXT,
  -- How somebody gets in who does not walk, see or hear well.
  accessibility     TEXT,
  announced_on      DATE NOT NULL,
  cancelled_on      DATE,
  -- How often it was changed: what was told of an earlier version holds no more.
  version           INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX meetings_by_municipality ON meetings (municipality_code, starts_at, id);

-- What is on the agenda, in its order.
CREATE TABLE agenda_items (
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  position   INTEGER NOT NULL,
  title      TEXT NOT NULL,
  text       TEXT NOT NULL,
  -- The concern of residents it is about.
  concern_id TEXT REFERENCES concerns (id) ON DELETE SET NULL,
  -- The item of an earlier meeting that was parked and is taken up again here.
  parked_meeting  TEXT,
  parked_position INTEGER,
  PRIMARY KEY (meeting_id, position),
  FOREIGN KEY (parked_meeting, parked_position) REFERENCES agenda_items (meeting_id, position)
) WITHOUT ROWID;
CREATE INDEX agenda_items_by_concern ON agenda_items (concern_id);
CREATE INDEX agenda_items_by_parked ON agenda_items (parked_meeting, parked_position);

-- What the council said of it in public: that it is announced, changed or cancelled, and why.
CREATE TABLE meeting_notices (
  meeting_id  TEXT NOT NULL REFERENCES meetings (id),
  position    INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('announced', 'changed', 'cancelled')),
  text        TEXT NOT NULL,
  seat_id     TEXT NOT NULL REFERENCES seats (id),
  institution TEXT NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (meeting_id, position)
) WITHOUT ROWID;
