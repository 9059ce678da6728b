ALTER TABLE agenda_items DROP COLUMN poll_id;
DROP TABLE poll_pictures;
DROP TABLE poll_texts;
DROP TABLE poll_group_sums;
DROP TABLE poll_sums;
DROP TABLE poll_marks;
DROP TABLE poll_rooms;
DROP TABLE polls;
