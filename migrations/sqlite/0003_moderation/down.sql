ALTER TABLE log RENAME TO log_after;
DROP INDEX log_board;
DROP INDEX log_local;
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    board_id BIGINT NOT NULL REFERENCES boards (actor_id),
    actor_id BIGINT NOT NULL REFERENCES actors (id),
    act TEXT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    reason TEXT NOT NULL
);
INSERT INTO log (id, board_id, actor_id, act, post_id, reason)
    SELECT id, board_id, actor_id, act, post_id, reason FROM log_after
    WHERE board_id IS NOT NULL AND post_id IS NOT NULL;
DROP TABLE log_after;
CREATE INDEX log_board ON log (board_id, id DESC);

DROP TABLE banned_media;
DROP TABLE moved_numbers;
DROP TABLE reports;
DROP TABLE bans;
ALTER TABLE media DROP COLUMN withheld;
ALTER TABLE threads DROP COLUMN withheld;
ALTER TABLE actors DROP COLUMN withheld;
