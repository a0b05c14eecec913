//! Whichever way a camera was held, the picture is shown upright and its stored file still says so.

use crate::house::House;
use crate::samples;

/// The red corner of the stored picture (top left) as seen after each orientation, as fractions of width and height.
const CORNERS: [(u16, bool, f32, f32); 8] = [
    (1, false, 0.1, 0.1),
    (2, false, 0.9, 0.1),
    (3, false, 0.9, 0.9),
    (4, false, 0.1, 0.9),
    (5, true, 0.1, 0.1),
    (6, true, 0.9, 0.1),
    (7, true, 0.9, 0.9),
    (8, true, 0.1, 0.9),
];

fn red_at(image: &image::RgbImage, x: f32, y: f32) -> bool {
    let x = (x * image.width() as f32) as u32;
    let y = (y * image.height() as f32) as u32;
    let [r, g, b] = image.get_pixel(x, y).0;
    r > 150 && g < 90 && b < 90
}

#[tokio::test]
async fn all_eight_orientations_are_applied_in_jpeg_png_and_webp() {
    let house = House::new();
    for (orientation, sideways, x, y) in CORNERS {
        let tiff = samples::exif(orientation);
        let mut jpeg_block = b"Exif\0\0".to_vec();
        jpeg_block.extend(&tiff);
        let jpeg = samples::with_segments(&samples::jpeg(480, 360), &[(0xE1, jpeg_block)]);
        let png = samples::with_chunk(&samples::png(480, 360), b"eXIf", &tiff);
        let mut body = b"WEBP".to_vec();
        samples::riff_chunk(&mut body, b"VP8X", &[0x08, 0, 0, 0, 223, 1, 0, 103, 1, 0]);
        body.extend(&samples::webp(480, 360)[12..]);
        samples::riff_chunk(&mut body, b"EXIF", &tiff);
        for (name, file) in [("JPEG", jpeg), ("PNG", png), ("WebP", samples::riff(&body))] {
            let picture = house.take(file).await.unwrap();
            let wanted = if sideways { (360, 480) } else { (480, 360) };
            assert_eq!(
                (picture.width, picture.height),
                wanted,
                "{name} {orientation}"
            );
            let shown = house.shown(&picture, "320").await.into_rgb8();
            let wanted = if sideways { (240, 320) } else { (320, 240) };
            assert_eq!(shown.dimensions(), wanted, "{name} {orientation}");
            for (cx, cy) in [(0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9)] {
                let red = red_at(&shown, cx, cy);
                assert_eq!(red, (cx, cy) == (x, y), "{name} {orientation} at {cx},{cy}");
            }
            // What is stored still says which way up it is, and nothing else.
            let again = house.take(house.original(&picture).await).await.unwrap();
            assert_eq!(again, picture);
        }
    }
}

#[tokio::test]
async fn large_pictures_are_turned_too() {
    let house = House::new();
    let mut block = b"Exif\0\0".to_vec();
    block.extend(samples::exif(6));
    let file = samples::with_segments(&samples::jpeg(2000, 1000), &[(0xE1, block)]);
    let picture = house.take(file).await.unwrap();
    let sizes: Vec<_> = picture
        .renditions
        .iter()
        .map(|r| (r.width, r.height))
        .collect();
    assert_eq!(sizes, [(160, 320), (320, 640), (640, 1280)]);
    assert!(red_at(
        &house.shown(&picture, "1280").await.into_rgb8(),
        0.9,
        0.1
    ));
}
