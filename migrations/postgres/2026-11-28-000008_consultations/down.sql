DROP TABLE candidates; DROP TABLE consultation_notices; DROP TABLE consultation_documents;
DROP TABLE consultation_units; DROP TABLE consultations;
