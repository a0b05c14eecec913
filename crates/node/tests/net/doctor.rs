//! What the doctor says about nodes in different states, and what a node sees when it looks at itself.

use db::testing::TestDb;
use db::{Clock, HOUR};
use node::config::Config;
use node::doctor::{self, Finding, State};
use node::{archive, assembly};

use crate::net::Net;

fn config(folder: &tempfile::TempDir, database: &TestDb) -> Config {
    let settings = [
        ("STOA_DATA", folder.path().display().to_string()),
        ("DATABASE_URL", database.url.clone()),
        ("STOA_URL", "https://nowhere.invalid".to_owned()),
    ];
    Config::from(|name| {
        let found = settings.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.clone())
    })
    .unwrap()
}

fn find<'a>(found: &'a [Finding], name: &str) -> &'a Finding {
    let one = found.iter().find(|one| one.name == name);
    one.unwrap_or_else(|| panic!("nothing about {name} in {found:?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_without_tables_is_a_problem_and_one_with_them_is_not() {
    for database in TestDb::each().await {
        let folder = tempfile::tempdir().unwrap();
        let config = config(&folder, &database);
        let before = doctor::examine(&config, &Clock::System).await;
        let finding = find(&before, "database");
        assert_eq!(finding.state, State::Problem, "{finding:?}");
        assert!(finding.advice.contains("stoa migrate"), "{finding:?}");

        assembly::context(&config, Clock::System).await.unwrap();
        let after = doctor::examine(&config, &Clock::System).await;
        for name in [
            "storage",
            "database",
            "clock",
            "queues",
            "deliveries",
            "peers",
            "address",
        ] {
            assert_eq!(find(&after, name).state, State::Fine, "{after:?}");
        }
        // Nobody answers at an address that does not exist.
        let reachable = find(&after, "reachable");
        assert_eq!(reachable.state, State::Problem);
        assert!(
            reachable.detail.contains("nowhere.invalid"),
            "{reachable:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn work_that_nobody_does_and_a_clock_that_went_back_are_problems() {
    let net = Net::start(["alpha"]).await;
    let anna = net.node("alpha").admin("anna").await;
    anna.board("art").await;
    anna.thread("art", "Hello", "nobody tells the others").await;
    let late = Clock::manual(net.now().plus(HOUR));
    let config = net.node("alpha").config();
    let found = doctor::examine(&config, &late).await;
    assert_eq!(find(&found, "queues").state, State::Problem, "{found:?}");
    assert_eq!(find(&found, "clock").state, State::Fine, "{found:?}");

    net.settle().await;
    let early = Clock::manual(net.now().plus(-HOUR));
    let found = doctor::examine(&config, &early).await;
    assert_eq!(find(&found, "queues").state, State::Fine, "{found:?}");
    assert_eq!(find(&found, "clock").state, State::Problem, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_knows_itself_and_notices_a_stranger_at_its_address() {
    let net = Net::start(["alpha", "beta"]).await;
    net.node("alpha").federation().mirror().await.unwrap();

    // The same address with other keys: a node that was made anew beside the one that answers.
    let error = anew(&net).await.unwrap_err();
    assert!(error.to_string().contains("another database"), "{error}");
    let beta = net.node("beta").address();
    net.names().set("alpha.test", beta);
    let stranger = anew(&net).await.unwrap_err();
    let seen = "http://alpha.test/ answers with the actor http://beta.test/";
    assert_eq!(stranger.to_string(), seen);
}

/// What a new node with the address of alpha sees there. Each has connections of its own.
async fn anew(net: &Net) -> Result<(), federation::MirrorError> {
    let folder = tempfile::tempdir().unwrap();
    let database = TestDb::sqlite();
    let mut config = net.node("alpha").config();
    config.database = db::Settings::new(&database.url);
    config.media = folder.path().join("media");
    let parts = assembly::Parts {
        config,
        clock: Clock::System,
        names: net.names().clone(),
    };
    let node = assembly::assemble(parts).await.unwrap();
    node.federation.mirror().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_program_meets_a_newer_database() {
    let database = TestDb::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let config = config(&folder, &database);
    let db = db::Db::open_at(&config.database, "0001").await.unwrap();
    let schema = db.schema().await.unwrap();
    assert_eq!(schema.version(), "0001");
    assert!(!schema.pending().is_empty());
    let found = doctor::examine(&config, &Clock::System).await;
    assert!(
        find(&found, "database").detail.contains("lacks"),
        "{found:?}"
    );

    // A backup of that state comes back as it is with all migrations.
    let file = folder.path().join("old.tar.zst");
    archive::backup(&db, None, &config.site.origin, Clock::System.now(), &file)
        .await
        .unwrap();
    for target in TestDb::each().await {
        let mut config = config.clone();
        config.database = db::Settings::new(&target.url);
        let manifest = archive::restore(&config, &file).await.unwrap();
        assert_eq!(manifest.head.schema, "0001");
        let db = db::Db::connect(&config.database).unwrap();
        assert_eq!(db.schema().await.unwrap().pending(), Vec::<&str>::new());
    }
}
