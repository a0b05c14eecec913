DROP TRIGGER revise_boards_featured;
DROP INDEX boards_featured;
ALTER TABLE boards DROP COLUMN featured;
