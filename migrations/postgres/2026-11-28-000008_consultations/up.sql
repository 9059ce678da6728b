-- What a council asks its residents, from the day it is announced. Its phase follows from the dates.
CREATE TABLE consultations (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  question          TEXT COLLATE "C" NOT NULL,
  objective         TEXT COLLATE "C" NOT NULL,
  explanation       TEXT COLLATE "C" NOT NULL,
  -- The school it is for, where it is for one.
  school            TEXT COLLATE "C",
  announced_on      DATE NOT NULL,
  collect_from      DATE NOT NULL,
  collect_until     DATE NOT NULL,
  discuss_until     DATE,
  vote_until        DATE NOT NULL,
  result_until      DATE NOT NULL,
  plan_until        DATE NOT NULL,
  report_on         DATE NOT NULL,
  withdrawn_on      DATE
);
CREATE INDEX consultations_by_municipality ON consultations (municipality_code, announced_on DESC, id);

-- The units it is for; without any it is for the whole municipality.
CREATE TABLE consultation_units (
  consultation_id TEXT COLLATE "C" NOT NULL REFERENCES consultations (id),
  unit            TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (consultation_id, unit)
);

CREATE TABLE consultation_documents (
  consultation_id TEXT COLLATE "C" NOT NULL REFERENCES consultations (id),
  position        INTEGER NOT NULL,
  title           TEXT COLLATE "C" NOT NULL,
  address         TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (consultation_id, position)
);

-- What the council said of it in public: that it is announced, extended or taken back, and why.
CREATE TABLE consultation_notices (
  consultation_id TEXT COLLATE "C" NOT NULL REFERENCES consultations (id),
  position        INTEGER NOT NULL,
  kind            TEXT COLLATE "C" NOT NULL CHECK (kind IN ('announced', 'extended', 'withdrawn')),
  text            TEXT COLLATE "C" NOT NULL,
  seat_id         TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  institution     TEXT COLLATE "C" NOT NULL,
  on_day          DATE NOT NULL,
  PRIMARY KEY (consultation_id, position)
);

-- Which concerns are voted on, and which the secretary left out, with the reason.
CREATE TABLE candidates (
  consultation_id TEXT COLLATE "C" NOT NULL REFERENCES consultations (id),
  concern_id      TEXT COLLATE "C" NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  included        BOOLEAN NOT NULL,
  reason          TEXT COLLATE "C" NOT NULL,
  on_day          DATE NOT NULL,
  PRIMARY KEY (consultation_id, concern_id)
);
CREATE INDEX candidates_by_concern ON candidates (concern_id);
