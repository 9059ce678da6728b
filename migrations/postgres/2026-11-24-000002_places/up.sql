CREATE TABLE municipalities (
  code              TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  slug              TEXT COLLATE "C" NOT NULL UNIQUE,
  name              TEXT COLLATE "C" NOT NULL,
  full_name         TEXT COLLATE "C" NOT NULL,
  former_name       TEXT COLLATE "C",
  qark              TEXT COLLATE "C" NOT NULL,
  seat_name         TEXT COLLATE "C" NOT NULL,
  seat_lat          DOUBLE PRECISION NOT NULL,
  seat_lon          DOUBLE PRECISION NOT NULL,
  label_lat         DOUBLE PRECISION NOT NULL,
  label_lon         DOUBLE PRECISION NOT NULL,
  population        INTEGER NOT NULL,
  council           TEXT COLLATE "C" NOT NULL CHECK (council IN ('none', 'formal', 'active')),
  answer_days       INTEGER NOT NULL CHECK (answer_days BETWEEN 1 AND 60),
  publication_batch INTEGER NOT NULL CHECK (publication_batch BETWEEN 3 AND 50),
  position          INTEGER NOT NULL
);

CREATE TABLE units (
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  slug              TEXT COLLATE "C" NOT NULL,
  name              TEXT COLLATE "C" NOT NULL,
  lat               DOUBLE PRECISION NOT NULL,
  lon               DOUBLE PRECISION NOT NULL,
  position          INTEGER NOT NULL,
  PRIMARY KEY (municipality_code, slug)
);

-- Days on which deadlines do not run; a row without a municipality counts everywhere.
CREATE TABLE holidays (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" REFERENCES municipalities (code),
  on_day            DATE NOT NULL,
  name_sq           TEXT COLLATE "C" NOT NULL,
  name_en           TEXT COLLATE "C" NOT NULL,
  estimated         BOOLEAN NOT NULL
);
CREATE INDEX holidays_by_day ON holidays (on_day);

-- Holidays of the country on which a municipality works: there deadlines run.
CREATE TABLE working_days (
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  on_day            DATE NOT NULL,
  PRIMARY KEY (municipality_code, on_day)
);
