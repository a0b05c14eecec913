//! What was removed is read nowhere any more: not in what was sent about it, not by servers that were down, not on boards
//! elsewhere.

use serde_json::{Value, json};

use crate::net::{Held, Net, Person};
use crate::peer::ACTIVITY;

/// Where the board lives and where it is read, both ways: the second node is on PostgreSQL where there is one.
const WAYS: [(&str, &str); 2] = [("alpha", "beta"), ("beta", "alpha")];

/// A board with a thread, and somebody elsewhere who follows it.
struct Scene {
    net: Net,
    home: &'static str,
    away: &'static str,
    anna: Person,
    carl: Person,
    ben: Person,
    thread: String,
}

impl Scene {
    async fn new((home, away): (&'static str, &'static str)) -> Self {
        let net = Net::start(["alpha", "beta"]).await;
        let anna = net.node(home).admin("anna").await;
        let carl = net.node(home).person("carl").await;
        let ben = net.node(away).admin("ben").await;
        anna.board("art").await;
        let there = format!("art@{home}.test");
        ben.follow_board(&there).await;
        net.settle().await;
        let thread = anna.thread("art", "First light", "hello").await.text("id");
        net.settle().await;
        Self {
            net,
            home,
            away,
            anna,
            carl,
            ben,
            thread,
        }
    }

    /// What was posted to the other node since it was held.
    async fn sent(&self) -> Vec<Value> {
        self.net.settle().await;
        let held = self.net.release(self.away);
        held.iter().map(Held::document).collect()
    }

    /// The status of each of these documents of the board's node, by its address.
    async fn statuses(&self, documents: &[&Value]) -> Vec<u16> {
        let origin = format!("http://{}.test", self.home);
        let mut statuses = Vec::new();
        for document in documents {
            let path = document["id"].as_str().unwrap().strip_prefix(&origin);
            statuses.push(self.anna.raw(path.unwrap(), ACTIVITY).await.0);
        }
        statuses
    }

    /// The thread as it is seen where the board is read.
    async fn copy(&self) -> Value {
        let board = format!("/boards/art@{}.test/threads", self.home);
        let threads = self.ben.get(&board).await.body;
        let id = threads["items"][0]["id"].as_str().unwrap().to_owned();
        self.ben.get(&format!("/threads/{id}")).await.body
    }
}

fn is_secret(document: &Value) -> bool {
    document.to_string().contains("secret")
}

/// The types of what the announcements among these documents pass on.
fn passed_on(documents: &[Value]) -> Vec<&str> {
    let announced = documents.iter().filter(|one| one["type"] == "Announce");
    let inner = announced.map(|document| &document["object"]["type"]);
    inner.filter_map(Value::as_str).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_sent_about_a_post_is_gone_with_it() {
    for way in WAYS {
        let scene = Scene::new(way).await;
        let (net, anna, carl) = (&scene.net, &scene.anna, &scene.carl);
        net.hold(scene.away);
        let first = carl.reply(&scene.thread, "a secret").await.text("id");
        let second = carl.reply(&scene.thread, "no longer").await.text("id");
        let mut before = scene.sent().await;
        let edit = json!({"body": "another secret"});
        let edited = carl.patch(&format!("/posts/{second}"), &edit).await;
        assert_eq!(edited.status, 200, "{}", edited.body);
        anna.vote(&first, 1).await;
        before.extend(scene.sent().await);
        let mut kinds = passed_on(&before);
        kinds.sort_unstable();
        assert_eq!(kinds, ["Create", "Create", "Like", "Update"]);
        let (held, named): (Vec<&Value>, Vec<&Value>) = before
            .iter()
            .partition(|document| document["object"]["type"] != "Like");
        let inner: Vec<&Value> = held.iter().map(|document| &document["object"]).collect();
        assert_eq!(held.iter().filter(|one| is_secret(one)).count(), 2);
        assert_eq!(scene.statuses(&held).await, [200; 3]);
        assert_eq!(scene.statuses(&inner).await, [200; 3]);

        let deleted = carl.delete(&format!("/posts/{first}")).await;
        assert_eq!(deleted.status, 204, "{}", deleted.body);
        let removed = json!({"reason": "Rude"});
        let removed = anna
            .delete_with(&format!("/posts/{second}"), &removed)
            .await;
        assert_eq!(removed.status, 204, "{}", removed.body);
        assert_eq!(scene.statuses(&held).await, [410; 3]);
        assert_eq!(scene.statuses(&inner).await, [410; 3]);
        assert_eq!(scene.statuses(&named).await, [200]);

        let ends = scene.sent().await;
        assert_eq!(passed_on(&ends), ["Delete", "Delete"]);
        let ends: Vec<&Value> = ends.iter().collect();
        // The author's own, and what the board says of both.
        assert_eq!(scene.statuses(&ends).await, [200; 3]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_down_is_not_sent_what_was_removed_meanwhile() {
    for way in WAYS {
        let scene = Scene::new(way).await;
        let (net, anna, carl) = (&scene.net, &scene.anna, &scene.carl);
        net.sever(scene.away);
        let first = carl.reply(&scene.thread, "a secret").await.text("id");
        let second = carl.reply(&scene.thread, "another secret").await.text("id");
        carl.reply(&scene.thread, "this stays").await;
        net.settle().await;
        let deleted = carl.delete(&format!("/posts/{first}")).await;
        assert_eq!(deleted.status, 204, "{}", deleted.body);
        let removed = json!({"reason": "Rude"});
        let removed = anna
            .delete_with(&format!("/posts/{second}"), &removed)
            .await;
        assert_eq!(removed.status, 204, "{}", removed.body);

        net.mend(scene.away);
        net.hold(scene.away);
        net.advance(db::HOUR);
        let sent = scene.sent().await;
        assert!(!sent.iter().any(is_secret), "{sent:?}");
        let mut kinds = passed_on(&sent);
        kinds.sort_unstable();
        assert_eq!(kinds, ["Create", "Delete", "Delete"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_purged_picture_goes_from_a_board_elsewhere_too() {
    for way in WAYS {
        let scene = Scene::new(way).await;
        let (net, anna, ben) = (&scene.net, &scene.anna, &scene.ben);
        let upload = ben.upload("grey.jpg", picture(), "Nothing but grey").await;
        let copy = scene.copy().await["id"].as_str().unwrap().to_owned();
        let draft = json!({"body": "look", "media": [upload]});
        let posted = ben.post(&format!("/threads/{copy}/posts"), &draft).await;
        assert_eq!(posted.status, 201, "{}", posted.body);
        net.settle().await;
        let seen = async || {
            let thread = anna.get(&format!("/threads/{}", scene.thread)).await.body;
            thread["posts"][1].clone()
        };
        assert_eq!(seen().await["body"], "look");

        let url = posted.body["media"][0]["url"].as_str().unwrap();
        let sha = url.split('/').nth(4).unwrap();
        let reason = json!({"reason": "Not allowed"});
        let purged = ben
            .delete_with(&format!("/admin/media/{sha}"), &reason)
            .await;
        assert_eq!(purged.status, 200, "{}", purged.body);
        net.settle().await;
        let left = seen().await;
        assert_eq!(left["deleted"], true, "{left}");
        assert_eq!(left["deleted_by"], "author", "{left}");
    }
}

/// A JPEG of one colour.
fn picture() -> Vec<u8> {
    let grey = image::RgbImage::from_pixel(64, 48, image::Rgb([90, 90, 90]));
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 85);
    encoder.encode_image(&grey).unwrap();
    bytes
}
