DROP TABLE trained;
DROP TABLE trainings;
DROP TABLE acknowledgements;
DROP TABLE regulations;
DROP TABLE role_texts;
ALTER TABLE holders DROP COLUMN term_until;
ALTER TABLE holders DROP COLUMN letter_on;
ALTER TABLE holders DROP COLUMN letter_no;
ALTER TABLE holders DROP COLUMN substitute;
