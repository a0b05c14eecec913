DROP TABLE post_words_terms;
DROP INDEX moved_numbers_post;
DROP INDEX log_post;
