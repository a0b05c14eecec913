//! Many rows in one statement: the engine itself takes the JSON apart.
//!
//! A row at a time costs a hand-over between threads (SQLite) or a round trip (PostgreSQL) each; this costs one for
//! all rows of a batch.

use diesel::sql_query;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

use super::Table;
use crate::{Conn, Engine, Error, run};

/// Inserts rows given as a JSON array of objects. Every object must have the fields named in `columns` and no
/// others; columns of the table that are not named get what the schema gives them.
///
/// # Errors
/// A column the table does not have, a value its column cannot take, or the engine refuses.
pub async fn insert(
    conn: &mut Conn,
    table: &Table,
    columns: &[&str],
    rows: &str,
) -> Result<usize, Error> {
    for name in columns {
        if !table.columns.iter().any(|column| column.name == *name) {
            let why = format!("the table {} has no column {name:?}", table.name);
            return Err(Error::Rows(why));
        }
    }
    let sql = match conn.engine() {
        Engine::Postgres => postgres(&table.name, columns),
        Engine::Sqlite => sqlite(&table.name, columns),
    };
    #[allow(
        clippy::disallowed_methods,
        reason = "taking JSON apart differs between the engines"
    )]
    let query = sql_query(sql).bind::<Text, _>(rows);
    Ok(run!(conn, c => query.execute(c).await)?)
}

fn postgres(table: &str, columns: &[&str]) -> String {
    let names = quoted(columns);
    format!(
        "INSERT INTO \"{table}\" ({names}) \
         SELECT {names} FROM json_populate_recordset(NULL::\"{table}\", $1::json)"
    )
}

fn sqlite(table: &str, columns: &[&str]) -> String {
    let names = quoted(columns);
    let values: Vec<String> = columns
        .iter()
        .map(|name| format!("value ->> '{name}'"))
        .collect();
    format!(
        "INSERT INTO \"{table}\" ({names}) SELECT {} FROM json_each($1)",
        values.join(", ")
    )
}

fn quoted(columns: &[&str]) -> String {
    let quoted: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
    quoted.join(", ")
}
