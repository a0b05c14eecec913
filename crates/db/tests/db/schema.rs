//! The two sets of migrations describe one schema: `cargo schema` runs this test and shows what it prints.

use std::collections::BTreeMap;

use db::testing::TestDb;
use db::{Conn, Engine, run};
use diesel::sql_types::{Bool, Text};
use diesel_async::RunQueryDsl;

const SQLITE: &str = "SELECT tables.name AS table_name, columns.name AS column_name,
        columns.\"notnull\" = 0 AND columns.pk = 0 AS nullable
    FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'";

const POSTGRES: &str = "SELECT table_name::text, column_name::text, is_nullable = 'YES' AS nullable
    FROM information_schema.columns WHERE table_schema = current_schema()";

#[derive(diesel::QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    table_name: String,
    #[diesel(sql_type = Text)]
    column_name: String,
    #[diesel(sql_type = Bool)]
    nullable: bool,
}

/// Indexes of words, which each engine keeps in its own way.
const WORDS: [&str; 2] = ["post_words", "actor_words"];

/// Tables with the names of their columns, sorted; those that may be null end in `?`.
type Tables = BTreeMap<String, Vec<String>>;

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_hold_the_same_tables_and_columns() {
    let mut seen: Vec<Tables> = Vec::new();
    for test in TestDb::each().await {
        let db = test.open().await;
        let mut conn = db.read().await.unwrap();
        let tables = tables(&mut conn).await;
        if seen.is_empty() {
            for (table, columns) in &tables {
                println!("{table}: {}", columns.join(", "));
            }
        }
        seen.push(tables);
    }
    assert!(seen[0].len() > 5, "the schema was not read");
    assert!(
        seen.iter().all(|tables| *tables == seen[0]),
        "the engines differ: {}",
        difference(&seen)
    );
}

#[expect(
    clippy::disallowed_methods,
    reason = "each engine describes itself in a catalogue of its own"
)]
async fn tables(conn: &mut Conn) -> Tables {
    let statement = match conn.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let columns: Vec<Column> = run!(conn, c => diesel::sql_query(statement).load(c).await).unwrap();
    let mut tables = Tables::new();
    for column in columns {
        if WORDS
            .iter()
            .any(|index| column.table_name.starts_with(index))
        {
            continue;
        }
        let mark = if column.nullable { "?" } else { "" };
        let name = format!("{}{mark}", column.column_name);
        tables.entry(column.table_name).or_default().push(name);
    }
    for columns in tables.values_mut() {
        columns.sort();
    }
    tables
}

fn difference(seen: &[Tables]) -> String {
    let [one, other] = seen else {
        return String::new();
    };
    let names = one.keys().chain(other.keys());
    let differing = names.filter(|name| one.get(*name) != other.get(*name));
    let lines =
        differing.map(|name| format!("\n{name}: {:?} / {:?}", one.get(name), other.get(name)));
    lines.collect()
}
