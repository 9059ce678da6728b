-- What a council tells of a quarter: the secretary's words, changed until it is published; then the document and
-- how it is printed, and nothing of it changes any more.
CREATE TABLE bulletins (
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  quarter           INTEGER NOT NULL CHECK (quarter BETWEEN 1 AND 4),
  opening           TEXT NOT NULL,
  closing           TEXT NOT NULL DEFAULT '',
  record            TEXT,
  pdf               BLOB,
  published_on      DATE,
  PRIMARY KEY (municipality_code, year, quarter),
  CHECK ((record IS NULL) = (published_on IS NULL)),
  CHECK ((pdf IS NULL) = (published_on IS NULL))
) WITHOUT ROWID;

-- Where the inbox leads on from what is neither of a concern nor of a meeting.
ALTER TABLE inbox ADD COLUMN path TEXT;
