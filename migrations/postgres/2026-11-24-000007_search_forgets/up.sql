-- A word goes into the index at once and comes out with its row: no list of what came last waits beside it.
ALTER INDEX concern_search_words SET (fastupdate = off);
