//! A private PostgreSQL cluster for the tests of one process.
//!
//! A shell keeps it: the shell ends the server and removes its folder when our end of its standard input
//! closes, which happens however the test process ends.

use std::path::{Path, PathBuf};
use std::process::Stdio;

use diesel_async::{AsyncConnection, AsyncPgConnection, SimpleAsyncConnection};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::OnceCell;

static CLUSTER: OnceCell<Option<Cluster>> = OnceCell::const_new();

struct Cluster {
    url: String,
    /// Held open for as long as the process lives.
    _keeper: Option<(std::sync::Mutex<Child>, ChildStdin)>,
}

/// The address of a server, without a database name; `None` where there is none.
#[expect(
    clippy::disallowed_methods,
    reason = "a setting of the tests, not of the node"
)]
pub(super) async fn url() -> Option<String> {
    let cluster = CLUSTER.get_or_init(|| async {
        if let Ok(url) = std::env::var("TEST_POSTGRES_URL") {
            return Some(Cluster { url, _keeper: None });
        }
        start(&binaries()?).await
    });
    cluster.await.as_ref().map(|cluster| cluster.url.clone())
}

/// The order of words in English, passing over what is no letter, as a new PostgreSQL often has it: what is right there
/// is right with any order of words.
const WORDS: &str = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US-u-ka-shifted'";

/// Makes the database `name` and answers its address. Its order is never that of bytes, where the server knows others.
#[allow(
    clippy::expect_used,
    reason = "a test cannot go on without its database"
)]
pub(super) async fn create(server: &str, name: &str) -> String {
    let mut conn = AsyncPgConnection::establish(server)
        .await
        .expect("the test server answers");
    let sql = format!("DROP DATABASE IF EXISTS {name}; ");
    conn.batch_execute(&sql)
        .await
        .expect("an old test database can be dropped");
    let sql = format!("CREATE DATABASE {name} {WORDS}");
    if conn.batch_execute(&sql).await.is_err() {
        conn.batch_execute(&format!("CREATE DATABASE {name}"))
            .await
            .expect("a test database is made");
    }
    let (base, query) = server.split_once('?').unwrap_or((server, ""));
    let (root, _) = base.rsplit_once('/').unwrap_or((base, ""));
    format!("{root}/{name}?{query}")
}

/// Debian keeps the server's programs outside the path, one folder per version.
fn binaries() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop()
}

async fn start(bin: &Path) -> Option<Cluster> {
    let folder = std::env::temp_dir().join(format!("stoa-postgres-{}", std::process::id()));
    let script = format!(
        "set -e; d={folder}; b={bin}; rm -rf $d; mkdir -m 700 $d; \
         $b/initdb -D $d/data -A trust -U stoa -E UTF8 --no-locale --no-sync >/dev/null; \
         $b/postgres -D $d/data -k $d -c listen_addresses= -c fsync=off -c synchronous_commit=off \
           -c full_page_writes=off -c max_connections=400 >$d/log 2>&1 & pid=$!; \
         for i in $(seq 200); do $b/pg_isready -q -h $d && break; sleep 0.05; done; \
         echo ready; read _ || true; kill -INT $pid; wait $pid || true; rm -rf $d",
        folder = folder.display(),
        bin = bin.display()
    );
    let mut command = if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh", "-c", &script]);
        command
    } else {
        let mut command = Command::new("sh");
        command.args(["-c", &script]);
        command
    };
    command
        .current_dir("/")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut child = command.spawn().ok()?;
    let stdin = child.stdin.take()?;
    let mut line = String::new();
    BufReader::new(child.stdout.take()?)
        .read_line(&mut line)
        .await
        .ok()?;
    if line.trim() != "ready" {
        return None;
    }
    let url = format!("postgres:///postgres?user=stoa&host={}", folder.display());
    Some(Cluster {
        url,
        _keeper: Some((std::sync::Mutex::new(child), stdin)),
    })
}

/// PostgreSQL refuses to run as root, so the tests hand it to the user Debian's package made.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}
