//! Indexes of words: full text of PostgreSQL, FTS5 of SQLite, behind the same few functions.
//!
//! Both are given words that `markup::words` folded, and match by their beginnings; neither parses the text itself, so
//! that both find the same. This is the one place that knows how each engine writes and asks its index.

use db::{Conn, Id};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text};
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

/// Puts these words in place of those that are kept under the id.
pub(super) async fn put(tx: &mut Tx, index: Index, id: Id, words: &[String]) -> Result<()> {
    remove(tx, index, id).await?;
    if words.is_empty() {
        return Ok(());
    }
    macro_rules! put {
        ($table:ident, $c:expr, $words:expr) => {
            diesel::insert_into($table::table)
                .values(($table::rowid.eq(id), $table::words.eq($words)))
                .execute($c)
                .await
        };
    }
    macro_rules! vector {
        () => {
            sql::<Text>("array_to_tsvector(")
                .bind::<Array<Text>, _>(words)
                .sql(")")
        };
    }
    let text = words.join(" ");
    match (&mut *tx.conn, index) {
        (Conn::Postgres(c), Index::Posts) => put!(post_words, c, vector!()),
        (Conn::Postgres(c), Index::Actors) => put!(actor_words, c, vector!()),
        (Conn::Sqlite(c), Index::Posts) => put!(post_words, c, text),
        (Conn::Sqlite(c), Index::Actors) => put!(actor_words, c, text),
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

/// The condition that a row of `$table` holds all `$words`, in the language of the engine behind `$conn`; then `$ask`
/// with it as `$holds` and the connection as `$c`.
macro_rules! holding {
    ($conn:expr, $table:literal, $words:expr, $c:ident, $holds:ident => $ask:expr) => {
        match &mut *$conn {
            db::Conn::Postgres($c) => {
                let query = $crate::search::words::tsquery($words);
                let $holds =
                    diesel::dsl::sql::<diesel::sql_types::Bool>(concat!($table, ".words @@ CAST("))
                        .bind::<diesel::sql_types::Text, _>(query)
                        .sql(" AS TEXT)::tsquery");
                $ask
            }
            db::Conn::Sqlite($c) => {
                let query = $crate::search::words::match_query($words);
                let $holds =
                    diesel::dsl::sql::<diesel::sql_types::Bool>(concat!($table, " MATCH "))
                        .bind::<diesel::sql_types::Text, _>(query)
                        .sql("");
                $ask
            }
        }
    };
}

pub(super) use holding;

/// Words are letters and digits, so the quotes hold.
pub(super) fn tsquery(words: &[String]) -> String {
    let terms = words.iter().map(|word| {
        let end = if is_beginning(word) { ":*" } else { "" };
        format!("'{word}'{end}")
    });
    terms.collect::<Vec<_>>().join(" & ")
}

/// As above.
pub(super) fn match_query(words: &[String]) -> String {
    let terms = words.iter().map(|word| {
        let end = if is_beginning(word) { "*" } else { "" };
        format!("\"{word}\"{end}")
    });
    terms.collect::<Vec<_>>().join(" ")
}

fn is_beginning(word: &str) -> bool {
    !word.is_ascii() || word.len() >= BEGINNING
}
