//! Text is compared byte by byte on both engines, whatever order of words a PostgreSQL was made with: a list by names
//! goes on after the same name everywhere, and names that begin with something are a range.

use db::run;
use db::testing::TestDb;
use diesel::sql_types::Text;
use diesel_async::RunQueryDsl;

/// A list is read through its index, so the columns of indexes are those whose order counts.
const INDEXED: &str = "
    SELECT DISTINCT t.relname || '.' || a.attname AS name
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey)
    JOIN pg_collation c ON c.oid = a.attcollation
    WHERE t.relnamespace = current_schema()::regnamespace AND c.collname <> 'C'
        AND t.relname <> '__diesel_schema_migrations'";

#[derive(diesel::QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    name: String,
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::disallowed_methods, reason = "the engine's own catalogue")]
async fn indexed_text_is_in_the_order_of_its_bytes() {
    let Some(test) = TestDb::postgres().await else {
        return;
    };
    let db = test.open().await;
    let mut conn = db.read().await.unwrap();
    let other: Vec<Column> = run!(conn, c => diesel::sql_query(INDEXED).load(c).await).unwrap();
    let other: Vec<String> = other.into_iter().map(|column| column.name).collect();
    assert!(
        other.is_empty(),
        "an index over text needs a column declared TEXT COLLATE \"C\": {other:?}"
    );
}
