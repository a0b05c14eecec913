//! What a monitor reads of a node that works.

use axum::body::Body;
use axum::http::Request;
use tower::ServiceExt;

use crate::net::Net;

#[tokio::test(flavor = "multi_thread")]
async fn requests_queues_and_peers_are_counted() {
    let net = Net::start(["alpha", "beta"]).await;
    let node = net.node("alpha");
    let anna = node.admin("anna").await;
    anna.board("art").await;
    let ben = net.node("beta").person("ben").await;
    ben.follow_board("art@alpha.test").await;
    net.settle().await;
    anna.thread("art", "Hello", "to all").await;
    for path in ["/b/art/1", "/b/art/1", "/nowhere/at/all"] {
        anna.raw(path, "text/html").await;
    }

    let before = page(&net).await;
    let due = number(&before, "stoa_jobs{queue=\"outbox\",state=\"due\"}");
    assert!(due.is_some_and(|count| count >= 1.0), "{before}");
    net.advance(90 * db::SECOND);
    let later = page(&net).await;
    assert_eq!(
        number(&later, "stoa_jobs_lag_seconds{queue=\"outbox\"}"),
        Some(90.0),
        "{later}"
    );
    net.settle().await;
    let after = page(&net).await;
    let delivered = number(&after, "stoa_deliveries{state=\"sent\"}");
    assert!(delivered.is_some_and(|count| count >= 2.0), "{after}");
    assert_eq!(
        number(&after, "stoa_peers{state=\"up\"}"),
        Some(1.0),
        "{after}"
    );

    let route = "route=\"/b/{board}/{no}\"";
    let shown = format!("stoa_requests_total{{{route},class=\"2xx\"}}");
    assert_eq!(number(&after, &shown), Some(2.0), "{after}");
    let all = format!("stoa_request_seconds_bucket{{{route},le=\"+Inf\"}}");
    assert_eq!(number(&after, &all), Some(2.0), "{after}");
    let kept = "stoa_kept_answers_total{outcome=\"hit\"}";
    assert_eq!(number(&after, kept), Some(1.0), "{after}");
    let unknown = "stoa_requests_total{route=\"none\",class=\"4xx\"}";
    assert_eq!(number(&after, unknown), Some(1.0), "{after}");
    assert!(
        number(&after, "process_resident_memory_bytes") > Some(1e6),
        "{after}"
    );
    assert!(number(&after, "stoa_media_bytes").is_some(), "{after}");
    assert!(
        number(&after, "stoa_database_connections{state=\"used\"}").is_some(),
        "{after}"
    );
}

async fn page(net: &Net) -> String {
    let node = net.node("alpha");
    let (app, requests) = (node.app().clone(), node.requests().clone());
    let router = node::metrics::router(app, requests, node.cache().clone());
    let request = Request::get("/metrics").body(Body::empty()).unwrap();
    let answer = router.oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 200);
    let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20)
        .await
        .unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn number(page: &str, name: &str) -> Option<f64> {
    let line = page.lines().find_map(|line| line.strip_prefix(name))?;
    line.trim().parse().ok()
}
