-- What a council answered for in a year, as it was published: the document and how it is printed. Nothing of it
-- changes any more.
CREATE TABLE reports (
  municipality_code TEXT NOT NULL REFERENCES municipalities (code),
  year              INTEGER NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  record            TEXT NOT NULL,
  pdf               BLOB NOT NULL,
  published_on      DATE NOT NULL,
  PRIMARY KEY (municipality_code, year)
) WITHOUT ROWID;
