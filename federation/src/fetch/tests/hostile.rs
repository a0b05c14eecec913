//! What must be refused: private addresses in every way, posing documents, endless and oversized answers.

use super::*;

#[tokio::test]
async fn a_private_address_by_name_is_refused() {
    let inner = serve(Router::new()).await;
    let client = client_with(Reach::public(), &[("inner.test", inner)], Limits::default());
    let error = client
        .get_json(&url("https://inner.test/x"), None)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, FetchError::Refused(why) if why.host == "inner.test"),
        "{error:?}"
    );
    let error = client
        .get_json(&url("https://localhost/x"), None)
        .await
        .unwrap_err();
    assert!(matches!(error, FetchError::Refused(_)), "{error:?}");
}

#[tokio::test]
async fn a_private_address_as_literal_is_refused() {
    let client = client_with(Reach::public(), &[], Limits::default());
    for literal in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "0177.0.0.1",
        "0.0.0.0",
        "10.0.0.1",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[fd00::1]",
        "[fe80::1]",
    ] {
        let error = client
            .get_json(&url(&format!("https://{literal}/")), None)
            .await
            .unwrap_err();
        assert!(
            matches!(error, FetchError::Refused(_)),
            "{literal}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_private_address_by_redirect_is_refused() {
    for target in [
        "http://10.0.0.1/",
        "http://169.254.169.254/latest",
        "http://[::1]/",
        "http://inner.test/",
        "https://inner.test/",
    ] {
        let alpha =
            serve(Router::new().route("/", get(async move || Redirect::temporary(target)))).await;
        let inner = SocketAddr::from(([127, 0, 0, 2], 80));
        let reach = Reach::parse("127.0.0.1").unwrap();
        let client = client_with(
            reach,
            &[("alpha.test", alpha), ("inner.test", inner)],
            Limits::default(),
        );
        let error = client
            .get_json(&url("http://alpha.test/"), None)
            .await
            .unwrap_err();
        assert!(
            matches!(error, FetchError::Refused(_)),
            "{target}: {error:?}"
        );
    }
}

#[tokio::test]
async fn only_https_on_its_port_is_fetched_from_the_public() {
    let closed = client_with(Reach::public(), &[], Limits::default());
    for address in [
        "http://a.example/",
        "https://a.example:8443/",
        "ftp://a.example/",
        "https://u:p@a.example/",
        "https://u@a.example/",
    ] {
        let error = closed.get_json(&url(address), None).await.unwrap_err();
        assert!(
            matches!(error, FetchError::Address(_)),
            "{address}: {error:?}"
        );
    }
    // Allowed private peers do not open plain http to public ones.
    let open = client(&[("public.test", "8.8.8.8:0".parse().unwrap())]);
    for address in [
        "http://public.test/",
        "https://public.test:8443/",
        "http://8.8.8.8/",
    ] {
        let error = open.get_json(&url(address), None).await.unwrap_err();
        assert!(
            matches!(error, FetchError::Refused(_)),
            "{address}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_redirect_to_another_origin_does_not_pose() {
    let evil = serve(
        Router::new()
            .route(
                "/x",
                get(async || activity(r#"{"id":"http://alpha.test/u/x","evil":true}"#)),
            )
            .route(
                "/poser",
                get(async || activity(r#"{"id":"http://alpha.test/u/real","evil":true}"#)),
            ),
    )
    .await;
    let alpha = serve(
        Router::new()
            .route(
                "/u/x",
                get(async || Redirect::temporary("http://evil.test/x")),
            )
            .route(
                "/u/real",
                get(async || activity(r#"{"id":"http://alpha.test/u/real","true":true}"#)),
            ),
    )
    .await;
    let client = client(&[("alpha.test", alpha), ("evil.test", evil)]);
    let error = client
        .get_document(&url("http://alpha.test/u/x"), None)
        .await
        .unwrap_err();
    assert!(
        matches!(&error, FetchError::Identity { claimed } if claimed == "http://alpha.test/u/x"),
        "{error:?}"
    );
    let fetched = client
        .get_document(&url("http://evil.test/poser"), None)
        .await
        .unwrap();
    assert_eq!(
        (fetched.id(), &fetched.value["true"]),
        (Some("http://alpha.test/u/real"), &true.into())
    );
}

#[tokio::test]
async fn ports_of_one_host_are_different_servers() {
    let true_one = serve(Router::new().route("/u/x", get(async || StatusCode::NOT_FOUND))).await;
    let claimed = format!("http://127.0.0.1:{}/u/x", true_one.port());
    let body = format!(r#"{{"id":"{claimed}"}}"#);
    let evil = serve(Router::new().route("/u/x", get(async move || activity(body.clone())))).await;
    let error = client(&[])
        .get_document(&url(&format!("http://{evil}/u/x")), None)
        .await
        .unwrap_err();
    assert!(matches!(error, FetchError::NotFound), "{error:?}");
}

#[tokio::test]
async fn an_upload_served_as_actor_is_refused() {
    let actor = r#"{"id":"http://alpha.test/media/x.json","type":"Person"}"#;
    for content_type in [
        "application/json",
        "text/plain",
        "application/octet-stream",
        "application/ld+json",
        "image/png",
        "text/html",
    ] {
        let alpha = serve(Router::new().route(
            "/media/x.json",
            get(async move || typed(content_type, actor)),
        ))
        .await;
        let error = client(&[("alpha.test", alpha)])
            .get_document(&url("http://alpha.test/media/x.json"), None)
            .await
            .unwrap_err();
        assert!(
            matches!(error, FetchError::ContentType(_)),
            "{content_type}: {error:?}"
        );
    }
    // An uploader who chose the type still cannot be somebody else.
    let alpha = serve(
        Router::new()
            .route(
                "/media/x.json",
                get(async || activity(r#"{"id":"http://alpha.test/u/admin","evil":true}"#)),
            )
            .route(
                "/u/admin",
                get(async || activity(r#"{"id":"http://alpha.test/u/admin"}"#)),
            ),
    )
    .await;
    let fetched = client(&[("alpha.test", alpha)])
        .get_document(&url("http://alpha.test/media/x.json"), None)
        .await
        .unwrap();
    assert!(fetched.value.get("evil").is_none());
}

#[tokio::test]
async fn a_document_without_id_is_refused() {
    for body in [
        "{}",
        r#"{"id":null}"#,
        r#"{"id":"Anonymous"}"#,
        r#"{"id":{"id":"x"}}"#,
        "[]",
        "1",
    ] {
        let alpha = serve(Router::new().route("/x", get(async move || activity(body)))).await;
        let error = client(&[("alpha.test", alpha)])
            .get_document(&url("http://alpha.test/x"), None)
            .await
            .unwrap_err();
        assert!(matches!(error, FetchError::NoId), "{body}: {error:?}");
    }
}

#[tokio::test]
async fn recursion_by_redirects_ends() {
    let count = Arc::new(AtomicUsize::new(0));
    let hits = Arc::clone(&count);
    let around = async move || {
        hits.fetch_add(1, Ordering::SeqCst);
        Redirect::permanent("/loop")
    };
    let alpha = serve(
        Router::new()
            .route("/loop", get(around))
            .route("/1", get(async || Redirect::permanent("/2")))
            .route("/2", get(async || Redirect::to("http://alpha.test/3")))
            .route("/3", get(async || Redirect::temporary("4")))
            .route(
                "/4",
                get(async || activity(r#"{"id":"http://alpha.test/4"}"#)),
            ),
    )
    .await;
    let client = client(&[("alpha.test", alpha)]);
    let error = client
        .get_document(&url("http://alpha.test/loop"), None)
        .await
        .unwrap_err();
    assert!(
        matches!(error, FetchError::TooManyRedirects(3)),
        "{error:?}"
    );
    assert_eq!(count.load(Ordering::SeqCst), 4);
    assert!(
        client
            .get_document(&url("http://alpha.test/1"), None)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn recursion_by_ids_ends() {
    let alpha = serve(
        Router::new()
            .route(
                "/a",
                get(async || activity(r#"{"id":"http://alpha.test/b"}"#)),
            )
            .route(
                "/b",
                get(async || activity(r#"{"id":"http://alpha.test/a"}"#)),
            ),
    )
    .await;
    let error = client(&[("alpha.test", alpha)])
        .get_document(&url("http://alpha.test/a"), None)
        .await
        .unwrap_err();
    assert!(matches!(error, FetchError::Identity { .. }), "{error:?}");
}

#[tokio::test]
async fn a_body_of_two_megabytes_is_refused() {
    let big = || format!("\"{}\"", "x".repeat(2 * 1024 * 1024));
    let pieces = || {
        let piece = Ok::<_, Infallible>(Bytes::from(vec![b'x'; 64 * 1024]));
        activity(Body::from_stream(stream::iter(vec![piece; 32])))
    };
    let alpha = serve(
        Router::new()
            .route("/announced", get(async move || activity(big())))
            .route("/chunked", get(async move || pieces())),
    )
    .await;
    let client = client(&[("alpha.test", alpha)]);
    for path in ["announced", "chunked"] {
        let error = client
            .get_json(&url(&format!("http://alpha.test/{path}")), None)
            .await
            .unwrap_err();
        assert!(
            matches!(error, FetchError::TooLarge(super::super::MAX_JSON)),
            "{path}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_gzip_bomb_is_counted_after_decompression() {
    let bomb = gzip_of_one_letter(64 * 1024 * 1024);
    assert!(
        bomb.len() < 512 * 1024,
        "the test's own body must be small: {}",
        bomb.len()
    );
    let zipped = async move || {
        let headers = [
            (header::CONTENT_TYPE, ACTIVITY_JSON),
            (header::CONTENT_ENCODING, "gzip"),
        ];
        (headers, bomb.clone())
    };
    let alpha = serve(Router::new().route("/x", get(zipped))).await;
    let client = client(&[("alpha.test", alpha)]);
    let error = client
        .get_json(&url("http://alpha.test/x"), None)
        .await
        .unwrap_err();
    assert!(matches!(error, FetchError::TooLarge(_)), "{error:?}");
    let mut sink = Vec::new();
    let error = client
        .download(&url("http://alpha.test/x"), 100_000, &mut sink)
        .await
        .unwrap_err();
    assert!(
        matches!(error, FetchError::TooLarge(100_000)) && sink.len() <= 100_000,
        "{error:?}"
    );
}

#[tokio::test]
async fn a_body_that_never_ends_runs_out_of_time() {
    let slow = async || {
        let first = stream::once(future::ready(Ok::<_, Infallible>(Bytes::from_static(b"{"))));
        activity(Body::from_stream(first.chain(stream::pending())))
    };
    let alpha = serve(
        Router::new()
            .route("/body", get(slow))
            .route("/head", get(future::pending::<Response>)),
    )
    .await;
    let limits = Limits {
        total: Duration::from_millis(200),
        ..Limits::default()
    };
    let client = client_with(Reach::everywhere(), &[("alpha.test", alpha)], limits);
    for path in ["body", "head"] {
        let error = client
            .get_json(&url(&format!("http://alpha.test/{path}")), None)
            .await
            .unwrap_err();
        assert!(matches!(error, FetchError::Timeout), "{path}: {error:?}");
    }
}

#[tokio::test]
async fn json_that_breaks_the_rules_is_refused() {
    let deep = || format!("{}{}", "[".repeat(200), "]".repeat(200));
    let alpha = serve(
        Router::new()
            .route("/deep", get(async move || activity(deep())))
            .route("/twice", get(async || activity(r#"{"id":"a","id":"b"}"#)))
            .route("/text", get(async || activity("<html>"))),
    )
    .await;
    let client = client(&[("alpha.test", alpha)]);
    for (path, code) in [
        ("deep", "json_too_deep"),
        ("twice", "json_duplicate_key"),
        ("text", "json_syntax"),
    ] {
        let error = client
            .get_json(&url(&format!("http://alpha.test/{path}")), None)
            .await
            .unwrap_err();
        assert_eq!(error.code(), code);
    }
}

/// A gzip file of `count` times one letter, made by hand: one fixed-Huffman block of the longest matches.
fn gzip_of_one_letter(count: usize) -> Vec<u8> {
    let mut bits: Vec<bool> = vec![true, true, false];
    let mut push =
        |code: u32, length: u32| bits.extend((0..length).rev().map(|at| code >> at & 1 == 1));
    push(0x30 + u32::from(b'x'), 8);
    for _ in 0..count / 258 {
        push(0b1100_0101, 8);
        push(0, 5);
    }
    push(0, 7);
    let mut file = Vec::new();
    file.write_all(&[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255])
        .unwrap();
    for byte in bits.chunks(8) {
        file.push(
            byte.iter()
                .enumerate()
                .fold(0, |sum, (at, bit)| sum | u8::from(*bit) << at),
        );
    }
    file.write_all(&[0; 8]).unwrap();
    file
}
