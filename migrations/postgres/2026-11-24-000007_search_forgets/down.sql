ALTER INDEX concern_search_words RESET (fastupdate);
