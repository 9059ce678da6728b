-- How many places residents have at a meeting that everybody may come to (nothing: as many as come), how many
-- said that they come, and how many wait. Once it is over only these numbers are left.
ALTER TABLE meetings ADD COLUMN capacity INTEGER CHECK (capacity BETWEEN 1 AND 5000);
ALTER TABLE meetings ADD COLUMN taken INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0);
ALTER TABLE meetings ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0);

-- One account or one device that comes. `mark` is an HMAC of which of them and which meeting, so that the rows
-- of one person at several meetings cannot be brought together; `sealed` is which of them, encrypted under a key
-- outside the database, for the news. They go when the meeting is over.
CREATE TABLE meeting_places (
  meeting_id TEXT COLLATE "C" NOT NULL REFERENCES meetings (id),
  mark       TEXT COLLATE "C" NOT NULL,
  sealed     TEXT COLLATE "C" NOT NULL,
  -- The turn of whoever waits, from 1; nothing for whoever has a place, so that those have no order.
  turn       INTEGER,
  -- Moved up from waiting, and not told yet.
  untold     BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (meeting_id, mark)
);
CREATE UNIQUE INDEX meeting_places_by_turn ON meeting_places (meeting_id, turn);

-- What the inbox tells of a meeting.
ALTER TABLE inbox ADD COLUMN meeting_id TEXT COLLATE "C" REFERENCES meetings (id);
CREATE INDEX inbox_by_meeting ON inbox (meeting_id);

-- A question is asked in the discussion of a consultation or before a meeting; of the latter it is counted how
-- many want to hear the answer.
ALTER TABLE questions ALTER COLUMN consultation_id DROP NOT NULL;
ALTER TABLE questions ADD COLUMN meeting_id TEXT COLLATE "C" REFERENCES meetings (id);
ALTER TABLE questions ADD COLUMN residents INTEGER NOT NULL DEFAULT 0 CHECK (residents >= 0);
ALTER TABLE questions ADD COLUMN visitors INTEGER NOT NULL DEFAULT 0 CHECK (visitors >= 0);
ALTER TABLE questions ADD CONSTRAINT questions_of_one CHECK ((consultation_id IS NULL) <> (meeting_id IS NULL));
ALTER TABLE questions ADD CONSTRAINT questions_about CHECK (meeting_id IS NULL OR concern_id IS NULL);
CREATE INDEX questions_by_meeting ON questions (meeting_id, state, asked_on, id);

-- One account or one device that wants to hear the answer, under an HMAC of which of them and which question.
-- They go when the meeting is over.
CREATE TABLE question_supports (
  question_id TEXT COLLATE "C" NOT NULL REFERENCES questions (id),
  mark        TEXT COLLATE "C" NOT NULL,
  resident    BOOLEAN NOT NULL,
  PRIMARY KEY (question_id, mark)
);
