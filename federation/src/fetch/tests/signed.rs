//! What goes out signed verifies at the host it reaches, and nowhere else.

use super::*;

fn signer() -> (Signer, PublicKey) {
    let key = PrivateKey::made().unwrap();
    let public = PublicKey::from_pem(&key.public_pem().unwrap()).unwrap();
    (Signer::new("https://img.example/#main-key", key), public)
}

/// Whether the request's signature holds at `host`, for the target that `target` makes of the request's.
fn holds(
    request: &Request,
    body: &[u8],
    host: &str,
    key: &PublicKey,
    target: fn(&str) -> &str,
) -> bool {
    let read = signature::read(&signature::Request {
        method: request.method(),
        target: target(request.uri().path_and_query().unwrap().as_str()),
        headers: request.headers(),
        body,
        scheme: "http",
        hosts: &[host],
        now: now(),
    });
    read.is_ok_and(|claim| signature::check_now(&claim, key).is_ok())
}

fn guarded(
    host: &'static str,
    key: PublicKey,
    then: fn() -> Response,
) -> axum::routing::MethodRouter {
    get(async move |request: Request| {
        if holds(&request, b"", host, &key, |target| target) {
            then()
        } else {
            StatusCode::UNAUTHORIZED.into_response()
        }
    })
}

#[tokio::test]
async fn every_redirect_is_signed_anew_for_its_host() {
    let (signer, key) = signer();
    let onward = || Redirect::temporary("http://beta.test/x").into_response();
    let alpha = serve(Router::new().route("/x", guarded("alpha.test", key.clone(), onward))).await;
    let last = || activity(r#"{"id":"http://beta.test/x"}"#);
    let beta = serve(Router::new().route("/x", guarded("beta.test", key, last))).await;
    let client = client(&[("alpha.test", alpha), ("beta.test", beta)]);
    let fetched = client
        .get_document(&url("http://alpha.test/x"), Some(&signer))
        .await
        .unwrap();
    assert_eq!(fetched.final_url.as_str(), "http://beta.test/x");
    let unsigned = client
        .get_document(&url("http://alpha.test/x"), None)
        .await
        .unwrap_err();
    assert!(matches!(unsigned, FetchError::Status(401)), "{unsigned:?}");
}

#[tokio::test]
async fn an_unusual_port_is_part_of_the_signed_host() {
    let (signer, key) = signer();
    let local = serve(Router::new().fallback(async move |request: Request| {
        let host = request.headers()[header::HOST].to_str().unwrap().to_owned();
        assert!(holds(&request, b"", &host, &key, |target| target));
        activity("{}")
    }))
    .await;
    let address = format!("http://localhost:{}/x?page=1", local.port());
    let fetched = client(&[("localhost", local)])
        .get_json(&url(&address), Some(&signer))
        .await
        .unwrap();
    assert_eq!(fetched.final_url.as_str(), address);
}

#[tokio::test]
async fn a_refused_query_is_tried_once_without_it_in_the_signature() {
    let (signer, key) = signer();
    let tries = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&tries);
    let old = get(async move |request: Request| {
        count.fetch_add(1, Ordering::SeqCst);
        // Older software signs and checks the path alone.
        if holds(&request, b"", "alpha.test", &key, |target| {
            target.split('?').next().unwrap_or(target)
        }) {
            activity("{}")
        } else {
            StatusCode::UNAUTHORIZED.into_response()
        }
    });
    let alpha = serve(Router::new().route("/page", old)).await;
    let client = client(&[("alpha.test", alpha)]);
    client
        .get_json(&url("http://alpha.test/page?page=1"), Some(&signer))
        .await
        .unwrap();
    assert_eq!(tries.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_delivery_carries_its_digest_and_reports_the_answer() {
    let (signer, key) = signer();
    let inbox = post(async move |request: Request| {
        let (parts, body) = request.into_parts();
        let body = axum::body::to_bytes(body, 10_000).await.unwrap();
        let request = Request::from_parts(parts, Body::empty());
        assert_eq!(request.headers()[header::CONTENT_TYPE], ACTIVITY_JSON);
        assert!(holds(&request, &body, "alpha.test", &key, |target| target));
        assert!(!holds(&request, b"other", "alpha.test", &key, |target| {
            target
        }));
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, "90".parse().unwrap());
        (StatusCode::TOO_MANY_REQUESTS, headers, "slower,\nplease")
    });
    let alpha = serve(
        Router::new()
            .route("/inbox", inbox)
            .route("/moved", post(async || Redirect::temporary("/inbox"))),
    )
    .await;
    let client = client(&[("alpha.test", alpha)]);
    let body = Bytes::from_static(br#"{"type":"Like"}"#);
    let answer = client
        .post_activity(&url("http://alpha.test/inbox"), body.clone(), &signer)
        .await
        .unwrap();
    assert_eq!(
        (answer.status, answer.retry_after),
        (429, Some(Duration::from_secs(90)))
    );
    assert_eq!(answer.detail, "slower, please");
    let moved = client
        .post_activity(&url("http://alpha.test/moved"), body, &signer)
        .await
        .unwrap();
    assert_eq!(moved.status, 307);
}

#[tokio::test]
async fn the_user_agent_says_who_asks() {
    let alpha = serve(Router::new().route(
        "/",
        get(async |headers: HeaderMap| {
            let agent = headers[header::USER_AGENT].to_str().unwrap().to_owned();
            activity(format!(
                r#"{{"agent":"{agent}","accept":{}}}"#,
                headers[header::ACCEPT]
                    .to_str()
                    .unwrap()
                    .contains("ld+json")
            ))
        }),
    ))
    .await;
    let fetched = client(&[("alpha.test", alpha)])
        .get_json(&url("http://alpha.test/"), None)
        .await
        .unwrap();
    let agent = fetched.value["agent"].as_str().unwrap();
    assert!(
        agent.starts_with("Stoa/") && agent.ends_with("(+https://img.example/)"),
        "{agent}"
    );
    assert_eq!(fetched.value["accept"], true);
}
