-- The year whose promises a hearing answers for (study I2).
ALTER TABLE meetings ADD COLUMN answers_for INTEGER CHECK (answers_for BETWEEN 2000 AND 2100);
