//! Reading a whole table in steps, each row as one line of JSON.

use diesel::QueryableByName;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;

use super::{Column, Kind, Table};
use crate::{Conn, Engine, Error};

/// Rows read at once: a few megabytes where each holds the longest text it may.
const STEP: i64 = 250;

/// Where one has got to in a table. On PostgreSQL it is a cursor of the open transaction, on SQLite the row's number.
pub struct Reader {
    sql: String,
    after: i64,
    done: bool,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = BigInt)]
    number: i64,
    #[diesel(sql_type = Text)]
    line: String,
}

impl Reader {
    /// Begins to read a table, inside a transaction ([`Db::snapshot`](crate::Db::snapshot)).
    ///
    /// # Errors
    /// The database refuses.
    pub async fn open(conn: &mut Conn, table: &Table) -> Result<Self, Error> {
        let sql = match conn.engine() {
            Engine::Postgres => {
                conn.batch(&declare(table)).await?;
                format!("FETCH {STEP} FROM \"{}_rows\"", table.name)
            }
            Engine::Sqlite => select(table),
        };
        Ok(Self {
            sql,
            after: i64::MIN,
            done: false,
        })
    }

    /// The next rows; none when all were read.
    ///
    /// # Errors
    /// The database refuses.
    pub async fn next(&mut self, conn: &mut Conn) -> Result<Vec<String>, Error> {
        if self.done {
            return Ok(Vec::new());
        }
        let rows = self.step(conn).await?;
        self.done = rows.len() < usize::try_from(STEP).unwrap_or_default();
        self.after = rows.last().map_or(self.after, |row| row.number);
        Ok(rows.into_iter().map(|row| row.line).collect())
    }

    #[allow(
        clippy::disallowed_methods,
        reason = "making JSON of a row differs between the engines"
    )]
    async fn step(&self, conn: &mut Conn) -> Result<Vec<Line>, Error> {
        let rows: Vec<Line> = match conn {
            Conn::Postgres(c) => sql_query(&self.sql).load(c).await?,
            Conn::Sqlite(c) => {
                let query = sql_query(&self.sql).bind::<BigInt, _>(self.after);
                query.load(c).await?
            }
        };
        Ok(rows)
    }
}

fn declare(table: &Table) -> String {
    let name = &table.name;
    let pairs: Vec<String> = table
        .columns
        .iter()
        .map(|Column { name, .. }| format!("t.\"{name}\""))
        .collect();
    format!(
        "DECLARE \"{name}_rows\" NO SCROLL CURSOR FOR \
         SELECT 0::bigint AS number, row_to_json(r)::text AS line \
         FROM (SELECT {} FROM \"{name}\" t) r",
        pairs.join(", ")
    )
}

fn select(table: &Table) -> String {
    let pairs: Vec<String> = table.columns.iter().map(pair).collect();
    format!(
        "SELECT rowid AS number, json_object({}) AS line FROM \"{}\" \
         WHERE rowid > $1 ORDER BY rowid LIMIT {STEP}",
        pairs.join(", "),
        table.name
    )
}

/// A name and its value for SQLite's `json_object`, which knows no booleans and cuts fractions at 15 digits.
fn pair(column: &Column) -> String {
    let name = &column.name;
    match column.kind {
        Kind::Integer | Kind::Text => format!("'{name}', \"{name}\""),
        Kind::Bool => format!(
            "'{name}', json(CASE \"{name}\" WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE 'null' END)"
        ),
        Kind::Real => format!(
            "'{name}', json(CASE WHEN \"{name}\" IS NULL THEN 'null' \
             ELSE printf('%!.17g', \"{name}\") END)"
        ),
    }
}
