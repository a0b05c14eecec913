-- How often what is shown to everybody has changed. Triggers count, so that nothing that writes can forget to, in the
-- transaction of the change. Scopes: 1022 what every page may show, 1021 what lists show, and the 1021 buckets of
-- threads, by id; whatever counts for a bucket counts for the lists as well. The modulus is a prime because the low
-- bits of ids are those of a counter that begins anew each millisecond.
-- One process writes at a time, so there is one row for each: shard 0. They are all there from the beginning.
CREATE TABLE revisions (
    scope BIGINT NOT NULL,
    shard BIGINT NOT NULL,
    n BIGINT NOT NULL,
    PRIMARY KEY (scope, shard)
);
WITH RECURSIVE scopes (scope) AS (SELECT 0 UNION ALL SELECT scope + 1 FROM scopes WHERE scope < 1022)
INSERT INTO revisions (scope, shard, n) SELECT scope, 0, 0 FROM scopes;

-- What the site says about itself; two rows of it are workers' notes.
CREATE TRIGGER revise_settings_insert AFTER INSERT ON settings
    WHEN NEW.name NOT IN ('retention.place', 'words')
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_settings_update AFTER UPDATE OF value ON settings
    WHEN NEW.name NOT IN ('retention.place', 'words') AND OLD.value IS NOT NEW.value
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_settings_delete AFTER DELETE ON settings
    WHEN OLD.name NOT IN ('retention.place', 'words')
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;

-- Accounts and boards: their names, texts and pictures stand beside every post.
CREATE TRIGGER revise_actors_insert AFTER INSERT ON actors
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_actors_update AFTER UPDATE OF kind, host, name, uri, url, title, about, about_html, fields,
    avatar, banner, bot, state, created_at, withheld ON actors
    WHEN (OLD.kind, OLD.host, OLD.name, OLD.uri, OLD.url, OLD.title, OLD.about, OLD.about_html, OLD.fields,
        OLD.avatar, OLD.banner, OLD.bot, OLD.state, OLD.created_at, OLD.withheld) IS NOT (NEW.kind, NEW.host,
        NEW.name, NEW.uri, NEW.url, NEW.title, NEW.about, NEW.about_html, NEW.fields, NEW.avatar, NEW.banner, NEW.bot,
        NEW.state, NEW.created_at, NEW.withheld)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_actors_counts AFTER UPDATE OF post_count, follower_count ON actors
    WHEN (OLD.post_count, OLD.follower_count) IS NOT (NEW.post_count, NEW.follower_count)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_actors_delete AFTER DELETE ON actors
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_boards_insert AFTER INSERT ON boards
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_boards_update AFTER UPDATE OF local, rules, nsfw, dislikes, require_alt, bump_limit, posting ON
    boards
    WHEN (OLD.local, OLD.rules, OLD.nsfw, OLD.dislikes, OLD.require_alt, OLD.bump_limit, OLD.posting) IS NOT
        (NEW.local, NEW.rules, NEW.nsfw, NEW.dislikes, NEW.require_alt, NEW.bump_limit, NEW.posting)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_boards_counts AFTER UPDATE OF thread_count, post_count, bumped_at ON boards
    WHEN (OLD.thread_count, OLD.post_count, OLD.bumped_at) IS NOT (NEW.thread_count, NEW.post_count, NEW.bumped_at)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_boards_delete AFTER DELETE ON boards
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_moderators_insert AFTER INSERT ON moderators
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_moderators_delete AFTER DELETE ON moderators
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_peers_update AFTER UPDATE OF policy ON peers
    WHEN OLD.policy IS NOT NEW.policy
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;

-- Threads. One that is hidden or shown again turns references to its posts, wherever they stand.
CREATE TRIGGER revise_threads_insert AFTER INSERT ON threads
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (1021, abs(NEW.id % 1021));
END;
CREATE TRIGGER revise_threads_update AFTER UPDATE OF board_id, author_id, local, reply_count, media_count, likes,
    bumped_at, pinned, locked ON threads
    WHEN (OLD.board_id, OLD.author_id, OLD.local, OLD.reply_count, OLD.media_count, OLD.likes, OLD.bumped_at,
        OLD.pinned, OLD.locked) IS NOT (NEW.board_id, NEW.author_id, NEW.local, NEW.reply_count, NEW.media_count,
        NEW.likes, NEW.bumped_at, NEW.pinned, NEW.locked)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (1021, abs(NEW.id % 1021));
END;
CREATE TRIGGER revise_threads_hidden AFTER UPDATE OF hidden, withheld ON threads
    WHEN (OLD.hidden, OLD.withheld) IS NOT (NEW.hidden, NEW.withheld)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_threads_delete AFTER DELETE ON threads
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (1021, abs(OLD.id % 1021));
END;
CREATE TRIGGER revise_moved_numbers_insert AFTER INSERT ON moved_numbers
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_moved_numbers_delete AFTER DELETE ON moved_numbers
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;

-- Posts, and threads elsewhere that show a reference to one, or a reference from one.
CREATE TRIGGER revise_posts_insert AFTER INSERT ON posts
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (1021, abs(NEW.thread_id % 1021));
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN refs r ON
        r.to_host = b.host AND r.to_board = b.name AND r.to_no = NEW.no JOIN posts p ON p.id = r.from_post WHERE b.id
        = NEW.board_id);
END;
CREATE TRIGGER revise_posts_update AFTER UPDATE OF no, uri, url, parent_id, author_id, subject, body, html, sensitive,
    content_warning, language, sage, likes, dislikes, created_at, edited_at, deleted_at, removed_by, reason ON posts
    WHEN (OLD.no, OLD.uri, OLD.url, OLD.parent_id, OLD.author_id, OLD.subject, OLD.body, OLD.html, OLD.sensitive,
        OLD.content_warning, OLD.language, OLD.sage, OLD.likes, OLD.dislikes, OLD.created_at, OLD.edited_at,
        OLD.deleted_at, OLD.removed_by, OLD.reason) IS NOT (NEW.no, NEW.uri, NEW.url, NEW.parent_id, NEW.author_id,
        NEW.subject, NEW.body, NEW.html, NEW.sensitive, NEW.content_warning, NEW.language, NEW.sage, NEW.likes,
        NEW.dislikes, NEW.created_at, NEW.edited_at, NEW.deleted_at, NEW.removed_by, NEW.reason)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (1021, abs(NEW.thread_id % 1021));
END;
CREATE TRIGGER revise_posts_moved AFTER UPDATE OF thread_id, board_id ON posts
    WHEN (OLD.thread_id, OLD.board_id) IS NOT (NEW.thread_id, NEW.board_id)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_posts_named AFTER UPDATE OF no, uri, author_id ON posts
    WHEN (OLD.no, OLD.uri, OLD.author_id) IS NOT (NEW.no, NEW.uri, NEW.author_id)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN refs r ON
        r.to_host = b.host AND r.to_board = b.name AND r.to_no = OLD.no JOIN posts p ON p.id = r.from_post WHERE b.id
        = OLD.board_id);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN refs r ON
        r.to_host = b.host AND r.to_board = b.name AND r.to_no = NEW.no JOIN posts p ON p.id = r.from_post WHERE b.id
        = NEW.board_id);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM refs r JOIN actors b ON b.host
        = r.to_host AND b.name = r.to_board JOIN posts p ON p.board_id = b.id AND p.no = r.to_no WHERE r.from_post =
        NEW.id);
END;
CREATE TRIGGER revise_posts_delete AFTER DELETE ON posts
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope IN (1021, abs(OLD.thread_id % 1021));
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN refs r ON
        r.to_host = b.host AND r.to_board = b.name AND r.to_no = OLD.no JOIN posts p ON p.id = r.from_post WHERE b.id
        = OLD.board_id);
END;
CREATE TRIGGER revise_refs_insert AFTER INSERT ON refs
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = NEW.from_post);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN posts p ON
        p.board_id = b.id AND p.no = NEW.to_no WHERE b.host = NEW.to_host AND b.name = NEW.to_board);
END;
CREATE TRIGGER revise_refs_update AFTER UPDATE OF from_post, written, to_host, to_board, to_no ON refs
    WHEN (OLD.from_post, OLD.written, OLD.to_host, OLD.to_board, OLD.to_no) IS NOT (NEW.from_post, NEW.written,
        NEW.to_host, NEW.to_board, NEW.to_no)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = OLD.from_post);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN posts p ON
        p.board_id = b.id AND p.no = OLD.to_no WHERE b.host = OLD.to_host AND b.name = OLD.to_board);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = NEW.from_post);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN posts p ON
        p.board_id = b.id AND p.no = NEW.to_no WHERE b.host = NEW.to_host AND b.name = NEW.to_board);
END;
CREATE TRIGGER revise_refs_delete AFTER DELETE ON refs
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = OLD.from_post);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM actors b JOIN posts p ON
        p.board_id = b.id AND p.no = OLD.to_no WHERE b.host = OLD.to_host AND b.name = OLD.to_board);
END;

-- Tags.
CREATE TRIGGER revise_tags_insert AFTER INSERT ON tags
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_tags_update AFTER UPDATE OF name ON tags
    WHEN OLD.name IS NOT NEW.name
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_tags_counts AFTER UPDATE OF post_count ON tags
    WHEN OLD.post_count IS NOT NEW.post_count
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_tags_delete AFTER DELETE ON tags
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_post_tags_insert AFTER INSERT ON post_tags
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = NEW.post_id);
END;
CREATE TRIGGER revise_post_tags_update AFTER UPDATE OF opens ON post_tags
    WHEN OLD.opens IS NOT NEW.opens
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = OLD.post_id);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = NEW.post_id);
END;
CREATE TRIGGER revise_post_tags_delete AFTER DELETE ON post_tags
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = OLD.post_id);
END;
CREATE TRIGGER revise_tag_marks_insert AFTER INSERT ON tag_marks
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_tag_marks_update AFTER UPDATE OF mark ON tag_marks
    WHEN OLD.mark IS NOT NEW.mark
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;
CREATE TRIGGER revise_tag_marks_delete AFTER DELETE ON tag_marks
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
END;

-- Pictures. A new file is shown by attachments that wait for it; one that goes may have been anybody's face.
CREATE TRIGGER revise_media_insert AFTER INSERT ON media
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM attachments a JOIN posts p ON
        p.id = a.post_id WHERE a.sha256 = NEW.sha256);
END;
CREATE TRIGGER revise_media_update AFTER UPDATE OF mime, bytes, width, height, frames, thumbhash, blurhash, colour,
    withheld ON media
    WHEN (OLD.mime, OLD.bytes, OLD.width, OLD.height, OLD.frames, OLD.thumbhash, OLD.blurhash, OLD.colour,
        OLD.withheld) IS NOT (NEW.mime, NEW.bytes, NEW.width, NEW.height, NEW.frames, NEW.thumbhash, NEW.blurhash,
        NEW.colour, NEW.withheld)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_media_delete AFTER DELETE ON media
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_renditions_insert AFTER INSERT ON renditions
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(p.thread_id % 1021) FROM attachments a JOIN posts p ON
        p.id = a.post_id WHERE a.sha256 = NEW.sha256);
END;
CREATE TRIGGER revise_renditions_update AFTER UPDATE OF mime, width, height, bytes ON renditions
    WHEN (OLD.mime, OLD.width, OLD.height, OLD.bytes) IS NOT (NEW.mime, NEW.width, NEW.height, NEW.bytes)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_renditions_delete AFTER DELETE ON renditions
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1022;
END;
CREATE TRIGGER revise_attachments_insert AFTER INSERT ON attachments
    WHEN NEW.post_id IS NOT NULL
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = NEW.post_id);
END;
CREATE TRIGGER revise_attachments_update AFTER UPDATE OF post_id, owner_id, position, state, sha256, remote_url, alt,
    sensitive, focus_x, focus_y, mime, width, height, blurhash, created_at, board_id ON attachments
    WHEN (OLD.post_id IS NOT NULL OR NEW.post_id IS NOT NULL) AND (OLD.post_id, OLD.owner_id, OLD.position, OLD.state,
        OLD.sha256, OLD.remote_url, OLD.alt, OLD.sensitive, OLD.focus_x, OLD.focus_y, OLD.mime, OLD.width, OLD.height,
        OLD.blurhash, OLD.created_at, OLD.board_id) IS NOT (NEW.post_id, NEW.owner_id, NEW.position, NEW.state,
        NEW.sha256, NEW.remote_url, NEW.alt, NEW.sensitive, NEW.focus_x, NEW.focus_y, NEW.mime, NEW.width, NEW.height,
        NEW.blurhash, NEW.created_at, NEW.board_id)
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = OLD.post_id);
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = NEW.post_id);
END;
CREATE TRIGGER revise_attachments_delete AFTER DELETE ON attachments
    WHEN OLD.post_id IS NOT NULL
BEGIN
    UPDATE revisions SET n = n + 1 WHERE scope = 1021;
    UPDATE revisions SET n = n + 1 WHERE scope IN (SELECT abs(thread_id % 1021) FROM posts WHERE id = OLD.post_id);
END;
