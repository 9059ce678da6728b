-- In how many days the council meets at least once, as its regulation says.
ALTER TABLE municipalities ADD COLUMN meeting_days INTEGER NOT NULL DEFAULT 90 CHECK (meeting_days BETWEEN 7 AND 366);

-- What became of each item of an agenda.
CREATE TABLE outcomes (
  meeting_id TEXT COLLATE "C" NOT NULL,
  position   INTEGER NOT NULL,
  kind       TEXT COLLATE "C" NOT NULL CHECK (kind IN ('commitment', 'parked', 'information')),
  text       TEXT COLLATE "C" NOT NULL,
  -- Of a commitment: the institution that leads, and until when.
  lead       TEXT COLLATE "C",
  due_on     DATE,
  PRIMARY KEY (meeting_id, position),
  FOREIGN KEY (meeting_id, position) REFERENCES agenda_items (meeting_id, position),
  CHECK ((kind = 'commitment') = (lead IS NOT NULL AND due_on IS NOT NULL))
);
CREATE INDEX outcomes_by_kind ON outcomes (kind, meeting_id, position);

-- Whether each seat was there.
CREATE TABLE attendance (
  meeting_id TEXT COLLATE "C" NOT NULL REFERENCES meetings (id),
  seat_id    TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  presence   TEXT COLLATE "C" NOT NULL CHECK (presence IN ('present', 'remote', 'substitute', 'excused', 'absent')),
  PRIMARY KEY (meeting_id, seat_id)
);
CREATE INDEX attendance_by_seat ON attendance (seat_id);

-- What was said, from the day the meeting was closed. Once approved the record is the document as it was
-- published, and nothing of it changes any more.
CREATE TABLE minutes (
  meeting_id  TEXT COLLATE "C" PRIMARY KEY NOT NULL REFERENCES meetings (id),
  text        TEXT COLLATE "C" NOT NULL,
  -- The day of the next meeting, where it was set.
  next_on     DATE,
  closed_on   DATE NOT NULL,
  approved_on DATE,
  record      TEXT COLLATE "C",
  CHECK ((approved_on IS NULL) = (record IS NULL))
);

-- What is put right of approved minutes, beside them.
CREATE TABLE minutes_corrections (
  meeting_id  TEXT COLLATE "C" NOT NULL REFERENCES minutes (meeting_id),
  position    INTEGER NOT NULL,
  text        TEXT COLLATE "C" NOT NULL,
  seat_id     TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  institution TEXT COLLATE "C" NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (meeting_id, position)
);
