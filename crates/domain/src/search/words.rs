//! Indexes of words: full text of PostgreSQL, FTS5 of SQLite, behind the same few functions.
//!
//! Both are given words that `markup::words` folded, and match by their beginnings; neither parses the text itself, so
//! that both find the same. This is the one place that knows how each engine writes and asks its index.

use db::{Conn, Engine, Id};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Text};
use diesel::upsert::excluded;
use diesel_async::RunQueryDsl;

use crate::schema::{actors, attachments, post_tags, posts};
use crate::{Result, Tx};

diesel::table! {
    post_words (rowid) {
        rowid -> BigInt,
        words -> Text,
    }
}

diesel::table! {
    actor_words (rowid) {
        rowid -> BigInt,
        words -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(post_words, posts);
diesel::allow_tables_to_appear_in_same_query!(post_words, actors);
diesel::allow_tables_to_appear_in_same_query!(post_words, attachments);
diesel::allow_tables_to_appear_in_same_query!(post_words, post_tags);
diesel::allow_tables_to_appear_in_same_query!(actor_words, actors);

/// Which of the two indexes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Index {
    Posts,
    Actors,
}

/// Shorter words are found as they are: too many begin with them.
const BEGINNING: usize = 2;
/// FTS5 has indexes of beginnings of up to so many characters.
const BEGINNINGS: usize = 3;
/// As many words are asked for in place of a beginning.
const ENDINGS: usize = 64;

/// Puts these words in place of those that are kept under the id.
pub(super) async fn put(tx: &mut Tx, index: Index, id: Id, words: &[String]) -> Result<()> {
    let is_sqlite = tx.conn.engine() == Engine::Sqlite;
    // Tables of FTS5 know no conflicts. PostgreSQL removes nothing first: it may have planned that while the table was
    // empty, and would then read all of it each time while the words of many posts are written down.
    if is_sqlite || words.is_empty() {
        remove(tx, index, id).await?;
    }
    if words.is_empty() {
        return Ok(());
    }
    macro_rules! vector {
        ($table:ident, $c:expr) => {{
            let vector = sql::<Text>("array_to_tsvector(")
                .bind::<Array<Text>, _>(words)
                .sql(")");
            diesel::insert_into($table::table)
                .values(($table::rowid.eq(id), $table::words.eq(vector)))
                .on_conflict($table::rowid)
                .do_update()
                .set($table::words.eq(excluded($table::words)))
                .execute($c)
                .await
        }};
    }
    macro_rules! text {
        ($table:ident, $c:expr) => {
            diesel::insert_into($table::table)
                .values(($table::rowid.eq(id), $table::words.eq(words.join(" "))))
                .execute($c)
                .await
        };
    }
    match (&mut *tx.conn, index) {
        (Conn::Postgres(c), Index::Posts) => vector!(post_words, c),
        (Conn::Postgres(c), Index::Actors) => vector!(actor_words, c),
        (Conn::Sqlite(c), Index::Posts) => text!(post_words, c),
        (Conn::Sqlite(c), Index::Actors) => text!(actor_words, c),
    }?;
    Ok(())
}

/// Forgets the words that are kept under the id.
pub(super) async fn remove(tx: &mut Tx, index: Index, id: Id) -> Result<()> {
    let post = post_words::table.filter(post_words::rowid.eq(id));
    let actor = actor_words::table.filter(actor_words::rowid.eq(id));
    match index {
        Index::Posts => db::run!(tx.conn, c => diesel::delete(post).execute(c).await)?,
        Index::Actors => db::run!(tx.conn, c => diesel::delete(actor).execute(c).await)?,
    };
    Ok(())
}

/// The condition that a row of `$table` holds what `$query` (of [`query`]) asks for, in the language of the engine
/// behind `$conn`; then `$ask` with it as `$holds` and the connection as `$c`.
macro_rules! holding {
    ($conn:expr, $table:literal, $query:expr, $c:ident, $holds:ident => $ask:expr) => {
        match &mut *$conn {
            db::Conn::Postgres($c) => {
                let $holds =
                    diesel::dsl::sql::<diesel::sql_types::Bool>(concat!($table, ".words @@ CAST("))
                        .bind::<diesel::sql_types::Text, _>($query)
                        .sql(" AS TEXT)::tsquery");
                $ask
            }
            db::Conn::Sqlite($c) => {
                let $holds =
                    diesel::dsl::sql::<diesel::sql_types::Bool>(concat!($table, " MATCH "))
                        .bind::<diesel::sql_types::Text, _>($query)
                        .sql("");
                $ask
            }
        }
    };
}

pub(super) use holding;

/// What asks the engine behind `conn` for rows that hold all these words, or words that begin with them.
pub(super) async fn query(conn: &mut Conn, index: Index, words: &[String]) -> Result<String> {
    if conn.engine() == Engine::Postgres {
        return Ok(tsquery(words));
    }
    let mut terms = Vec::new();
    for word in words {
        terms.push(match_term(conn, index, word).await?);
    }
    Ok(terms.join(" AND "))
}

/// Words are letters and digits, so the quotes hold.
fn tsquery(words: &[String]) -> String {
    let terms = words.iter().map(|word| {
        let end = if is_beginning(word) { ":*" } else { "" };
        format!("'{word}'{end}")
    });
    terms.collect::<Vec<_>>().join(" & ")
}

/// One word for FTS5. A beginning longer than those it has an index of is spelt out as the words there are: asked for
/// itself, FTS5 gathers all posts of all of them before it answers the first, and a word that most posts hold takes a
/// second on a large node; of words it reads no more than is shown.
async fn match_term(conn: &mut Conn, index: Index, word: &str) -> Result<String> {
    if !is_beginning(word) {
        return Ok(format!("\"{word}\""));
    }
    let is_indexed = word.chars().count() <= BEGINNINGS;
    if is_indexed || index == Index::Actors {
        return Ok(format!("\"{word}\"*"));
    }
    let endings = endings(conn, word).await?;
    if endings.is_empty() || endings.len() > ENDINGS {
        return Ok(format!("\"{word}\"*"));
    }
    let words = endings.iter().map(|ending| format!("\"{}\"", ending.term));
    Ok(format!("({})", words.collect::<Vec<_>>().join(" OR ")))
}

#[derive(diesel::QueryableByName)]
struct Ending {
    #[diesel(sql_type = Text)]
    term: String,
}

/// The words of posts that begin with this one, and one more than can be asked for where there are too many. Goes from
/// word to word: each step is one descent, whatever the number of posts that hold it.
#[allow(
    clippy::disallowed_methods,
    reason = "the list of an index's words is SQLite's own"
)]
async fn endings(conn: &mut Conn, word: &str) -> Result<Vec<Ending>> {
    let next = diesel::sql_query(
        "WITH RECURSIVE found (term) AS ( \
             SELECT (SELECT term FROM post_words_terms WHERE term >= ?1 LIMIT 1) \
             UNION ALL \
             SELECT (SELECT term FROM post_words_terms WHERE term >= found.term || char(1) LIMIT 1) \
             FROM found WHERE found.term < ?2 \
         ) SELECT term FROM found WHERE term < ?2 LIMIT ?3",
    );
    let most = i64::try_from(ENDINGS + 1).unwrap_or(i64::MAX);
    let next = next
        .bind::<Text, _>(word)
        .bind::<Text, _>(format!("{word}\u{10ffff}"))
        .bind::<BigInt, _>(most);
    Ok(db::run!(conn, c => next.load(c).await)?)
}

fn is_beginning(word: &str) -> bool {
    !word.is_ascii() || word.len() >= BEGINNING
}
