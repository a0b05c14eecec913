//! `cargo schema`: the tables and columns of both engines, side by side.
//! The comparison is a test of `db`, which knows both engines; this command runs it where PostgreSQL is present and shows what it prints.

use crate::{command, suites};

const TEST: &str = "both_engines_hold_the_same_tables_and_columns";

/// Applies the migrations to a scratch database of each engine, prints what stands there and compares.
///
/// # Errors
/// When PostgreSQL is missing, a migration fails, or the engines differ in a table or column.
pub(crate) fn run() -> anyhow::Result<()> {
    suites::require_postgres()?;
    command::cargo(
        &[
            "test",
            "--quiet",
            "--package",
            "db",
            TEST,
            "--",
            "--nocapture",
        ],
        &[suites::REQUIRE_POSTGRES],
    )
}
