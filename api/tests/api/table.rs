//! Who may do what: every operation of the document × {visitor, member, moderator of the board, admin of the node,
//! somebody banned, a peer that signs its requests} → status.

use domain::session::Scope;
use http::Method;
use serde_json::{Value, json};

use crate::node::Node;
use crate::peer::Peer;
use crate::people::{PASSWORD, Person};
use crate::pictures;

/// What an operation is tried on; made anew for each try.
#[derive(Clone, Copy, PartialEq)]
enum Target {
    /// Nothing.
    None,
    /// A reply of somebody else.
    Reply,
    /// A thread of somebody else.
    Thread,
    /// A picture somebody else uploaded.
    Picture,
    /// Another session of the caller.
    Session,
    /// Somebody who moderates the board.
    Moderator,
    /// A report of somebody else about a reply on the board.
    Report,
    /// Somebody who is banned from the board.
    Banned,
    /// Somebody who is banned from the server.
    Outcast,
    /// A job that waits.
    Job,
}

struct Row {
    method: &'static str,
    path: &'static str,
    target: Target,
    body: Option<Value>,
    /// Of the visitor, the member, the moderator and the admin. A peer is a visitor here, whatever it signs.
    statuses: [u16; 4],
    /// Where it is not the member's: that of a member who is banned from the server.
    banned: Option<u16>,
}

impl Row {
    /// Who is banned may not.
    fn without_banned(self) -> Self {
        Self {
            banned: Some(403),
            ..self
        }
    }

    fn expected(&self) -> [u16; 6] {
        let [visitor, member, moderator, admin] = self.statuses;
        let banned = self.banned.unwrap_or(member);
        [visitor, member, moderator, admin, banned, visitor]
    }
}

fn row(
    method: &'static str,
    path: &'static str,
    target: Target,
    body: Option<Value>,
    statuses: [u16; 4],
) -> Row {
    Row {
        method,
        path,
        target,
        body,
        statuses,
        banned: None,
    }
}

const ALL: [u16; 4] = [200; 4];
const SIGNED_IN: [u16; 4] = [401, 200, 200, 200];
const SIGNED_IN_DONE: [u16; 4] = [401, 204, 204, 204];
const ADMINS: [u16; 4] = [401, 403, 403, 200];
const ADMINS_DONE: [u16; 4] = [401, 403, 403, 204];
const MODERATORS: [u16; 4] = [401, 403, 200, 200];
const MODERATORS_DONE: [u16; 4] = [401, 403, 204, 204];

#[expect(clippy::too_many_lines, reason = "one row for each operation")]
fn rows() -> Vec<Row> {
    use Target::{
        Banned, Job, Moderator, None as Nothing, Outcast, Picture, Reply, Report, Session, Thread,
    };
    let some = |body: Value| Some(body);
    vec![
        row("GET", "/instance", Nothing, None, ALL),
        row(
            "POST",
            "/accounts",
            Nothing,
            some(json!({"name": "{new}", "password": PASSWORD})),
            [201; 4],
        ),
        row("GET", "/accounts/me", Nothing, None, SIGNED_IN),
        row(
            "PATCH",
            "/accounts/me",
            Nothing,
            some(json!({"bio": "x"})),
            SIGNED_IN,
        ),
        row(
            "PUT",
            "/accounts/me/password",
            Nothing,
            some(json!({"current": PASSWORD, "new": PASSWORD})),
            SIGNED_IN_DONE,
        ),
        row(
            "POST",
            "/session",
            Nothing,
            some(json!({"name": "author", "password": PASSWORD})),
            ALL,
        ),
        row("DELETE", "/session", Nothing, None, SIGNED_IN_DONE),
        row("GET", "/sessions", Nothing, None, SIGNED_IN),
        row("DELETE", "/sessions/{id}", Session, None, SIGNED_IN_DONE),
        row("GET", "/accounts/{name}", Nothing, None, ALL),
        row("GET", "/accounts/{name}/posts", Nothing, None, ALL),
        row("GET", "/accounts/{name}/follow", Nothing, None, SIGNED_IN),
        row("PUT", "/accounts/{name}/follow", Nothing, None, SIGNED_IN),
        row(
            "DELETE",
            "/accounts/{name}/follow",
            Nothing,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/boards", Nothing, None, ALL),
        row(
            "POST",
            "/boards",
            Nothing,
            some(json!({"name": "{new}"})),
            [401, 403, 403, 201],
        ),
        row("GET", "/boards/{board}", Nothing, None, ALL),
        row(
            "PATCH",
            "/boards/{board}",
            Nothing,
            some(json!({"title": "x"})),
            MODERATORS,
        ),
        row("GET", "/boards/{board}/follow", Nothing, None, SIGNED_IN),
        row("PUT", "/boards/{board}/follow", Nothing, None, SIGNED_IN),
        row(
            "DELETE",
            "/boards/{board}/follow",
            Nothing,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/boards/{board}/threads", Nothing, None, ALL),
        row(
            "POST",
            "/boards/{board}/threads",
            Nothing,
            some(json!({"body": "x"})),
            [401, 201, 201, 201],
        )
        .without_banned(),
        row("GET", "/boards/{board}/catalog", Nothing, None, ALL),
        row("GET", "/boards/{board}/log", Nothing, None, ALL),
        row("GET", "/boards/{board}/moderators", Nothing, None, ALL),
        row(
            "GET",
            "/boards/{board}/moderators/{name}",
            Moderator,
            None,
            ALL,
        ),
        row(
            "PUT",
            "/boards/{board}/moderators/{name}",
            Nothing,
            None,
            MODERATORS_DONE,
        ),
        row(
            "DELETE",
            "/boards/{board}/moderators/{name}",
            Moderator,
            None,
            MODERATORS_DONE,
        ),
        row("GET", "/threads/{id}", Thread, None, ALL),
        row("GET", "/threads/{id}/posts", Thread, None, ALL),
        row(
            "POST",
            "/threads/{id}/posts",
            Thread,
            some(json!({"body": "x"})),
            [401, 201, 201, 201],
        )
        .without_banned(),
        row(
            "PUT",
            "/threads/{id}/lock",
            Thread,
            some(json!({"value": true})),
            MODERATORS,
        ),
        row(
            "PUT",
            "/threads/{id}/pin",
            Thread,
            some(json!({"value": true})),
            MODERATORS,
        ),
        row("GET", "/watching", Nothing, None, SIGNED_IN),
        row("PUT", "/threads/{id}/watch", Thread, None, SIGNED_IN),
        row(
            "DELETE",
            "/threads/{id}/watch",
            Thread,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/posts/{id}", Reply, None, ALL),
        row(
            "PATCH",
            "/posts/{id}",
            Reply,
            some(json!({"body": "y"})),
            [401, 403, 403, 403],
        ),
        row("DELETE", "/posts/{id}", Reply, None, [401, 403, 403, 403]),
        row(
            "DELETE",
            "/posts/{id}",
            Reply,
            some(json!({"reason": "x"})),
            MODERATORS_DONE,
        ),
        row("GET", "/posts/{id}/history", Reply, None, ALL),
        row("GET", "/posts/{id}/delivery", Reply, None, ALL),
        row(
            "PUT",
            "/posts/{id}/vote",
            Reply,
            some(json!({"value": 1})),
            SIGNED_IN,
        )
        .without_banned(),
        row("POST", "/media", Nothing, None, [401, 201, 201, 201]).without_banned(),
        row("GET", "/media/{id}", Picture, None, ALL),
        row(
            "PATCH",
            "/media/{id}",
            Picture,
            some(json!({"alt": "x"})),
            [401, 404, 404, 404],
        ),
        row("DELETE", "/media/{id}", Picture, None, [401, 404, 404, 404]),
        row("GET", "/feeds/home", Nothing, None, SIGNED_IN),
        row("GET", "/feeds/local", Nothing, None, ALL),
        row("GET", "/feeds/all", Nothing, None, ALL),
        row("GET", "/feeds/images", Nothing, None, ALL),
        row("GET", "/boards/{board}/gallery", Nothing, None, ALL),
        row("GET", "/tags", Nothing, None, ALL),
        row("GET", "/tags/{tag}", Nothing, None, ALL),
        row("GET", "/tags/{tag}/posts", Nothing, None, ALL),
        row("GET", "/tags/{tag}/follow", Nothing, None, SIGNED_IN),
        row("PUT", "/tags/{tag}/follow", Nothing, None, SIGNED_IN),
        row(
            "DELETE",
            "/tags/{tag}/follow",
            Nothing,
            None,
            SIGNED_IN_DONE,
        ),
        row("GET", "/tags/{tag}/mute", Nothing, None, SIGNED_IN),
        row("PUT", "/tags/{tag}/mute", Nothing, None, SIGNED_IN),
        row("DELETE", "/tags/{tag}/mute", Nothing, None, SIGNED_IN_DONE),
        row("GET", "/search", Nothing, None, ALL),
        row(
            "POST",
            "/resolve",
            Nothing,
            some(json!({"uri": "author"})),
            SIGNED_IN,
        ),
        row("GET", "/log", Nothing, None, ALL),
        row(
            "PUT",
            "/threads/{id}/board",
            Thread,
            some(json!({"board": "photo"})),
            MODERATORS,
        ),
        row("GET", "/boards/{board}/bans", Nothing, None, MODERATORS),
        row(
            "PUT",
            "/boards/{board}/bans/{name}",
            Nothing,
            some(json!({"reason": "x", "until": "2030-01-01T00:00:00Z"})),
            MODERATORS_DONE,
        ),
        row(
            "DELETE",
            "/boards/{board}/bans/{name}",
            Banned,
            None,
            MODERATORS_DONE,
        ),
        row("GET", "/admin/bans", Nothing, None, ADMINS),
        row(
            "PUT",
            "/admin/bans/{name}",
            Nothing,
            some(json!({"reason": "x"})),
            ADMINS_DONE,
        ),
        row("DELETE", "/admin/bans/{name}", Outcast, None, ADMINS_DONE),
        row(
            "POST",
            "/reports",
            Reply,
            some(json!({"post": "{id}", "reason": "x"})),
            [401, 201, 201, 201],
        )
        .without_banned(),
        row("GET", "/admin/reports", Nothing, None, MODERATORS),
        row("GET", "/admin/reports/{id}", Report, None, MODERATORS),
        row(
            "PUT",
            "/admin/reports/{id}",
            Report,
            some(json!({"state": "resolved"})),
            MODERATORS,
        ),
        row(
            "PUT",
            "/admin/accounts/{name}",
            Nothing,
            some(json!({"state": "active"})),
            ADMINS,
        ),
        row(
            "PUT",
            "/admin/peers/{host}",
            Nothing,
            some(json!({"policy": "suspended", "reason": "x"})),
            ADMINS,
        ),
        row(
            "DELETE",
            "/admin/media/{sha256}",
            Nothing,
            some(json!({"reason": "x"})),
            ADMINS,
        ),
        row("GET", "/peers", Nothing, None, ALL),
        row("GET", "/peers/{host}", Nothing, None, ALL),
        row("GET", "/admin/site", Nothing, None, ADMINS),
        row(
            "PATCH",
            "/admin/site",
            Nothing,
            some(json!({"description": "x"})),
            ADMINS,
        ),
        row("GET", "/admin/accounts", Nothing, None, ADMINS),
        row(
            "PUT",
            "/admin/accounts/{name}/role",
            Nothing,
            some(json!({"role": "member", "reason": "x"})),
            ADMINS_DONE,
        ),
        row("GET", "/admin/jobs", Nothing, None, ADMINS),
        row("GET", "/admin/queues", Nothing, None, ADMINS),
        row("POST", "/admin/jobs/{id}/retry", Job, None, ADMINS),
        row(
            "DELETE",
            "/admin/jobs/{id}",
            Job,
            some(json!({"reason": "x"})),
            ADMINS_DONE,
        ),
        row(
            "POST",
            "/admin/peers/{host}/retry",
            Nothing,
            None,
            ADMINS_DONE,
        ),
        row("GET", "/admin/audit", Nothing, None, ADMINS),
    ]
}

/// A node with a board, its author and those who try; nobody stands for who has no token.
struct Scene {
    node: Node,
    author: Person,
    thread: String,
    tries: [Option<Person>; 6],
    peer: Peer,
}

/// Where the peer stands among those who try.
const PEER: usize = 5;

impl Scene {
    async fn new() -> Self {
        let node = Node::sqlite().await;
        let admin = node.admin("admin").await;
        let (member, moderator) = (node.member("member").await, node.member("moderator").await);
        let author = node.member("author").await;
        node.member("author2").await;
        for board in ["art", "photo"] {
            node.board(&admin, board).await;
            let path = format!("/boards/{board}/moderators/moderator");
            node.call(Method::PUT, &path).by(&admin).expect(204).await;
        }
        node.app
            .cx
            .write(async |tx| domain::peer::meet(tx, "beta.test").await)
            .await
            .unwrap();
        let thread = node.thread(&author, "art", "opening").await;
        let banned = node.member("banned").await;
        let ban = node.put("/admin/bans/banned", json!({"reason": "x"}));
        ban.by(&admin).expect(204).await;
        let peer = Peer::known_to(&node).await;
        Self {
            node,
            author,
            thread,
            tries: [
                None,
                Some(member),
                Some(moderator),
                Some(admin),
                Some(banned),
                None,
            ],
            peer,
        }
    }

    /// The id of a fresh target.
    async fn target(&self, row: &Row, by: Option<&Person>) -> String {
        let node = &self.node;
        match row.target {
            Target::None => String::new(),
            Target::Reply => node.reply(&self.author, &self.thread, "target").await,
            Target::Moderator => {
                let path = "/boards/art/moderators/author";
                let admin = node
                    .token(self.tries[3].as_ref().unwrap(), &Scope::ALL)
                    .await;
                node.call(Method::PUT, path).by(&admin).expect(204).await;
                String::new()
            }
            Target::Report => {
                let reply = node.reply(&self.author, &self.thread, "target").await;
                let draft = json!({"post": reply, "reason": "x"});
                let filed = node.post("/reports", draft).by(&self.author);
                filed.expect(201).await.id()
            }
            Target::Banned => self.ban("/boards/art/bans/author").await,
            Target::Outcast => self.ban("/admin/bans/author").await,
            Target::Job => self.job().await,
            Target::Thread => node.thread(&self.author, "art", "target").await,
            Target::Picture => self.picture(row).await,
            Target::Session => {
                let Some(by) = by else {
                    return "17".to_owned();
                };
                let fresh = node.token(by, &Scope::ALL).await;
                let list = node.get("/sessions").by(&fresh).expect(200).await;
                let current = list
                    .items()
                    .iter()
                    .find(|session| session["current"] == true);
                current.unwrap()["id"].as_str().unwrap().to_owned()
            }
        }
    }

    /// Somebody else is banned; the author goes on posting for the other rows.
    async fn ban(&self, path: &str) -> String {
        let admin = self.tries[3].as_ref().unwrap();
        let admin = self.node.token(admin, &Scope::ALL).await;
        let path = path.replace("author", "author2");
        let body = json!({"reason": "x"});
        self.node.put(&path, body).by(&admin).expect(204).await;
        String::new()
    }

    /// A job that waits: nobody works in these tests, so what follows from a reply is one.
    async fn job(&self) -> String {
        self.node.reply(&self.author, &self.thread, "work").await;
        let admin = self.tries[3].as_ref().unwrap();
        let admin = self.node.token(admin, &Scope::ALL).await;
        let list = self.node.get("/admin/jobs?queue=outbox&limit=1");
        let list = list.by(&admin).expect(200).await;
        list.items()[0]["id"].as_str().unwrap().to_owned()
    }

    /// A picture of a post where it is to be seen, a loose one where not.
    async fn picture(&self, row: &Row) -> String {
        let id = self
            .node
            .upload(&self.author, &pictures::png(1), &[])
            .await
            .id();
        if row.method == "GET" {
            let path = format!("/threads/{}/posts", self.thread);
            self.node
                .post(&path, json!({"media": [id]}))
                .by(&self.author)
                .expect(201)
                .await;
        }
        id
    }

    async fn attempt(&self, row: &Row, nth: usize) -> u16 {
        let by = self.tries[nth].as_ref();
        let id = self.target(row, by).await;
        let path = row.path.replace("{id}", &id).replace("{board}", "art");
        let path = path.replace("{sha256}", &"0".repeat(64));
        let name = if row.path.contains("/bans/") {
            "author2"
        } else {
            "author"
        };
        let path = path
            .replace("{name}", name)
            .replace("{tag}", "film")
            .replace("{host}", "beta.test");
        let mut call = self.node.call(row.method.parse().unwrap(), &path);
        if let Some(by) = by {
            call = call.by(&self.node.token(by, &Scope::ALL).await);
        }
        if nth == PEER {
            call = self.peer.sign(&self.node, call).await;
        }
        if let Some(body) = &row.body {
            let text = body
                .to_string()
                .replace("{new}", &format!("new{nth}{}", row.path.len()))
                .replace("{id}", &id);
            call = call.bytes("application/json", text.into_bytes());
        } else if row.path == "/media" {
            call = call.form(pictures::form(Some(&pictures::png(2)), &[]));
        }
        call.send().await.status.as_u16()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_do_what() {
    let scene = Scene::new().await;
    let rows = rows();
    let mut wrong = Vec::new();
    for row in &rows {
        let mut found = [0; 6];
        for (nth, status) in found.iter_mut().enumerate() {
            *status = scene.attempt(row, nth).await;
        }
        if found != row.expected() {
            wrong.push(format!(
                "{} {}: {found:?}, not {:?}",
                row.method,
                row.path,
                row.expected()
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "visitor, member, moderator, admin, banned, peer:\n{}",
        wrong.join("\n")
    );
    for operation in &scene.node.operations {
        let path = operation.path.replace("/api/stoa/v1", "");
        let here = rows
            .iter()
            .any(|row| row.method == operation.method.as_str() && row.path == path);
        assert!(
            here,
            "{} {path} is missing from this table",
            operation.method
        );
    }
    assert!(
        rows.len() > scene.node.operations.len(),
        "the table names operations that are not there"
    );
}
