INSERT INTO concern_search (concern_search, rank) VALUES ('secure-delete', 0);
