-- How somebody likes the pages to look and to behave; who never chose has no row.
CREATE TABLE preferences (
    account_id INTEGER PRIMARY KEY REFERENCES actors (id),
    -- auto, light, dark
    scheme TEXT NOT NULL,
    -- Four colours like 0d1c37-122a53-73a5f8-acc4ee; empty for the site's own.
    light TEXT NOT NULL,
    dark TEXT NOT NULL,
    -- Sixteenths of the browser's own size.
    text_size SMALLINT NOT NULL,
    open_sensitive BOOLEAN NOT NULL,
    still_pictures BOOLEAN NOT NULL,
    by_page BOOLEAN NOT NULL,
    single_keys BOOLEAN NOT NULL,
    -- all, following, local
    home TEXT NOT NULL,
    auto_watch BOOLEAN NOT NULL
);

-- Threads somebody keeps an eye on.
CREATE TABLE watches (
    account_id BIGINT NOT NULL REFERENCES actors (id),
    thread_id BIGINT NOT NULL REFERENCES threads (id) ON DELETE CASCADE,
    -- Posts after this one are unread.
    seen_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, thread_id)
);
CREATE INDEX watches_thread ON watches (thread_id);

-- The parts of a profile.
CREATE INDEX posts_author_replies ON posts (author_id, id DESC) WHERE deleted_at IS NULL AND parent_id IS NOT NULL;
CREATE INDEX attachments_owner ON attachments (owner_id, id DESC) WHERE post_id IS NOT NULL;
