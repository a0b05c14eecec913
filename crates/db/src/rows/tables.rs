//! Which tables there are, as the engine's own catalogue says: the two catalogues have nothing in common.

use std::collections::BTreeMap;

use diesel::QueryableByName;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use crate::{Conn, Engine, Error, run};

/// Tables that belong to a database and not to what it keeps.
const OWN: [&str; 3] = ["__diesel_schema_migrations", "processes", "revisions"];

/// The kind of column that PostgreSQL's full-text indexes have; SQLite has virtual tables for them.
const FULL_TEXT: &str = "tsvector";

/// A table of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns in their order.
    pub columns: Vec<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// What a column holds; both engines know these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// True and false.
    Bool,
    /// Numbers with a fraction.
    Real,
    /// Text.
    Text,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    rows: i64,
}

/// The tables that hold what the node keeps, each after those it refers to.
///
/// # Errors
/// The database refuses, or a column is of a kind that the engines do not share.
pub async fn tables(conn: &mut Conn) -> Result<Vec<Table>, Error> {
    let mut found: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    let engine = conn.engine();
    let columns = ask(conn, columns_sql(engine)).await?;
    let is_index = |table: &str| {
        columns
            .iter()
            .any(|column| column.of == table && column.kind == FULL_TEXT)
    };
    for Found { name, of, kind } in &columns {
        if OWN.contains(&of.as_str()) || is_index(of) {
            continue;
        }
        let (name, of) = (name.clone(), of.clone());
        let kind = Kind::parse(kind)
            .ok_or_else(|| Error::Rows(format!("{of}.{name} is of the unknown kind {kind:?}")))?;
        found.entry(of).or_default().push(Column { name, kind });
    }
    let parents = ask(conn, parents_sql(engine)).await?;
    Ok(order(found, &parents))
}

/// Whether none of the tables has a row.
///
/// # Errors
/// The database refuses.
pub async fn is_empty(conn: &mut Conn, tables: &[Table]) -> Result<bool, Error> {
    for table in tables {
        let sql = format!(
            "SELECT count(*) AS \"rows\" FROM (SELECT 1 FROM \"{}\" LIMIT 1) first",
            table.name
        );
        #[allow(
            clippy::disallowed_methods,
            reason = "the name of the table comes from the engine's catalogue"
        )]
        let query = sql_query(sql);
        let count: Count = run!(conn, c => query.get_result(c).await)?;
        if count.rows > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Kind {
    fn parse(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        match name.as_str() {
            "integer" | "bigint" | "smallint" => Some(Self::Integer),
            "boolean" => Some(Self::Bool),
            "double precision" => Some(Self::Real),
            "text" => Some(Self::Text),
            _ => None,
        }
    }
}

async fn ask(conn: &mut Conn, sql: &str) -> Result<Vec<Found>, Error> {
    #[allow(
        clippy::disallowed_methods,
        reason = "each engine has its own catalogue"
    )]
    let query = sql_query(sql);
    Ok(run!(conn, c => query.load(c).await)?)
}

fn columns_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => {
            "SELECT a.attname::text AS name, t.relname::text AS \"of\", \
                    format_type(a.atttypid, NULL) AS kind \
             FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace \
             JOIN pg_attribute a ON a.attrelid = t.oid \
             WHERE n.nspname = current_schema() AND t.relkind = 'r' AND a.attnum > 0 \
               AND NOT a.attisdropped AND a.attgenerated = '' \
             ORDER BY t.relname, a.attnum"
        }
        Engine::Sqlite => {
            "SELECT c.name AS name, t.name AS \"of\", c.type AS kind \
             FROM pragma_table_list t, pragma_table_info(t.name) c \
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
             ORDER BY t.name, c.cid"
        }
    }
}

/// Pairs of a table (`of`) and one it refers to (`name`).
fn parents_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Postgres => {
            "SELECT p.relname::text AS name, t.relname::text AS \"of\", '' AS kind \
             FROM pg_constraint f JOIN pg_class t ON t.oid = f.conrelid \
             JOIN pg_class p ON p.oid = f.confrelid JOIN pg_namespace n ON n.oid = t.relnamespace \
             WHERE f.contype = 'f' AND n.nspname = current_schema()"
        }
        Engine::Sqlite => {
            "SELECT f.\"table\" AS name, t.name AS \"of\", '' AS kind \
             FROM pragma_table_list t, pragma_foreign_key_list(t.name) f \
             WHERE t.schema = 'main' AND t.type = 'table'"
        }
    }
}

/// Parents before children; by name where neither is the other's, so that the order is the same everywhere.
fn order(mut found: BTreeMap<String, Vec<Column>>, parents: &[Found]) -> Vec<Table> {
    let mut ordered: Vec<Table> = Vec::new();
    while !found.is_empty() {
        let free = found.keys().find(|name| {
            let mut mine = parents.iter().filter(|pair| pair.of == **name);
            mine.all(|pair| pair.name == **name || !found.contains_key(&pair.name))
        });
        // A circle of references cannot be ordered; the engine says so when rows are inserted.
        let next = free.or_else(|| found.keys().next()).cloned();
        let Some((name, columns)) = next.and_then(|name| found.remove_entry(&name)) else {
            break;
        };
        ordered.push(Table { name, columns });
    }
    ordered
}
