-- What residents ask in the discussion of a consultation, of one candidate or of the whole. Days, never
-- times, and random keys: a row does not tell when it came or after whom.
CREATE TABLE questions (
  id              TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  consultation_id TEXT COLLATE "C" NOT NULL REFERENCES consultations (id),
  concern_id      TEXT COLLATE "C" REFERENCES concerns (id),
  text            TEXT COLLATE "C" NOT NULL,
  author_name     TEXT COLLATE "C",
  account_id      TEXT COLLATE "C" REFERENCES accounts (id) ON DELETE SET NULL,
  state           TEXT COLLATE "C" NOT NULL CHECK (state IN ('waiting', 'published', 'declined')),
  reason          TEXT COLLATE "C" NOT NULL DEFAULT '',
  asked_on        DATE NOT NULL,
  public_on       DATE,
  -- Structure, not policy: who asks without a name asks without an account.
  CHECK (account_id IS NULL OR author_name IS NOT NULL)
);
CREATE INDEX questions_by_consultation ON questions (consultation_id, state, asked_on, id);
CREATE INDEX questions_by_concern ON questions (concern_id);
CREATE INDEX questions_by_account ON questions (account_id);

-- What an institution answered, the last of each.
CREATE TABLE question_answers (
  question_id TEXT COLLATE "C" NOT NULL REFERENCES questions (id),
  institution TEXT COLLATE "C" NOT NULL,
  seat_id     TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  text        TEXT COLLATE "C" NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (question_id, institution)
);

-- The rolls of residents that municipalities handed in: for which year, how many marks, and how many
-- were used. A roll comes once: what was used would otherwise come back with it.
CREATE TABLE rolls (
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  year              INTEGER NOT NULL,
  amount            INTEGER NOT NULL CHECK (amount > 0),
  used              INTEGER NOT NULL DEFAULT 0 CHECK (used BETWEEN 0 AND amount),
  PRIMARY KEY (municipality_code, year)
);

-- Who is on a roll and has not used it yet, under an HMAC whose key is not here. One that is used is
-- gone: nothing says by whom.
CREATE TABLE roll_marks (
  mark              TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  year              INTEGER NOT NULL,
  unit              TEXT COLLATE "C" NOT NULL
);
CREATE INDEX roll_marks_by_roll ON roll_marks (municipality_code, year, unit);
