-- Threads by when somebody last answered, for those of other nodes that nobody here cares about.
CREATE INDEX threads_idle ON threads (local, bumped_at, id);
-- What is swept by its age.
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX rates_age ON rates (window_start);
