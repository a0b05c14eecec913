//! A node for tests: a database of each engine, a clock that stands still until it is moved, keys that sign nothing.

use std::sync::{Arc, LazyLock};

use db::testing::TestDb;
use db::{Clock, Ids, Pooled, Timestamp};
use domain::account::{self, Account, Draft, KeyPair, Kind, PasswordHash};
use domain::actor::{self, BoardFacts, Remote};
use domain::board::{self, Board};
use domain::{
    Caller, Context, Event, Handle, Id, Result, Role, Site, Tx, Viewer, event, post, thread,
};
use jobs::Wake;

/// What every account of these tests signs in with.
pub const PASSWORD: &str = "correct horse battery";

/// Hashing takes long, so all accounts share one hash.
static HASH: LazyLock<PasswordHash> =
    LazyLock::new(|| account::hash_password(PASSWORD).expect("hashing works"));

/// A node.
pub struct World {
    pub cx: Context,
    /// Kept, because the database ends with it.
    pub test: TestDb,
}

impl World {
    /// A fresh node on each engine that is here.
    pub async fn each() -> Vec<Self> {
        let mut worlds = vec![Self::sqlite().await];
        if let Some(test) = TestDb::postgres().await {
            worlds.push(Self::on(test).await);
        }
        worlds
    }

    /// A fresh node on SQLite.
    pub async fn sqlite() -> Self {
        Self::on(TestDb::sqlite()).await
    }

    async fn on(test: TestDb) -> Self {
        let db = test.open().await;
        let clock = Clock::manual(Timestamp::parse("2026-11-20T10:00:00Z").unwrap());
        let ids = Ids::lease(&db, &clock).await.unwrap();
        let site = Arc::new(Site::new("https://pics.example"));
        let wake = Wake::default();
        let cx = Context {
            db,
            clock,
            ids,
            site,
            wake,
        };
        Self { cx, test }
    }

    /// The same node with other settings.
    pub fn set(&mut self, change: impl FnOnce(&mut Site)) {
        let mut site = (*self.cx.site).clone();
        change(&mut site);
        self.cx.site = Arc::new(site);
    }

    /// Moves the clock ahead; microseconds.
    pub fn advance(&self, micros: i64) {
        self.cx.clock.advance(micros);
    }

    /// A connection for reading.
    pub async fn read(&self) -> Pooled {
        self.cx.read().await.unwrap()
    }

    /// One transaction.
    pub async fn write<T>(&self, body: impl AsyncFnOnce(&mut Tx) -> Result<T>) -> Result<T> {
        self.cx.write(body).await
    }

    /// An account of this node that reads and posts.
    pub async fn member(&self, name: &str) -> Caller {
        self.account(name, Role::Member).await
    }

    /// An account of this node that runs it.
    pub async fn admin(&self, name: &str) -> Caller {
        self.account(name, Role::Admin).await
    }

    async fn account(&self, name: &str, role: Role) -> Caller {
        let hash = hash();
        self.write(async |tx| account::create(tx, draft(name), role, keys(), hash).await)
            .await
            .unwrap()
    }

    /// A thread on a board.
    pub async fn thread(&self, author: &Caller, board: &Board, body: &str) -> Id {
        let (of, body) = (handle(&board.acct()), body.to_owned());
        let draft = thread::Draft {
            body,
            ..thread::Draft::default()
        };
        self.write(async |tx| thread::start(tx, author, &of, draft).await)
            .await
            .unwrap()
    }

    /// A reply to a thread.
    pub async fn reply(&self, author: &Caller, thread: Id, body: &str) -> Id {
        let draft = post::Draft {
            body: body.to_owned(),
            ..post::Draft::default()
        };
        self.write(async |tx| post::submit(tx, author, thread, draft).await)
            .await
            .unwrap()
    }

    /// A board of this node.
    pub async fn board(&self, name: &str, admin: &Caller) -> Board {
        let draft = board::Draft {
            name: name.to_owned(),
            title: format!("The board {name}"),
            ..board::Draft::default()
        };
        self.write(async |tx| board::create(tx, admin, draft, keys()).await)
            .await
            .unwrap()
    }

    /// An account of another node.
    pub async fn stranger(&self, name: &str, host: &str) -> Account {
        let remote = remote(Kind::Person, name, host);
        self.write(async |tx| actor::keep(tx, remote).await)
            .await
            .unwrap()
    }

    /// A board of another node.
    pub async fn far_board(&self, name: &str, host: &str) -> Board {
        let remote = remote(Kind::Board, name, host);
        let actor = self
            .write(async |tx| actor::keep(tx, remote).await)
            .await
            .unwrap();
        let mut conn = self.read().await;
        board::by_id(&mut conn, actor.id, &Viewer::Visitor)
            .await
            .unwrap()
    }

    /// What happened since this was asked last, in order.
    pub async fn events(&self) -> Vec<Event> {
        let now = self.cx.now();
        let mut done = Vec::new();
        loop {
            let claimed = self
                .write(async |tx| {
                    let queue = event::FEDERATION;
                    let claimed = jobs::claim(&mut tx.conn, queue, now, db::MINUTE, 100).await?;
                    for job in &claimed {
                        jobs::finish(&mut tx.conn, job.id).await?;
                    }
                    Ok(claimed)
                })
                .await
                .unwrap();
            if claimed.is_empty() {
                break;
            }
            done.extend(claimed);
        }
        done.sort_by_key(|job| job.id);
        let parsed = done.iter().map(|job| serde_json::from_str(&job.payload));
        parsed.map(std::result::Result::unwrap).collect()
    }
}

/// The hash of [`PASSWORD`].
pub fn hash() -> PasswordHash {
    HASH.clone()
}

/// A sign-up.
pub fn draft(name: &str) -> Draft {
    Draft {
        name: name.to_owned(),
        password: PASSWORD.to_owned(),
        email: None,
    }
}

/// Keys that look like keys.
pub fn keys() -> KeyPair {
    let pem =
        |kind: &str| format!("-----BEGIN {kind} KEY-----\nZmFrZQ==\n-----END {kind} KEY-----\n");
    KeyPair {
        public_pem: pem("PUBLIC"),
        private_pem: pem("PRIVATE"),
    }
}

/// What another node says about one of its actors.
pub fn remote(kind: Kind, name: &str, host: &str) -> Remote {
    let folder = if kind == Kind::Board { "b" } else { "u" };
    let uri = format!("https://{host}/{folder}/{name}");
    Remote {
        kind,
        host: host.to_owned(),
        name: name.to_owned(),
        url: uri.clone(),
        inbox: format!("{uri}/inbox"),
        shared_inbox: Some(format!("https://{host}/inbox")),
        outbox: Some(format!("{uri}/outbox")),
        followers: Some(format!("{uri}/followers")),
        title: String::new(),
        about: String::new(),
        about_html: String::new(),
        fields: Vec::new(),
        bot: false,
        key_id: format!("{uri}#main-key"),
        public_key: keys().public_pem,
        created_at: Timestamp::parse("2026-01-01T00:00:00Z").unwrap(),
        board: (kind == Kind::Board).then(BoardFacts::default),
        avatar_url: None,
        uri,
    }
}

/// A handle as this node reads it.
pub fn handle(text: &str) -> Handle {
    Handle::parse(text, &Site::new("https://pics.example")).unwrap()
}
