DROP TRIGGER revise_boards_featured ON boards;
DROP INDEX boards_featured;
ALTER TABLE boards DROP COLUMN featured;
