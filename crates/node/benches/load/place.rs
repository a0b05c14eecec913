//! A node with its own database and folder on loopback, with a board and its moderator; limits on how often one may
//! write are off, everything else is as it is served.

use std::net::SocketAddr;
use std::sync::Arc;

use db::Clock;
use db::testing::TestDb;
use domain::account::{self, Draft};
use domain::board::{self, Board};
use domain::{Caller, Context, Role, Site};
use federation::{Names, Reach, Workers};
use node::assembly::{self, Parts};
use node::config::Config;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The node's host.
pub(crate) const HOST: &str = "home.test";

pub(crate) struct Place {
    pub(crate) app: web::App,
    pub(crate) address: SocketAddr,
    pub(crate) names: Names,
    pub(crate) caller: Caller,
    pub(crate) board: Board,
    workers: Arc<Workers>,
    server: JoinHandle<()>,
    _database: TestDb,
    _folder: tempfile::TempDir,
}

/// What is kept of answers to visitors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    Nothing,
    Answers,
}

/// Workers that run until they are stopped.
pub(crate) struct Working {
    stop: CancellationToken,
    task: JoinHandle<()>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Place {
    pub(crate) async fn new(database: TestDb) -> Self {
        Self::keeping(database, Keeps::Answers).await
    }

    pub(crate) async fn keeping(database: TestDb, keeps: Keeps) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let names = Names::default();
        let mut config = config(&database, &folder);
        if keeps == Keeps::Nothing {
            config.cache_bytes = 0;
        }
        let parts = Parts {
            config,
            clock: Clock::System,
            names: names.clone(),
        };
        let node = assembly::assemble(parts).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = node
            .router
            .into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        names.set(HOST, address);
        let (caller, board) = people(&node.app.cx).await;
        Self {
            app: node.app,
            address,
            names,
            caller,
            board,
            workers: Arc::new(node.workers),
            server,
            _database: database,
            _folder: folder,
        }
    }

    pub(crate) fn cx(&self) -> &Context {
        &self.app.cx
    }

    /// Does everything that is due, until nothing is.
    pub(crate) async fn settle(&self) {
        while self.workers.tick().await.unwrap() > 0 {}
    }

    /// Starts the workers.
    pub(crate) fn work(&self) -> Working {
        let stop = CancellationToken::new();
        let (workers, told) = (Arc::clone(&self.workers), stop.clone());
        let task = tokio::spawn(async move { workers.run(told).await });
        Working { stop, task }
    }
}

impl Working {
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        self.task.await.unwrap();
    }
}

fn config(database: &TestDb, folder: &tempfile::TempDir) -> Config {
    let settings = [
        ("STOA_DATA", folder.path().display().to_string()),
        ("DATABASE_URL", database.url.clone()),
        ("STOA_URL", format!("http://{HOST}")),
    ];
    let find = |name: &str| {
        settings
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value.clone())
    };
    let mut config = Config::from(find).unwrap();
    config.reach = Reach::everywhere();
    config.site = Site {
        rate_limits: false,
        ..config.site
    };
    config
}

async fn people(cx: &Context) -> (Caller, Board) {
    let password = "correct horse battery";
    let draft = Draft {
        name: "anna".into(),
        password: password.into(),
        email: None,
    };
    let hash = account::hash(password.into()).await.unwrap();
    let (own, boards) = (
        federation::key_pair().await.unwrap(),
        federation::key_pair().await.unwrap(),
    );
    let made = cx.write(async |tx| {
        let caller = account::create(tx, draft, Role::Admin, own, hash).await?;
        let draft = board::Draft {
            name: "art".into(),
            title: "Art".into(),
            ..board::Draft::default()
        };
        let board = board::create(tx, &caller, draft, boards).await?;
        Ok((caller, board))
    });
    made.await.unwrap()
}
