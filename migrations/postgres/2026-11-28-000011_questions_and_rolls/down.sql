DROP TABLE roll_marks; DROP TABLE rolls; DROP TABLE question_answers; DROP TABLE questions;
