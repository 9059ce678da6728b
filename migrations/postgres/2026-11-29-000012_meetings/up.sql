-- A meeting of the council, an open hearing or a forum with the young, from the day it is announced.
CREATE TABLE meetings (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  kind              TEXT COLLATE "C" NOT NULL CHECK (kind IN ('council', 'hearing', 'youth_forum', 'exchange')),
  title             TEXT COLLATE "C" NOT NULL,
  objective         TEXT COLLATE "C" NOT NULL,
  starts_at         TIMESTAMP NOT NULL,
  ends_at           TIMESTAMP NOT NULL,
  -- Where it is: in a hall, at an address of the web, or both.
  place             TEXT COLLATE "C",
  link              TEXT COLLATE "C",
  -- The unit and the topic it is about, where it is about one.
  unit              TEXT COLLATE "C",
  topic             TEXT COLLATE "C",
  -- How somebody gets in who does not walk, see or hear well.
  accessibility     TEXT COLLATE "C",
  announced_on      DATE NOT NULL,
  cancelled_on      DATE,
  -- How often it was changed: what was told of an earlier version holds no more.
  version           INTEGER NOT NULL
);
CREATE INDEX meetings_by_municipality ON meetings (municipality_code, starts_at, id);

-- What is on the agenda, in its order.
CREATE TABLE agenda_items (
  meeting_id TEXT COLLATE "C" NOT NULL REFERENCES meetings (id),
  position   INTEGER NOT NULL,
  title      TEXT COLLATE "C" NOT NULL,
  text       TEXT COLLATE "C" NOT NULL,
  -- The concern of residents it is about.
  concern_id TEXT COLLATE "C" REFERENCES concerns (id) ON DELETE SET NULL,
  -- The item of an earlier meeting that was parked and is taken up again here.
  parked_meeting  TEXT COLLATE "C",
  parked_position INTEGER,
  PRIMARY KEY (meeting_id, position),
  FOREIGN KEY (parked_meeting, parked_position) REFERENCES agenda_items (meeting_id, position)
);
CREATE INDEX agenda_items_by_concern ON agenda_items (concern_id);
CREATE INDEX agenda_items_by_parked ON agenda_items (parked_meeting, parked_position);

-- What the council said of it in public: that it is announced, changed or cancelled, and why.
CREATE TABLE meeting_notices (
  meeting_id  TEXT COLLATE "C" NOT NULL REFERENCES meetings (id),
  position    INTEGER NOT NULL,
  kind        TEXT COLLATE "C" NOT NULL CHECK (kind IN ('announced', 'changed', 'cancelled')),
  text        TEXT COLLATE "C" NOT NULL,
  seat_id     TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  institution TEXT COLLATE "C" NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (meeting_id, position)
);
