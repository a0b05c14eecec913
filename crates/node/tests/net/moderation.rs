//! What moderators of one node decide, as the others see it; and what strangers only claim to have decided.

use db::DAY;
use serde_json::{Value, json};

use crate::net::{Answer, Held, Net, Person};
use crate::peer::{ACTIVITY, Peer};

/// The thread of that subject as somebody sees it on a board.
async fn thread(person: &Person, board: &str, subject: &str) -> Option<Value> {
    let threads = person.get(&format!("/boards/{board}/threads")).await;
    let threads = threads.body["items"].as_array().cloned()?;
    let found = threads
        .into_iter()
        .find(|thread| thread["subject"] == subject)?;
    let id = found["id"].as_str()?;
    Some(person.get(&format!("/threads/{id}")).await.body)
}

/// The ActivityPub id of a thread's opening post.
fn uri_of(thread: &Answer) -> String {
    thread.body["posts"][0]["uri"].as_str().unwrap().to_owned()
}

async fn log(person: &Person, path: &str) -> Vec<String> {
    let log = person.get(path).await;
    let lines = log.body["items"].as_array().cloned().unwrap_or_default();
    let act = |line: &Value| line["act"].as_str().unwrap_or_default().to_owned();
    lines.iter().map(act).collect()
}

/// Alpha with two boards that beta follows, and Ben of beta who answered there.
struct Scene {
    net: Net,
    anna: Person,
    ben: Person,
    thread: String,
    reply: String,
}

impl Scene {
    async fn new() -> Self {
        let net = Net::start(["alpha", "beta"]).await;
        let anna = net.node("alpha").admin("anna").await;
        let ben = net.node("beta").admin("ben").await;
        for board in ["art", "photo"] {
            anna.board(board).await;
            ben.follow_board(&format!("{board}@alpha.test")).await;
        }
        net.settle().await;
        let thread = anna.thread("art", "First light", "hello").await.text("id");
        net.settle().await;
        let copy = thread_at(&ben).await;
        ben.reply(copy["id"].as_str().unwrap(), ">>1 from beta")
            .await;
        net.settle().await;
        let whole = anna.get(&format!("/threads/{thread}")).await.body;
        let reply = whole["posts"][1]["id"].as_str().unwrap().to_owned();
        Self {
            net,
            anna,
            ben,
            thread,
            reply,
        }
    }

    /// The copy of Ben's reply on beta.
    async fn copy(&self) -> String {
        let copy = thread_at(&self.ben).await;
        copy["posts"][1]["id"].as_str().unwrap().to_owned()
    }
}

async fn thread_at(ben: &Person) -> Value {
    thread(ben, "art@alpha.test", "First light").await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn removals_bans_and_moderators_of_alpha_are_seen_on_beta() {
    let scene = Scene::new().await;
    let (anna, ben, net) = (&scene.anna, &scene.ben, &scene.net);
    let until = net.now().plus(2 * DAY).rfc3339();
    let ban = json!({"reason": "Off topic", "until": until});
    let banned = anna.put("/boards/art/bans/ben@beta.test", &ban).await;
    assert_eq!(banned.status, 204, "{}", banned.body);
    let named = anna
        .put("/boards/art/moderators/ben@beta.test", &json!({}))
        .await;
    assert_eq!(named.status, 204, "{}", named.body);
    net.settle().await;

    let copy = thread_at(ben).await;
    let path = format!("/threads/{}/posts", copy["id"].as_str().unwrap());
    let late = ben.post(&path, &json!({"body": "late"})).await;
    assert_eq!(late.status, 403, "{}", late.body);
    assert_eq!(late.text("code"), "banned");
    assert_eq!(
        late.text("detail"),
        "This account is banned from /art@alpha.test/ until 2026-11-22 10:00 UTC: Off topic"
    );
    let moderators = ben.get("/boards/art@alpha.test/moderators").await;
    let names: Vec<&str> = moderators.body["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["acct"].as_str().unwrap())
        .collect();
    assert!(names.contains(&"ben"), "{names:?}");
    let mut lines = log(ben, "/boards/art@alpha.test/log").await;
    lines.sort();
    assert_eq!(lines, ["appoint", "ban"]);
    assert!(
        log(ben, "/log").await.is_empty(),
        "nothing was done on beta"
    );

    let lifted = anna.delete("/boards/art/bans/ben@beta.test").await;
    assert_eq!(lifted.status, 204, "{}", lifted.body);
    let dismissed = anna.delete("/boards/art/moderators/ben@beta.test").await;
    assert_eq!(dismissed.status, 204, "{}", dismissed.body);
    net.settle().await;
    ben.reply(copy["id"].as_str().unwrap(), "welcome back")
        .await;
    let mut lines = log(ben, "/boards/art@alpha.test/log").await;
    lines.sort();
    assert_eq!(lines, ["appoint", "ban", "dismiss", "unban"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_moved_on_alpha_is_moved_on_beta_and_goes_on_there() {
    let scene = Scene::new().await;
    let (anna, ben, net) = (&scene.anna, &scene.ben, &scene.net);
    anna.thread("photo", "Another", "the first there").await;
    net.settle().await;
    let path = format!("/threads/{}/board", scene.thread);
    let moved = anna.put(&path, &json!({"board": "photo"})).await;
    assert_eq!(moved.status, 200, "{}", moved.body);
    net.settle().await;

    assert!(thread(ben, "art@alpha.test", "First light").await.is_none());
    let copy = thread(ben, "photo@alpha.test", "First light")
        .await
        .unwrap();
    let numbers: Vec<i64> = copy["posts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|post| post["no"].as_i64().unwrap())
        .collect();
    assert_eq!(numbers, [2, 3]);
    let quote = &copy["posts"][1]["quotes"][0];
    assert_eq!(quote["post_id"], copy["posts"][0]["id"], "{quote}");
    // The old address leads on, and the client follows.
    let (status, _, page) = ben.raw("/b/art@alpha.test/1", "text/html").await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("href=\"/b/photo@alpha.test\""), "{page}");

    ben.reply(copy["id"].as_str().unwrap(), ">>2 and on").await;
    net.settle().await;
    let whole = anna.get(&format!("/threads/{}", scene.thread)).await.body;
    assert_eq!(whole["posts"][2]["no"], 4, "{whole}");
    assert_eq!(whole["posts"][2]["board"]["name"], "photo");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_moved_thread_comes_to_those_who_follow_only_its_new_board() {
    let net = Net::start(["alpha", "beta"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    anna.board("art").await;
    anna.board("photo").await;
    ben.follow_board("photo@alpha.test").await;
    net.settle().await;
    let id = anna
        .thread("art", "Unknown there", "hello")
        .await
        .text("id");
    anna.reply(&id, "an answer").await;
    net.settle().await;
    let path = format!("/threads/{id}/board");
    assert_eq!(
        anna.put(&path, &json!({"board": "photo"})).await.status,
        200
    );
    net.settle().await;
    let copy = thread(&ben, "photo@alpha.test", "Unknown there").await;
    let copy = copy.expect("it was fetched");
    assert_eq!(copy["posts"].as_array().unwrap().len(), 2, "{copy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_is_told_to_the_home_of_what_it_is_about_without_the_name() {
    let scene = Scene::new().await;
    let (anna, ben, net) = (&scene.anna, &scene.ben, &scene.net);
    let carl = net.node("beta").person("carl").await;
    let opening = thread_at(ben).await["posts"][0]["id"].clone();
    let filed = carl
        .post(
            "/reports",
            &json!({"post": opening, "reason": "Not true", "forward": true}),
        )
        .await;
    assert_eq!(filed.status, 201, "{}", filed.body);
    net.settle().await;

    let here = ben.get("/admin/reports").await.body;
    assert_eq!(here["items"][0]["reporter"]["acct"], "carl");
    assert!(here["items"][0]["forwarded_at"].is_string());
    let there = anna.get("/admin/reports").await.body;
    let report = &there["items"][0];
    assert_eq!(report["reason"], "Not true", "{there}");
    assert_eq!(report["post"]["id"], scene.thread.as_str());
    assert_eq!(report["reporter"]["acct"], "beta.test@beta.test");
    assert!(!there.to_string().contains("carl"));

    let path = format!("/admin/reports/{}", report["id"].as_str().unwrap());
    let decided = anna.put(&path, &json!({"state": "dismissed"})).await;
    assert_eq!(decided.text("state"), "dismissed");

    // What Ben of beta wrote on alpha's board can be told to beta by alpha.
    let filed = anna
        .post("/reports", &json!({"post": scene.reply, "reason": "Rude"}))
        .await;
    let path = format!("/admin/reports/{}", filed.text("id"));
    let told = anna.put(&path, &json!({"forward": true})).await;
    assert_eq!(told.status, 200, "{}", told.body);
    net.settle().await;
    let at_home = ben.get("/admin/reports").await.body;
    let items = at_home["items"].as_array().unwrap();
    let copy = scene.copy().await;
    let rude = items.iter().find(|report| report["reason"] == "Rude");
    assert_eq!(rude.unwrap()["post"]["id"], copy.as_str(), "{at_home}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_suspended_peer_gets_nothing_is_shown_nowhere_and_comes_back() {
    let scene = Scene::new().await;
    let (anna, ben, net) = (&scene.anna, &scene.ben, &scene.net);
    let decide = async |policy: &str| {
        let body = json!({"policy": policy, "reason": "Spam"});
        let answer = anna.put("/admin/peers/beta.test", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(answer.text("policy"), policy);
    };
    decide("suspended").await;
    let shown = anna.get(&format!("/threads/{}", scene.thread)).await.body;
    assert!(!shown.to_string().contains("from beta"), "{shown}");
    assert_eq!(
        anna.get(&format!("/posts/{}", scene.reply)).await.status,
        403
    );
    assert_eq!(anna.get("/accounts/ben@beta.test").await.status, 403);
    assert_eq!(log(anna, "/log").await, ["suspend_peer"]);

    anna.thread("art", "Behind closed doors", "not for beta")
        .await;
    let copy = thread_at(ben).await;
    ben.reply(copy["id"].as_str().unwrap(), "let me in").await;
    net.settle().await;
    assert!(
        thread(ben, "art@alpha.test", "Behind closed doors")
            .await
            .is_none()
    );
    let shown = anna.get(&format!("/threads/{}", scene.thread)).await.body;
    assert!(!shown.to_string().contains("let me in"), "{shown}");
    // It cannot fetch either: its questions are signed.
    let more = anna.thread("art", "Ask for it", "not for beta").await;
    let uri = uri_of(&more);
    let asked = ben.post("/resolve", &json!({"uri": uri})).await;
    assert_ne!(asked.status, 200, "{}", asked.body);
    // Nor is it asked for anything.
    let looked = anna
        .post("/resolve", &json!({"uri": "http://beta.test/u/nobody"}))
        .await;
    assert_eq!(looked.text("code"), "peer_suspended", "{}", looked.body);

    decide("open").await;
    let shown = anna.get(&format!("/threads/{}", scene.thread)).await.body;
    assert_eq!(shown["posts"][1]["body"], ">>1 from beta");
    anna.thread("art", "Open again", "for all").await;
    net.settle().await;
    assert!(thread(ben, "art@alpha.test", "Open again").await.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_of_a_suspended_peer_are_not_served() {
    let scene = Scene::new().await;
    let (anna, ben, net) = (&scene.anna, &scene.ben, &scene.net);
    // What alpha's board announces of beta's people goes to beta too: there its ids are seen.
    net.hold("beta");
    let copy = thread_at(ben).await;
    ben.thread("art@alpha.test", "From beta", "a thread of beta")
        .await;
    ben.vote(copy["id"].as_str().unwrap(), 1).await;
    net.settle().await;
    let sent = net.release("beta");
    net.let_through("beta");
    let announced: Vec<String> = sent
        .iter()
        .map(Held::document)
        .filter(|document| document["type"] == "Announce")
        .filter_map(|document| Some(path_of(document["id"].as_str()?)))
        .collect();
    assert!(announced.len() >= 2, "a post and a vote are announced");
    let statuses = async |paths: &[String]| {
        let mut all = Vec::new();
        for path in paths {
            all.push(anna.raw(path, ACTIVITY).await.0);
        }
        all
    };
    let served = vec![200; announced.len()];
    assert_eq!(statuses(&announced).await, served);

    let decide = async |policy: &str| {
        let body = json!({"policy": policy, "reason": "Spam"});
        anna.put("/admin/peers/beta.test", &body).await
    };
    decide("suspended").await;
    let mut theirs = announced.clone();
    theirs.push("/b/art/3".to_owned());
    theirs.push("/u/ben@beta.test".to_owned());
    theirs.push(format!("/p/{}", scene.reply));
    assert_eq!(
        statuses(&theirs).await,
        vec![403; theirs.len()],
        "{theirs:?}"
    );
    let ours = anna.raw(&format!("/p/{}", scene.thread), ACTIVITY).await;
    assert_eq!(ours.0, 200);
    decide("open").await;
    assert_eq!(statuses(&announced).await, served);
}

fn path_of(uri: &str) -> String {
    uri.trim_start_matches("http://alpha.test").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_strangers_claim_about_bans_moves_and_reports_has_no_effect() {
    let net = Net::start(["alpha", "beta"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").admin("ben").await;
    let art = anna.board("art").await.text("uri");
    let photo = anna.board("photo").await.text("uri");
    ben.follow_board("art@alpha.test").await;
    net.settle().await;
    let opening = anna.thread("art", "First light", "hello").await;
    net.settle().await;
    let peer = Peer::start(&net, "evil.test").await;
    let me = peer.uri("/u/mallory");
    let claims = [
        json!({"type": "Block", "object": "http://beta.test/u/ben", "target": art}),
        json!({"type": "Block", "object": "http://beta.test/u/ben"}),
        json!({"type": "Undo", "object": {"type": "Block", "actor": me, "object": "http://beta.test/u/ben", "target": art}}),
        json!({"type": "Announce", "object": {
            "id": peer.uri("/inner"), "type": "Block", "actor": me, "object": "http://beta.test/u/ben", "target": art}}),
        json!({"type": "Move", "object": uri_of(&opening), "origin": art, "target": photo}),
        json!({"type": "Lock", "object": uri_of(&opening)}),
        json!({"type": "Add", "object": me, "target": format!("{art}/moderators")}),
        // Neither the post nor its board is beta's.
        json!({"type": "Flag", "object": [uri_of(&opening)], "content": "lies"}),
        json!({"type": "Flag", "object": [me.clone(), "http://beta.test/nothing"], "content": "lies"}),
    ];
    for (nth, claim) in claims.into_iter().enumerate() {
        let mut activity = claim;
        activity["@context"] = "https://www.w3.org/ns/activitystreams".into();
        activity["id"] = peer.uri(&format!("/claims/{nth}")).into();
        activity["actor"] = me.clone().into();
        for node in ["alpha", "beta"] {
            if node == "alpha" && activity["type"] == "Flag" {
                continue;
            }
            let letter = peer.letter(&net, &activity);
            let (status, code) = peer.post(net.node(node), &letter).await;
            assert_eq!(status, 202, "{code}");
        }
        net.settle().await;
    }
    for (person, board) in [(&anna, "art"), (&ben, "art@alpha.test")] {
        let seen = thread(person, board, "First light").await.unwrap();
        assert_eq!(seen["locked"], false, "on {}", person.node);
        let log = log(person, &format!("/boards/{board}/log")).await;
        assert!(log.is_empty(), "on {}: {log:?}", person.node);
    }
    let reports = ben.get("/admin/reports").await.body;
    assert_eq!(reports["items"], json!([]));
    let copy = thread(&ben, "art@alpha.test", "First light").await.unwrap();
    ben.reply(copy["id"].as_str().unwrap(), "not banned").await;

    // The same report is alpha's business.
    let flag = json!({
        "@context": "https://www.w3.org/ns/activitystreams", "id": peer.uri("/flag"), "type": "Flag", "actor": me,
        "object": [uri_of(&opening)], "content": "<p>It is <b>rude</b></p><script>alert(1)</script>",
    });
    let letter = peer.letter(&net, &flag);
    assert_eq!(peer.post(net.node("alpha"), &letter).await.0, 202);
    net.settle().await;
    let reports = anna.get("/admin/reports").await.body;
    assert_eq!(reports["items"][0]["reason"], "It is rude", "{reports}");
    assert_eq!(reports["items"][0]["reporter"]["acct"], "mallory@evil.test");
}
