//! Somebody who uses a node through its public REST API.

use std::net::SocketAddr;

use serde_json::{Value, json};

/// An answer of the API.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its status.
    pub status: u16,
    /// Its body; `null` where there is none.
    pub body: Value,
}

impl Answer {
    /// The text at this key.
    pub fn text(&self, key: &str) -> String {
        self.body[key]
            .as_str()
            .unwrap_or_else(|| panic!("no {key} in {}", self.body))
            .to_owned()
    }
}

/// Somebody at one node, signed in or not.
#[derive(Clone)]
pub struct Person {
    /// The node.
    pub node: String,
    address: SocketAddr,
    token: Option<String>,
    client: reqwest::Client,
}

impl Person {
    pub(super) fn new(node: &str, address: SocketAddr, token: Option<String>) -> Self {
        Self {
            node: node.to_owned(),
            address,
            token,
            client: reqwest::Client::new(),
        }
    }

    pub(super) fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(reqwest::Method::GET, path, None).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(reqwest::Method::POST, path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        self.send(reqwest::Method::PUT, path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.send(reqwest::Method::PATCH, path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(reqwest::Method::DELETE, path, None).await
    }

    pub async fn delete_with(&self, path: &str, body: &Value) -> Answer {
        self.send(reqwest::Method::DELETE, path, Some(body)).await
    }

    /// A request outside the API, with these headers; the status, the headers and the text.
    pub async fn raw(
        &self,
        path: &str,
        accept: &str,
    ) -> (u16, reqwest::header::HeaderMap, Vec<u8>) {
        let url = format!("http://{}{path}", self.address);
        let answer = self
            .client
            .get(url)
            .header("accept", accept)
            .send()
            .await
            .unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.bytes().await.unwrap().to_vec())
    }

    /// Makes a board.
    pub async fn board(&self, name: &str) -> Answer {
        let answer = self
            .post(
                "/boards",
                &json!({"name": name, "title": name, "description": ""}),
            )
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer
    }

    /// Follows a board, here or elsewhere.
    pub async fn follow_board(&self, board: &str) {
        let answer = self
            .put(&format!("/boards/{board}/follow"), &json!({}))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Starts a thread; answers it.
    pub async fn thread(&self, board: &str, subject: &str, body: &str) -> Answer {
        self.thread_with(board, json!({"subject": subject, "body": body}))
            .await
    }

    /// Starts a thread of this shape.
    pub async fn thread_with(&self, board: &str, draft: Value) -> Answer {
        let answer = self.post(&format!("/boards/{board}/threads"), &draft).await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer
    }

    /// Answers in a thread.
    pub async fn reply(&self, thread: &str, body: &str) -> Answer {
        let answer = self
            .post(&format!("/threads/{thread}/posts"), &json!({"body": body}))
            .await;
        assert_eq!(answer.status, 201, "{}", answer.body);
        answer
    }

    /// Votes.
    pub async fn vote(&self, post: &str, value: i64) -> Answer {
        self.put(&format!("/posts/{post}/vote"), &json!({"value": value}))
            .await
    }

    /// Uploads a picture; its id.
    pub async fn upload(&self, name: &str, bytes: Vec<u8>, alt: &str) -> String {
        let file = reqwest::multipart::Part::bytes(bytes).file_name(name.to_owned());
        let form = reqwest::multipart::Form::new()
            .text("alt", alt.to_owned())
            .part("file", file);
        let url = format!("http://{}/api/stoa/v1/media", self.address);
        let mut request = self.client.post(url).multipart(form);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status();
        let body: Value = answer.json().await.unwrap();
        assert_eq!(status, 201, "{body}");
        body["id"].as_str().unwrap().to_owned()
    }

    /// Our copy of a foreign or own thing by its ActivityPub id, as this node lists it on its board; `None` where
    /// it is not here.
    pub async fn post_by_uri(&self, board: &str, uri: &str) -> Option<Value> {
        let threads = self
            .get(&format!("/boards/{board}/threads?limit=100"))
            .await;
        for thread in threads.body["items"].as_array()? {
            let id = thread["id"].as_str()?;
            let whole = self.get(&format!("/threads/{id}")).await;
            let posts = whole.body["posts"].as_array().cloned().unwrap_or_default();
            if let Some(post) = posts.into_iter().find(|post| post["uri"] == uri) {
                return Some(post);
            }
        }
        None
    }

    async fn send(&self, method: reqwest::Method, path: &str, body: Option<&Value>) -> Answer {
        let url = format!("http://{}/api/stoa/v1{path}", self.address);
        let mut request = self.client.request(method, url);
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        Answer {
            status,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
        }
    }
}
