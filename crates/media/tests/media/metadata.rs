//! Nothing but the picture is kept: what tells of people, places and devices goes, without touching the pixels.

use image::{DynamicImage, ImageFormat};
use media::Format;
use moxcms::ColorProfile;

use crate::house::House;
use crate::samples::{self, holds};

const SECRET: &[u8] = b"SECRET";

fn pixels(file: &[u8]) -> Vec<u8> {
    image::load_from_memory(file).unwrap().into_bytes()
}

/// A JPEG with every kind of metadata we know of.
fn talkative_jpeg(orientation: u16) -> Vec<u8> {
    let plain = samples::jpeg(120, 80);
    let mut exif = b"Exif\0\0".to_vec();
    exif.extend(samples::exif(orientation));
    let mut file = samples::with_segments(
        &plain,
        &[
            (0xE1, exif),
            (
                0xE1,
                b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>SECRET-XMP</x:xmpmeta>".to_vec(),
            ),
            (0xE2, b"MPF\0SECRET-SECOND-PICTURE".to_vec()),
            (0xE2, b"ICC_PROFILE\0\x01\x01SECRET-NO-PROFILE".to_vec()),
            (
                0xED,
                b"Photoshop 3.0\08BIM\x04\x04SECRET-IPTC-CITY".to_vec(),
            ),
            (0xEB, b"JP\x00\x01SECRET-JUMBF".to_vec()),
            (0xE5, b"SECRET-MAKER".to_vec()),
            (0xF0, b"SECRET-EXTENSION".to_vec()),
            (0xFE, b"SECRET-COMMENT".to_vec()),
        ],
    );
    file.extend(b"PK\x03\x04SECRET-ARCHIVE");
    file
}

#[tokio::test]
async fn of_a_talkative_jpeg_only_the_orientation_remains() {
    let house = House::new();
    let file = talkative_jpeg(6);
    let picture = house.take(file.clone()).await.unwrap();
    let original = house.original(&picture).await;

    assert!(!holds(&original, SECRET));
    let segments = samples::segments(&original);
    let codes: Vec<u8> = segments.iter().map(|(code, _)| *code).collect();
    assert!(
        codes
            .iter()
            .all(|code| matches!(code, 0xE0 | 0xE1 | 0xDB | 0xC0 | 0xC4 | 0xDA)),
        "{codes:02X?}"
    );
    let exif: Vec<_> = segments.iter().filter(|(code, _)| *code == 0xE1).collect();
    assert_eq!(exif.len(), 1);
    assert_eq!(exif[0].1.len(), 32, "one tag and nothing else");
    assert_eq!(exif[0].1[24..26], [0, 6]);
    assert!(original.ends_with(&[0xFF, 0xD9]));

    assert_eq!(pixels(&original), pixels(&file));
    let scan = |file: &[u8]| {
        let start = file.windows(2).rposition(|w| w == [0xFF, 0xDA]).unwrap();
        let end = start
            + file[start..]
                .windows(2)
                .position(|w| w == [0xFF, 0xD9])
                .unwrap();
        file[start..end].to_vec()
    };
    assert_eq!(scan(&original), scan(&file), "not encoded again");
    assert_eq!((picture.width, picture.height), (80, 120));
    for rendition in &picture.renditions {
        assert!(!holds(&house.read(&picture, &rendition.name).await, SECRET));
    }
}

#[tokio::test]
async fn an_upright_jpeg_keeps_no_exif_at_all() {
    let house = House::new();
    for orientation in [0, 1, 9, 65_535] {
        let picture = house.take(talkative_jpeg(orientation)).await.unwrap();
        let original = house.original(&picture).await;
        assert!(
            samples::segments(&original)
                .iter()
                .all(|(code, _)| *code != 0xE1)
        );
        assert_eq!((picture.width, picture.height), (120, 80));
    }
}

#[tokio::test]
async fn stripping_a_stripped_picture_changes_nothing() {
    let house = House::new();
    let first = house.take(talkative_jpeg(8)).await.unwrap();
    let second = house.take(house.original(&first).await).await.unwrap();
    assert_eq!(first, second);
}

#[tokio::test]
async fn colour_profiles_stay_and_renditions_are_brought_to_srgb() {
    let house = House::new();
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let mut payload = b"ICC_PROFILE\0\x01\x01".to_vec();
    payload.extend(&icc);
    let flat = image::RgbImage::from_pixel(640, 480, image::Rgb([200, 60, 60]));
    let plain = samples::encode(&DynamicImage::ImageRgb8(flat), ImageFormat::Jpeg);
    let wide = samples::with_segments(&plain, &[(0xE2, payload.clone())]);

    let wide = house.take(wide).await.unwrap();
    let plain = house.take(plain).await.unwrap();
    let original = house.original(&wide).await;
    assert!(samples::segments(&original).contains(&(0xE2, payload)));
    let seen = |image: DynamicImage| image.into_rgb8().get_pixel(50, 50).0;
    let [red, green, _] = seen(house.shown(&wide, "320").await);
    let [plain_red, plain_green, _] = seen(house.shown(&plain, "320").await);
    assert!(red > plain_red + 8, "P3 red is stronger: {red} {plain_red}");
    assert!(green + 5 < plain_green, "{green} {plain_green}");
}

#[tokio::test]
async fn of_a_talkative_png_only_the_picture_remains() {
    let house = House::new();
    let mut file = samples::png(90, 60);
    for (name, payload) in [
        (b"tEXt", b"Author\0SECRET-NAME".as_slice()),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET-XMP"),
        (b"zTXt", b"Raw profile type exif\0\0SECRET"),
        (b"tIME", b"\x07\xE8\x01\x01SECRET"),
        (b"gAMA", b"SECRET-TOO-LONG-FOR-A-GAMMA"),
        (b"prVT", b"SECRET-PRIVATE"),
    ] {
        file = samples::with_chunk(&file, name, payload);
    }
    file = samples::with_chunk(&file, b"eXIf", &samples::exif(3));
    file = samples::with_chunk(&file, b"pHYs", &[0, 0, 11, 19, 0, 0, 11, 19, 1]);
    let bare = file.clone();
    file.extend(b"<html>SECRET-PAGE</html>");
    let picture = house.take(file).await.unwrap();
    let original = house.original(&picture).await;

    assert!(!holds(&original, SECRET));
    let mut names: Vec<_> = samples::chunks(&original)
        .into_iter()
        .map(|c| c.0)
        .collect();
    names.dedup();
    assert_eq!(names, ["IHDR", "eXIf", "pHYs", "IDAT", "IEND"]);
    assert_eq!(samples::chunks(&original)[1].1.len(), 26);
    assert_eq!(pixels(&original), pixels(&bare));
    let data = |file: &[u8]| {
        let chunks = samples::chunks(file).into_iter();
        chunks.filter(|c| c.0 == "IDAT").collect::<Vec<_>>()
    };
    assert_eq!(data(&original), data(&bare), "not encoded again");
}

#[tokio::test]
async fn of_a_talkative_webp_only_the_picture_remains() {
    let house = House::new();
    let icc = ColorProfile::new_display_p3().encode().unwrap();
    let plain = samples::webp(60, 40);
    let build = |orientation: u16| {
        let mut body = b"WEBP".to_vec();
        samples::riff_chunk(&mut body, b"VP8X", &[0x2C, 0, 0, 0, 59, 0, 0, 39, 0, 0]);
        samples::riff_chunk(&mut body, b"ICCP", &icc);
        body.extend(&plain[12..]);
        samples::riff_chunk(&mut body, b"EXIF", &samples::exif(orientation));
        samples::riff_chunk(&mut body, b"XMP ", b"SECRET-XMP");
        samples::riff_chunk(&mut body, b"junk", b"SECRET-JUNK");
        let mut file = samples::riff(&body);
        file.extend(b"SECRET-TAIL");
        file
    };
    for (orientation, flags, shown) in [(1, 0x20, (60, 40)), (5, 0x28, (40, 60))] {
        let file = build(orientation);
        let picture = house.take(file.clone()).await.unwrap();
        let original = house.original(&picture).await;
        assert!(!holds(&original, SECRET) && !holds(&original, b"XMP "));
        assert_eq!(holds(&original, b"EXIF"), orientation != 1);
        assert_eq!(original[20], flags, "flags say what is there");
        assert!(holds(&original, &icc));
        assert!(holds(&original, &plain[12..]), "not encoded again");
        assert_eq!((picture.width, picture.height), shown);
        let length = u32::from_le_bytes(original[4..8].try_into().unwrap());
        assert_eq!(length as usize + 8, original.len());
    }
}

#[tokio::test]
async fn of_a_talkative_gif_only_the_picture_remains() {
    let house = House::new();
    let plain = samples::gif(60, 40);
    let head = 13
        + if plain[10] & 0x80 == 0 {
            0
        } else {
            3 << ((plain[10] & 7) + 1)
        };
    let mut file = plain[..head].to_vec();
    file.extend(b"\x21\xFE\x0ESECRET-COMMENT\0");
    file.extend(b"\x21\xFF\x0BXMP DataXMP\x0ASECRET-XMP\0");
    file.extend(b"\x21\xF9\x04\0\0\0\0\0\x21\x01\x0C\0\0\0\0\0\0\0\0\0\0\0\0\x06SECRET\0");
    file.extend(b"\x21\x99\x06SECRET\0");
    file.extend(&plain[head..]);
    file.extend(b"SECRET-TAIL");
    let picture = house.take(file.clone()).await.unwrap();
    let original = house.original(&picture).await;
    assert!(!holds(&original, SECRET) && !holds(&original, b"XMP"));
    assert_eq!(original, plain);
}

#[tokio::test]
async fn polyglots_lose_their_second_face() {
    let house = House::new();
    let tails: [&[u8]; 3] = [
        b"PK\x03\x04SECRET.zip",
        b"<html><script>SECRET</script></html>",
        b"%PDF-1.4 SECRET",
    ];
    for (name, clean) in samples::all(40, 30) {
        let plain = house.take(clean.clone()).await.unwrap();
        for tail in tails {
            let mut file = clean.clone();
            file.extend(tail);
            let picture = house.take(file).await.unwrap();
            assert!(!holds(&house.original(&picture).await, SECRET), "{name}");
            assert_eq!(picture.sha256, plain.sha256, "{name}: the same picture");
        }
    }
    // A page in a comment at the front, a JPEG for browsers that sniff the other way.
    let front = samples::with_segments(
        &samples::jpeg(40, 30),
        &[(0xFE, b"<html><script>SECRET</script>".to_vec())],
    );
    let picture = house.take(front).await.unwrap();
    assert!(!holds(&house.original(&picture).await, SECRET));
    assert_eq!(picture.format, Format::Jpeg);
}
