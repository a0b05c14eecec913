-- How often what is shown to everybody has changed. Triggers count, so that nothing that writes can forget to, in the
-- transaction of the change. Scopes: 1022 what every page may show, 1021 what lists show, and the 1021 buckets of
-- threads, by id; whatever counts for a bucket counts for the lists as well. The modulus is a prime because the low
-- bits of ids are those of a counter that begins anew each millisecond.
-- Each connection counts in a row of its own, its process being the shard: a row for all would be a lock that every
-- writer waits for. The revision of a scope is the sum of its rows; those of connections that are gone are folded into
-- shard 0 now and then.
CREATE TABLE revisions (
    scope BIGINT NOT NULL,
    shard BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (scope, shard)
) WITH (fillfactor = 50);

CREATE FUNCTION thread_bucket(thread BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE
    AS 'SELECT abs(thread % 1021)';

-- Once in a transaction is enough, its changes are seen all at once: a row that this one wrote is left as it is.
CREATE FUNCTION revise(scopes BIGINT[]) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    wanted BIGINT;
    writer XID;
BEGIN
    FOREACH wanted IN ARRAY scopes LOOP
        SELECT xmin INTO writer FROM revisions WHERE scope = wanted AND shard = pg_backend_pid();
        IF writer IS DISTINCT FROM pg_current_xact_id()::xid THEN
            INSERT INTO revisions (scope, shard, n) VALUES (wanted, pg_backend_pid(), 1)
            ON CONFLICT (scope, shard) DO UPDATE SET n = revisions.n + 1;
        END IF;
    END LOOP;
END $$;

-- The scopes that a trigger always counts for stand in its arguments.
CREATE FUNCTION revise_scopes() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(TG_ARGV::BIGINT[]);
    RETURN NULL;
END $$;

-- What the site says about itself; two rows of it are workers' notes.
CREATE TRIGGER revise_settings_insert AFTER INSERT ON settings FOR EACH ROW
    WHEN (NEW.name NOT IN ('retention.place', 'words'))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_settings_update AFTER UPDATE OF value ON settings FOR EACH ROW
    WHEN (NEW.name NOT IN ('retention.place', 'words') AND OLD.value IS DISTINCT FROM NEW.value)
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_settings_delete AFTER DELETE ON settings FOR EACH ROW
    WHEN (OLD.name NOT IN ('retention.place', 'words'))
    EXECUTE FUNCTION revise_scopes(1022);

-- Accounts and boards: their names, texts and pictures stand beside every post.
CREATE TRIGGER revise_actors_insert AFTER INSERT ON actors FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_actors_update AFTER UPDATE OF kind, host, name, uri, url, title, about, about_html, fields,
    avatar, banner, bot, state, created_at, withheld ON actors FOR EACH ROW
    WHEN ((OLD.kind, OLD.host, OLD.name, OLD.uri, OLD.url, OLD.title, OLD.about, OLD.about_html, OLD.fields,
        OLD.avatar, OLD.banner, OLD.bot, OLD.state, OLD.created_at, OLD.withheld) IS DISTINCT FROM (NEW.kind,
        NEW.host, NEW.name, NEW.uri, NEW.url, NEW.title, NEW.about, NEW.about_html, NEW.fields, NEW.avatar,
        NEW.banner, NEW.bot, NEW.state, NEW.created_at, NEW.withheld))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_actors_counts AFTER UPDATE OF post_count, follower_count ON actors FOR EACH ROW
    WHEN ((OLD.post_count, OLD.follower_count) IS DISTINCT FROM (NEW.post_count, NEW.follower_count))
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_actors_delete AFTER DELETE ON actors FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_boards_insert AFTER INSERT ON boards FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_boards_update AFTER UPDATE OF local, rules, nsfw, dislikes, require_alt, bump_limit, posting ON
    boards FOR EACH ROW
    WHEN ((OLD.local, OLD.rules, OLD.nsfw, OLD.dislikes, OLD.require_alt, OLD.bump_limit, OLD.posting) IS DISTINCT
        FROM (NEW.local, NEW.rules, NEW.nsfw, NEW.dislikes, NEW.require_alt, NEW.bump_limit, NEW.posting))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_boards_counts AFTER UPDATE OF thread_count, post_count, bumped_at ON boards FOR EACH ROW
    WHEN ((OLD.thread_count, OLD.post_count, OLD.bumped_at) IS DISTINCT FROM (NEW.thread_count, NEW.post_count,
        NEW.bumped_at))
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_boards_delete AFTER DELETE ON boards FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_moderators_insert AFTER INSERT ON moderators FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_moderators_delete AFTER DELETE ON moderators FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_peers_update AFTER UPDATE OF policy ON peers FOR EACH ROW
    WHEN (OLD.policy IS DISTINCT FROM NEW.policy)
    EXECUTE FUNCTION revise_scopes(1022);

-- Threads. One that is hidden or shown again turns references to its posts, wherever they stand.
CREATE FUNCTION revise_threads_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021, thread_bucket(NEW.id)]::BIGINT[]);
    RETURN NULL;
END $$;
CREATE TRIGGER revise_threads_insert AFTER INSERT ON threads FOR EACH ROW
    EXECUTE FUNCTION revise_threads_insert();
CREATE TRIGGER revise_threads_update AFTER UPDATE OF board_id, author_id, local, reply_count, media_count, likes,
    bumped_at, pinned, locked ON threads FOR EACH ROW
    WHEN ((OLD.board_id, OLD.author_id, OLD.local, OLD.reply_count, OLD.media_count, OLD.likes, OLD.bumped_at,
        OLD.pinned, OLD.locked) IS DISTINCT FROM (NEW.board_id, NEW.author_id, NEW.local, NEW.reply_count,
        NEW.media_count, NEW.likes, NEW.bumped_at, NEW.pinned, NEW.locked))
    EXECUTE FUNCTION revise_threads_insert();
CREATE TRIGGER revise_threads_hidden AFTER UPDATE OF hidden, withheld ON threads FOR EACH ROW
    WHEN ((OLD.hidden, OLD.withheld) IS DISTINCT FROM (NEW.hidden, NEW.withheld))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE FUNCTION revise_threads_delete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021, thread_bucket(OLD.id)]::BIGINT[]);
    RETURN NULL;
END $$;
CREATE TRIGGER revise_threads_delete AFTER DELETE ON threads FOR EACH ROW
    EXECUTE FUNCTION revise_threads_delete();
CREATE TRIGGER revise_moved_numbers_insert AFTER INSERT ON moved_numbers FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_moved_numbers_delete AFTER DELETE ON moved_numbers FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);

-- Posts, and threads elsewhere that show a reference to one, or a reference from one.
CREATE FUNCTION revise_posts_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021, thread_bucket(NEW.thread_id)]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN refs r ON r.to_host = b.host AND
        r.to_board = b.name AND r.to_no = NEW.no JOIN posts p ON p.id = r.from_post WHERE b.id = NEW.board_id));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_posts_insert AFTER INSERT ON posts FOR EACH ROW
    EXECUTE FUNCTION revise_posts_insert();
CREATE FUNCTION revise_posts_update() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021, thread_bucket(NEW.thread_id)]::BIGINT[]);
    RETURN NULL;
END $$;
CREATE TRIGGER revise_posts_update AFTER UPDATE OF no, uri, url, parent_id, author_id, subject, body, html, sensitive,
    content_warning, language, sage, likes, dislikes, created_at, edited_at, deleted_at, removed_by, reason ON posts
    FOR EACH ROW
    WHEN ((OLD.no, OLD.uri, OLD.url, OLD.parent_id, OLD.author_id, OLD.subject, OLD.body, OLD.html, OLD.sensitive,
        OLD.content_warning, OLD.language, OLD.sage, OLD.likes, OLD.dislikes, OLD.created_at, OLD.edited_at,
        OLD.deleted_at, OLD.removed_by, OLD.reason) IS DISTINCT FROM (NEW.no, NEW.uri, NEW.url, NEW.parent_id,
        NEW.author_id, NEW.subject, NEW.body, NEW.html, NEW.sensitive, NEW.content_warning, NEW.language, NEW.sage,
        NEW.likes, NEW.dislikes, NEW.created_at, NEW.edited_at, NEW.deleted_at, NEW.removed_by, NEW.reason))
    EXECUTE FUNCTION revise_posts_update();
CREATE TRIGGER revise_posts_moved AFTER UPDATE OF thread_id, board_id ON posts FOR EACH ROW
    WHEN ((OLD.thread_id, OLD.board_id) IS DISTINCT FROM (NEW.thread_id, NEW.board_id))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE FUNCTION revise_posts_named() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN refs r ON r.to_host = b.host AND
        r.to_board = b.name AND r.to_no = OLD.no JOIN posts p ON p.id = r.from_post WHERE b.id = OLD.board_id));
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN refs r ON r.to_host = b.host AND
        r.to_board = b.name AND r.to_no = NEW.no JOIN posts p ON p.id = r.from_post WHERE b.id = NEW.board_id));
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM refs r JOIN actors b ON b.host = r.to_host AND b.name
        = r.to_board JOIN posts p ON p.board_id = b.id AND p.no = r.to_no WHERE r.from_post = NEW.id));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_posts_named AFTER UPDATE OF no, uri, author_id ON posts FOR EACH ROW
    WHEN ((OLD.no, OLD.uri, OLD.author_id) IS DISTINCT FROM (NEW.no, NEW.uri, NEW.author_id))
    EXECUTE FUNCTION revise_posts_named();
CREATE FUNCTION revise_posts_delete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021, thread_bucket(OLD.thread_id)]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN refs r ON r.to_host = b.host AND
        r.to_board = b.name AND r.to_no = OLD.no JOIN posts p ON p.id = r.from_post WHERE b.id = OLD.board_id));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_posts_delete AFTER DELETE ON posts FOR EACH ROW
    EXECUTE FUNCTION revise_posts_delete();
CREATE FUNCTION revise_refs_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = NEW.from_post));
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN posts p ON p.board_id = b.id AND p.no =
        NEW.to_no WHERE b.host = NEW.to_host AND b.name = NEW.to_board));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_refs_insert AFTER INSERT ON refs FOR EACH ROW
    EXECUTE FUNCTION revise_refs_insert();
CREATE FUNCTION revise_refs_update() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = OLD.from_post));
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN posts p ON p.board_id = b.id AND p.no =
        OLD.to_no WHERE b.host = OLD.to_host AND b.name = OLD.to_board));
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = NEW.from_post));
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN posts p ON p.board_id = b.id AND p.no =
        NEW.to_no WHERE b.host = NEW.to_host AND b.name = NEW.to_board));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_refs_update AFTER UPDATE OF from_post, written, to_host, to_board, to_no ON refs
    FOR EACH ROW
    WHEN ((OLD.from_post, OLD.written, OLD.to_host, OLD.to_board, OLD.to_no) IS DISTINCT FROM (NEW.from_post,
        NEW.written, NEW.to_host, NEW.to_board, NEW.to_no))
    EXECUTE FUNCTION revise_refs_update();
CREATE FUNCTION revise_refs_delete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = OLD.from_post));
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM actors b JOIN posts p ON p.board_id = b.id AND p.no =
        OLD.to_no WHERE b.host = OLD.to_host AND b.name = OLD.to_board));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_refs_delete AFTER DELETE ON refs FOR EACH ROW
    EXECUTE FUNCTION revise_refs_delete();

-- Tags.
CREATE TRIGGER revise_tags_insert AFTER INSERT ON tags FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_tags_update AFTER UPDATE OF name ON tags FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_tags_counts AFTER UPDATE OF post_count ON tags FOR EACH ROW
    WHEN (OLD.post_count IS DISTINCT FROM NEW.post_count)
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_tags_delete AFTER DELETE ON tags FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE FUNCTION revise_post_tags_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = NEW.post_id));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_post_tags_insert AFTER INSERT ON post_tags FOR EACH ROW
    EXECUTE FUNCTION revise_post_tags_insert();
CREATE FUNCTION revise_post_tags_update() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = OLD.post_id));
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = NEW.post_id));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_post_tags_update AFTER UPDATE OF opens ON post_tags FOR EACH ROW
    WHEN (OLD.opens IS DISTINCT FROM NEW.opens)
    EXECUTE FUNCTION revise_post_tags_update();
CREATE FUNCTION revise_post_tags_delete() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(thread_id) FROM posts WHERE id = OLD.post_id));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_post_tags_delete AFTER DELETE ON post_tags FOR EACH ROW
    EXECUTE FUNCTION revise_post_tags_delete();
CREATE TRIGGER revise_tag_marks_insert AFTER INSERT ON tag_marks FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_tag_marks_update AFTER UPDATE OF mark ON tag_marks FOR EACH ROW
    WHEN (OLD.mark IS DISTINCT FROM NEW.mark)
    EXECUTE FUNCTION revise_scopes(1021);
CREATE TRIGGER revise_tag_marks_delete AFTER DELETE ON tag_marks FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1021);

-- Pictures. A new file is shown by attachments that wait for it; one that goes may have been anybody's face.
CREATE FUNCTION revise_media_insert() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM revise(ARRAY[1021]::BIGINT[]);
    PERFORM revise(ARRAY(SELECT thread_bucket(p.thread_id) FROM attachments a JOIN posts p ON p.id = a.post_id WHERE
        a.sha256 = NEW.sha256));
    RETURN NULL;
END $$;
CREATE TRIGGER revise_media_insert AFTER INSERT ON media FOR EACH ROW
    EXECUTE FUNCTION revise_media_insert();
CREATE TRIGGER revise_media_update AFTER UPDATE OF mime, bytes, width, height, frames, thumbhash, blurhash, colour,
    withheld ON media FOR EACH ROW
    WHEN ((OLD.mime, OLD.bytes, OLD.width, OLD.height, OLD.frames, OLD.thumbhash, OLD.blurhash, OLD.colour,
        OLD.withheld) IS DISTINCT FROM (NEW.mime, NEW.bytes, NEW.width, NEW.height, NEW.frames, NEW.thumbhash,
        NEW.blurhash, NEW.colour, NEW.withheld))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_media_delete AFTER DELETE ON media FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_renditions_insert AFTER INSERT ON renditions FOR EACH ROW
    EXECUTE FUNCTION revise_media_insert();
CREATE TRIGGER revise_renditions_update AFTER UPDATE OF mime, width, height, bytes ON renditions FOR EACH ROW
    WHEN ((OLD.mime, OLD.width, OLD.height, OLD.bytes) IS DISTINCT FROM (NEW.mime, NEW.width, NEW.height, NEW.bytes))
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_renditions_delete AFTER DELETE ON renditions FOR EACH ROW
    EXECUTE FUNCTION revise_scopes(1022);
CREATE TRIGGER revise_attachments_insert AFTER INSERT ON attachments FOR EACH ROW
    WHEN (NEW.post_id IS NOT NULL)
    EXECUTE FUNCTION revise_post_tags_insert();
CREATE TRIGGER revise_attachments_update AFTER UPDATE OF post_id, owner_id, position, state, sha256, remote_url, alt,
    sensitive, focus_x, focus_y, mime, width, height, blurhash, created_at, board_id ON attachments FOR EACH ROW
    WHEN ((OLD.post_id IS NOT NULL OR NEW.post_id IS NOT NULL) AND (OLD.post_id, OLD.owner_id, OLD.position,
        OLD.state, OLD.sha256, OLD.remote_url, OLD.alt, OLD.sensitive, OLD.focus_x, OLD.focus_y, OLD.mime, OLD.width,
        OLD.height, OLD.blurhash, OLD.created_at, OLD.board_id) IS DISTINCT FROM (NEW.post_id, NEW.owner_id,
        NEW.position, NEW.state, NEW.sha256, NEW.remote_url, NEW.alt, NEW.sensitive, NEW.focus_x, NEW.focus_y,
        NEW.mime, NEW.width, NEW.height, NEW.blurhash, NEW.created_at, NEW.board_id))
    EXECUTE FUNCTION revise_post_tags_update();
CREATE TRIGGER revise_attachments_delete AFTER DELETE ON attachments FOR EACH ROW
    WHEN (OLD.post_id IS NOT NULL)
    EXECUTE FUNCTION revise_post_tags_delete();
