//! Pictures across nodes: shown by each node from its own files, with their texts, and without what they reveal.

use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, Rgba, RgbaImage};
use serde_json::json;

use crate::net::Net;

/// A JPEG whose EXIF block says where it was taken.
fn jpeg_with_gps() -> Vec<u8> {
    let picture = image::RgbImage::from_fn(320, 200, |x, y| {
        image::Rgb([(x % 256) as u8, (y % 256) as u8, 90])
    });
    let mut plain = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut plain, 85)
        .encode_image(&picture)
        .unwrap();
    let mut exif =
        b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0".to_vec();
    exif.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0GPSPOSITION-48.8584N");
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let mut whole = plain[..2].to_vec();
    whole.extend([0xff, 0xe1, length[0], length[1]]);
    whole.extend(exif);
    whole.extend(&plain[2..]);
    whole
}

fn animation() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    encoder
        .set_repeat(image::codecs::gif::Repeat::Infinite)
        .unwrap();
    for step in 0..4u8 {
        let picture = RgbaImage::from_pixel(64, 48, Rgba([step * 60, 100, 200, 255]));
        let frame = Frame::from_parts(picture, 0, 0, Delay::from_numer_denom_ms(80, 1));
        encoder.encode_frame(frame).unwrap();
    }
    drop(encoder);
    bytes
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pictures_arrive_with_their_texts_and_without_gps() {
    let net = Net::start(["alpha", "beta"]).await;
    let anna = net.node("alpha").admin("anna").await;
    let ben = net.node("beta").person("ben").await;
    anna.board("art").await;
    ben.follow_board("art@alpha.test").await;
    net.settle().await;
    let photo = jpeg_with_gps();
    assert!(contains(&photo, b"GPSPOSITION"));
    let first = anna
        .upload("tower.jpg", photo, "A tower in the evening")
        .await;
    let second = anna
        .upload("loop.gif", animation(), "Four colours in turn")
        .await;
    let draft = json!({"subject": "Pictures", "body": "two of them", "media": [first, second]});
    let thread = anna.thread_with("art", draft).await;
    net.settle().await;

    let uri = thread.body["posts"][0]["uri"].as_str().unwrap();
    let post = ben.post_by_uri("art@alpha.test", uri).await.unwrap();
    let media = post["media"].as_array().unwrap();
    let alts: Vec<&str> = media
        .iter()
        .map(|one| one["alt"].as_str().unwrap())
        .collect();
    assert_eq!(alts, ["A tower in the evening", "Four colours in turn"]);
    assert_eq!(post["no"], 1);
    for one in media {
        let address = one["url"]
            .as_str()
            .unwrap()
            .strip_prefix("http://beta.test")
            .unwrap();
        let (status, headers, bytes) = ben.raw(address, "image/*").await;
        assert_eq!(status, 200);
        assert_eq!(headers["content-type"], one["mime"].as_str().unwrap());
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(!contains(&bytes, b"GPS") && !contains(&bytes, b"48.8584"));
        assert_eq!(bytes.len() as u64, one["bytes"].as_u64().unwrap());
    }
    let moving = &media[1]["renditions"][0];
    let address = moving["url"]
        .as_str()
        .unwrap()
        .strip_prefix("http://beta.test")
        .unwrap();
    let (_, _, bytes) = ben.raw(address, "image/*").await;
    assert!(
        contains(&bytes, b"ANIM"),
        "the rendition of an animation moves"
    );

    let number = thread.body["no"].as_i64().unwrap();
    let (status, _, page) = ben
        .raw(&format!("/b/art@alpha.test/{number}"), "text/html")
        .await;
    let page = String::from_utf8(page).unwrap();
    assert_eq!(status, 200);
    assert!(page.contains("alt=\"A tower in the evening\"") && page.contains("/media/"));
    assert!(
        !page.contains("src=\"http://alpha.test"),
        "pictures are served by the node itself"
    );
}
