//! The JSON examples in `docs/federation` are what nodes really serve and send: each is held against the document of a
//! small network that did what the example is about.
//!
//! Ids, times and what is computed from a picture's bytes may differ. An object with the key `…` shows a part of what it
//! has. A block that is added to the documents needs its counterpart here.

use serde_json::{Map, Value, json};

use crate::net::{Held, Net, Person};

/// Values that follow from the bytes of a picture.
const OF_BYTES: [&str; 3] = ["blurhash", "digestMultibase", "size"];

/// A small network where everything happened that the examples are about, and what it served and sent.
struct Made {
    net: Net,
    anna: Person,
    ben: Person,
    cara: Person,
}

impl Made {
    async fn new() -> Self {
        let net = Net::start(["alpha", "beta"]).await;
        let anna = net.node("alpha").admin("anna").await;
        let ben = net.node("beta").person("ben").await;
        let cara = net.node("beta").admin("cara").await;
        for board in ["art", "photo"] {
            anna.board(board).await;
            ben.follow_board(&format!("{board}@alpha.test")).await;
        }
        let cara_there = json!({"uri": "http://beta.test/u/cara"});
        let looked_up = anna.post("/resolve", &cara_there).await;
        assert_eq!(looked_up.status, 200, "{}", looked_up.body);
        net.settle().await;
        Self {
            net,
            anna,
            ben,
            cara,
        }
    }

    /// A post as it is served, and the announcement of it as it is sent.
    async fn post(&self) -> (Value, Value) {
        self.net.hold("beta");
        let picture = image::RgbImage::from_pixel(640, 480, image::Rgb([90, 90, 120]));
        let mut jpeg = Vec::new();
        image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 85)
            .encode_image(&picture)
            .unwrap();
        let media = self.anna.upload("fog.jpg", jpeg, "A bridge in fog").await;
        let draft = json!({"subject": "Bridges", "body": "One more. #fog", "media": [media]});
        let thread = self.anna.thread_with("art", draft).await;
        self.net.settle().await;
        let announced = self.let_in("beta", "Create").await;
        self.net.settle().await;
        let uri = thread.body["posts"][0]["uri"].as_str().unwrap();
        let path = uri.strip_prefix("http://alpha.test").unwrap();
        let (status, _, note) = self.anna.raw(path, "application/activity+json").await;
        assert_eq!(status, 200);
        self.ben
            .reply(&self.copy(&self.ben).await, "Where is it?")
            .await;
        self.net.settle().await;
        (serde_json::from_slice(&note).unwrap(), announced)
    }

    /// Lets what was held come in, and answers the one that is, or announces, an activity of this type.
    async fn let_in(&self, node: &str, kind: &str) -> Value {
        let held = self.net.release(node);
        self.net.let_through(node);
        for one in &held {
            assert_eq!(self.net.node(node).deliver(one).await, 202);
        }
        let documents = held.iter().map(Held::document);
        let mut fit = documents
            .filter(|document| document["type"] == kind || document["object"]["type"] == kind);
        fit.next().unwrap_or_else(|| panic!("{kind} was sent"))
    }

    async fn copy(&self, person: &Person) -> String {
        let threads = person.get("/boards/art@alpha.test/threads").await;
        threads.body["items"][0]["id"].as_str().unwrap().to_owned()
    }

    /// A moderator elsewhere locks the thread.
    async fn lock(&self) -> Value {
        let path = "/boards/art/moderators/cara@beta.test";
        assert_eq!(self.anna.put(path, &json!({})).await.status, 204);
        self.net.settle().await;
        self.net.hold("alpha");
        let path = format!("/threads/{}/lock", self.copy(&self.cara).await);
        let locked = self.cara.put(&path, &json!({"value": true})).await;
        assert_eq!(locked.status, 200, "{}", locked.body);
        self.net.settle().await;
        self.let_in("alpha", "Lock").await
    }

    /// A ban, and a thread that goes to another board: what the board announces.
    async fn decided(&self) -> (Value, Value) {
        self.net.hold("beta");
        let until = self.net.now().plus(db::DAY).rfc3339();
        let ban = json!({"reason": "Off topic", "until": until});
        let banned = self.anna.put("/boards/art/bans/ben@beta.test", &ban).await;
        assert_eq!(banned.status, 204, "{}", banned.body);
        self.net.settle().await;
        let ban = self.let_in("beta", "Block").await["object"].clone();
        self.net.hold("beta");
        let threads = self.anna.get("/boards/art/threads").await;
        let id = threads.body["items"][0]["id"].as_str().unwrap().to_owned();
        self.anna.thread("photo", "First", "before it").await;
        let path = format!("/threads/{id}/board");
        let moved = self.anna.put(&path, &json!({"board": "photo"})).await;
        assert_eq!(moved.status, 200, "{}", moved.body);
        self.net.settle().await;
        (ban, self.let_in("beta", "Move").await["object"].clone())
    }
}

/// The blocks of JSON in a document.
fn told(document: &str) -> Vec<Value> {
    let path = format!(
        "{}/../../docs/federation/{document}.md",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```json\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    blocks
        .map(|block| {
            serde_json::from_str(block).unwrap_or_else(|error| panic!("{document}: {error}"))
        })
        .collect()
}

/// A value without what differs from node to node and from run to run.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => plain_text(text).into(),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, value)| {
                let value = match OF_BYTES.contains(&key.as_str()) {
                    true => Value::Null,
                    false => plain(value),
                };
                (plain_text(key), value)
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        other => other.clone(),
    }
}

fn plain_text(text: &str) -> String {
    let text = text
        .replace("http://alpha.test", "https://alpha.example")
        .replace("http://beta.test", "https://beta.example")
        .replace("alpha.test", "alpha.example");
    if text.len() == 24 && text.starts_with("20") && text.ends_with('Z') {
        return "a moment".to_owned();
    }
    let part = |part: &str| {
        let id = part.len() >= 15 && part.chars().all(|c| c.is_ascii_digit());
        let hash = part.ends_with('…') || part.len() == 64;
        match id || hash {
            true => "…".to_owned(),
            false => part.to_owned(),
        }
    };
    text.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Where the two differ, a line each.
fn differences(at: &str, told: &Value, made: &Value, found: &mut Vec<String>) {
    match (told, made) {
        (Value::Object(told), Value::Object(made)) => {
            let part = told.contains_key("…");
            for (key, value) in told.iter().filter(|(key, _)| *key != "…") {
                let at = format!("{at}.{key}");
                match made.get(key) {
                    Some(made) => differences(&at, value, made, found),
                    None => found.push(format!("{at} is told, but not there")),
                }
            }
            let missing = made.keys().filter(|key| !told.contains_key(*key));
            let missing = missing.filter(|key| !part && *key != "@context");
            found.extend(missing.map(|key| format!("{at}.{key} is not told: {}", made[key])));
        }
        (Value::Array(told), Value::Array(made)) if told.len() == made.len() => {
            for (index, (told, made)) in told.iter().zip(made).enumerate() {
                differences(&format!("{at}[{index}]"), told, made, found);
            }
        }
        (told, made) if told != made => {
            found.push(format!("{at} is told as {told}, but is {made}"));
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn examples_in_the_documents_are_what_nodes_send() {
    let made = Made::new().await;
    let (note, announced) = made.post().await;
    let lock = made.lock().await;
    let (ban, moved) = made.decided().await;
    let mut found = Vec::new();
    for (document, made) in [
        ("posts", vec![note]),
        ("boards", vec![announced]),
        ("moderation", vec![ban, lock, moved]),
        ("delivery", vec![]),
        ("security", vec![]),
    ] {
        let told = told(document);
        assert_eq!(told.len(), made.len(), "examples in {document}.md");
        for (told, made) in told.iter().zip(&made) {
            let name = format!("{document}.md: {}", told["type"]);
            differences(&name, &plain(told), &plain(made), &mut found);
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}
