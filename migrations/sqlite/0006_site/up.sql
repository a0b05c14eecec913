-- What admins did, for admins to read; the public logs of boards are in `log`.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    actor_id BIGINT NOT NULL REFERENCES actors (id),
    -- The name of an act, as the code has it.
    act TEXT NOT NULL,
    -- What it was done to: an account, a host, a board, a hash, a queue.
    subject TEXT NOT NULL,
    reason TEXT NOT NULL
);

-- Lists of the pages for admins.
CREATE INDEX actors_suspended ON actors (kind, host, name) WHERE state = 'suspended';
CREATE INDEX logins_role ON logins (role, account_id);
CREATE INDEX media_size ON media (bytes DESC, sha256 DESC);
CREATE INDEX media_idle ON media (touched_at, sha256) WHERE refs = 0;
CREATE INDEX jobs_given_up ON jobs (id DESC) WHERE state = 1;
CREATE INDEX peers_state ON peers (state, host);
CREATE INDEX peers_policy ON peers (policy, host);
