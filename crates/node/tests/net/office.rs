//! A moderator who lives elsewhere: what they do on their own node holds on the board's, and on all others that read it.

use serde_json::{Value, json};

use crate::net::{Net, Person};

const THERE: &str = "art@alpha.test";

/// Alpha with a board that beta and gamma follow, and Ben of beta, whom alpha named its moderator.
struct Scene {
    net: Net,
    anna: Person,
    ben: Person,
    cleo: Person,
}

impl Scene {
    async fn new() -> Self {
        let net = Net::start(["alpha", "beta", "gamma"]).await;
        let anna = net.node("alpha").admin("anna").await;
        let ben = net.node("beta").admin("ben").await;
        let cleo = net.node("gamma").person("cleo").await;
        anna.board("art").await;
        ben.follow_board(THERE).await;
        cleo.follow_board(THERE).await;
        net.settle().await;
        let scene = Self {
            net,
            anna,
            ben,
            cleo,
        };
        let thread = scene.anna.thread("art", "First light", "hello").await;
        let path = "/boards/art/moderators/ben@beta.test";
        scene
            .anna
            .post("/resolve", &json!({"uri": "http://beta.test/u/ben"}))
            .await;
        let named = scene.anna.put(path, &json!({})).await;
        assert_eq!(named.status, 204, "{}", named.body);
        scene.net.settle().await;
        scene
            .cleo
            .reply(&scene.copy(&scene.cleo).await, "rude")
            .await;
        scene.net.settle().await;
        assert_eq!(thread.status, 201);
        scene
    }

    /// The board as somebody writes it.
    fn board(person: &Person) -> &'static str {
        match person.node.as_str() {
            "alpha" => "art",
            _ => THERE,
        }
    }

    /// The thread as somebody sees it.
    async fn thread(&self, person: &Person) -> Value {
        let board = Self::board(person);
        let threads = person.get(&format!("/boards/{board}/threads")).await;
        let id = threads.body["items"][0]["id"].as_str().unwrap().to_owned();
        person.get(&format!("/threads/{id}")).await.body
    }

    async fn copy(&self, person: &Person) -> String {
        let thread = self.thread(person).await;
        thread["id"].as_str().unwrap().to_owned()
    }

    /// Ben switches something about the thread on his node.
    async fn switch(&self, what: &str, value: bool) {
        let path = format!("/threads/{}/{what}", self.copy(&self.ben).await);
        let done = self.ben.put(&path, &json!({"value": value})).await;
        assert!(done.status < 300, "{}", done.body);
    }

    /// What all three nodes say, which must be the same.
    async fn everywhere(&self, look: impl Fn(&Value) -> Value) -> Value {
        let seen = look(&self.thread(&self.anna).await);
        for other in [&self.ben, &self.cleo] {
            assert_eq!(look(&self.thread(other).await), seen, "on {}", other.node);
        }
        seen
    }
}

fn state(thread: &Value) -> Value {
    json!({"locked": thread["locked"], "pinned": thread["pinned"]})
}

async fn log(person: &Person) -> Vec<(String, String)> {
    let path = format!("/boards/{}/log", Scene::board(person));
    let log = person.get(&path).await.body;
    let lines = log["items"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut lines: Vec<_> = lines
        .iter()
        .map(|line| (text(&line["act"]), text(&line["actor"]["name"])))
        .collect();
    lines.sort();
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_moderator_elsewhere_decides_holds_on_every_node() {
    let scene = Scene::new().await;
    scene.switch("lock", true).await;
    scene.switch("pin", true).await;
    scene.net.settle().await;
    let held = json!({"locked": true, "pinned": true});
    assert_eq!(scene.everywhere(state).await, held);

    scene.switch("lock", false).await;
    scene.switch("pin", false).await;
    scene.switch("lock", true).await;
    let rude = scene.thread(&scene.ben).await["posts"][1]["id"].clone();
    let path = format!("/posts/{}", rude.as_str().unwrap());
    let removed = scene
        .ben
        .delete_with(&path, &json!({"reason": "Rude"}))
        .await;
    assert!(removed.status < 300, "{}", removed.body);
    scene.net.settle().await;
    let held = json!({"locked": true, "pinned": false});
    assert_eq!(scene.everywhere(state).await, held);
    let reply = |thread: &Value| json!({"deleted": thread["posts"][1]["deleted"], "reason": thread["posts"][1]["reason"]});
    let gone = json!({"deleted": true, "reason": "Rude"});
    assert_eq!(scene.everywhere(reply).await, gone);

    let expected = log(&scene.anna).await;
    let of_ben = expected.iter().filter(|(_, by)| by == "ben").count();
    assert_eq!(of_ben, 6, "{expected:?}");
    for other in [&scene.ben, &scene.cleo] {
        assert_eq!(log(other).await, expected, "on {}", other.node);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archived_board_is_archived_on_every_node() {
    let scene = Scene::new().await;
    let patch = json!({"settings": {"posting": "nobody"}});
    let archived = scene.anna.patch("/boards/art", &patch).await;
    assert_eq!(archived.status, 200, "{}", archived.body);
    scene.net.settle().await;
    for person in [&scene.anna, &scene.ben, &scene.cleo] {
        let path = format!("/boards/{}", Scene::board(person));
        let board = person.get(&path).await.body;
        assert_eq!(board["settings"]["posting"], "nobody", "on {}", person.node);
        let copy = scene.copy(person).await;
        let body = json!({"body": "too late"});
        let denied = person.post(&format!("/threads/{copy}/posts"), &body).await;
        assert_eq!(denied.status, 403, "on {}: {}", person.node, denied.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_no_moderator_any_more_decides_nothing_on_the_board() {
    let scene = Scene::new().await;
    scene.net.sever("beta");
    let dismissed = scene
        .anna
        .delete("/boards/art/moderators/ben@beta.test")
        .await;
    assert_eq!(dismissed.status, 204, "{}", dismissed.body);
    scene.switch("lock", true).await;
    scene.net.settle().await;
    scene.net.mend("beta");
    scene.net.advance(db::HOUR);
    scene.net.settle().await;
    let open = json!({"locked": false, "pinned": false});
    for person in [&scene.anna, &scene.cleo] {
        assert_eq!(
            state(&scene.thread(person).await),
            open,
            "on {}",
            person.node
        );
    }
    let log = log(&scene.anna).await;
    assert!(log.iter().all(|(_, by)| by == "anna"), "{log:?}");
}
