//! A small network of whole nodes for tests: names without ports, one clock that only tests move, no workers of
//! their own: [`Net::settle`] does all that is due until nothing is.
//!
//! People act through the public REST API alone. Faults: [`Net::sever`] cuts a node off from the others,
//! [`Net::restart`] starts it anew on its data, [`Net::hold`] keeps what is posted to inboxes so that a test
//! can deliver it in another order and more than once.

mod gate;
mod person;

use std::net::SocketAddr;

use db::testing::TestDb;
use db::{Clock, Timestamp};
use domain::account::{self, Draft};
use domain::session::{self, Kind, Scope};
use domain::{Role, Site};
use federation::{Federation, Names, Reach, Workers};
use node::assembly::{self, Parts};
use node::config::Config;
use node::metrics::Requests;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use gate::Gate;
pub use gate::Held;
pub use person::{Answer, Person};

/// How many rounds of work a network may need to come to rest.
const ROUNDS: usize = 400;
/// A password that is good enough.
const PASSWORD: &str = "correct horse battery";

/// Some nodes that know each other's names.
pub struct Net {
    clock: Clock,
    names: Names,
    nodes: Vec<Node>,
}

/// One node with its data.
pub struct Node {
    /// `alpha`; its host is `alpha.test`.
    pub name: String,
    database: TestDb,
    folder: tempfile::TempDir,
    gate: Gate,
    running: Option<Running>,
}

struct Running {
    app: web::App,
    federation: Federation,
    requests: Requests,
    cache: web::Cache,
    workers: Workers,
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Net {
    /// Nodes of these names; the second is on PostgreSQL where there is one, all others on SQLite.
    pub async fn start<const N: usize>(names: [&str; N]) -> Self {
        let start = Timestamp::parse("2026-11-20T10:00:00Z").unwrap();
        let mut net = Self {
            clock: Clock::manual(start),
            names: Names::default(),
            nodes: Vec::new(),
        };
        for (position, name) in names.into_iter().enumerate() {
            let postgres = if position == 1 {
                TestDb::postgres().await
            } else {
                None
            };
            let node = Node {
                name: name.to_owned(),
                database: postgres.unwrap_or_else(TestDb::sqlite),
                folder: tempfile::tempdir().unwrap(),
                gate: Gate::new(name),
                running: None,
            };
            net.nodes.push(node);
            net.restart(name).await;
        }
        net
    }

    /// Starts a node anew on its data, as after a crash.
    pub async fn restart(&mut self, name: &str) {
        let (clock, names) = (self.clock.clone(), self.names.clone());
        let node = self
            .nodes
            .iter_mut()
            .find(|node| node.name == name)
            .unwrap();
        node.running = None;
        let running = node.run(clock, names.clone()).await;
        names.set(&format!("{name}.test"), running.address);
        node.running = Some(running);
    }

    /// The node of that name.
    pub fn node(&self, name: &str) -> &Node {
        self.nodes.iter().find(|node| node.name == name).unwrap()
    }

    /// The current time of all nodes.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The names by which nodes find each other, for servers that a test adds.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Moves the clock of all nodes ahead by microseconds.
    pub fn advance(&self, micros: i64) {
        self.clock.advance(micros);
    }

    /// Does everything that is due on every node, until nothing is.
    pub async fn settle(&self) {
        for _ in 0..ROUNDS {
            let mut done = 0;
            for node in &self.nodes {
                done += node.running().workers.tick().await.unwrap();
            }
            if done == 0 {
                return;
            }
        }
        panic!("the network does not come to rest");
    }

    /// Cuts a node off from all others; people still reach it.
    pub fn sever(&self, name: &str) {
        self.nodes.iter().for_each(|node| node.gate.sever(name));
    }

    /// Connects it again.
    pub fn mend(&self, name: &str) {
        self.nodes.iter().for_each(|node| node.gate.mend(name));
    }

    /// From now on what is posted to this node's inboxes is answered 202 and kept.
    pub fn hold(&self, name: &str) {
        self.node(name).gate.hold();
    }

    /// What was kept since; deliver it with [`Node::deliver`].
    pub fn release(&self, name: &str) -> Vec<Held> {
        self.node(name).gate.take()
    }

    /// Ends [`Net::hold`]; what is still held is lost.
    pub fn let_through(&self, name: &str) {
        self.node(name).gate.let_through();
    }
}

impl Node {
    /// What its faces share, for looking into its database.
    pub fn app(&self) -> &web::App {
        &self.running().app
    }

    /// Its federation.
    pub fn federation(&self) -> &Federation {
        &self.running().federation
    }

    /// What its router counted.
    pub fn requests(&self) -> &Requests {
        &self.running().requests
    }

    /// What it keeps for visitors.
    pub fn cache(&self) -> &web::Cache {
        &self.running().cache
    }

    /// Its public origin.
    pub fn origin(&self) -> String {
        format!("http://{}.test", self.name)
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running().address
    }

    /// Hands it a request that was held; answers the status.
    pub async fn deliver(&self, held: &Held) -> u16 {
        self.gate.deliver(held, self.address()).await
    }

    /// A new account that signs up as people do.
    pub async fn person(&self, name: &str) -> Person {
        let person = Person::new(&self.name, self.address(), None);
        let body = serde_json::json!({"name": name, "password": PASSWORD});
        let answer = person.post("/accounts", &body).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        person.with_token(answer.body["token"].as_str().unwrap())
    }

    /// A new account that runs the node.
    pub async fn admin(&self, name: &str) -> Person {
        let cx = &self.app().cx;
        let draft = Draft {
            name: name.into(),
            password: PASSWORD.into(),
            email: None,
        };
        let hash = account::hash(PASSWORD.into()).await.unwrap();
        let keys = federation::key_pair().await.unwrap();
        let scopes = [
            Scope::Read,
            Scope::Write,
            Scope::Follow,
            Scope::Moderate,
            Scope::Admin,
        ];
        let opened = cx.write(async |tx| {
            let caller = account::create(tx, draft, Role::Admin, keys, hash).await?;
            session::open(tx, caller.id, Kind::Token, &scopes, "test").await
        });
        let (token, _) = opened.await.unwrap();
        Person::new(&self.name, self.address(), Some(token))
    }

    fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    async fn run(&self, clock: Clock, names: Names) -> Running {
        let parts = Parts {
            config: self.config(),
            clock,
            names,
        };
        let assembled = assembly::assemble(parts).await.unwrap();
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let service = self
            .gate
            .wrap(assembled.router)
            .into_make_service_with_connect_info::<SocketAddr>();
        let server = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
        Running {
            app: assembled.app,
            federation: assembled.federation,
            requests: assembled.requests,
            cache: assembled.cache,
            workers: assembled.workers,
            address,
            server,
        }
    }

    /// Lets its workers work until `stop` is cancelled, as a running node does.
    pub async fn work(&self, stop: CancellationToken) {
        self.running().workers.run(stop).await;
    }

    /// Its settings.
    pub fn config(&self) -> Config {
        let folder = self.folder.path().display().to_string();
        let settings = [
            ("STOA_DATA", folder),
            ("DATABASE_URL", self.database.url.clone()),
            ("STOA_URL", self.origin()),
            ("STOA_DURABILITY", "normal".to_owned()),
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
}
