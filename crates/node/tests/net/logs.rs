//! What the program writes down, as whoever reads its journal sees it.

use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_no_terminal_has_no_colours() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_stoa"))
        .arg("migrate")
        .env("STOA_DATA", folder.path())
        .env("STOA_LOG", "info")
        .env_remove("NO_COLOR")
        .env_remove("DATABASE_URL")
        .output()
        .await
        .unwrap();
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("migration applied"), "{log}");
    assert!(!log.contains('\u{1b}'), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_names_each_of_its_causes_once() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_stoa"))
        .arg("migrate")
        .env("STOA_DATA", folder.path())
        // Nobody listens on port 1.
        .env("DATABASE_URL", "postgres://stoa@127.0.0.1:1/stoa")
        .output()
        .await
        .unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        said.matches("cannot connect to the database").count(),
        1,
        "{said}"
    );
    assert_eq!(
        said.matches("error connecting to server").count(),
        1,
        "{said}"
    );
}
