//! A filled database of one size, and the settings that serve it.

use std::path::{Path, PathBuf};

use db::testing::TestDb;
use db::{Clock, Db, Timestamp, rows};
use domain::{Context, search};
use node::assembly;
use node::config::Config;
use tokio::time::Instant;

use crate::community::{self, Wish};
use crate::place::HOST;

/// When the last post was written: the same in every run, so that a database that was kept is the same too.
const UNTIL: &str = "2026-10-01T00:00:00Z";
const SEED: u64 = 1;

pub(super) struct Ground {
    pub(super) posts: u32,
    pub(super) cx: Context,
    data: PathBuf,
    database: String,
    _temporary: Option<tempfile::TempDir>,
    _postgres: Option<TestDb>,
}

impl Ground {
    /// A community of so many posts on this engine: made now, unless it was kept.
    pub(super) async fn fill(engine: &str, posts: u32) -> Self {
        let kept = std::env::var("STOA_LOAD_KEEP").ok();
        let kept = kept.filter(|_| engine == "sqlite");
        let temporary = kept.is_none().then(|| tempfile::tempdir().unwrap());
        let data = match (&kept, &temporary) {
            (Some(folder), _) => Path::new(folder).join(posts.to_string()),
            (None, Some(folder)) => folder.path().to_owned(),
            (None, None) => unreachable!("one of both is there"),
        };
        let postgres = match engine {
            "sqlite" => None,
            "postgres" => Some(TestDb::postgres().await.unwrap()),
            other => panic!("STOA_LOAD_ENGINES names {other:?}; there are sqlite and postgres"),
        };
        let file = format!("sqlite:{}", data.join("stoa.sqlite").display());
        let database = postgres.as_ref().map_or(file, |test| test.url.clone());
        let config = config(&settings(&data, &database));
        write(&config, posts).await;
        let cx = assembly::context(&config, Clock::System).await.unwrap();
        let begun = Instant::now();
        search::catch_up(&cx).await.unwrap();
        println!("  its words after {:.0} s", begun.elapsed().as_secs_f64());
        if let Some(postgres) = &postgres {
            postgres.settle().await;
        }
        Self {
            posts,
            cx,
            data,
            database,
            _temporary: temporary,
            _postgres: postgres,
        }
    }

    /// What the environment of a process says that serves it.
    pub(super) fn settings(&self) -> [(&'static str, String); 3] {
        settings(&self.data, &self.database)
    }
}

fn settings(data: &Path, database: &str) -> [(&'static str, String); 3] {
    [
        ("STOA_DATA", data.display().to_string()),
        ("DATABASE_URL", database.to_owned()),
        ("STOA_URL", format!("http://{HOST}")),
    ]
}

fn config(settings: &[(&'static str, String)]) -> Config {
    let find = |name: &str| {
        let found = settings.iter().find(|(key, _)| *key == name);
        found.map(|(_, value)| value.clone())
    };
    Config::from(find).unwrap()
}

async fn write(config: &Config, posts: u32) {
    let db = Db::open(&config.database).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let tables = rows::tables(&mut conn).await.unwrap();
    if !rows::is_empty(&mut conn, &tables).await.unwrap() {
        println!("  {posts} posts were kept");
        return;
    }
    drop(conn);
    let wish = Wish {
        posts,
        seed: SEED,
        until: Timestamp::parse(UNTIL).unwrap(),
    };
    let begun = Instant::now();
    let (plan, rows) = community::fill(config, &wish).await.unwrap();
    let seconds = begun.elapsed().as_secs_f64();
    println!("  {}: {rows} rows in {seconds:.0} s", plan.summary());
}
