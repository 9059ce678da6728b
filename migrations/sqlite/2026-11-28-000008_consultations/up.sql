-- What a council asks its residents, from the day it is announced. Its phase follows from the dates.
CREATE TABLE consultations (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  question          TEXT NOT NULL,
  objective         TEXT NOT NULL,
  explanation       TEXT NOT NULL,
  -- The school it is for, where it is for one.
  school            TEXT,
  announced_on      DATE NOT NULL,
  collect_from      DATE NOT NULL,
  collect_until     DATE NOT NULL,
  discuss_until     DATE,
  vote_until        DATE NOT NULL,
  result_until      DATE NOT NULL,
  plan_until        DATE NOT NULL,
  report_on         DATE NOT NULL,
  withdrawn_on      DATE
) WITHOUT ROWID;
CREATE INDEX consultations_by_municipality ON consultations (municipality_code, announced_on DESC, id);

-- The units it is for; without any it is for the whole municipality.
CREATE TABLE consultation_units (
  consultation_id TEXT NOT NULL REFERENCES consultations (id),
  unit            TEXT NOT NULL,
  PRIMARY KEY (consultation_id, unit)
) WITHOUT ROWID;

CREATE TABLE consultation_documents (
  consultation_id TEXT NOT NULL REFERENCES consultations (id),
  position        INTEGER NOT NULL,
  title           TEXT NOT NULL,
  address         TEXT NOT NULL,
  PRIMARY KEY (consultation_id, position)
) WITHOUT ROWID;

-- What the council said of it in public: that it is announced, extended or taken back, and why.
CREATE TABLE consultation_notices (
  consultation_id TEXT NOT NULL REFERENCES consultations (id),
  position        INTEGER NOT NULL,
  kind            TEXT NOT NULL CHECK (kind IN ('announced', 'extended', 'withdrawn')),
  text            TEXT NOT NULL,
  seat_id         TEXT NOT NULL REFERENCES seats (id),
  institution     TEXT NOT NULL,
  on_day          DATE NOT NULL,
  PRIMARY KEY (consultation_id, position)
) WITHOUT ROWID;

-- Which concerns are voted on, and which the secretary left out, with the reason.
CREATE TABLE candidates (
  consultation_id TEXT NOT NULL REFERENCES consultations (id),
  concern_id      TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  included        BOOLEAN NOT NULL,
  reason          TEXT NOT NULL,
  on_day          DATE NOT NULL,
  PRIMARY KEY (consultation_id, concern_id)
) WITHOUT ROWID;
CREATE INDEX candidates_by_concern ON candidates (concern_id);
