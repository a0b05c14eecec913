//! Somebody with an account, who does over HTTP what people do: the public REST API and nothing else.
//!
//! Called by `demo`, which tells who does what when.

use anyhow::{Context as _, bail};
use reqwest::{Client, Method};
use serde::Deserialize;
use serde_json::{Value, json};

use super::paint::Painting;

/// The password of every account of the demo.
pub(crate) const PASSWORD: &str = "three-nodes-in-a-row";

/// What stands between the parts of an upload; no picture contains it by chance.
const BOUNDARY: &str = "stoa-demo-9f1c5e7a2b";

/// A post as its author's node answered it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Made {
    /// Its id on the author's node.
    pub(crate) id: String,
    /// Its ActivityPub id.
    pub(crate) uri: String,
    /// Its number, where the board is of this node.
    pub(crate) no: Option<i64>,
}

/// A signed-in person.
pub(crate) struct Person {
    /// Which of the nodes.
    pub(crate) node: usize,
    api: String,
    token: String,
    http: Client,
}

/// A client for people and for those who watch.
///
/// # Errors
/// The system gives no sockets.
#[expect(
    clippy::disallowed_methods,
    reason = "the demo is a visitor of its nodes, not a node that speaks to peers"
)]
pub(crate) fn client() -> anyhow::Result<Client> {
    // Everything is plain HTTP on this machine: no certificates are needed, and there may be none.
    let client = Client::builder()
        .tls_certs_only([])
        .no_proxy()
        .timeout(std::time::Duration::from_secs(60));
    Ok(client.build()?)
}

impl Person {
    /// Makes an account and signs in.
    pub(crate) async fn sign_up(
        http: &Client,
        node: usize,
        origin: &str,
        name: &str,
    ) -> anyhow::Result<Self> {
        Self::enter(http, node, origin, name, "/accounts").await
    }

    /// Signs in to an account that is there.
    pub(crate) async fn sign_in(
        http: &Client,
        node: usize,
        origin: &str,
        name: &str,
    ) -> anyhow::Result<Self> {
        Self::enter(http, node, origin, name, "/session").await
    }

    async fn enter(
        http: &Client,
        node: usize,
        origin: &str,
        name: &str,
        path: &str,
    ) -> anyhow::Result<Self> {
        let mut person = Self {
            node,
            api: format!("{origin}/api/stoa/v1"),
            token: String::new(),
            http: http.clone(),
        };
        let who = json!({"name": name, "password": PASSWORD});
        let entered = person.ask(Method::POST, path, &who).await?;
        person.token = text(&entered, "token")?;
        Ok(person)
    }

    /// Says who they are.
    pub(crate) async fn introduce(
        &self,
        display_name: &str,
        bio: &str,
        avatar: &str,
    ) -> anyhow::Result<()> {
        let profile = json!({"display_name": display_name, "bio": bio, "avatar": avatar});
        self.ask(Method::PATCH, "/accounts/me", &profile).await?;
        Ok(())
    }

    /// Makes a board.
    pub(crate) async fn make_board(
        &self,
        name: &str,
        title: &str,
        description: &str,
        avatar: &str,
    ) -> anyhow::Result<()> {
        let board = json!({"name": name, "title": title, "description": description});
        self.ask(Method::POST, "/boards", &board).await?;
        let picture = json!({"avatar": avatar});
        self.ask(Method::PATCH, &format!("/boards/{name}"), &picture)
            .await?;
        Ok(())
    }

    /// Follows something: `what` is `boards/art@host` or `accounts/anna@host`. Answers how far it is.
    pub(crate) async fn follow(&self, what: &str) -> anyhow::Result<String> {
        let path = format!("/{what}/follow");
        text(&self.ask(Method::PUT, &path, &Value::Null).await?, "state")
    }

    /// How far a follow is.
    pub(crate) async fn follow_state(&self, what: &str) -> anyhow::Result<String> {
        let path = format!("/{what}/follow");
        text(&self.ask(Method::GET, &path, &Value::Null).await?, "state")
    }

    /// Uploads a picture; answers its id.
    pub(crate) async fn upload(&self, painting: &Painting, alt: &str) -> anyhow::Result<String> {
        let mut body = Vec::with_capacity(painting.bytes.len() + 600);
        body.extend(
            format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"alt\"\r\n\r\n{alt}\r\n\
                 --{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
                 content-type: {}\r\n\r\n",
                painting.file, painting.mime
            )
            .into_bytes(),
        );
        body.extend(painting.bytes.iter());
        body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
        let request = self
            .http
            .post(format!("{}/media", self.api))
            .bearer_auth(&self.token)
            .header(
                "content-type",
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(body);
        text(&answer(request, "POST /media").await?, "id")
    }

    /// Opens a thread.
    pub(crate) async fn open(
        &self,
        board: &str,
        subject: &str,
        body: &str,
        media: &[String],
    ) -> anyhow::Result<Made> {
        let draft = json!({"subject": subject, "body": body, "media": media, "language": "en"});
        let path = format!("/boards/{board}/threads");
        let thread = self.ask(Method::POST, &path, &draft).await?;
        let opening = thread.pointer("/posts/0").cloned();
        let opening = opening.context("a thread without its opening post was answered")?;
        Ok(serde_json::from_value(opening)?)
    }

    /// Answers in a thread.
    pub(crate) async fn answer(
        &self,
        thread: &str,
        body: &str,
        media: &[String],
    ) -> anyhow::Result<Made> {
        let draft = json!({"body": body, "media": media, "language": "en"});
        let path = format!("/threads/{thread}/posts");
        let post = self.ask(Method::POST, &path, &draft).await?;
        Ok(serde_json::from_value(post)?)
    }

    /// Likes (1) or dislikes (-1).
    pub(crate) async fn vote(&self, post: &str, value: i64) -> anyhow::Result<()> {
        let path = format!("/posts/{post}/vote");
        self.ask(Method::PUT, &path, &json!({"value": value}))
            .await?;
        Ok(())
    }

    /// Changes the text of a post.
    pub(crate) async fn edit(&self, post: &str, body: &str) -> anyhow::Result<()> {
        let path = format!("/posts/{post}");
        self.ask(Method::PATCH, &path, &json!({"body": body}))
            .await?;
        Ok(())
    }

    /// Deletes an own post.
    pub(crate) async fn delete(&self, post: &str) -> anyhow::Result<()> {
        let path = format!("/posts/{post}");
        self.ask(Method::DELETE, &path, &Value::Null).await?;
        Ok(())
    }

    /// Turns on what a moderator may: `lock` or `pin`.
    pub(crate) async fn moderate(&self, thread: &str, what: &str) -> anyhow::Result<()> {
        let path = format!("/threads/{thread}/{what}");
        self.ask(Method::PUT, &path, &json!({"value": true}))
            .await?;
        Ok(())
    }

    async fn ask(&self, method: Method, path: &str, body: &Value) -> anyhow::Result<Value> {
        let what = format!("{method} {path}");
        let mut request = self.http.request(method, format!("{}{path}", self.api));
        if !self.token.is_empty() {
            request = request.bearer_auth(&self.token);
        }
        if !body.is_null() {
            request = request.json(body);
        }
        answer(request, &what).await
    }
}

/// The JSON that was answered; null where there is none.
async fn answer(request: reqwest::RequestBuilder, what: &str) -> anyhow::Result<Value> {
    let response = request
        .send()
        .await
        .with_context(|| format!("{what} was not answered"))?;
    let status = response.status();
    let body = response.text().await?;
    if !status.is_success() {
        bail!("{what} was refused with {status}: {body}");
    }
    if body.is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&body).with_context(|| format!("{what} did not answer JSON"))
}

fn text(value: &Value, name: &str) -> anyhow::Result<String> {
    let found = value.get(name).and_then(Value::as_str);
    Ok(found
        .with_context(|| format!("no {name:?} was answered"))?
        .to_owned())
}
