-- Bans, reports, moved threads, refused pictures, suspended servers, and a log that knows of them.

-- What a suspended server made is kept and not shown, so that it can come back.
ALTER TABLE actors ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE threads ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE media ADD COLUMN withheld BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE bans (
    id BIGINT PRIMARY KEY,
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
    id BIGINT PRIMARY KEY,
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
ALTER TABLE log ALTER COLUMN board_id DROP NOT NULL;
ALTER TABLE log ALTER COLUMN post_id DROP NOT NULL;
ALTER TABLE log ADD COLUMN account_id BIGINT REFERENCES actors (id);
-- A server, a picture's name, or the other board of a move.
ALTER TABLE log ADD COLUMN subject TEXT NOT NULL DEFAULT '';
-- When a ban ends by itself.
ALTER TABLE log ADD COLUMN until BIGINT;
-- Whether it was done here, and not on a board elsewhere.
ALTER TABLE log ADD COLUMN local BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE log SET local = b.local FROM boards b WHERE b.actor_id = log.board_id;
CREATE INDEX log_local ON log (local, id DESC);
