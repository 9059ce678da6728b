DROP TABLE meeting_notices; DROP TABLE agenda_items; DROP TABLE meetings;
