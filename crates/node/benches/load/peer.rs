//! A foreign server as far as a load run needs one: its key, its actors as a node knows them, its signed requests.

use aws_lc_rs::encoding::{AsDer, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_SHA256};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use db::Timestamp;
use domain::account::Kind;
use domain::actor::{self, Remote};
use domain::{Context, Id, follow};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::place::HOST;

pub(crate) struct Peer {
    key: KeyPair,
    pem: String,
}

impl Peer {
    pub(crate) fn new() -> Self {
        let key = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let der = AsDer::<PublicKeyX509Der<'_>>::as_der(key.public_key()).unwrap();
        let pem = format!(
            "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
            STANDARD.encode(der.as_ref())
        );
        Self { key, pem }
    }

    /// Makes `name` at `host` known to the node, as if its document had been read just now; answers its id.
    pub(crate) async fn introduce(&self, cx: &Context, host: &str, name: &str) -> Id {
        let uri = format!("http://{host}/u/{name}");
        let remote = Remote {
            kind: Kind::Person,
            host: host.into(),
            name: name.into(),
            url: uri.clone(),
            inbox: format!("{uri}/inbox"),
            shared_inbox: Some(format!("http://{host}/inbox")),
            outbox: None,
            followers: None,
            title: name.into(),
            about: String::new(),
            about_html: String::new(),
            fields: Vec::new(),
            bot: false,
            key_id: format!("{uri}#main-key"),
            public_key: self.pem.clone(),
            created_at: cx.now(),
            board: None,
            avatar_url: None,
            uri,
        };
        let kept = cx.write(async |tx| actor::keep(tx, remote).await);
        kept.await.unwrap().id
    }

    /// Has an actor of `host` follow `target`.
    pub(crate) async fn follow(&self, cx: &Context, host: &str, target: Id, target_uri: &str) {
        let follower = self.introduce(cx, host, "follower").await;
        let uri = format!("http://{host}/follows/1");
        let activity = json!({"id": uri, "type": "Follow", "actor": format!("http://{host}/u/follower"), "object": target_uri});
        let asked = cx.write(async |tx| {
            follow::arrived(tx, follower, target, &uri, activity.to_string()).await
        });
        asked.await.unwrap();
    }

    /// The bytes of a request that delivers the activity to the node's shared inbox.
    pub(crate) fn letter(&self, activity: &Value, now: Timestamp) -> Vec<u8> {
        let body = activity.to_string();
        let seconds = u64::try_from(now.seconds()).unwrap();
        let moment = std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds);
        let date = httpdate::fmt_http_date(moment);
        let digest = format!(
            "SHA-256={}",
            STANDARD.encode(Sha256::digest(body.as_bytes()))
        );
        let lines =
            format!("(request-target): post /inbox\nhost: {HOST}\ndate: {date}\ndigest: {digest}");
        let mut signature = vec![0; self.key.public_modulus_len()];
        self.key
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                lines.as_bytes(),
                &mut signature,
            )
            .unwrap();
        format!(
            "POST /inbox HTTP/1.1\r\nhost: {HOST}\r\ndate: {date}\r\ndigest: {digest}\r\n\
             content-type: application/activity+json\r\nsignature: keyId=\"{}#main-key\",algorithm=\"rsa-sha256\",\
             headers=\"(request-target) host date digest\",signature=\"{}\"\r\ncontent-length: {}\r\n\r\n{body}",
            activity["actor"].as_str().unwrap(),
            STANDARD.encode(signature),
            body.len()
        )
        .into_bytes()
    }
}
