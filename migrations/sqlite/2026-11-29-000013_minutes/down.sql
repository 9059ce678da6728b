DROP TABLE minutes_corrections; DROP TABLE minutes; DROP TABLE attendance; DROP TABLE outcomes;
ALTER TABLE municipalities DROP COLUMN meeting_days;
