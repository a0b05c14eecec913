//! Two real `stoa serve` processes that a test may kill.

use std::process::Stdio;
use std::time::Duration;

use db::testing::TestDb;
use serde_json::{Value, json};
use tokio::process::{Child, Command};

/// How long a process or a delivery may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(150);
/// How often something is looked at again.
const LOOK: Duration = Duration::from_millis(100);

/// A running `stoa serve` with its data.
pub struct Process {
    port: u16,
    home_port: u16,
    folder: tempfile::TempDir,
    database: String,
    token: String,
    child: Option<Child>,
    client: reqwest::Client,
}

/// A home with the board `art`, and a node that follows it.
pub struct Setup {
    pub home: Process,
    pub follower: Process,
}

impl Setup {
    /// Starts both and waits until the follow holds.
    pub async fn new(home: &TestDb, follower: &TestDb) -> Self {
        let home_port = free_port();
        let mut home = Process::new(home, home_port, home_port, "anna").await;
        home.command(&["board", "create", "art", "--title", "Art", "--as", "anna"])
            .await;
        let mut follower = Process::new(follower, free_port(), home_port, "ben").await;
        home.start().await;
        follower.start().await;
        let board = follower.home_board();
        follower
            .put(&format!("/boards/{board}/follow"), &json!({}))
            .await;
        follower
            .wait_for("the follow", |follower| {
                let path = format!("/boards/{}/follow", follower.home_board());
                async move {
                    follower
                        .get(&path)
                        .await
                        .filter(|answer| answer["state"] == "accepted")
                }
            })
            .await;
        Self { home, follower }
    }
}

impl Process {
    async fn new(database: &TestDb, port: u16, home_port: u16, account: &str) -> Self {
        let mut process = Self {
            port,
            home_port,
            folder: tempfile::tempdir().unwrap(),
            database: database.url.clone(),
            token: String::new(),
            child: None,
            client: reqwest::Client::new(),
        };
        process
            .command(&["account", "create", account, "--admin"])
            .await;
        process.token = process
            .command(&[
                "token",
                "create",
                account,
                "--scope",
                "read,write,follow,admin",
            ])
            .await;
        process
    }

    /// The board of the home as it is called here.
    pub fn home_board(&self) -> String {
        if self.port == self.home_port {
            "art".to_owned()
        } else {
            format!("art@localhost:{}", self.home_port)
        }
    }

    fn stoa(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_stoa"));
        command
            .env("STOA_DATA", self.folder.path())
            .env("STOA_BIND", format!("127.0.0.1:{}", self.port))
            .env("STOA_URL", format!("http://localhost:{}", self.port))
            .env("STOA_ALLOW_PRIVATE_PEERS", "1")
            .env("STOA_RATE_LIMITS", "off")
            .env("STOA_LOG", "error")
            .env("DATABASE_URL", &self.database)
            .kill_on_drop(true);
        command
    }

    async fn command(&self, arguments: &[&str]) -> String {
        let output = self.stoa().args(arguments).output().await.unwrap();
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    async fn start(&mut self) {
        self.child = Some(
            self.stoa()
                .arg("serve")
                .stdout(Stdio::null())
                .spawn()
                .unwrap(),
        );
        let health = format!("http://127.0.0.1:{}/healthz", self.port);
        self.wait_for("the start", |process| {
            let request = process.client.get(&health).send();
            async move {
                request
                    .await
                    .ok()
                    .filter(|answer| answer.status().is_success())
            }
        })
        .await;
    }

    /// `kill -9`, then the same binary on the same data.
    pub async fn kill_and_restart(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().await.unwrap();
        }
        self.start().await;
    }

    /// Looks again and again until there is something.
    pub async fn wait_for<'a, T, F: Future<Output = Option<T>>>(
        &'a self,
        what: &str,
        look: impl Fn(&'a Self) -> F,
    ) -> T {
        let looking = async {
            let mut again = tokio::time::interval(LOOK);
            loop {
                again.tick().await;
                if let Some(found) = look(self).await {
                    return found;
                }
            }
        };
        match tokio::time::timeout(PATIENCE, looking).await {
            Ok(found) => found,
            Err(_) => panic!("{what} does not come to pass at port {}", self.port),
        }
    }

    pub async fn get(&self, path: &str) -> Option<Value> {
        self.send(self.client.get(self.url(path))).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Option<Value> {
        self.send(self.client.put(self.url(path)).json(body)).await
    }

    /// The body of a successful answer; `None` where no answer came or it was none.
    pub async fn post(&self, path: &str, key: Option<&str>, body: &Value) -> Option<Value> {
        let mut request = self.client.post(self.url(path)).json(body);
        if let Some(key) = key {
            request = request.header("idempotency-key", key);
        }
        self.send(request).await
    }

    fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/api/stoa/v1{path}", self.port)
    }

    async fn send(&self, request: reqwest::RequestBuilder) -> Option<Value> {
        let answer = request.bearer_auth(&self.token).send().await.ok()?;
        let fine = answer.status().is_success();
        let body = answer.json().await.ok()?;
        fine.then_some(body)
    }
}

/// A port that was free a moment ago.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}
