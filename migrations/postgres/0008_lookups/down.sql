DROP INDEX moved_numbers_post;
DROP INDEX log_post;
