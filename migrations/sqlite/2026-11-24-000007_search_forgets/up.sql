-- A word taken out of the search is taken out of its file at once, not at the next merge of segments.
INSERT INTO concern_search (concern_search, rank) VALUES ('secure-delete', 1);
