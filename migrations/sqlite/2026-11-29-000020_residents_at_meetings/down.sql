DROP TABLE question_supports;
DELETE FROM question_answers WHERE question_id IN (SELECT id FROM questions WHERE meeting_id IS NOT NULL);
CREATE TABLE answers_meanwhile AS SELECT * FROM question_answers;
DROP TABLE question_answers;
CREATE TABLE questions_meanwhile AS SELECT * FROM questions;
DROP TABLE questions;
CREATE TABLE questions (
  id              TEXT PRIMARY KEY NOT NULL,
  consultation_id TEXT NOT NULL REFERENCES consultations (id),
  concern_id      TEXT REFERENCES concerns (id),
  text            TEXT NOT NULL,
  author_name     TEXT,
  account_id      TEXT REFERENCES accounts (id) ON DELETE SET NULL,
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'published', 'declined')),
  reason          TEXT NOT NULL DEFAULT '',
  asked_on        DATE NOT NULL,
  public_on       DATE,
  -- Structure, not policy: who asks without a name asks without an account.
  CHECK (account_id IS NULL OR author_name IS NOT NULL)
) WITHOUT ROWID;
INSERT INTO questions
  SELECT id, consultation_id, concern_id, text, author_name, account_id, state, reason, asked_on, public_on
  FROM questions_meanwhile WHERE consultation_id IS NOT NULL;
DROP TABLE questions_meanwhile;
CREATE INDEX questions_by_consultation ON questions (consultation_id, state, asked_on, id);
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
DROP INDEX inbox_by_meeting;
DELETE FROM inbox WHERE meeting_id IS NOT NULL;
ALTER TABLE inbox DROP COLUMN meeting_id;
DROP TABLE meeting_places;
ALTER TABLE meetings DROP COLUMN waiting;
ALTER TABLE meetings DROP COLUMN taken;
ALTER TABLE meetings DROP COLUMN capacity;
