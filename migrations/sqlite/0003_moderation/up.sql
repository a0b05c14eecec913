-- Bans, reports, moved threads, refused pictures, suspended servers, and a log that knows of them.

-- What a suspended server made is kept and not shown, so that it can come back.
ALTER TABLE actors ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE threads ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE media ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE bans (
    id INTEGER PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES actors (id),
    -- NULL: from all of this node.
    board_id BIGINT REFERENCES boards (actor_id),
    by_id BIGINT NOT NULL REFERENCES actors (id),
    reason TEXT NOT NULL,
    -- NULL: until it is lifted.
    expires_at BIGINT
);
CREATE UNIQUE INDEX bans_account ON bans (account_id, board_id);
CREATE INDEX bans_board ON bans (board_id, id DESC);

CREATE TABLE reports (
    id INTEGER PRIMARY KEY,
    -- Whose post it is, or who is reported as such.
    account_id BIGINT NOT NULL REFERENCES actors (id),
    post_id BIGINT REFERENCES posts (id),
    board_id BIGINT REFERENCES boards (actor_id),
    reporter_id BIGINT NOT NULL REFERENCES actors (id),
    reason TEXT NOT NULL,
    -- open, resolved, dismissed
    state TEXT NOT NULL DEFAULT 'open',
    decided_by BIGINT REFERENCES actors (id),
    note TEXT NOT NULL DEFAULT '',
    decided_at BIGINT,
    -- When the servers of what is reported were told.
    forwarded_at BIGINT
);
CREATE INDEX reports_state ON reports (state, id DESC);
CREATE INDEX reports_board ON reports (board_id, state, id DESC);
CREATE INDEX reports_post ON reports (post_id, state);

-- Where a post was before its thread was moved: the old address leads to the new one.
CREATE TABLE moved_numbers (
    board_id BIGINT NOT NULL REFERENCES boards (actor_id),
    no BIGINT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    PRIMARY KEY (board_id, no)
);

-- Pictures that are not taken any more, by the SHA-256 of their stored original.
CREATE TABLE banned_media (
    sha256 TEXT PRIMARY KEY,
    by_id BIGINT NOT NULL REFERENCES actors (id),
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- The log is of boards and of the node, about posts, accounts, servers and pictures.
ALTER TABLE log RENAME TO log_before;
DROP INDEX log_board;
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    -- NULL: the node.
    board_id BIGINT REFERENCES boards (actor_id),
    actor_id BIGINT NOT NULL REFERENCES actors (id),
    act TEXT NOT NULL,
    post_id BIGINT REFERENCES posts (id),
    account_id BIGINT REFERENCES actors (id),
    -- A server, a picture's name, or the other board of a move.
    subject TEXT NOT NULL DEFAULT '',
    reason TEXT NOT NULL,
    -- When a ban ends by itself.
    until BIGINT,
    -- Whether it was done here, and not on a board elsewhere.
    local BOOLEAN NOT NULL DEFAULT TRUE
);
INSERT INTO log (id, board_id, actor_id, act, post_id, reason, local)
    SELECT l.id, l.board_id, l.actor_id, l.act, l.post_id, l.reason, b.local
    FROM log_before l JOIN boards b ON b.actor_id = l.board_id;
DROP TABLE log_before;
CREATE INDEX log_board ON log (board_id, id DESC);
CREATE INDEX log_local ON log (local, id DESC);
