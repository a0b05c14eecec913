DROP TABLE actor_words;
DROP TABLE post_words;
DROP INDEX attachments_shown;
DROP INDEX attachments_board;
ALTER TABLE attachments DROP COLUMN board_id;
DROP INDEX post_tags_threads;
ALTER TABLE post_tags DROP COLUMN opens;
DROP INDEX tags_used;
DROP TABLE tag_marks;
