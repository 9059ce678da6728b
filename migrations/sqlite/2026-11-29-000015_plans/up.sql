-- After how many days others hear that a measure is late: the chair, and everybody.
ALTER TABLE municipalities ADD COLUMN late_chair_days INTEGER NOT NULL DEFAULT 7 CHECK (late_chair_days BETWEEN 1 AND 365);
ALTER TABLE municipalities ADD COLUMN late_public_days INTEGER NOT NULL DEFAULT 30 CHECK (late_public_days BETWEEN 1 AND 365);
-- Who chairs is each council's own: the mayor, the prefect, or both.
ALTER TABLE seats ADD COLUMN chairs BOOLEAN NOT NULL DEFAULT FALSE;

-- What a council wants of a year.
CREATE TABLE objectives (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  position          INTEGER NOT NULL,
  title             TEXT NOT NULL,
  text              TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX objectives_by_year ON objectives (municipality_code, year, position);

-- What is done for it, by exactly one institution that leads (B3).
CREATE TABLE measures (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  objective_id      TEXT NOT NULL REFERENCES objectives (id),
  title             TEXT NOT NULL,
  text              TEXT NOT NULL,
  lead              TEXT NOT NULL,
  starts_on         DATE NOT NULL,
  due_on            DATE NOT NULL,
  -- In how many days a report follows the last one.
  report_days       INTEGER NOT NULL CHECK (report_days BETWEEN 7 AND 366),
  -- Lekë, and where they come from.
  budget            BIGINT CHECK (budget >= 0),
  source            TEXT,
  -- How it goes together with what other plans do already.
  overlap           TEXT,
  -- The item of a meeting that promised it.
  meeting_id        TEXT,
  meeting_position  INTEGER,
  state             TEXT NOT NULL CHECK (state IN ('draft', 'planned', 'in_progress', 'done', 'partly_done', 'not_done')),
  approved_on       DATE,
  closed_on         DATE,
  -- How often its day was changed: what was due for an earlier one holds no more.
  version           INTEGER NOT NULL,
  FOREIGN KEY (meeting_id, meeting_position) REFERENCES agenda_items (meeting_id, position),
  CHECK ((state = 'draft') = (approved_on IS NULL)),
  CHECK ((state IN ('done', 'partly_done', 'not_done')) = (closed_on IS NOT NULL)),
  CHECK ((meeting_id IS NULL) = (meeting_position IS NULL))
) WITHOUT ROWID;
CREATE INDEX measures_by_municipality ON measures (municipality_code, state, due_on, id);
CREATE INDEX measures_by_objective ON measures (objective_id, due_on, id);
CREATE INDEX measures_by_meeting ON measures (meeting_id, meeting_position);

CREATE TABLE measure_supporters (
  measure_id  TEXT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
  institution TEXT NOT NULL,
  PRIMARY KEY (measure_id, institution)
) WITHOUT ROWID;

-- How it is told whether it helped (G1).
CREATE TABLE indicators (
  measure_id TEXT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  unit       TEXT NOT NULL,
  baseline   DOUBLE PRECISION NOT NULL,
  target     DOUBLE PRECISION NOT NULL,
  source     TEXT NOT NULL,
  PRIMARY KEY (measure_id, position)
) WITHOUT ROWID;

-- The concerns of residents it answers.
CREATE TABLE measure_concerns (
  measure_id TEXT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
  concern_id TEXT NOT NULL REFERENCES concerns (id) ON DELETE CASCADE,
  PRIMARY KEY (measure_id, concern_id)
) WITHOUT ROWID;
CREATE INDEX measure_concerns_by_concern ON measure_concerns (concern_id);

-- What happened with it since it was approved, in its order.
CREATE TABLE measure_steps (
  measure_id  TEXT NOT NULL REFERENCES measures (id),
  position    INTEGER NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('approved', 'changed', 'reported')),
  state       TEXT NOT NULL,
  text        TEXT NOT NULL,
  -- The day it was due from then on.
  due_on      DATE NOT NULL,
  -- Lekë spent until then.
  spent       BIGINT CHECK (spent >= 0),
  seat_id     TEXT NOT NULL REFERENCES seats (id),
  institution TEXT NOT NULL,
  on_day      DATE NOT NULL,
  PRIMARY KEY (measure_id, position)
) WITHOUT ROWID;

-- Where each indicator stood with a report.
CREATE TABLE measure_values (
  measure_id TEXT NOT NULL REFERENCES measures (id),
  step       INTEGER NOT NULL,
  indicator  INTEGER NOT NULL,
  value      DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (measure_id, step, indicator),
  FOREIGN KEY (measure_id, step) REFERENCES measure_steps (measure_id, position),
  FOREIGN KEY (measure_id, indicator) REFERENCES indicators (measure_id, position)
) WITHOUT ROWID;

-- What shows it: a photo made anew, or a document.
CREATE TABLE evidence (
  id         TEXT PRIMARY KEY NOT NULL,
  measure_id TEXT NOT NULL,
  step       INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('photo', 'document')),
  name       TEXT NOT NULL,
  bytes      BLOB NOT NULL,
  FOREIGN KEY (measure_id, step) REFERENCES measure_steps (measure_id, position)
) WITHOUT ROWID;
CREATE INDEX evidence_by_step ON evidence (measure_id, step, id);

-- What other local plans do already (J5).
CREATE TABLE other_measures (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  plan              TEXT NOT NULL,
  title             TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX other_measures_by_municipality ON other_measures (municipality_code, plan, title, id);
