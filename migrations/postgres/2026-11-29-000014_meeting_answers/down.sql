DROP TABLE meeting_answers;
