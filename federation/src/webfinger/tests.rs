//! Handles that are proven and handles that are not.

use std::net::SocketAddr;
use std::path::PathBuf;

use axum::Router;
use axum::extract::Query;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{Clock, Timestamp};
use serde_json::{Value, json};

use super::*;
use crate::address::Reach;
use crate::fetch::{Limits, Settings};
use crate::resolve::Names;

#[derive(serde::Deserialize)]
struct Asked {
    resource: String,
}

/// A host that answers with `jrd` about everybody and with `documents` at their paths.
async fn host(jrd: Option<Value>, documents: Vec<(&'static str, Value)>) -> SocketAddr {
    let answer = async move |Query(asked): Query<Asked>| -> Response {
        assert!(asked.resource.starts_with("acct:"), "{}", asked.resource);
        match &jrd {
            Some(jrd) => (
                [(header::CONTENT_TYPE, "application/jrd+json")],
                jrd.to_string(),
            )
                .into_response(),
            None => StatusCode::NOT_FOUND.into_response(),
        }
    };
    let mut router = Router::new().route("/.well-known/webfinger", get(answer));
    for (path, document) in documents {
        let show = async move || {
            (
                [(header::CONTENT_TYPE, ACTIVITY_JSON)],
                document.to_string(),
            )
        };
        router = router.route(path, get(show));
    }
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn client(hosts: &[(&str, SocketAddr)]) -> Client {
    let names: Names = hosts
        .iter()
        .map(|(name, at)| ((*name).to_owned(), *at))
        .collect();
    Client::new(Settings {
        origin: "https://img.example".into(),
        reach: Reach::everywhere(),
        names,
        clock: Clock::manual(now()),
        limits: Limits::default(),
    })
    .unwrap()
}

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T10:00:00Z").unwrap()
}

fn jrd(subject: &str, actor: &str) -> Value {
    local(subject, actor, actor, "https://img.example")
}

fn actor(id: &str, name: &str) -> Value {
    json!({"type": "Person", "id": id, "preferredUsername": name, "inbox": format!("{id}/inbox")})
}

async fn look_up(client: &Client, handle: &str) -> Result<Found, WebfingerError> {
    prove(client, handle, now(), None).await
}

#[tokio::test]
async fn a_handle_of_one_host_is_found_however_it_is_written() {
    let id = "http://alpha.test/u/art";
    let alpha = host(
        Some(jrd("art@alpha.test", id)),
        vec![("/u/art", actor(id, "art"))],
    )
    .await;
    let client = client(&[("alpha.test", alpha)]);
    for text in [
        "art@alpha.test",
        "@art@alpha.test",
        "!art@ALPHA.test",
        "acct:Art@alpha.test",
        " art@alpha.test. ",
    ] {
        let found = look_up(&client, text)
            .await
            .unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(
            (found.document.id().unwrap(), found.handle.host.as_str()),
            (id, "alpha.test")
        );
    }
}

#[tokio::test]
async fn a_handle_with_a_port_is_found_among_private_peers() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let id = format!("http://127.0.0.1:{port}/u/art");
    let answer = jrd(&format!("art@127.0.0.1:{port}"), &id).to_string();
    let document = actor(&id, "art").to_string();
    let router = Router::new()
        .route(
            "/.well-known/webfinger",
            get(async move || ([(header::CONTENT_TYPE, "application/json")], answer)),
        )
        .route(
            "/u/art",
            get(async move || ([(header::CONTENT_TYPE, ACTIVITY_JSON)], document)),
        );
    tokio::spawn(async move { axum::serve(listener, router).await });
    let found = look_up(&client(&[]), &format!("art@127.0.0.1:{port}"))
        .await
        .unwrap();
    assert_eq!(found.handle.to_string(), format!("art@127.0.0.1:{port}"));
    assert_eq!(
        Handle::parse("art@img.example:8081", false),
        Err(HandleError::Port)
    );
}

#[tokio::test]
async fn a_short_host_may_stand_for_the_host_of_the_actors() {
    let id = "http://social.alpha.test/u/art";
    let answer = || Some(jrd("art@alpha.test", id));
    let short = host(answer(), vec![]).await;
    let long = host(answer(), vec![("/u/art", actor(id, "art"))]).await;
    let client = client(&[("alpha.test", short), ("social.alpha.test", long)]);
    for text in ["art@alpha.test", "art@social.alpha.test"] {
        assert_eq!(
            look_up(&client, text).await.unwrap().handle.to_string(),
            "art@alpha.test",
            "{text}"
        );
    }
}

#[tokio::test]
async fn an_actor_that_does_not_know_the_handle_keeps_its_own() {
    let id = "http://good.test/u/admin";
    let good = host(
        Some(jrd("admin@good.test", id)),
        vec![("/u/admin", actor(id, "admin"))],
    )
    .await;
    let evil = host(Some(jrd("ceo@evil.test", id)), vec![]).await;
    let client = client(&[("good.test", good), ("evil.test", evil)]);
    let found = look_up(&client, "ceo@evil.test").await.unwrap();
    assert_eq!(found.handle.to_string(), "admin@good.test");
}

#[tokio::test]
async fn an_actor_whose_host_denies_it_is_refused() {
    let id = "http://good.test/media/upload.json";
    let good = host(None, vec![("/media/upload.json", actor(id, "admin"))]).await;
    let evil = host(Some(jrd("admin@evil.test", id)), vec![]).await;
    let client = client(&[("good.test", good), ("evil.test", evil)]);
    assert!(
        look_up(&client, "admin@evil.test")
            .await
            .unwrap_err()
            .is_absent()
    );

    let other = host(
        Some(jrd("admin@good.test", "http://good.test/u/real")),
        vec![("/media/upload.json", actor(id, "admin"))],
    )
    .await;
    let client = self::client(&[("good.test", other), ("evil.test", evil)]);
    let error = look_up(&client, "admin@evil.test").await.unwrap_err();
    assert!(matches!(error, WebfingerError::Unconfirmed(_)), "{error}");
}

#[tokio::test]
async fn imposters_of_the_fixtures_are_refused() {
    let folder =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/fixtures/activitypub/hostile");
    for (file, asked) in [
        ("spec_webfinger-hacker1.json", "gargron@bad.test"),
        ("spec_webfinger-hacker2.json", "gargron@quitter.test"),
        ("spec_webfinger-hacker3.json", "gargron@kickass.zone"),
        ("webfinger-imposter-webfinger.json", "oopsie@bad.test"),
        ("webfinger_spoof.json", "oopsie@bad.test"),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(file)) else {
            println!("skipped: {file} is absent");
            continue;
        };
        let answer: Value = serde_json::from_slice(&bytes).unwrap();
        let asked_host = asked.split_once('@').unwrap().1;
        let asked_at = host(Some(answer.clone()), vec![]).await;
        // The host of the subject exists and knows nobody.
        let empty = host(None, vec![]).await;
        let subject_host = Jrd::read(&answer, true).subject.unwrap().host;
        let mut hosts = vec![(subject_host.as_str(), empty)];
        hosts.push((asked_host, asked_at));
        let error = look_up(&client(&hosts), asked).await.unwrap_err();
        assert!(
            matches!(error, WebfingerError::Imposter { .. }),
            "{file}: {error}"
        );
    }
}

#[tokio::test]
async fn an_answer_without_actor_is_said_to_be_so() {
    let alpha = host(Some(json!({"subject": "acct:art@alpha.test", "links": [{"rel": "self", "type": "application/json", "href": "http://alpha.test/u"}]})), vec![]).await;
    let error = look_up(&client(&[("alpha.test", alpha)]), "art@alpha.test")
        .await
        .unwrap_err();
    assert!(
        matches!(error, WebfingerError::NoActor(_)) && error.is_absent(),
        "{error}"
    );
}

#[test]
fn answers_of_the_fixtures_name_their_actors() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../shared/fixtures/activitypub/webfinger");
    for (file, subject, actor) in [
        (
            "friendica-webfinger.json",
            "lain@squeet.me",
            "https://squeet.me/profile/lain",
        ),
        (
            "peertube-webfinger.json",
            "framasoft@framatube.org",
            "https://framatube.org/accounts/framasoft",
        ),
        (
            "pleroma-webfinger.json",
            "lain@pleroma.soykaf.com",
            "https://pleroma.soykaf.com/users/lain",
        ),
        (
            "spec_activitypub-webfinger.json",
            "foo@ap.example.com",
            "https://ap.example.com/users/foo",
        ),
        (
            "spec_webfinger.json",
            "gargron@quitter.no",
            "https://ap.example.com/users/foo",
        ),
    ] {
        let Ok(bytes) = std::fs::read(folder.join(file)) else {
            println!("skipped: {file} is absent");
            continue;
        };
        let jrd = Jrd::read(&serde_json::from_slice(&bytes).unwrap(), false);
        assert_eq!(jrd.subject.unwrap().to_string(), subject, "{file}");
        assert_eq!(jrd.actor.unwrap().as_str(), actor, "{file}");
    }
}

#[test]
fn texts_that_are_no_handles_are_refused() {
    for (text, error) in [
        ("art", HandleError::Form),
        ("", HandleError::Form),
        ("@@", HandleError::Form),
        ("a b@img.example", HandleError::Name),
        ("a/../b@img.example", HandleError::Name),
        ("art@", HandleError::Host),
        ("art@localhost", HandleError::Host),
        ("art@127.0.0.1", HandleError::Host),
        ("art@img.example/x", HandleError::Host),
        ("art@img.example?x", HandleError::Host),
        ("art@a@img.example", HandleError::Host),
    ] {
        assert_eq!(Handle::parse(text, false), Err(error), "{text}");
    }
    assert_eq!(
        Handle::parse("art@Müller.example", false).unwrap().host,
        "xn--mller-kva.example"
    );
    assert_eq!(
        Handle::parse("art@localhost:8081", true).unwrap().host,
        "localhost:8081"
    );
}

#[test]
fn our_own_answer_links_the_actor_and_its_page() {
    let answer = local(
        "art@img.example",
        "https://img.example/b/art",
        "https://img.example/b/art",
        "https://img.example",
    );
    assert_eq!(answer["subject"], "acct:art@img.example");
    assert_eq!(answer["aliases"], json!(["https://img.example/b/art"]));
    assert_eq!(
        Jrd::read(&answer, false).actor.unwrap().as_str(),
        "https://img.example/b/art"
    );
    let links = answer["links"].as_array().unwrap();
    assert_eq!(links.len(), 3);
    assert_eq!(
        links[2]["template"],
        "https://img.example/authorize_interaction?uri={uri}"
    );
    assert_eq!(links[1]["href"], "https://img.example/b/art");
}
