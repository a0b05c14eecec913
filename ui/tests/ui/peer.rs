//! Somebody of another server: a key that this node knows, and requests signed with it.

use domain::account::{KeyPair, Kind};
use domain::actor::{self, Remote};
use http::{HeaderMap, Method};
use web::App;

use crate::site::ORIGIN;

const URI: &str = "https://far.test/u/zoe";

/// An actor of another server.
pub(crate) struct Peer {
    keys: KeyPair,
    app: App,
}

impl Peer {
    /// Makes one and its key, and has the node know both.
    pub(crate) async fn known_to(app: &App) -> Self {
        let keys = federation::key_pair().await.unwrap();
        let zoe = Remote {
            kind: Kind::Person,
            host: "far.test".to_owned(),
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
            created_at: app.cx.now(),
            board: None,
            avatar_url: None,
        };
        let keep = app.cx.write(async |tx| actor::keep(tx, zoe).await);
        keep.await.unwrap();
        Self {
            keys,
            app: app.clone(),
        }
    }

    /// The headers that sign a request.
    pub(crate) async fn sign(&self, method: &Method, address: &str) -> HeaderMap {
        let key_id = format!("{URI}#main-key");
        let key = (key_id.as_str(), self.keys.private_pem.as_str());
        let url = format!("{ORIGIN}{address}");
        let signed = federation::bench::signed(key, method, &url, None, self.app.cx.now());
        let headers = signed.await.unwrap();
        assert!(headers.contains_key("signature"));
        headers
    }
}
