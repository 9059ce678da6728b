ALTER TABLE meetings DROP COLUMN answers_for;
