-- What an institution counted in a year, as it published it (C10, H5): a figure of a topic, with its source.
CREATE TABLE figures (
  id                TEXT PRIMARY KEY NOT NULL,
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  topic             TEXT NOT NULL,
  institution       TEXT NOT NULL,
  name              TEXT NOT NULL,
  year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  value             DOUBLE PRECISION NOT NULL,
  source            TEXT NOT NULL,
  published_on      DATE NOT NULL,
  UNIQUE (municipality_code, institution, topic, name, year)
) WITHOUT ROWID;
