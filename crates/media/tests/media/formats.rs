//! Each format goes in and comes out with its facts, known by content alone.

use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};
use media::{Fault, Format};
use sha2::{Digest, Sha256};

use crate::house::{House, refused};
use crate::samples;

#[tokio::test]
async fn each_format_is_taken_with_its_facts_and_renditions() {
    let house = House::new();
    for (name, file) in samples::all(1500, 1000) {
        let picture = house.take(file.clone()).await.unwrap();
        assert_eq!(picture.format.name(), name);
        assert_eq!((picture.width, picture.height), (1500, 1000), "{name}");
        assert_eq!(picture.frames, 1);
        let original = house.original(&picture).await;
        assert_eq!(original.len() as u64, picture.bytes);
        let sizes: Vec<_> = picture
            .renditions
            .iter()
            .map(|r| (r.name.as_str(), r.width, r.height))
            .collect();
        assert_eq!(
            sizes,
            [("320", 320, 213), ("640", 640, 427), ("1280", 1280, 853)],
            "{name}"
        );
        for rendition in &picture.renditions {
            let file = house.read(&picture, &rendition.name).await;
            assert_eq!(Format::sniff(&file), Some(Format::WebP));
            assert_eq!(file.len() as u64, rendition.bytes);
            let shown = image::load_from_memory(&file).unwrap();
            assert_eq!(
                (shown.width(), shown.height()),
                (rendition.width, rendition.height)
            );
        }
    }
}

#[tokio::test]
async fn renditions_look_like_the_picture() {
    let house = House::new();
    for (name, file) in samples::all(900, 600) {
        let picture = house.take(file).await.unwrap();
        let shown = house.shown(&picture, "320").await.into_rgb8();
        let corner = shown.get_pixel(20, 20).0;
        assert!(near(corner, [220, 30, 30]), "{name}: {corner:?}");
        let middle = shown.get_pixel(240, 160).0;
        assert!(near(middle, [40, 190, 190]), "{name}: {middle:?}");
    }
}

fn near(found: [u8; 3], wanted: [u8; 3]) -> bool {
    found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 22)
}

#[tokio::test]
async fn the_stored_original_has_the_same_pixels_and_the_name_of_its_content() {
    let house = House::new();
    for (name, file) in samples::all(200, 120) {
        let picture = house.take(file.clone()).await.unwrap();
        let original = house.original(&picture).await;
        assert_eq!(
            image::load_from_memory(&original).unwrap().into_bytes(),
            image::load_from_memory(&file).unwrap().into_bytes(),
            "{name}"
        );
        assert_eq!(picture.sha256, hex::encode(Sha256::digest(&original)));
    }
}

#[tokio::test]
async fn a_small_picture_has_one_rendition_of_its_own_size() {
    let house = House::new();
    let picture = house.take(samples::png(33, 21)).await.unwrap();
    assert_eq!(picture.renditions.len(), 1);
    let only = &picture.renditions[0];
    assert_eq!(
        (only.name.as_str(), only.width, only.height),
        ("320", 33, 21)
    );

    let between = house.take(samples::png(400, 500)).await.unwrap();
    assert_eq!(between.renditions.len(), 1);
    assert_eq!(between.renditions[0].width, 256, "in a square of 320");

    let thin = house.take(samples::png(1400, 1)).await.unwrap();
    let sizes: Vec<_> = thin
        .renditions
        .iter()
        .map(|r| (r.width, r.height))
        .collect();
    assert_eq!(sizes, [(320, 1), (640, 1), (1280, 1)]);
}

#[tokio::test]
async fn one_pixel_is_a_picture() {
    let house = House::new();
    for (name, file) in samples::all(1, 1) {
        let picture = house.take(file).await.unwrap();
        assert_eq!((picture.width, picture.height), (1, 1), "{name}");
        assert!(!picture.thumbhash.is_empty() && !picture.blurhash.is_empty());
    }
}

#[tokio::test]
async fn transparency_survives_into_renditions_and_placeholders() {
    let house = House::new();
    let half = RgbaImage::from_fn(800, 400, |x, _| {
        if x < 400 {
            Rgba([0, 200, 0, 255])
        } else {
            Rgba([255, 0, 0, 0])
        }
    });
    let file = samples::encode(&DynamicImage::ImageRgba8(half), ImageFormat::Png);
    let picture = house.take(file).await.unwrap();
    let shown = house.shown(&picture, "320").await.into_rgba8();
    assert_eq!(shown.get_pixel(40, 80).0[3], 255);
    assert_eq!(shown.get_pixel(280, 80).0[3], 0);
    assert_eq!(
        picture.colour, "c54",
        "green, not mixed with the red that is invisible"
    );
    assert_eq!(picture.blurhash.len(), 28, "4×3 components");
}

#[tokio::test]
async fn deep_and_grey_pictures_are_taken() {
    let house = House::new();
    let rgb = DynamicImage::ImageRgb8(samples::picture(700, 500));
    let kinds = [
        DynamicImage::ImageRgba16(rgb.to_rgba16()),
        DynamicImage::ImageRgb16(rgb.to_rgb16()),
        DynamicImage::ImageLuma8(rgb.to_luma8()),
        DynamicImage::ImageLumaA8(rgb.to_luma_alpha8()),
        DynamicImage::ImageLuma16(rgb.to_luma16()),
    ];
    for image in kinds {
        let colour = image.color();
        let file = samples::encode(&image, ImageFormat::Png);
        let picture = house.take(file).await.unwrap();
        let shown = house.shown(&picture, "320").await.into_luma8();
        let wanted = rgb.to_luma8().get_pixel(600, 400).0[0];
        let found = shown.get_pixel(274, 183).0[0];
        assert!(
            found.abs_diff(wanted) < 12,
            "{colour:?}: {found} for {wanted}"
        );
    }
    let grey = samples::encode(&DynamicImage::ImageLuma8(rgb.to_luma8()), ImageFormat::Jpeg);
    assert_eq!(house.take(grey).await.unwrap().renditions.len(), 2);
}

#[tokio::test]
async fn a_file_is_what_it_contains_whatever_its_name() {
    let house = House::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("holiday.jpg");
    std::fs::write(&path, samples::png(50, 40)).unwrap();
    let picture = house.ingest.file(&path).await.unwrap();
    assert_eq!(picture.format, Format::Png);
    let (_, _, mime) = house
        .ingest
        .store()
        .read(&picture.sha256, "original")
        .await
        .unwrap();
    assert_eq!(mime, "image/png");
    assert!(path.exists(), "the source stays");
}

#[tokio::test]
async fn other_files_are_refused_by_name_of_their_kind() {
    let house = House::new();
    let cases: [(&[u8], &str); 6] = [
        (b"<!DOCTYPE html><script>alert(1)</script>", "an HTML page"),
        (
            b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            "an SVG drawing",
        ),
        (b"%PDF-1.7", "a PDF document"),
        (b"PK\x03\x04rest", "a ZIP archive or an office document"),
        (b"", "an empty file"),
        (b"{\"type\":\"Person\"}", "a file of an unknown kind"),
    ];
    for (file, kind) in cases {
        let fault = refused(house.take(file).await);
        assert!(
            matches!(&fault, Fault::Type { found } if found == kind),
            "{fault:?}"
        );
        assert_eq!(fault.code(), "unsupported_type");
        assert!(fault.to_string().contains("JPEG, PNG, GIF or WebP"));
    }
    assert!(house.leftovers().is_empty());
}
