//! A server that a test plays itself: it has a key, shows documents, and signs as well or as badly as it is told.
//!
//! Its signatures are made here with a library of their own, so that a mistake of ours is not made twice.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::net::{Net, Node};

pub const ACTIVITY: &str = "application/activity+json";

type Shown = Arc<Mutex<HashMap<String, (u16, String, String)>>>;

/// A server of the test's own.
pub struct Peer {
    /// Its host, e.g. `evil.test`.
    pub host: String,
    key: KeyPair,
    shown: Shown,
    asked: Arc<Mutex<Vec<String>>>,
}

/// A request that is about to be signed; change what shall be wrong.
pub struct Letter {
    pub body: String,
    pub date: String,
    pub digest: Option<String>,
    pub signed: Vec<&'static str>,
    pub key_id: String,
    /// More parameters of the signature header.
    pub extra: String,
    /// What is really sent, where it is not what was signed.
    pub sent: Option<String>,
}

impl Peer {
    /// Starts it under this name; nodes of the net find it.
    pub async fn start(net: &Net, host: &str) -> Self {
        let shown: Shown = Arc::default();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let state = (shown.clone(), asked.clone());
        let router = Router::new().fallback(answer).with_state(state);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address: SocketAddr = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        net.names().set(host, address);
        let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let peer = Self {
            host: host.to_owned(),
            key,
            shown,
            asked,
        };
        peer.actor("mallory");
        peer
    }

    pub fn uri(&self, path: &str) -> String {
        format!("http://{}{path}", self.host)
    }

    /// Shows a document at a path.
    pub fn show(&self, path: &str, document: &Value) {
        self.show_as(path, ACTIVITY, document.to_string());
    }

    /// Shows a text of any type at a path.
    pub fn show_as(&self, path: &str, kind: &str, text: String) {
        self.shown
            .lock()
            .unwrap()
            .insert(path.to_owned(), (200, kind.to_owned(), text));
    }

    /// Redirects a path.
    pub fn redirect(&self, path: &str, to: &str) {
        self.shown
            .lock()
            .unwrap()
            .insert(path.to_owned(), (302, to.to_owned(), String::new()));
    }

    /// Shows an actor of this name with the peer's key.
    pub fn actor(&self, name: &str) -> Value {
        let der = AsDer::<PublicKeyX509Der<'_>>::as_der(self.key.public_key()).unwrap();
        let base64 = STANDARD.encode(der.as_ref());
        let lines: Vec<&str> = base64
            .as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect();
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            lines.join("\n")
        );
        let uri = self.uri(&format!("/u/{name}"));
        let actor = json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": uri, "type": "Person", "preferredUsername": name, "name": name,
            "inbox": format!("{uri}/inbox"), "outbox": format!("{uri}/outbox"),
            "publicKey": {"id": format!("{uri}#main-key"), "owner": uri, "publicKeyPem": pem},
        });
        self.show(&format!("/u/{name}"), &actor);
        actor
    }

    /// The paths it was asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    /// A `Create` of a post by mallory on a board.
    pub fn create(&self, board: &str, number: u32) -> Value {
        let actor = self.uri("/u/mallory");
        let note = json!({
            "id": self.uri(&format!("/p/{number}")), "type": "Note", "attributedTo": actor,
            "name": format!("Subject {number}"), "content": format!("<p>text {number}</p>"),
            "published": "2026-11-20T09:59:00Z",
            "to": ["https://www.w3.org/ns/activitystreams#Public", board], "audience": board,
        });
        json!({
            "@context": "https://www.w3.org/ns/activitystreams",
            "id": self.uri(&format!("/activities/{number}")), "type": "Create", "actor": actor,
            "to": ["https://www.w3.org/ns/activitystreams#Public"], "cc": [board], "object": note,
        })
    }

    /// A letter in which everything is right.
    pub fn letter(&self, net: &Net, activity: &Value) -> Letter {
        let body = activity.to_string();
        Letter {
            date: imf(net.now()),
            digest: Some(digest(&body)),
            signed: vec!["(request-target)", "host", "date", "digest"],
            key_id: self.uri("/u/mallory#main-key"),
            extra: String::new(),
            sent: None,
            body,
        }
    }

    /// Signs and posts a letter to the node's shared inbox; the status and the problem's code.
    pub async fn post(&self, node: &Node, letter: &Letter) -> (u16, String) {
        let host = format!("{}.test", node.name);
        let lines: Vec<String> = letter
            .signed
            .iter()
            .map(|name| self.line(name, &host, letter))
            .collect();
        let mut signature = vec![0; self.key.public_modulus_len()];
        let random = SystemRandom::new();
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                lines.join("\n").as_bytes(),
                &mut signature,
            )
            .unwrap();
        let header = format!(
            "keyId=\"{}\",algorithm=\"rsa-sha256\",headers=\"{}\",signature=\"{}\"{}",
            letter.key_id,
            letter.signed.join(" "),
            STANDARD.encode(signature),
            letter.extra
        );
        let mut request = reqwest::Client::new()
            .post(format!("http://{}/inbox", node.address()))
            .header("host", host)
            .header("date", &letter.date)
            .header("content-type", ACTIVITY)
            .header("signature", header);
        if let Some(digest) = &letter.digest {
            request = request.header("digest", digest);
        }
        let body = letter.sent.clone().unwrap_or_else(|| letter.body.clone());
        let answer = request.body(body).send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        let problem: Value = serde_json::from_str(&text).unwrap_or_default();
        (
            status,
            problem["code"].as_str().unwrap_or_default().to_owned(),
        )
    }

    fn line(&self, name: &str, host: &str, letter: &Letter) -> String {
        match name {
            "(request-target)" => "(request-target): post /inbox".to_owned(),
            "(created)" => "(created): 18446744073709551615".to_owned(),
            "host" => format!("host: {host}"),
            "date" => format!("date: {}", letter.date),
            _ => format!("digest: {}", letter.digest.clone().unwrap_or_default()),
        }
    }
}

pub fn digest(body: &str) -> String {
    format!(
        "SHA-256={}",
        STANDARD.encode(Sha256::digest(body.as_bytes()))
    )
}

/// A moment as a `Date` header.
pub fn imf(moment: db::Timestamp) -> String {
    let seconds = u64::try_from(moment.seconds()).unwrap();
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds))
}

async fn answer(
    State((shown, asked)): State<(Shown, Arc<Mutex<Vec<String>>>)>,
    uri: Uri,
) -> Response {
    asked.lock().unwrap().push(uri.path().to_owned());
    let found = shown.lock().unwrap().get(uri.path()).cloned();
    let Some((status, kind, text)) = found else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut headers = HeaderMap::new();
    let name = if status == 302 {
        "location"
    } else {
        "content-type"
    };
    headers.insert(name, kind.parse().unwrap());
    (StatusCode::from_u16(status).unwrap(), headers, text).into_response()
}
