-- What is promised stays with the seat; who holds it changes (study A7).
CREATE TABLE seats (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  institution       TEXT COLLATE "C" NOT NULL,
  role              TEXT COLLATE "C" NOT NULL CHECK (role IN ('member', 'secretary', 'administrator')),
  title             TEXT COLLATE "C" NOT NULL
);
CREATE INDEX seats_by_municipality ON seats (municipality_code);

CREATE TABLE holders (
  id         TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  seat_id    TEXT COLLATE "C" NOT NULL REFERENCES seats (id),
  account_id TEXT COLLATE "C" REFERENCES accounts (id) ON DELETE SET NULL,
  from_on    DATE NOT NULL,
  to_on      DATE
);
CREATE INDEX holders_by_account ON holders (account_id);
CREATE INDEX holders_by_seat ON holders (seat_id);

CREATE TABLE answer_templates (
  id                TEXT COLLATE "C" PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C" NOT NULL REFERENCES municipalities (code),
  title             TEXT COLLATE "C" NOT NULL,
  text              TEXT COLLATE "C" NOT NULL
);

-- Chained: each row's HMAC covers the one before it, so a changed row shows.
CREATE TABLE audit_log (
  position          INTEGER PRIMARY KEY NOT NULL,
  municipality_code TEXT COLLATE "C",
  on_day            DATE NOT NULL,
  seat_id           TEXT COLLATE "C",
  action            TEXT COLLATE "C" NOT NULL,
  subject           TEXT COLLATE "C" NOT NULL,
  hash              TEXT COLLATE "C" NOT NULL
);

-- Where the log ends, under an HMAC of its own: a row taken off the end shows too.
CREATE TABLE audit_head (
  id       INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
  position INTEGER NOT NULL,
  hash     TEXT COLLATE "C" NOT NULL,
  mac      TEXT COLLATE "C" NOT NULL
);
