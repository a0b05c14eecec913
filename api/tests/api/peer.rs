//! Somebody of another server: a key that this node knows, and requests signed with it.

use domain::account::{KeyPair, Kind};
use domain::actor::{self, Remote};

use crate::node::{Call, Node};

const URI: &str = "https://beta.test/u/zoe";

/// An actor of another server.
pub(crate) struct Peer {
    keys: KeyPair,
}

impl Peer {
    /// Makes one and its key, and has the node know both.
    pub(crate) async fn known_to(node: &Node) -> Self {
        let keys = federation::key_pair().await.unwrap();
        let zoe = Remote {
            kind: Kind::Person,
            host: "beta.test".to_owned(),
            name: "zoe".to_owned(),
            uri: URI.to_owned(),
            url: URI.to_owned(),
            inbox: format!("{URI}/inbox"),
            shared_inbox: None,
            outbox: None,
            followers: None,
            title: String::new(),
            about: String::new(),
            about_html: String::new(),
            fields: Vec::new(),
            bot: false,
            key_id: format!("{URI}#main-key"),
            public_key: keys.public_pem.clone(),
            created_at: node.app.cx.now(),
            board: None,
            avatar_url: None,
        };
        let keep = node.app.cx.write(async |tx| actor::keep(tx, zoe).await);
        keep.await.unwrap();
        Self { keys }
    }

    /// The same request with its signature.
    pub(crate) async fn sign<'a>(&self, node: &Node, call: Call<'a>) -> Call<'a> {
        let key = (&*format!("{URI}#main-key"), &*self.keys.private_pem);
        let request = call.request();
        let url = format!("http://alpha.test{}", request.uri());
        let now = node.app.cx.now();
        let signed = federation::bench::signed(key, request.method(), &url, None, now);
        let headers = signed.await.unwrap();
        assert!(headers.contains_key("signature"));
        call.headers(headers)
    }
}
