-- Whether a seat said before a meeting that it will be taken.
CREATE TABLE meeting_answers (
  meeting_id TEXT NOT NULL REFERENCES meetings (id),
  seat_id    TEXT NOT NULL REFERENCES seats (id),
  answer     TEXT NOT NULL CHECK (answer IN ('coming', 'remote', 'substitute', 'not_coming')),
  PRIMARY KEY (meeting_id, seat_id)
) WITHOUT ROWID;
CREATE INDEX meeting_answers_by_seat ON meeting_answers (seat_id);
