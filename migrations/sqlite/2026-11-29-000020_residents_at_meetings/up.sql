-- How many places residents have at a meeting that everybody may come to (nothing: as many as come), how many
-- said that they come, and how many wait. Once it is over only these numbers are left.
ALTER TABLE meetings ADD COLUMN capacity INTEGER CHECK (capacity BETWEEN 1 AND 5000);
ALTER TABLE meetings ADD COLUMN taken INTEGER NOT NULL DEFAULT 0 CHECK (taken >= 0);
ALTER TABLE meetings ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0 CHECK (waiting >= 0);

-- One account or one device that comes. `mark` is an HMAC of which of them and which meeting, so that the rows
-- of one person at several meetings cannot be brought together; `sealed` is which of them, encrypted under a key
-- outside the database, for the news. They go when the meeting is over.
CREATE TABLE meeting_places (
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  mark       TEXT NOT NULL,
  sealed     TEXT NOT NULL,
  -- The turn of whoever waits, from 1; nothing for whoever has a place, so that those have no order.
  turn       INTEGER,
  -- Moved up from waiting, and not told yet.
  untold     BOOLEAN NOT NULL DEFAULT FALSE,
  PRIMARY KEY (meeting_id, mark)
) WITHOUT ROWID;
CREATE UNIQUE INDEX meeting_places_by_turn ON meeting_places (meeting_id, turn);

-- What the inbox tells of a meeting.
ALTER TABLE inbox ADD COLUMN meeting_id TEXT REFERENCES meetings (id);
CREATE INDEX inbox_by_meeting ON inbox (meeting_id);

-- A question is asked in the discussion of a consultation or before a meeting; of the latter it is counted how
-- many want to hear the answer.
CREATE TABLE answers_meanwhile AS SELECT * FROM question_answers;
DROP TABLE question_answers;
CREATE TABLE questions_meanwhile AS SELECT * FROM questions;
DROP TABLE questions;
CREATE TABLE questions (
  id              TEXT PRIMARY KEY NOT NULL,
  consultation_id TEXT REFERENCES consultations (id),
  concern_id      TEXT REFERENCES concerns (id),
  text            TEXT NOT NULL,
  author_name     TEXT,
  account_id      TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'declined')),
  reason          TEXT NOT NULL DEFAULT '',
  asked_on        DATE NOT NULL,
  public_on       DATE,
  meeting_id      TEXT REFERENCES meetings (id),
  residents       INTEGER NOT NULL DEFAULT 0 CHECK (residents >= 0),
  visitors        INTEGER NOT NULL DEFAULT 0 CHECK (visitors >= 0),
  -- Structure, not policy: who asks without a name asks without an account.
  CHECK (account_id IS NULL OR author_name IS NOT NULL),
  CHECK ((consultation_id IS NULL) <> (meeting_id IS NULL)),
  CHECK (meeting_id IS NULL OR concern_id IS NULL)
) WITHOUT ROWID;
INSERT INTO questions (id, consultation_id, concern_id, text, author_name, account_id, state, reason, asked_on, public_on)
  SELECT id, consultation_id, concern_id, text, author_name, account_id, state, reason, asked_on, public_on FROM questions_meanwhile;
DROP TABLE questions_meanwhile;
CREATE INDEX questions_by_consultation ON questions (consultation_id, state, asked_on, id);
CREATE INDEX questions_by_meeting ON questions (meeting_id, state, asked_on, id);
CREATE INDEX questions_by_concern ON questions (concern_id);
CREATE INDEX questions_by_account ON questions (account_id);
CREATE TABLE question_answers (
  question_id TEXT NOT NULL REFERENCES questions (id),
  institution TEXT NOT NULL,
  seat_id     TEXT NOT NULL REFERENCES seats (id),
  text        TEXT NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (question_id, institution)
) WITHOUT ROWID;
INSERT INTO question_answers SELECT * FROM answers_meanwhile;
DROP TABLE answers_meanwhile;

-- One account or one device that wants to hear the answer, under an HMAC of which of them and which question.
-- They go when the meeting is over.
CREATE TABLE question_supports (
  question_id TEXT NOT NULL REFERENCES questions (id),
  mark        TEXT NOT NULL,
  resident    BOOLEAN NOT NULL,
  PRIMARY KEY (question_id, mark)
) WITHOUT ROWID;
