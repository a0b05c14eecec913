//! The two sides as processes of their own: a node as it is served, and a bare handler that has the same answers in
//! memory. So they share nothing with each other, and nothing but the processors with what asks them.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, Uri};
use tokio::process::{Child, Command};

use crate::pages;
use crate::reading::Ground;
use crate::start;

/// The word that makes this program a bare handler.
pub(crate) const BARE: &str = "bare-answers";
const LOOK: Duration = Duration::from_millis(5);
/// A large community is opened as quickly as a small one, but migrations of the first start may take a while.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that answers, until this is dropped.
pub(super) struct Process {
    pub(super) address: SocketAddr,
    child: Child,
    _folder: Option<tempfile::TempDir>,
}

impl Process {
    /// `stoa serve` on a ground.
    pub(super) async fn node(ground: &Ground, settings: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stoa"));
        let port = start::free_port();
        command
            .arg("serve")
            .envs(ground.settings())
            .env("STOA_BIND", format!("127.0.0.1:{port}"))
            .env("STOA_LOG", "error")
            .envs(settings.iter().copied());
        Self::start(command, port, None).await
    }

    /// This program, as the handler that answers `/0`, `/1` and so on with these heads and bodies.
    pub(super) async fn bare(answers: &[(String, Vec<u8>)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (at, (head, body)) in answers.iter().enumerate() {
            std::fs::write(folder.path().join(format!("{at}.head")), head).unwrap();
            std::fs::write(folder.path().join(format!("{at}.body")), body).unwrap();
        }
        let mut command = Command::new(std::env::current_exe().unwrap());
        let port = start::free_port();
        command
            .args([BARE, &port.to_string()])
            .arg(folder.path().as_os_str());
        Self::start(command, port, Some(folder)).await
    }

    async fn start(mut command: Command, port: u16, folder: Option<tempfile::TempDir>) -> Self {
        let child = command
            .kill_on_drop(true)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let answered = async {
            let mut again = tokio::time::interval(LOOK);
            while !start::answers(port).await {
                again.tick().await;
            }
        };
        tokio::time::timeout(PATIENCE, answered).await.unwrap();
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], port)),
            child,
            _folder: folder,
        }
    }

    pub(super) fn id(&self) -> String {
        start::id(&self.child)
    }
}

/// Answers from a folder that was read beforehand, as the process that a node is compared with; everything else 200.
pub(crate) async fn bare(port: &str, folder: &str) {
    let mut answers: Vec<(HeaderMap, Bytes)> = Vec::new();
    let file =
        |at: usize, part: &str| std::fs::read(Path::new(folder).join(format!("{at}.{part}")));
    while let Ok(head) = file(answers.len(), "head") {
        let head = pages::headers(std::str::from_utf8(&head).unwrap());
        answers.push((head, file(answers.len(), "body").unwrap().into()));
    }
    let answers = Arc::new(answers);
    let router = Router::new().fallback(async move |uri: Uri| {
        let at = uri.path().trim_start_matches('/').parse::<usize>();
        let found = at.ok().and_then(|at| answers.get(at).cloned());
        let (headers, body) = found.unwrap_or_default();
        (StatusCode::OK, headers, body)
    });
    let address = SocketAddr::from(([127, 0, 0, 1], port.parse().unwrap()));
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    axum::serve(listener, router).await.unwrap();
}
