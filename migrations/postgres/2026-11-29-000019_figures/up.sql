-- What an institution counted in a year, as it published it (C10, H5): a figure of a topic, with its source.
CREATE TABLE figures (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  topic             TEXT COLLATE "C" NOT NULL,
  institution       TEXT COLLATE "C" NOT NULL,
  name              TEXT COLLATE "C" NOT NULL,
  year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  value             DOUBLE PRECISION NOT NULL,
  source            TEXT COLLATE "C" NOT NULL,
  published_on      DATE NOT NULL,
  UNIQUE (municipality_code, institution, topic, name, year)
);
