//! Pictures: uploading under limits, describing, serving.

use http::Method;
use serde_json::json;

use crate::node::Node;
use crate::pictures;

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_is_uploaded_described_and_thrown_away() {
    for node in Node::each().await {
        let anna = node.member("anna").await;
        let ben = node.member("ben").await;
        let fields = [
            ("alt", "A square"),
            ("sensitive", "true"),
            ("focus", "0.5,-0.25"),
        ];
        let made = node.upload(&anna, &pictures::png(1), &fields).await;
        assert_eq!(made.status, 201, "{}", made.json);
        assert_eq!(
            made.header("location"),
            format!("/api/stoa/v1/media/{}", made.id())
        );
        assert_eq!(made.json["alt"], "A square");
        assert_eq!(made.json["focus"], json!({"x": 0.5, "y": -0.25}));
        assert_eq!(
            (&made.json["width"], &made.json["height"]),
            (&json!(24), &json!(16))
        );
        assert_eq!(
            (&made.json["mime"], &made.json["kind"]),
            (&json!("image/png"), &json!("image"))
        );
        assert!(!made.json["renditions"].as_array().unwrap().is_empty());

        let path = format!("/media/{}", made.id());
        assert_eq!(node.get(&path).by(&anna).expect(200).await.json, made.json);
        let patch = json!({"alt": "A red square", "focus": {"x": 0, "y": 1}});
        node.patch(&path, patch.clone()).by(&ben).expect(404).await;
        let changed = node.patch(&path, patch).by(&anna).expect(200).await;
        assert_eq!(
            (&changed.json["alt"], &changed.json["sensitive"]),
            (&json!("A red square"), &json!(true))
        );
        let wrong = json!({"alt": "x".repeat(5001), "focus": {"x": 2, "y": 0}});
        let answer = node.patch(&path, wrong).by(&anna).expect(422).await;
        assert_eq!(answer.faulty(), ["alt", "focus"]);

        node.delete(&path).by(&ben).expect(404).await;
        node.delete(&path).by(&anna).expect(204).await;
        node.get(&path).by(&anna).expect(404).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_animation_has_its_first_frame_beside_its_renditions() {
    for node in Node::each().await {
        let anna = node.admin("anna").await;
        let still = node.upload(&anna, &pictures::png(1), &[]).await;
        assert_eq!(still.json["still"], json!(null));
        let made = node.upload(&anna, &pictures::gif(), &[]).await;
        assert_eq!(
            (&made.json["kind"], &made.json["frames"]),
            (&json!("animation"), &json!(2))
        );
        let names: Vec<_> = made.json["renditions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|rendition| &rendition["name"])
            .collect();
        assert_eq!(names, ["320"]);
        let first = &made.json["still"];
        assert_eq!(
            (&first["width"], &first["height"], &first["name"]),
            (&json!(24), &json!(16), &json!("still"))
        );
        node.board(&anna, "art").await;
        let draft = json!({"media": [made.id()]});
        node.post("/boards/art/threads", draft)
            .by(&anna)
            .expect(201)
            .await;
        let path = first["url"].as_str().unwrap();
        let path = path.replace("http://alpha.test", "/");
        let file = node.get(&path).expect(200).await;
        assert_eq!(file.header("content-type"), "image/webp");
        assert_eq!(first["bytes"], json!(file.bytes.len()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_posted_picture_stays_with_its_post() {
    for node in Node::each().await {
        let admin = node.admin("anna").await;
        let ben = node.member("ben").await;
        node.board(&admin, "art").await;
        let id = node.upload(&admin, &pictures::png(2), &[]).await.id();
        let draft = json!({"media": [id]});
        let stolen = node
            .post("/boards/art/threads", draft.clone())
            .by(&ben)
            .expect(422)
            .await;
        assert_eq!(stolen.faulty(), ["media"]);
        node.post("/boards/art/threads", draft.clone())
            .by(&admin)
            .expect(201)
            .await;
        let again = node
            .post("/boards/art/threads", draft)
            .by(&admin)
            .send()
            .await;
        assert!(
            [409, 422].contains(&again.status.as_u16()),
            "{}",
            again.json
        );
        let kept = node
            .delete(&format!("/media/{id}"))
            .by(&admin)
            .expect(409)
            .await;
        assert_eq!(kept.json["code"], "attached");
        node.get(&format!("/media/{id}")).expect(200).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_are_not_taken_are_refused_with_the_reason() {
    let node = Node::sqlite().await;
    let anna = node.member("anna").await;
    let large = vec![7; 150_000];
    let answer = node.upload(&anna, &large, &[]).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json["code"]),
        (413, &json!("too_large"))
    );
    let detail = answer.text("detail");
    assert!(detail.contains("97.7 KiB"), "the limit: {detail}");

    let answer = node.upload(&anna, b"%PDF-1.7 \n", &[]).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json["code"]),
        (415, &json!("unsupported_type"))
    );
    let detail = answer.text("detail");
    for kind in ["PDF", "JPEG", "PNG", "GIF", "WebP"] {
        assert!(detail.contains(kind), "{detail}");
    }

    let whole = pictures::png(1);
    let answer = node.upload(&anna, &whole[..whole.len() / 2], &[]).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.faults(), ["file:broken_picture"]);
    let answer = node
        .upload(&anna, b"<html><script>alert(1)</script>", &[])
        .await;
    assert_eq!(answer.status, 415);
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_that_are_none_are_refused() {
    let node = Node::sqlite().await;
    let anna = node.member("anna").await;
    let send = |body: Vec<u8>| node.call(Method::POST, "/media").by(&anna).form(body);
    let missing = send(pictures::form(
        None,
        &[("sensitive", "maybe"), ("focus", "2,2")],
    ))
    .expect(422)
    .await;
    assert_eq!(missing.faulty(), ["file", "focus", "sensitive"]);
    let picture = pictures::png(1);
    let whole = pictures::form(Some(&picture), &[]);
    send(whole[..whole.len() - 40].to_vec()).expect(400).await;
    send(Vec::new()).expect(400).await;
    let no_form = node.post("/media", json!({})).by(&anna).expect(415).await;
    assert!(no_form.text("detail").contains("multipart/form-data"));
    let many: Vec<_> = (0..200).map(|_| ("x", "y")).collect();
    send(pictures::form(Some(&picture), &many))
        .expect(422)
        .await;
    let long = "x".repeat(600_000);
    send(pictures::form(Some(&picture), &[("alt", &long)]))
        .expect(413)
        .await;
    let waiting = node.call(Method::POST, "/media").by(&anna).form(Vec::new());
    let refused = waiting
        .header("expect", "100-continue")
        .header("content-length", "99000000")
        .expect(413)
        .await;
    assert!(
        refused.text("detail").contains("99000000"),
        "{}",
        refused.json
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn stored_pictures_are_served_as_pictures_only() {
    for node in Node::each().await {
        let anna = node.member("anna").await;
        let file = pictures::png(5);
        let made = node.upload(&anna, &file, &[]).await;
        let url = made.text("url").replace("http://alpha.test", "/");
        let whole = node.get(&url).expect(200).await;
        assert_eq!(
            whole.bytes.len().to_string(),
            made.json["bytes"].to_string()
        );
        assert_eq!(whole.header("content-type"), "image/png");
        assert_eq!(
            whole.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(
            whole.header("content-security-policy"),
            "sandbox; default-src 'none'"
        );
        let tag = whole.header("etag").to_owned();
        node.get(&url)
            .header("if-none-match", &tag)
            .expect(304)
            .await;
        let activity = node
            .get(&url)
            .header("accept", "application/activity+json")
            .expect(200)
            .await;
        assert_eq!(activity.header("content-type"), "image/png");

        let part = node
            .get(&url)
            .header("range", "bytes=8-11")
            .expect(206)
            .await;
        assert_eq!(part.bytes, whole.bytes[8..12]);
        assert_eq!(
            part.header("content-range"),
            format!("bytes 8-11/{}", whole.bytes.len())
        );
        assert_eq!(part.header("content-length"), "4");
        let beyond = node
            .get(&url)
            .header("range", "bytes=999999-")
            .expect(416)
            .await;
        assert_eq!(
            beyond.header("content-range"),
            format!("bytes */{}", whole.bytes.len())
        );
        let head = node.call(Method::HEAD, &url).expect(200).await;
        assert_eq!(
            (head.header("content-length"), head.bytes.len()),
            (&*whole.bytes.len().to_string(), 0)
        );

        for rendition in made.json["renditions"].as_array().unwrap() {
            let url = rendition["url"]
                .as_str()
                .unwrap()
                .replace("http://alpha.test", "/");
            assert_eq!(
                node.get(&url).expect(200).await.header("content-type"),
                "image/webp"
            );
        }
        let sha = url.split('/').nth(3).unwrap();
        for wrong in [
            "original.jpg",
            "original",
            "original.html",
            "9000.webp",
            "..%2foriginal.png",
            "original.png.html",
        ] {
            node.get(&format!("//media/{sha}/{wrong}"))
                .expect(404)
                .await;
        }
        node.get(&format!("//media/{}/original.png", "0".repeat(64)))
            .expect(404)
            .await;
        node.get("//media/..%2f..%2fetc/passwd.png")
            .expect(404)
            .await;
    }
}
