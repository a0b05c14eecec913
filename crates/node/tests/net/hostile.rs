//! What a hostile server may try at the inbox and at look-ups: each is refused with a clear code, and nothing of
//! it stays.

use db::HOUR;
use serde_json::{Value, json};

use crate::net::{Net, Person};
use crate::peer::{Letter, Peer, digest, imf};

struct Scene {
    net: Net,
    peer: Peer,
    anna: Person,
    board: String,
}

impl Scene {
    async fn new() -> Self {
        let net = Net::start(["alpha"]).await;
        let anna = net.node("alpha").admin("anna").await;
        let board = anna.board("art").await.text("uri");
        let peer = Peer::start(&net, "evil.test").await;
        Self {
            net,
            peer,
            anna,
            board,
        }
    }

    fn letter(&self) -> Letter {
        self.peer
            .letter(&self.net, &self.peer.create(&self.board, 1))
    }

    async fn post(&self, letter: &Letter) -> (u16, String) {
        let answer = self.peer.post(self.net.node("alpha"), letter).await;
        self.net.settle().await;
        answer
    }

    async fn threads(&self) -> usize {
        self.anna.get("/boards/art/threads").await.body["items"]
            .as_array()
            .unwrap()
            .len()
    }

    /// The letter is refused so, and the board stays as empty as it was.
    async fn refused(&self, letter: &Letter, status: u16, code: &str) {
        let (got, said) = self.post(letter).await;
        assert_eq!((got, said.as_str()), (status, code));
        assert_eq!(self.threads().await, 0, "{code}");
    }

    async fn resolve(&self, uri: &str) -> (u16, Value) {
        let answer = self.anna.post("/resolve", &json!({"uri": uri})).await;
        (answer.status, answer.body)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_good_letter_is_taken_and_a_replay_has_no_second_effect() {
    let scene = Scene::new().await;
    let letter = scene.letter();
    assert_eq!(scene.post(&letter).await.0, 202);
    assert_eq!(scene.threads().await, 1);
    assert_eq!(scene.post(&letter).await.0, 202);
    assert_eq!(scene.threads().await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn tampered_body() {
    let scene = Scene::new().await;
    let mut letter = scene.letter();
    letter.sent = Some(letter.body.replace("text 1", "text 2"));
    scene.refused(&letter, 401, "digest_mismatch").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_digest_and_unsigned_host() {
    let scene = Scene::new().await;
    let mut letter = scene.letter();
    letter.digest = None;
    scene.refused(&letter, 401, "digest_missing").await;
    let mut letter = scene.letter();
    letter.signed.retain(|name| *name != "host");
    scene.refused(&letter, 401, "host_unsigned").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn old_and_future_date() {
    let scene = Scene::new().await;
    let mut letter = scene.letter();
    letter.date = imf(scene.net.now().plus(-13 * HOUR));
    scene.refused(&letter, 401, "date_too_old").await;
    letter.date = imf(scene.net.now().plus(2 * HOUR));
    scene.refused(&letter, 401, "date_in_future").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn created_18446744073709551615() {
    let scene = Scene::new().await;
    let mut letter = scene.letter();
    letter.signed[2] = "(created)";
    letter.extra = ",created=18446744073709551615".to_owned();
    scene.refused(&letter, 401, "time_out_of_range").await;
    assert_eq!(
        scene.anna.get("/instance").await.status,
        200,
        "the node is still there"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn key_of_another_actor_and_id_on_another_host() {
    let scene = Scene::new().await;
    scene.peer.actor("eve");
    let mut activity = scene.peer.create(&scene.board, 1);
    activity["actor"] = scene.peer.uri("/u/eve").into();
    let letter = scene.peer.letter(&scene.net, &activity);
    scene.refused(&letter, 403, "key_of_another_actor").await;
    let mut activity = scene.peer.create(&scene.board, 1);
    activity["id"] = "http://elsewhere.test/activities/1".into();
    let letter = scene.peer.letter(&scene.net, &activity);
    scene.refused(&letter, 403, "id_on_another_host").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_megabytes_deep_json_and_duplicate_keys() {
    let scene = Scene::new().await;
    let sign = |body: String| {
        let mut letter = scene.letter();
        letter.digest = Some(digest(&body));
        letter.body = body;
        letter
    };
    let large = sign(format!("{{\"x\":\"{}\"}}", "y".repeat(2 << 20)));
    assert_eq!(scene.post(&large).await.0, 413);
    let deep = sign(format!("{}1{}", "{\"x\":[".repeat(60), "]}".repeat(60)));
    assert_eq!(scene.post(&deep).await.0, 400);
    let twice = sign(
        scene
            .letter()
            .body
            .replacen("\"type\"", "\"type\":\"Like\",\"type\"", 1),
    );
    assert_eq!(scene.post(&twice).await.0, 400);
    assert_eq!(scene.threads().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_whose_author_is_of_another_server_is_asked_for_there() {
    let scene = Scene::new().await;
    let victim = Peer::start(&scene.net, "victim.test").await;
    let mut activity = scene.peer.create(&scene.board, 1);
    activity["object"]["id"] = victim.uri("/p/1").into();
    activity["object"]["attributedTo"] = victim.uri("/u/mallory").into();
    let letter = scene.peer.letter(&scene.net, &activity);
    assert_eq!(scene.post(&letter).await.0, 202);
    assert_eq!(scene.threads().await, 0, "victim.test knows no such post");
    assert!(victim.asked().contains(&"/p/1".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_is_no_actor_and_a_redirect_lends_no_identity() {
    let scene = Scene::new().await;
    let victim = Peer::start(&scene.net, "victim.test").await;
    let mut forged = victim.actor("admin");
    forged["id"] = victim.uri("/media/forged.json").into();
    victim.show_as("/media/forged.json", "application/json", forged.to_string());
    assert_eq!(
        scene.resolve(&victim.uri("/media/forged.json")).await.0,
        422
    );

    let mut posing = scene.peer.actor("posing");
    posing["id"] = victim.uri("/u/nobody").into();
    scene.peer.show("/u/posing", &posing);
    assert_eq!(scene.resolve(&scene.peer.uri("/u/posing")).await.0, 404);
    scene.peer.redirect("/u/moved", &victim.uri("/files/claim"));
    let mut claim = victim.actor("claim");
    claim["id"] = scene.peer.uri("/u/moved").into();
    victim.show("/files/claim", &claim);
    assert_eq!(scene.resolve(&scene.peer.uri("/u/moved")).await.0, 422);
    assert_eq!(
        scene.anna.get("/accounts/nobody@victim.test").await.status,
        404
    );
    assert_eq!(
        scene.anna.get("/accounts/claim@evil.test").await.status,
        404
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chain_of_answers_without_end_costs_a_bounded_number_of_requests() {
    let scene = Scene::new().await;
    for number in 1..200u32 {
        let mut note = scene.peer.create(&scene.board, number)["object"].clone();
        note["inReplyTo"] = scene.peer.uri(&format!("/p/{}", number + 1)).into();
        scene.peer.show(&format!("/p/{number}"), &note);
    }
    assert_eq!(scene.resolve(&scene.peer.uri("/p/1")).await.0, 422);
    assert!(
        scene.peer.asked().len() <= 60,
        "{} requests",
        scene.peer.asked().len()
    );
    assert_eq!(scene.threads().await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_cannot_edit_or_delete_what_is_not_theirs() {
    let scene = Scene::new().await;
    let thread = scene.anna.thread("art", "Mine", "mine").await;
    let uri = thread.body["posts"][0]["uri"].clone();
    for kind in ["Update", "Delete"] {
        let mut activity = scene.peer.create(&scene.board, 7);
        activity["type"] = kind.into();
        activity["id"] = scene.peer.uri(&format!("/activities/{kind}")).into();
        activity["object"] = match kind {
            "Delete" => uri.clone(),
            _ => {
                json!({"id": uri, "type": "Note", "attributedTo": scene.peer.uri("/u/mallory"), "content": "theirs"})
            }
        };
        let letter = scene.peer.letter(&scene.net, &activity);
        assert_eq!(scene.post(&letter).await.0, 202);
    }
    let seen = scene
        .anna
        .get(&format!("/posts/{}", thread.text("id")))
        .await;
    assert_eq!(
        (seen.status, seen.body["body"].as_str()),
        (200, Some("mine"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn hostile_text_of_a_peer_comes_out_harmless() {
    let scene = Scene::new().await;
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}\u{0}";
    let mut actor = scene.peer.actor("mallory");
    actor["name"] = evil.trim_end_matches('\0').into();
    actor["summary"] = evil.trim_end_matches('\0').into();
    scene.peer.show("/u/mallory", &actor);
    let mut activity = scene.peer.create(&scene.board, 1);
    let note = &mut activity["object"];
    note["name"] = evil.into();
    note["content"] = format!("<p>{evil}</p><a href=\"javascript:alert(1)\">x</a>").into();
    note["summary"] = evil.into();
    note["sensitive"] = true.into();
    note["attachment"] = json!([{"type": "Image", "url": scene.peer.uri("/x.png"), "name": evil, "mediaType": evil}]);
    note["tag"] = json!([{"type": "Hashtag", "name": evil}]);
    let letter = scene.peer.letter(&scene.net, &activity);
    let (status, code) = scene.post(&letter).await;
    // A NUL is refused outright; without it the rest is taken and made harmless.
    assert_eq!((status, code.as_str()), (400, "json_nul"));
    let clean = activity.to_string().replace("\\u0000", "");
    let activity: Value = serde_json::from_str(&clean).unwrap();
    let letter = scene.peer.letter(&scene.net, &activity);
    assert_eq!(scene.post(&letter).await.0, 202);
    assert_eq!(scene.threads().await, 1);
    for path in [
        "/",
        "/b/art",
        "/b/art/1",
        "/b/art/catalog",
        "/u/mallory@evil.test",
    ] {
        let (status, _, page) = scene.anna.raw(path, "text/html").await;
        let page = String::from_utf8(page).unwrap();
        assert_eq!(status, 200, "{path}");
        let forbidden = [
            "<script>alert",
            "<img src=x",
            "href=\"javascript:",
            "\u{202e}",
        ];
        let found = forbidden.iter().find(|text| page.contains(**text));
        assert_eq!(found, None, "{path}");
    }
}
