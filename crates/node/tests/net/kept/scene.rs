//! A node with something to show on every address that is kept, and somebody who looks at all of them.

use std::collections::BTreeMap;

use db::SECOND;
use reqwest::header::HeaderMap;
use serde_json::json;

use crate::net::{Net, Node, Person};

/// What an address answered.
pub type Shown = BTreeMap<String, (u16, String)>;

/// A node with people, threads and pictures, and another that follows its board.
pub struct Scene {
    pub net: Net,
    pub here: &'static str,
    /// Runs the node.
    pub anna: Person,
    /// Has an account there.
    pub carol: Person,
    /// Has an account on the other node.
    pub bob: Person,
    paths: Vec<String>,
    pub client: reqwest::Client,
    /// The first thread, by Carol, with a picture, and the second.
    pub threads: [String; 2],
    pub media: String,
}

pub fn picture(shade: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(90, 60, |x, y| image::Rgb([x as u8, y as u8, shade]));
    let mut bytes = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80)
        .encode_image(&picture)
        .unwrap();
    bytes
}

/// What says that an answer was kept.
const HIT: &str = "stoa; hit";

/// An answer that can be compared: a page that could not be shown names its request.
fn settled(status: u16, text: String) -> (u16, String) {
    (status, if status == 200 { text } else { String::new() })
}

/// Shows how an answer was packed, and asks for none that is.
fn unpacking_nothing() -> reqwest::Client {
    let client = reqwest::Client::builder().no_gzip().no_brotli();
    client.no_deflate().no_zstd().build().unwrap()
}

impl Scene {
    pub async fn new(here: &'static str, there: &'static str) -> Self {
        let net = Net::start(["alpha", "beta"]).await;
        let anna = net.node(here).admin("anna").await;
        let carol = net.node(here).person("carol").await;
        let bob = net.node(there).admin("bob").await;
        anna.board("art").await;
        anna.board("photo").await;
        bob.board("far").await;
        bob.follow_board(&format!("art@{here}.test")).await;
        anna.follow_board(&format!("far@{there}.test")).await;
        net.settle().await;
        let media = carol.upload("a.jpg", picture(1), "a slope").await;
        let draft = json!({"subject": "First", "body": "One #film", "media": [media]});
        let first = carol.thread_with("art", draft).await;
        let second = anna.thread("art", "Second", "Two").await;
        net.settle().await;
        let threads = [first.text("id"), second.text("id")];
        let mut scene = Self {
            net,
            here,
            anna,
            carol,
            bob,
            paths: Vec::new(),
            client: unpacking_nothing(),
            threads,
            media,
        };
        scene.paths = scene.addresses(there);
        scene
    }

    /// Every address that is kept, of both faces.
    fn addresses(&self, there: &str) -> Vec<String> {
        let [first, second] = &self.threads;
        let pages = [
            "/",
            "/?feed=local",
            "/?type=text",
            "/b",
            "/b?show=known",
            "/b/art",
            "/b/art?note=without",
            "/b/art/catalog",
            "/b/art/catalog?sort=votes",
            "/b/art/gallery",
            "/b/art/1",
            "/b/art/1/gallery",
            "/b/art/2",
            "/b/photo",
            "/t",
            "/t/film",
            "/t/film?show=posts",
            "/u/carol",
            "/u/carol?show=replies",
            "/u/anna",
        ];
        let documents = [
            "/boards",
            "/boards/art",
            "/boards/art/threads",
            "/boards/art/catalog?sort=replies",
            "/boards/art/gallery",
            "/feeds/local",
            "/feeds/all",
            "/feeds/images",
            "/tags",
            "/tags/film",
            "/tags/film/posts",
            "/accounts/carol",
            "/accounts/carol/posts",
        ];
        let mut paths: Vec<String> = pages.map(str::to_owned).into();
        paths.extend(documents.map(|path| format!("/api/stoa/v1{path}")));
        paths.extend([
            format!("/p/{first}"),
            format!("/api/stoa/v1/threads/{first}"),
            format!("/api/stoa/v1/threads/{second}/posts"),
            format!("/api/stoa/v1/posts/{first}"),
            format!("/u/bob@{there}.test"),
            format!("/b/far@{there}.test"),
        ]);
        paths
    }

    pub fn node(&self) -> &Node {
        self.net.node(self.here)
    }

    pub async fn get(&self, path: &str, headers: &[(&str, &str)]) -> (u16, HeaderMap, String) {
        let url = format!("http://{}{path}", self.node().address());
        let mut request = self
            .client
            .get(url)
            .header("accept", "text/html, application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.text().await.unwrap())
    }

    /// What a visitor is shown everywhere, which must be what is shown to somebody whom nothing is kept for.
    pub async fn look(&self, when: &str) -> Shown {
        let mut shown = Shown::new();
        for path in &self.paths {
            let (status, _, text) = self.get(path, &[]).await;
            let (made_status, headers, made) = self.get(path, &[("cookie", "theme=none")]).await;
            assert_eq!(headers.get("cache-status"), None, "{path}");
            let (kept, made) = (settled(status, text), settled(made_status, made));
            assert_eq!(kept, made, "{path}, {when}");
            shown.insert(path.clone(), kept);
        }
        shown
    }

    /// What is kept of every path, which must be all that is shown.
    pub async fn kept(&self, when: &str) -> Shown {
        let mut shown = Shown::new();
        for path in &self.paths {
            let mut answer = self.get(path, &[]).await;
            if answer.0 == 200 && answer.1["cache-status"] != HIT {
                answer = self.get(path, &[]).await;
                assert_eq!(answer.1["cache-status"], HIT, "{path}, {when}");
            }
            shown.insert(path.clone(), settled(answer.0, answer.2));
        }
        shown
    }

    /// How many paths are answered with what is kept already.
    pub async fn hits(&self) -> usize {
        let mut hits = 0;
        for path in &self.paths {
            let (_, headers, _) = self.get(path, &[]).await;
            let status = headers.get("cache-status");
            hits += usize::from(status.is_some_and(|status| status == HIT));
        }
        hits
    }

    /// Lets something happen while everything is kept; it must be seen at once at these addresses.
    pub async fn change(&self, what: &str, seen: &[&str], happens: impl Future<Output = ()>) {
        let before = self.kept(&format!("before {what}")).await;
        self.net.advance(SECOND);
        happens.await;
        let after = self.look(&format!("after {what}")).await;
        for path in seen {
            assert!(
                before[*path] != after[*path],
                "{what} does not show at {path}"
            );
        }
    }

    /// The local name of a post for the person on the other node.
    pub async fn bobs(&self, id: &str) -> String {
        let uri = self.anna.get(&format!("/posts/{id}")).await.text("uri");
        let board = format!("art@{}.test", self.here);
        let copy = self.bob.post_by_uri(&board, &uri).await.unwrap();
        copy["id"].as_str().unwrap().to_owned()
    }
}

/// Both engines, each with the other as the one that is elsewhere.
pub const SIDES: [(&str, &str); 2] = [("alpha", "beta"), ("beta", "alpha")];
