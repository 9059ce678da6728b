DROP TABLE box_roots; DROP TABLE ballots; DROP TABLE token_answers; DROP TABLE token_requests; DROP TABLE vote_issuers;
DROP INDEX consultations_by_vote; DROP TABLE votes; DROP TABLE consultation_choices;
ALTER TABLE municipalities DROP COLUMN weight_votes;
ALTER TABLE municipalities DROP COLUMN weight_severity;
ALTER TABLE municipalities DROP COLUMN weight_frequency;
ALTER TABLE municipalities DROP COLUMN weight_harm;
ALTER TABLE candidates DROP COLUMN severity;
ALTER TABLE candidates DROP COLUMN frequency;
ALTER TABLE candidates DROP COLUMN harm;
