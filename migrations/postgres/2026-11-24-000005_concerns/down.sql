DROP TABLE imported_requests; DROP TABLE supports; DROP TABLE messages; DROP TABLE notes; DROP TABLE events; DROP TABLE photos; DROP TABLE concern_search; DROP TABLE concerns;
