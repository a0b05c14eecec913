//! Pictures of the same meaning in the shapes of different software come out as the same list.

use super::*;

/// Media kind, address and type.
type File = (Media, String, Option<String>);

/// The files, the page and the thumbnail.
fn files(document: &Value) -> (Vec<File>, Option<String>, Option<String>) {
    let note = NoteDoc::read(document, now()).unwrap();
    let files = note
        .attachments
        .into_iter()
        .map(|file| (file.media, file.url, file.mime))
        .collect();
    (files, note.link, note.thumbnail.map(|file| file.url))
}

fn object(file: &str) -> Option<Value> {
    let document = fixture(file)?;
    Some(
        document
            .get("object")
            .filter(|object| object.is_object())
            .cloned()
            .unwrap_or(document),
    )
}

#[test]
fn one_picture_in_seven_shapes_is_one_list() {
    let url = "https://a.example/x.png";
    let shapes = [
        json!([{"type": "Image", "url": url, "mediaType": "image/png"}]),
        json!({"type": "Image", "url": url, "mediaType": "image/png"}),
        json!([{"type": "Document", "url": url, "mediaType": "image/png; charset=binary"}]),
        json!([{"type": "Document", "url": [{"type": "Link", "href": url, "mediaType": "image/png"}]}]),
        json!([{"type": "Document", "url": {"type": "Link", "href": url, "mediaType": "IMAGE/PNG"}}]),
        json!([{"type": "Attachment", "href": url, "mediatype": "image/png"}]),
        json!([{"type": "Link", "href": url, "mediaType": "image/png"}]),
        json!([{"mediaType": "image/png", "url": url}]),
        json!([{"type": "PropertyValue", "name": "x", "value": url}, {"haha": 1}, null, {"type": "Image", "url": url, "mediaType": "image/png"}]),
    ];
    for shape in shapes {
        let found = files(&json!({"type": "Note", "attachment": shape}));
        assert_eq!(
            found,
            (
                vec![(Media::Image, url.into(), Some("image/png".into()))],
                None,
                None
            ),
            "{shape}"
        );
    }
}

#[test]
fn pictures_of_the_fixtures_are_found() {
    let expected: [(&str, &[&str]); 10] = [
        (
            "lemmy/objects_page.json",
            &["https://enterprise.lemmy.ml/pictrs/image/eOtYb9iEiB.png"],
        ),
        (
            "lemmy/objects_page_image_and_link.json",
            &["https://enterprise.lemmy.ml/pictrs/image/eOtYb9iEiB.png"],
        ),
        (
            "lemmy/activities_create_or_update_create_page.json",
            &["https://lemmy.ml/pictrs/image/xl8W7FZfk9.jpg"],
        ),
        (
            "mastodon/mastodon-create-with-attachment.json",
            &[
                "http://mastodon.example.org/system/media_attachments/files/000/000/002/original/334ce029e7bfb920.jpg",
            ],
        ),
        (
            "pixelfed/pixelfedtest_NoteAttachmentTest_json3.json",
            &[
                "https://files.mastodon.social/media_attachments/files/007/110/573/original/96a196885a77c9a4.jpg",
            ],
        ),
        (
            "piefed/docs_posts_06_Page.json",
            &["https://jolly-piefed.jomandoa.net/static/media/posts/Ef/lI/EflI4MtZdsQDOUP.png"],
        ),
        (
            "ghost/note-with-image-object.json",
            &["https://example.com/images/test.jpg"],
        ),
        (
            "fchannel/synthetic-create-op.json",
            &["https://fchan.example/public/1740914431.png"],
        ),
        (
            "mobilizon/mobilizon-post-activity-media.json",
            &["https://mobilizon.fr/some-image"],
        ),
        ("lotide/objects_page.json", &[]),
    ];
    for (file, urls) in expected {
        let Some(object) = object(file) else {
            return;
        };
        let (found, _, _) = files(&object);
        let found: Vec<&str> = found
            .iter()
            .filter(|(media, ..)| *media == Media::Image)
            .map(|(_, url, _)| url.as_str())
            .collect();
        assert_eq!(found, urls, "{file}");
    }
}

#[test]
fn links_and_thumbnails_are_told_from_pictures() {
    let page = "https://example.com/some-article";
    let found = files(
        &json!({"type": "Page", "attachment": [{"type": "Link", "href": page}], "image": {"type": "Image", "url": "https://a.example/t.jpg"}}),
    );
    assert_eq!(
        found,
        (
            vec![],
            Some(page.into()),
            Some("https://a.example/t.jpg".into())
        )
    );
    let old_lemmy = files(
        &json!({"type": "Page", "image": {"type": "Image", "url": "https://a.example/p.jpg"}}),
    );
    assert_eq!(old_lemmy.0.len(), 1);
    let Some(video) = fixture("peertube/objects_video.json") else {
        return;
    };
    let (found, link, thumbnail) = files(&video);
    assert_eq!((found, link), (vec![], None));
    assert!(thumbnail.is_some_and(|url| url.starts_with("https://tilvids.com/lazy-static/")));
    let (found, ..) = files(&fixture("peertube/peertube-video.json").unwrap());
    assert!(
        matches!(found.as_slice(), [(Media::Video, url, _)] if url.ends_with("-1080.mp4")),
        "{found:?}"
    );
}

#[test]
fn details_of_a_picture_are_read_within_bounds() {
    let entry = json!({"type": "Image", "url": "https://a.example/x", "name": "file.jpg", "summary": " A cat. ", "width": 1600,
        "height": "1200", "blurhash": "LIIE|gRj00WB-;j[t7j[4nWBj[Rj", "focalPoint": [-0.5, 1], "sensitive": true, "size": 345,
        "digestMultibase": "zQm"});
    let note = NoteDoc::read(&json!({"type": "Note", "attachment": entry}), now()).unwrap();
    let [file] = note.attachments.as_slice() else {
        panic!("{note:?}")
    };
    assert_eq!(file.alt.as_deref(), Some("A cat."));
    assert_eq!(
        (file.width, file.height, file.size),
        (Some(1600), Some(1200), Some(345))
    );
    assert_eq!((file.focal, file.sensitive), (Some((-0.5, 1.0)), true));
    assert!(file.blurhash.is_some() && file.digest.is_some());
    let wild = json!({"type": "Image", "url": "https://a.example/x", "width": -5, "height": 1e9, "blurhash": "x", "focalPoint": [2, 0], "mediaType": "<b>"});
    let note = NoteDoc::read(&json!({"type": "Note", "attachment": wild}), now()).unwrap();
    let file = &note.attachments[0];
    assert_eq!(
        (
            file.width,
            file.height,
            file.focal,
            &file.blurhash,
            &file.mime
        ),
        (None, None, None, &None, &None)
    );
    let foreign = json!({"type": "Note", "attachment": [{"type": "Image", "url": "javascript:alert(1)"}, {"type": "Image", "url": "data:image/png;base64,AA"}]});
    assert_eq!(NoteDoc::read(&foreign, now()).unwrap().attachments, []);
}
