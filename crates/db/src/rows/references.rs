//! Who refers to a table, as the engine's catalogue says, and which of some rows are referred to.

use std::collections::HashSet;

use diesel::QueryableByName;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::{Conn, Engine, Error, Id, run};

/// A column that refers to the id of a row elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct Reference {
    /// The table it is of.
    #[diesel(sql_type = Text)]
    pub table: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub column: String,
}

#[derive(QueryableByName)]
struct Target {
    #[diesel(sql_type = BigInt)]
    id: Id,
}

/// All columns that refer to this table.
///
/// # Errors
/// The database refuses.
#[allow(
    clippy::disallowed_methods,
    reason = "each engine has its own catalogue"
)]
pub async fn references(conn: &mut Conn, to: &str) -> Result<Vec<Reference>, Error> {
    let sql = match conn.engine() {
        Engine::Postgres => {
            "SELECT t.relname::text AS \"table\", a.attname::text AS \"column\" \
             FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid \
             JOIN pg_class p ON p.oid = f.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
             JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = f.conkey[1] \
             WHERE f.contype = 'f' AND n.nspname = current_schema() AND p.relname = $1"
        }
        Engine::Sqlite => {
            "SELECT t.name AS \"table\", f.\"from\" AS \"column\" \
             FROM pragma_table_list t, pragma_foreign_key_list(t.name) f \
             WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = $1"
        }
    };
    let query = sql_query(sql).bind::<Text, _>(to);
    Ok(run!(conn, c => query.load(c).await)?)
}

/// Those of these ids that one of the columns names.
///
/// # Errors
/// The database refuses.
#[allow(
    clippy::disallowed_methods,
    reason = "the names come from the engine's catalogue; a list of ids is JSON on both engines"
)]
pub async fn referred(conn: &mut Conn, by: &[Reference], ids: &[Id]) -> Result<HashSet<Id>, Error> {
    let list = match conn.engine() {
        Engine::Postgres => "SELECT value::bigint FROM json_array_elements_text($1::json)",
        Engine::Sqlite => "SELECT value FROM json_each($1)",
    };
    let texts: Vec<String> = ids.iter().map(Id::to_string).collect();
    let json = format!("[{}]", texts.join(","));
    let mut found = HashSet::new();
    for Reference { table, column } in by {
        let sql = format!(
            "SELECT DISTINCT \"{column}\" AS id FROM \"{table}\" WHERE \"{column}\" IN ({list})"
        );
        let query = sql_query(sql).bind::<Text, _>(&json);
        let targets: Vec<Target> = run!(conn, c => query.load(c).await)?;
        found.extend(targets.into_iter().map(|target| target.id));
    }
    Ok(found)
}
