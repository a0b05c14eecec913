//! Does the database answer, and does it have the tables this program knows?

use db::{Db, Engine};

use super::Finding;

pub(super) fn unreachable(error: &db::Error) -> Finding {
    Finding::problem(
        "database",
        error.to_string(),
        "Start the node once, or run `stoa migrate`, to make a SQLite database; for PostgreSQL check DATABASE_URL and \
         that the server runs.",
    )
}

pub(super) async fn schema(db: &Db) -> Finding {
    let schema = match db.schema().await {
        Ok(schema) => schema,
        Err(error) => return unreachable(&error),
    };
    let engine = match db.engine() {
        Engine::Postgres => "PostgreSQL",
        Engine::Sqlite => "SQLite",
    };
    let version = schema.version();
    if !schema.foreign().is_empty() {
        let later = schema.foreign().join(", ");
        return Finding::problem(
            "database",
            format!("{engine} has migrations this program does not know: {later}"),
            "A newer stoa was here. Use that one, or restore the backup made before it.",
        );
    }
    if !schema.pending().is_empty() {
        let pending = schema.pending().join(", ");
        return Finding::problem(
            "database",
            format!("{engine} lacks the migrations {pending}"),
            "Run `stoa migrate`, or start the node: it does so first.",
        );
    }
    Finding::fine(
        "database",
        format!("{engine} answers, with all migrations up to {version}"),
    )
}
