//! From the start of the process to its first healthy answer, and its memory when nobody asks anything, against a
//! process that is a bare HTTP server and nothing else: this very program, told to be that.

use std::net::SocketAddr;
use std::process::Stdio;
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use tokio::time::Instant;

use crate::sick;
use crate::spread::Spread;

/// The word that makes this program a bare server.
pub(crate) const BARE: &str = "bare-server";
const ROUNDS: usize = 5;
/// How long a process is left alone before its memory is looked at.
const IDLE: Duration = Duration::from_secs(3);
const LOOK: Duration = Duration::from_millis(1);
const PATIENCE: Duration = Duration::from_secs(30);

/// A server that answers everything 200, as the process that ours is compared with.
pub(crate) async fn bare(port: &str) {
    let address = SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap()));
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let router = Router::new().fallback(async || "ok");
    axum::serve(listener, router).await.unwrap();
}

pub(crate) async fn run() {
    let program = std::env::current_exe().unwrap();
    let (mut bare, mut first, mut later) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let port = free_port();
        let mut command = Command::new(&program);
        bare.push(start(command.args([BARE, &port.to_string()]), port).await);
        let folder = tempfile::tempdir().unwrap();
        first.push(start(&mut stoa(&folder, port), port).await);
        later.push(start(&mut stoa(&folder, port), port).await);
    }
    for (what, runs) in [
        ("bare server", &bare),
        ("stoa, new data folder", &first),
        ("stoa", &later),
    ] {
        let took = Spread::of(runs.iter().map(|(took, _)| *took));
        let base = Spread::of(bare.iter().map(|(took, _)| *took)).median();
        println!(
            "{what}: first answer after {took} ms, ratio {:.1}",
            took.median() / base
        );
        println!("  memory when idle: {}", runs[runs.len() - 1].1);
    }
}

fn stoa(folder: &tempfile::TempDir, port: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_stoa"));
    command
        .arg("serve")
        .env("STOA_DATA", folder.path())
        .env("STOA_BIND", format!("127.0.0.1:{port}"))
        .env("STOA_LOG", "error");
    command
}

/// Milliseconds until a process answers, and its memory a while after.
async fn start(command: &mut Command, port: u16) -> (f64, String) {
    let start = Instant::now();
    let mut child = command
        .kill_on_drop(true)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let answered = async {
        let mut again = tokio::time::interval(LOOK);
        while !answers(port).await {
            again.tick().await;
        }
    };
    tokio::time::timeout(PATIENCE, answered).await.unwrap();
    let took = start.elapsed().as_secs_f64() * 1000.0;
    tokio::time::sleep(IDLE).await;
    let memory = sick::memory(&id(&child));
    child.kill().await.unwrap();
    (took, memory)
}

pub(crate) fn id(child: &Child) -> String {
    child.id().map(|id| id.to_string()).unwrap_or_default()
}

pub(crate) async fn answers(port: u16) -> bool {
    let Ok(mut stream) = TcpStream::connect(("127.0.0.1", port)).await else {
        return false;
    };
    let request = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n";
    let mut answer = Vec::new();
    let sent = stream.write_all(request).await.is_ok();
    sent && stream.read_to_end(&mut answer).await.is_ok() && answer.starts_with(b"HTTP/1.1 200")
}

/// A port that was free a moment ago.
pub(crate) fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
