-- Boards that the admins show before the others. Cached pages that name a board see it change.
ALTER TABLE boards ADD COLUMN featured BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX boards_featured ON boards (featured, actor_id);
CREATE TRIGGER revise_boards_featured AFTER UPDATE OF featured ON boards
    WHEN OLD.featured IS NOT NEW.featured
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
