//! The client against small servers on loopback that behave as badly as peers can.

use std::convert::Infallible;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use db::{Clock, Timestamp};
use futures_util::{StreamExt as _, future, stream};
use url::Url;

use super::{ACTIVITY_JSON, Client, FetchError, Limits, Settings};
use crate::address::Reach;
use crate::key::{PrivateKey, PublicKey, Signer};
use crate::resolve::Names;
use crate::signature;

mod hostile;
mod signed;

fn now() -> Timestamp {
    Timestamp::parse("2026-11-20T10:00:00Z").unwrap()
}

async fn serve(router: Router) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

fn client_with(reach: Reach, hosts: &[(&str, SocketAddr)], limits: Limits) -> Client {
    let names: Names = hosts
        .iter()
        .map(|(name, at)| ((*name).to_owned(), *at))
        .collect();
    let clock = Clock::manual(now());
    Client::new(Settings {
        origin: "https://img.example".into(),
        reach,
        names,
        clock,
        limits,
    })
    .unwrap()
}

/// A client that may reach everything and knows `hosts` by name.
fn client(hosts: &[(&str, SocketAddr)]) -> Client {
    client_with(Reach::everywhere(), hosts, Limits::default())
}

fn url(text: &str) -> Url {
    Url::parse(text).unwrap()
}

fn activity(json: impl Into<Body>) -> Response {
    ([(header::CONTENT_TYPE, ACTIVITY_JSON)], json.into()).into_response()
}

fn typed(content_type: &'static str, json: &'static str) -> Response {
    ([(header::CONTENT_TYPE, content_type)], json).into_response()
}

#[tokio::test]
async fn a_document_at_its_id_is_believed() {
    let alpha = serve(Router::new().route(
        "/u/x",
        get(async || activity(r#"{"id":"http://alpha.test/u/x","n":1}"#)),
    ))
    .await;
    let fetched = client(&[("alpha.test", alpha)])
        .get_document(&url("http://alpha.test/u/x#main-key"), None)
        .await
        .unwrap();
    assert_eq!(fetched.final_url.as_str(), "http://alpha.test/u/x");
    assert_eq!(fetched.value["n"], 1);
}

#[tokio::test]
async fn another_address_of_the_same_thing_leads_to_its_id() {
    let alpha = serve(
        Router::new()
            .route(
                "/@x",
                get(async || activity(r#"{"id":"http://alpha.test/u/x"}"#)),
            )
            .route(
                "/u/x",
                get(async || activity(r#"{"id":"http://alpha.test/u/x","true":true}"#)),
            ),
    )
    .await;
    let fetched = client(&[("alpha.test", alpha)])
        .get_document(&url("http://alpha.test/@x"), None)
        .await
        .unwrap();
    assert_eq!(fetched.value["true"], true);
}

#[tokio::test]
async fn missing_and_gone_are_told_apart() {
    let alpha = serve(Router::new().route("/gone", get(async || StatusCode::GONE))).await;
    let client = client(&[("alpha.test", alpha)]);
    let missing = client
        .get_document(&url("http://alpha.test/missing"), None)
        .await
        .unwrap_err();
    let gone = client
        .get_document(&url("http://alpha.test/gone"), None)
        .await
        .unwrap_err();
    assert!(
        matches!(missing, FetchError::NotFound) && missing.is_absent(),
        "{missing}"
    );
    assert!(
        matches!(gone, FetchError::Gone) && gone.is_absent(),
        "{gone}"
    );
    assert_eq!((missing.code(), gone.code()), ("not_found", "gone"));
}

#[tokio::test]
async fn plain_json_is_taken_where_it_was_asked_for() {
    let alpha = serve(Router::new().route(
        "/a",
        get(async || typed("application/jrd+json; charset=utf-8", "{}")),
    ))
    .await;
    let client = client(&[("alpha.test", alpha)]);
    let plain = super::Plain {
        accept: "application/jrd+json",
        types: &["application/jrd+json"],
        cap: 10,
    };
    assert!(
        client
            .get_plain(&url("http://alpha.test/a"), plain)
            .await
            .is_ok()
    );
    let other = super::Plain {
        types: &["application/json"],
        ..plain
    };
    assert!(matches!(
        client.get_plain(&url("http://alpha.test/a"), other).await,
        Err(FetchError::ContentType(_))
    ));
    let small = super::Plain { cap: 1, ..plain };
    assert!(matches!(
        client.get_plain(&url("http://alpha.test/a"), small).await,
        Err(FetchError::TooLarge(1))
    ));
}

#[tokio::test]
async fn a_download_streams_and_stops_at_its_cap() {
    let alpha =
        serve(Router::new().route("/x.png", get(async || typed("image/png", "0123456789")))).await;
    let client = client(&[("alpha.test", alpha)]);
    let mut sink = Vec::new();
    let done = client
        .download(&url("http://alpha.test/x.png"), 10, &mut sink)
        .await
        .unwrap();
    assert_eq!(
        (done.bytes, done.content_type.as_deref()),
        (10, Some("image/png"))
    );
    assert_eq!(sink, b"0123456789");
    let cut = client
        .download(&url("http://alpha.test/x.png"), 9, &mut Vec::new())
        .await;
    assert!(matches!(cut, Err(FetchError::TooLarge(9))));
}

#[tokio::test]
async fn at_most_four_fetches_are_under_way_at_one_host() {
    let under_way = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let barrier = Arc::new(tokio::sync::Barrier::new(4));
    let (count, peak) = (Arc::clone(&under_way), Arc::clone(&most));
    let handler = async move || {
        peak.fetch_max(count.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
        barrier.wait().await;
        count.fetch_sub(1, Ordering::SeqCst);
        activity("{}")
    };
    let alpha = serve(Router::new().route("/", get(handler))).await;
    let client = client(&[("alpha.test", alpha)]);
    let address = url("http://alpha.test/");
    let all = future::join_all((0..16).map(|_| client.get_json(&address, None))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!(most.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_host_that_never_answers_is_left_alone_for_a_while() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = listener.local_addr().unwrap();
    drop(listener);
    let client = client(&[("dead.test", closed)]);
    let address = url("http://dead.test/x");
    for _ in 0..3 {
        let error = client.get_json(&address, None).await.unwrap_err();
        assert!(
            matches!(error, FetchError::Network(_)) && error.is_passing(),
            "{error:?}"
        );
    }
    assert!(matches!(
        client.get_json(&address, None).await,
        Err(FetchError::Resting(_))
    ));
    client.welcome_back(&address);
    assert!(matches!(
        client.get_json(&address, None).await,
        Err(FetchError::Network(_))
    ));
}

#[tokio::test]
async fn a_name_nobody_has_is_said_to_be_unknown() {
    let error = client(&[])
        .get_json(&url("http://nobody.invalid/"), None)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, FetchError::UnknownHost(host) if host == "nobody.invalid"),
        "{error:?}"
    );
}

#[tokio::test]
async fn handles_of_private_hosts_are_asked_over_http() {
    let local: SocketAddr = "127.0.0.1:4001".parse().unwrap();
    let open = client(&[
        ("alpha.test", local),
        ("public.test", "8.8.8.8:0".parse().unwrap()),
    ]);
    assert_eq!(open.scheme_for("alpha.test").await, "http");
    assert_eq!(open.scheme_for("127.0.0.1:8081").await, "http");
    assert_eq!(open.scheme_for("localhost:8081").await, "http");
    assert_eq!(open.scheme_for("public.test").await, "https");
    assert_eq!(open.scheme_for("8.8.8.8").await, "https");
    let closed = client_with(Reach::public(), &[("alpha.test", local)], Limits::default());
    assert_eq!(closed.scheme_for("alpha.test").await, "https");
    assert_eq!(closed.scheme_for("127.0.0.1:8081").await, "https");
}
