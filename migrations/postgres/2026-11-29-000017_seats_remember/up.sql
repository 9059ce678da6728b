-- How somebody came to a seat: by which letter of their institution, until when, and as whose substitute (A9).
ALTER TABLE holders ADD COLUMN substitute BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE holders ADD COLUMN letter_no TEXT COLLATE "C";
ALTER TABLE holders ADD COLUMN letter_on DATE;
ALTER TABLE holders ADD COLUMN term_until DATE;

-- What a seat is there for (A10), each text kept when another follows.
CREATE TABLE role_texts (
  seat_id    TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  version    INTEGER NOT NULL CHECK (version > 0),
  text       TEXT COLLATE "C" NOT NULL,
  written_on DATE NOT NULL,
  PRIMARY KEY (seat_id, version)
);

-- How a council works, as it decided (B1); nothing of a version changes any more.
CREATE TABLE regulations (
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  version           INTEGER NOT NULL CHECK (version > 0),
  decision_no       TEXT COLLATE "C" NOT NULL,
  decided_on        DATE NOT NULL,
  text              TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (municipality_code, version)
);

-- What whoever holds a seat has read (A8, A10, B2); of what was handed over there is one version, 0.
CREATE TABLE acknowledgements (
  holder_id TEXT COLLATE "C" NOT NULL REFERENCES holders (id),
  paper     TEXT COLLATE "C" NOT NULL CHECK (paper IN ('handover', 'role', 'regulation')),
  version   INTEGER NOT NULL,
  on_day    DATE NOT NULL,
  PRIMARY KEY (holder_id, paper, version)
);
-- Whoever sits already was handed over to before.
INSERT INTO acknowledgements SELECT id, 'handover', 0, from_on FROM holders WHERE to_on IS NULL;

-- What members learned (E1), and which of them: when a holder goes, so does what they learned (E2).
CREATE TABLE trainings (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  topic             TEXT COLLATE "C" NOT NULL,
  provider          TEXT COLLATE "C" NOT NULL,
  held_on           DATE NOT NULL
);
CREATE INDEX trainings_by_municipality ON trainings (municipality_code);

CREATE TABLE trained (
  training_id TEXT COLLATE "C" NOT NULL REFERENCES trainings (id) ON DELETE CASCADE,
  holder_id   TEXT COLLATE "C" NOT NULL REFERENCES holders (id),
  PRIMARY KEY (training_id, holder_id)
);
CREATE INDEX trained_by_holder ON trained (holder_id);
