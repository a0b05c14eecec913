-- Times are microseconds since 1970 (UTC); ids come from db::ids and sort by time.

CREATE TABLE processes (
    number INTEGER PRIMARY KEY,
    token BIGINT NOT NULL,
    leased_until BIGINT NOT NULL
);

CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    -- Jobs of one lane run one after the other; NULL runs whenever it can.
    lane TEXT,
    payload TEXT NOT NULL,
    run_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    leased_until BIGINT NOT NULL DEFAULT 0,
    -- 0 waiting, 1 given up; finished jobs are deleted.
    state SMALLINT NOT NULL DEFAULT 0,
    error TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX jobs_due ON jobs (queue, run_at, id) WHERE state = 0;
CREATE INDEX jobs_lane ON jobs (queue, lane, id) WHERE state = 0;

-- One row of what this node remembers about itself.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

-- Accounts, boards and the instance itself: everything that can act on the network.
CREATE TABLE actors (
    id INTEGER PRIMARY KEY,
    -- person, board, instance
    kind TEXT NOT NULL,
    -- Empty for those of this node.
    host TEXT NOT NULL,
    name TEXT NOT NULL,
    uri TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    inbox TEXT NOT NULL,
    shared_inbox TEXT,
    outbox TEXT,
    followers TEXT,
    title TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT '',
    about_html TEXT NOT NULL DEFAULT '',
    fields TEXT NOT NULL DEFAULT '[]',
    avatar TEXT,
    -- Where the picture of a foreign one is; `avatar` follows once it was fetched.
    avatar_url TEXT,
    banner TEXT,
    bot BOOLEAN NOT NULL DEFAULT FALSE,
    key_id TEXT NOT NULL DEFAULT '',
    public_key TEXT NOT NULL DEFAULT '',
    private_key TEXT,
    -- active, suspended, deleted
    state TEXT NOT NULL DEFAULT 'active',
    post_count BIGINT NOT NULL DEFAULT 0,
    follower_count BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    refreshed_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX actors_handle ON actors (host, name);
CREATE INDEX actors_kind ON actors (kind, host, name);
CREATE INDEX actors_key ON actors (key_id);

CREATE TABLE logins (
    account_id INTEGER PRIMARY KEY REFERENCES actors (id),
    password_hash TEXT NOT NULL,
    email TEXT,
    -- member, moderator, admin
    role TEXT NOT NULL DEFAULT 'member'
);

CREATE TABLE sessions (
    token_hash TEXT PRIMARY KEY,
    account_id BIGINT NOT NULL REFERENCES actors (id),
    id BIGINT NOT NULL UNIQUE,
    -- page (a browser's cookie) or token
    kind TEXT NOT NULL,
    scopes TEXT NOT NULL,
    label TEXT NOT NULL,
    csrf TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id, id);

CREATE TABLE boards (
    actor_id INTEGER PRIMARY KEY REFERENCES actors (id),
    -- Whether it is one of this node.
    local BOOLEAN NOT NULL,
    rules TEXT NOT NULL DEFAULT '',
    nsfw BOOLEAN NOT NULL DEFAULT FALSE,
    dislikes BOOLEAN NOT NULL DEFAULT TRUE,
    require_alt BOOLEAN NOT NULL DEFAULT FALSE,
    bump_limit BIGINT NOT NULL DEFAULT 500,
    -- accounts, moderators
    posting TEXT NOT NULL DEFAULT 'accounts',
    last_no BIGINT NOT NULL DEFAULT 0,
    thread_count BIGINT NOT NULL DEFAULT 0,
    post_count BIGINT NOT NULL DEFAULT 0,
    bumped_at BIGINT NOT NULL DEFAULT 0,
    backfilled_at BIGINT
);
CREATE INDEX boards_activity ON boards (bumped_at, actor_id);
CREATE INDEX boards_local_activity ON boards (local, bumped_at, actor_id);
CREATE INDEX boards_local ON boards (local, actor_id);

CREATE TABLE moderators (
    board_id BIGINT NOT NULL REFERENCES boards (actor_id),
    account_id BIGINT NOT NULL REFERENCES actors (id),
    created_at BIGINT NOT NULL,
    PRIMARY KEY (board_id, account_id)
);
CREATE INDEX moderators_account ON moderators (account_id, board_id);

CREATE TABLE threads (
    -- The id of the opening post.
    id INTEGER PRIMARY KEY,
    board_id BIGINT NOT NULL REFERENCES boards (actor_id),
    author_id BIGINT NOT NULL REFERENCES actors (id),
    -- Whether the board is one of this node.
    local BOOLEAN NOT NULL,
    reply_count BIGINT NOT NULL DEFAULT 0,
    media_count BIGINT NOT NULL DEFAULT 0,
    likes BIGINT NOT NULL DEFAULT 0,
    bumped_at BIGINT NOT NULL,
    pinned BOOLEAN NOT NULL DEFAULT FALSE,
    locked BOOLEAN NOT NULL DEFAULT FALSE,
    -- Gone with its opening post: shown nowhere.
    hidden BOOLEAN NOT NULL DEFAULT FALSE,
    -- Counts every change of what its page shows.
    revision BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX threads_bump ON threads (board_id, pinned DESC, bumped_at DESC, id DESC) WHERE NOT hidden;
CREATE INDEX threads_new ON threads (board_id, id DESC) WHERE NOT hidden;
CREATE INDEX threads_replies ON threads (board_id, reply_count DESC, id DESC) WHERE NOT hidden;
CREATE INDEX threads_votes ON threads (board_id, likes DESC, id DESC) WHERE NOT hidden;
CREATE INDEX threads_all ON threads (id DESC) WHERE NOT hidden;
CREATE INDEX threads_local ON threads (local, id DESC) WHERE NOT hidden;
CREATE INDEX threads_author ON threads (author_id, id DESC) WHERE NOT hidden;

CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    thread_id BIGINT NOT NULL REFERENCES threads (id),
    board_id BIGINT NOT NULL REFERENCES boards (actor_id),
    author_id BIGINT NOT NULL REFERENCES actors (id),
    -- Given by the board's home; NULL until it is known.
    no BIGINT,
    uri TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    parent_id BIGINT,
    subject TEXT,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    sensitive BOOLEAN NOT NULL DEFAULT FALSE,
    content_warning TEXT,
    language TEXT,
    sage BOOLEAN NOT NULL DEFAULT FALSE,
    likes BIGINT NOT NULL DEFAULT 0,
    dislikes BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL,
    edited_at BIGINT,
    -- When it became a tombstone, and why where a moderator did it.
    deleted_at BIGINT,
    removed_by BIGINT,
    reason TEXT
);
CREATE INDEX posts_parent ON posts (parent_id, id);
CREATE INDEX posts_thread ON posts (thread_id, id);
CREATE UNIQUE INDEX posts_no ON posts (board_id, no);
CREATE INDEX posts_author ON posts (author_id, id DESC);

CREATE TABLE post_versions (
    id INTEGER PRIMARY KEY,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    subject TEXT,
    body TEXT NOT NULL,
    html TEXT NOT NULL,
    content_warning TEXT,
    -- When this version was written.
    created_at BIGINT NOT NULL
);
CREATE INDEX post_versions_post ON post_versions (post_id, id);

-- `>>123` and its kin, resolved when they are read.
CREATE TABLE refs (
    id INTEGER PRIMARY KEY,
    from_post BIGINT NOT NULL REFERENCES posts (id),
    -- As it stands in the text; the target's host is empty for this node, as in actors.
    written TEXT NOT NULL,
    to_host TEXT NOT NULL,
    to_board TEXT NOT NULL,
    to_no BIGINT NOT NULL
);
CREATE INDEX refs_from ON refs (from_post, id);
CREATE INDEX refs_to ON refs (to_host, to_board, to_no);

CREATE TABLE mentions (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    name TEXT NOT NULL,
    host TEXT NOT NULL,
    PRIMARY KEY (post_id, host, name)
);

CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    post_count BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE post_tags (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    tag_id BIGINT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (post_id, tag_id)
);
CREATE INDEX post_tags_tag ON post_tags (tag_id, post_id DESC);

-- Pictures by the SHA-256 of their stored original, counted by the attachments that show them.
CREATE TABLE media (
    sha256 TEXT PRIMARY KEY,
    mime TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    frames INTEGER NOT NULL,
    thumbhash TEXT NOT NULL,
    blurhash TEXT NOT NULL,
    colour TEXT NOT NULL,
    refs BIGINT NOT NULL DEFAULT 0,
    touched_at BIGINT NOT NULL
);
CREATE INDEX media_unused ON media (touched_at) WHERE refs = 0;
CREATE TABLE renditions (
    sha256 TEXT NOT NULL REFERENCES media (sha256) ON DELETE CASCADE,
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes BIGINT NOT NULL,
    PRIMARY KEY (sha256, name)
);

CREATE TABLE attachments (
    id INTEGER PRIMARY KEY,
    -- NULL while it is uploaded but not posted.
    post_id BIGINT REFERENCES posts (id),
    owner_id BIGINT NOT NULL REFERENCES actors (id),
    position INTEGER NOT NULL DEFAULT 0,
    -- ready, pending (foreign, not fetched yet), failed
    state TEXT NOT NULL,
    sha256 TEXT REFERENCES media (sha256),
    remote_url TEXT,
    alt TEXT NOT NULL DEFAULT '',
    sensitive BOOLEAN NOT NULL DEFAULT FALSE,
    focus_x DOUBLE PRECISION NOT NULL DEFAULT 0,
    focus_y DOUBLE PRECISION NOT NULL DEFAULT 0,
    -- As the other server says, until the picture is here.
    mime TEXT NOT NULL DEFAULT '',
    width INTEGER,
    height INTEGER,
    blurhash TEXT,
    created_at BIGINT NOT NULL
);
CREATE INDEX attachments_post ON attachments (post_id, position);
CREATE INDEX attachments_loose ON attachments (created_at) WHERE post_id IS NULL;
CREATE INDEX attachments_sha ON attachments (sha256);

-- A vote is a state; 0 stays, so that an older one that comes late is known to be older.
CREATE TABLE votes (
    post_id BIGINT NOT NULL REFERENCES posts (id),
    account_id BIGINT NOT NULL REFERENCES actors (id),
    value SMALLINT NOT NULL,
    uri TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (post_id, account_id)
);
CREATE INDEX votes_account ON votes (account_id, post_id);
CREATE INDEX votes_uri ON votes (uri);

CREATE TABLE follows (
    follower_id BIGINT NOT NULL REFERENCES actors (id),
    target_id BIGINT NOT NULL REFERENCES actors (id),
    -- pending, accepted, rejected
    state TEXT NOT NULL,
    uri TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (follower_id, target_id)
);
CREATE INDEX follows_uri ON follows (uri);
CREATE INDEX follows_target ON follows (target_id, state, follower_id);

-- The public moderation log.
CREATE TABLE log (
    id INTEGER PRIMARY KEY,
    board_id BIGINT NOT NULL REFERENCES boards (actor_id),
    actor_id BIGINT NOT NULL REFERENCES actors (id),
    -- lock, unlock, pin, unpin, remove
    act TEXT NOT NULL,
    post_id BIGINT NOT NULL REFERENCES posts (id),
    reason TEXT NOT NULL
);
CREATE INDEX log_board ON log (board_id, id DESC);

CREATE TABLE idempotency (
    account_id BIGINT NOT NULL REFERENCES actors (id),
    key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    result_id BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

CREATE TABLE rates (
    bucket TEXT PRIMARY KEY,
    window_start BIGINT NOT NULL,
    used BIGINT NOT NULL
);

-- Servers we know.
CREATE TABLE peers (
    host TEXT PRIMARY KEY,
    software TEXT,
    version TEXT,
    -- up, failing, dead
    state TEXT NOT NULL DEFAULT 'up',
    -- open, suspended
    policy TEXT NOT NULL DEFAULT 'open',
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Distinct days on which nothing got through, and the last of them.
    fail_days INTEGER NOT NULL DEFAULT 0,
    last_fail_day BIGINT NOT NULL DEFAULT 0,
    next_try_at BIGINT NOT NULL DEFAULT 0,
    last_ok_at BIGINT,
    error TEXT,
    leased_by BIGINT NOT NULL DEFAULT 0,
    leased_until BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);

-- What we sent, as sent.
CREATE TABLE activities (
    id INTEGER PRIMARY KEY,
    uri TEXT NOT NULL UNIQUE,
    actor_id BIGINT NOT NULL REFERENCES actors (id),
    kind TEXT NOT NULL,
    post_id BIGINT,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX activities_post ON activities (post_id, id);
CREATE INDEX activities_actor ON activities (actor_id, id DESC);

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    activity_id BIGINT NOT NULL REFERENCES activities (id),
    host TEXT NOT NULL,
    inbox TEXT NOT NULL,
    -- Kept in order within a lane: a thread, or the two actors of a follow.
    lane BIGINT NOT NULL,
    -- pending, sent, refused, expired
    state TEXT NOT NULL DEFAULT 'pending',
    attempts INTEGER NOT NULL DEFAULT 0,
    answer INTEGER,
    error TEXT,
    created_at BIGINT NOT NULL,
    done_at BIGINT,
    -- 14 days after it was made; deletions never expire.
    expires_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX deliveries_once ON deliveries (activity_id, inbox);
CREATE INDEX deliveries_pending ON deliveries (host, id) WHERE state = 'pending';
CREATE INDEX deliveries_expiry ON deliveries (expires_at) WHERE state = 'pending';
CREATE INDEX deliveries_done ON deliveries (done_at) WHERE state <> 'pending';

-- Activities that had their effect: a second copy has none.
CREATE TABLE received (
    uri TEXT PRIMARY KEY,
    received_at BIGINT NOT NULL
);
CREATE INDEX received_age ON received (received_at);

-- Ids that were deleted or undone elsewhere before, or after, we heard of them.
CREATE TABLE tombstones (
    uri TEXT PRIMARY KEY,
    deleted_at BIGINT NOT NULL
);
CREATE INDEX tombstones_age ON tombstones (deleted_at);
