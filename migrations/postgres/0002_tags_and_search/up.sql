-- Tags that an account of this node follows or mutes: one or the other.
CREATE TABLE tag_marks (
    account_id BIGINT NOT NULL REFERENCES actors (id),
    tag_id BIGINT NOT NULL REFERENCES tags (id),
    -- followed, muted
    mark TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, tag_id)
);
CREATE INDEX tag_marks_tag ON tag_marks (tag_id, mark);
CREATE INDEX tags_used ON tags (post_count DESC, id DESC);

-- Whether the post opens its thread: lists of threads by tag are a range of an index.
ALTER TABLE post_tags ADD COLUMN opens BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE post_tags SET opens = TRUE WHERE post_id IN (SELECT id FROM threads);
CREATE INDEX post_tags_threads ON post_tags (tag_id, opens, post_id DESC);

-- The board whose gallery shows the picture; NULL until it is posted and its file is here.
ALTER TABLE attachments ADD COLUMN board_id BIGINT;
UPDATE attachments SET board_id = (SELECT posts.board_id FROM posts WHERE posts.id = attachments.post_id)
    WHERE post_id IS NOT NULL AND state = 'ready';
CREATE INDEX attachments_board ON attachments (board_id, post_id DESC, position);
CREATE INDEX attachments_shown ON attachments (post_id DESC, position) WHERE board_id IS NOT NULL;

-- Byte order, as on the other engine: names that begin with something are a range.
ALTER TABLE tags ALTER COLUMN name TYPE TEXT COLLATE "C";

-- The words of posts, and of the names and descriptions of accounts and boards, by their ids.
CREATE TABLE post_words (
    rowid BIGINT PRIMARY KEY,
    words TSVECTOR NOT NULL
);
CREATE INDEX post_words_words ON post_words USING GIN (words);
CREATE TABLE actor_words (
    rowid BIGINT PRIMARY KEY,
    words TSVECTOR NOT NULL
);
CREATE INDEX actor_words_words ON actor_words USING GIN (words);
