-- In how many days the council meets at least once, as its regulation says.
ALTER TABLE municipalities ADD COLUMN meeting_days INTEGER NOT NULL DEFAULT 90 CHECK (meeting_days BETWEEN 7 AND 366);

-- What became of each item of an agenda.
CREATE TABLE outcomes (
  meeting_id TEXT NOT NULL,
  position   INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('commitment', 'parked', 'information')),
  text       TEXT NOT NULL,
  -- Of a commitment: the institution that leads, and until when.
  lead       TEXT,
  due_on     DATE,
  PRIMARY KEY (meeting_id, position),
  FOREIGN KEY (meeting_id, position) REFERENCES agenda_items (meeting_id, position),
  CHECK ((kind = 'commitment') = (lead IS NOT NULL AND due_on IS NOT NULL))
) WITHOUT ROWID;
CREATE INDEX outcomes_by_kind ON outcomes (kind, meeting_id, position);

-- Whether each seat was there.
CREATE TABLE attendance (
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  seat_id    TEXT NOT NULL REFERENCES seats (id),
  presence   TEXT NOT NULL CHECK (presence IN ('present', 'remote', 'substitute', 'excused', 'absent')),
  PRIMARY KEY (meeting_id, seat_id)
) WITHOUT ROWID;
CREATE INDEX attendance_by_seat ON attendance (seat_id);

-- What was said, from the day the meeting was closed. Once approved the record is the document as it was
-- published, and nothing of it changes any more.
CREATE TABLE minutes (
  meeting_id  TEXT PRIMARY KEY NOT NULL REFERENCES meetings (id),
  text        TEXT NOT NULL,
  -- The day of the next meeting, where it was set.
  next_on     DATE,
  closed_on   DATE NOT NULL,
  approved_on DATE,
  record      TEXT,
  CHECK ((approved_on IS NULL) = (record IS NULL))
) WITHOUT ROWID;

-- What is put right of approved minutes, beside them.
CREATE TABLE minutes_corrections (
  meeting_id  TEXT NOT NULL REFERENCES minutes (meeting_id),
  position    INTEGER NOT NULL,
  text        TEXT NOT NULL,
  seat_id     TEXT NOT NULL REFERENCES seats (id),
  institution TEXT NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (meeting_id, position)
) WITHOUT ROWID;
