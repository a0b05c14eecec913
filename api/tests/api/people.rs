//! The people of the tests. Accounts are made through the API; admins and narrow tokens as the command line makes them.

use domain::session::{self, Kind, Scope};
use domain::{Role, account};
use serde_json::json;

use crate::node::Node;

pub(crate) const PASSWORD: &str = "correct horse battery";

/// Somebody with a token.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) token: String,
}

impl Node {
    /// A new account.
    pub(crate) async fn member(&self, name: &str) -> Person {
        let body = json!({"name": name, "password": PASSWORD});
        let answer = self.post("/accounts", body).expect(201).await;
        Person {
            name: name.to_owned(),
            token: answer.text("token"),
        }
    }

    /// A new account that runs the node.
    pub(crate) async fn admin(&self, name: &str) -> Person {
        let person = self.member(name).await;
        let caller = account::caller(&mut self.app.cx.read().await.unwrap(), name)
            .await
            .unwrap();
        let write = self
            .app
            .cx
            .write(async |tx| account::set_role(tx, caller.id, Role::Admin).await);
        write.await.unwrap();
        person
    }

    /// Another token of the same account, for these scopes.
    pub(crate) async fn token(&self, person: &Person, scopes: &[Scope]) -> Person {
        let cx = &self.app.cx;
        let caller = account::caller(&mut cx.read().await.unwrap(), &person.name)
            .await
            .unwrap();
        let open =
            cx.write(async |tx| session::open(tx, caller.id, Kind::Token, scopes, "test").await);
        let (token, _) = open.await.unwrap();
        Person {
            name: person.name.clone(),
            token,
        }
    }

    /// A board of this node.
    pub(crate) async fn board(&self, admin: &Person, name: &str) {
        self.post("/boards", json!({"name": name, "title": name}))
            .by(admin)
            .expect(201)
            .await;
    }

    /// A thread; answers its id.
    pub(crate) async fn thread(&self, by: &Person, board: &str, body: &str) -> String {
        let draft = json!({"body": body});
        let path = format!("/boards/{board}/threads");
        self.post(&path, draft).by(by).expect(201).await.id()
    }

    /// A reply; answers its id.
    pub(crate) async fn reply(&self, by: &Person, thread: &str, body: &str) -> String {
        let path = format!("/threads/{thread}/posts");
        self.post(&path, json!({"body": body}))
            .by(by)
            .expect(201)
            .await
            .id()
    }
}
