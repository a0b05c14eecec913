//! Who may do what: every operation of the document × {visitor, member, moderator of the board, admin of the node,
//! somebody banned, a peer that signs its requests} → status.

mod rows;

use domain::session::Scope;
use http::Method;
use serde_json::json;

use crate::node::Node;
use crate::peer::Peer;
use crate::people::Person;
use crate::pictures;
use rows::{Row, Target, rows};

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
