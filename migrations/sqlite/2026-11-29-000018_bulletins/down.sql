ALTER TABLE inbox DROP COLUMN path;
DROP TABLE bulletins;
