//! Recounts: every counter the domain keeps, against the rows it counts.

use db::{Conn, run};
use diesel::QueryableByName;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::world::World;

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// What must hold nowhere.
const WRONG: [(&str, &str); 18] = [
    (
        "threads.reply_count",
        "threads t WHERE reply_count <> (SELECT count(*) FROM posts p
         WHERE p.thread_id = t.id AND p.id <> t.id AND p.deleted_at IS NULL)",
    ),
    (
        "threads.media_count",
        "threads t WHERE media_count <> (SELECT count(*) FROM attachments a
         JOIN posts p ON p.id = a.post_id WHERE p.thread_id = t.id)",
    ),
    (
        "threads.likes",
        "threads t WHERE likes <> (SELECT count(*) FROM votes v WHERE v.post_id = t.id AND v.value = 1)",
    ),
    (
        "threads.hidden",
        "threads t JOIN posts o ON o.id = t.id
         WHERE t.hidden <> (t.withheld OR o.deleted_at IS NOT NULL AND t.reply_count = 0)",
    ),
    (
        "posts.likes",
        "posts p WHERE likes <> (SELECT count(*) FROM votes v WHERE v.post_id = p.id AND v.value = 1)",
    ),
    (
        "posts.dislikes",
        "posts p WHERE dislikes <> (SELECT count(*) FROM votes v WHERE v.post_id = p.id AND v.value = -1)",
    ),
    (
        "boards.thread_count",
        "boards b WHERE thread_count <> (SELECT count(*) FROM threads t
         WHERE t.board_id = b.actor_id AND NOT t.hidden)",
    ),
    (
        "boards.post_count",
        "boards b WHERE post_count <> (SELECT count(*) FROM posts p
         WHERE p.board_id = b.actor_id AND p.deleted_at IS NULL)",
    ),
    (
        "boards.last_no",
        "boards b JOIN actors a ON a.id = b.actor_id WHERE a.host = '' AND last_no <>
         (SELECT coalesce(max(n.no), 0) FROM (SELECT no, board_id FROM posts
          UNION ALL SELECT no, board_id FROM moved_numbers) n WHERE n.board_id = b.actor_id)",
    ),
    (
        "numbers are dense",
        "boards b JOIN actors a ON a.id = b.actor_id WHERE a.host = '' AND last_no <>
         (SELECT count(*) FROM posts p WHERE p.board_id = b.actor_id AND p.no IS NOT NULL)
         + (SELECT count(*) FROM moved_numbers m WHERE m.board_id = b.actor_id)",
    ),
    (
        "boards.bumped_at",
        "boards b WHERE EXISTS (SELECT 1 FROM threads t
         WHERE t.board_id = b.actor_id AND t.bumped_at > b.bumped_at)",
    ),
    (
        "actors.post_count",
        "actors a WHERE post_count <> (SELECT count(*) FROM posts p
         WHERE p.author_id = a.id AND p.deleted_at IS NULL)",
    ),
    (
        "tags.post_count",
        "tags g WHERE post_count <> (SELECT count(*) FROM post_tags x WHERE x.tag_id = g.id)",
    ),
    (
        "media.refs",
        "media m WHERE refs <> (SELECT count(*) FROM attachments a WHERE a.sha256 = m.sha256)
         + (SELECT count(*) FROM actors c WHERE c.avatar = m.sha256)
         + (SELECT count(*) FROM actors c WHERE c.banner = m.sha256)",
    ),
    (
        "tombstones are empty",
        "posts p WHERE deleted_at IS NOT NULL AND (body <> '' OR html <> '' OR subject IS NOT NULL
         OR EXISTS (SELECT 1 FROM refs r WHERE r.from_post = p.id)
         OR EXISTS (SELECT 1 FROM post_tags x WHERE x.post_id = p.id)
         OR EXISTS (SELECT 1 FROM post_versions w WHERE w.post_id = p.id)
         OR EXISTS (SELECT 1 FROM mentions m WHERE m.post_id = p.id)
         OR EXISTS (SELECT 1 FROM attachments a WHERE a.post_id = p.id))",
    ),
    (
        "tombstones are remembered",
        "posts p WHERE deleted_at IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = p.uri)",
    ),
    (
        "the opening post comes first",
        "posts p WHERE p.id < p.thread_id",
    ),
    (
        "parents are in the thread",
        "posts p LEFT JOIN posts q ON q.id = p.parent_id
         WHERE p.id <> p.thread_id AND (q.thread_id IS NULL OR q.thread_id <> p.thread_id)",
    ),
];

/// Fails where a counter is not what it counts.
pub async fn balance(world: &World) {
    let mut conn = world.read().await;
    for (name, sql) in WRONG {
        let wrong = number(&mut conn, &format!("SELECT count(*) AS n FROM {sql}")).await;
        assert_eq!(wrong, 0, "{name} on {:?}", world.test.engine());
    }
}

/// One number.
#[allow(
    clippy::disallowed_methods,
    reason = "a recount must not share statements with what it checks"
)]
pub async fn number(conn: &mut Conn, sql: &str) -> i64 {
    let rows: Vec<Number> = run!(conn, c => diesel::sql_query(sql).load(c).await).unwrap();
    rows.into_iter().map(|row| row.n).sum()
}

/// How often a file is shown; `None` where it was forgotten.
pub async fn shown(world: &World, seed: u8) -> Option<i64> {
    let sha = crate::scene::picture(seed).sha256;
    let mut conn = world.read().await;
    let row = format!("FROM media WHERE sha256 = '{sha}'");
    let there = number(&mut conn, &format!("SELECT count(*) AS n {row}")).await;
    let refs = number(&mut conn, &format!("SELECT refs AS n {row}")).await;
    (there == 1).then_some(refs)
}
