//! Every limit holds before anything is decoded, and the sentence says what would be taken.

use image::codecs::gif::Repeat;
use media::{Fault, Limits, Measure};

use crate::house::{House, refused};
use crate::samples;

fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([1, 0, 0, 0, 0]);
    let mut file = samples::png(1, 1)[..8].to_vec();
    file.extend(samples::chunk(b"IHDR", &header));
    file.extend(samples::chunk(b"IDAT", &[0x78, 0x9C, 0x63, 0, 0]));
    file.extend(samples::chunk(b"IEND", &[]));
    file
}

fn gif_claiming(width: u16, height: u16, frames: &[(u16, u16)]) -> Vec<u8> {
    let mut file = b"GIF89a".to_vec();
    file.extend(width.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    for (width, height) in frames {
        file.extend([0x2C, 0, 0, 0, 0]);
        file.extend(width.to_le_bytes());
        file.extend(height.to_le_bytes());
        file.extend([0, 2, 2, 0x4C, 0x01, 0]);
    }
    file.push(0x3B);
    file
}

fn webp_claiming(width: u32, height: u32) -> Vec<u8> {
    let bits = (width - 1) | ((height - 1) << 14);
    let mut payload = vec![0x2F];
    payload.extend(bits.to_le_bytes());
    payload.extend([0; 16]);
    let mut body = b"WEBP".to_vec();
    samples::riff_chunk(&mut body, b"VP8L", &payload);
    samples::riff(&body)
}

#[tokio::test]
async fn bytes_are_limited_in_memory_and_in_files() {
    let file = samples::png(100, 100);
    let limit = file.len() as u64 - 1;
    let house = House::with(Limits {
        bytes: limit,
        ..Limits::default()
    });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("picture");
    std::fs::write(&path, &file).unwrap();
    for result in [house.take(file).await, house.ingest.file(&path).await] {
        let fault = refused(result);
        assert!(
            matches!(fault, Fault::TooLarge { limit: l, actual } if l == limit && actual == limit + 1),
            "{fault:?}"
        );
        assert_eq!(fault.code(), "too_large");
    }
}

#[tokio::test]
async fn pixels_are_limited_in_each_format() {
    let tight = Limits {
        pixels: 5_000,
        ..Limits::default()
    };
    let house = House::with(tight);
    for (name, file) in samples::all(100, 51) {
        let fault = refused(house.take(file).await);
        assert!(
            matches!(
                fault,
                Fault::TooManyPixels {
                    limit: 5_000,
                    actual: 5_100,
                    of: Measure::Picture
                }
            ),
            "{name}: {fault:?}"
        );
        assert_eq!(fault.code(), "too_many_pixels");
    }
    for (name, file) in samples::all(100, 50) {
        assert!(house.take(file).await.is_ok(), "{name}: exactly the limit");
    }
}

#[tokio::test]
async fn sides_are_limited() {
    let house = House::with(Limits {
        side: 300,
        ..Limits::default()
    });
    for (name, file) in samples::all(301, 2) {
        let fault = refused(house.take(file).await);
        assert!(
            matches!(
                fault,
                Fault::TooManyPixels {
                    limit: 300,
                    actual: 301,
                    of: Measure::Side
                }
            ),
            "{name}: {fault:?}"
        );
    }
}

#[tokio::test]
async fn frames_and_their_pixels_are_limited() {
    let film = samples::film(20, 10, 6);
    let files = [
        samples::animated_gif(&film, &[10; 6], Repeat::Infinite),
        samples::animated_webp(&film, &[100; 6], 0),
    ];
    let few = House::with(Limits {
        frames: 5,
        ..Limits::default()
    });
    let small = House::with(Limits {
        total_pixels: 1_100,
        ..Limits::default()
    });
    for file in files {
        let fault = refused(few.take(file.clone()).await);
        assert!(
            matches!(
                fault,
                Fault::TooManyFrames {
                    limit: 5,
                    actual: 6
                }
            ),
            "{fault:?}"
        );
        assert_eq!(fault.code(), "too_many_frames");
        let fault = refused(small.take(file).await);
        assert!(
            matches!(
                fault,
                Fault::TooManyPixels {
                    limit: 1_100,
                    actual: 1_200,
                    of: Measure::Animation
                }
            ),
            "{fault:?}"
        );
    }
}

#[tokio::test]
async fn memory_is_limited_by_what_a_format_needs_for_a_pixel() {
    let house = House::with(Limits {
        memory: 100 * 100 * 4,
        ..Limits::default()
    });
    assert!(
        house.take(samples::png(100, 100)).await.is_ok(),
        "3 bytes a pixel"
    );
    let fault = refused(house.take(samples::webp(100, 100)).await);
    assert!(
        matches!(
            fault,
            Fault::TooManyPixels {
                limit: 5_000,
                actual: 10_000,
                of: Measure::Memory
            }
        ),
        "{fault:?}"
    );
}

#[tokio::test]
async fn bombs_are_refused_by_their_headers() {
    let house = House::new();
    let bombs = [
        ("PNG", png_claiming(30_000, 30_000)),
        ("PNG of many sides", png_claiming(u32::MAX, u32::MAX)),
        ("GIF canvas", gif_claiming(65_535, 65_535, &[(1, 1)])),
        (
            "GIF frame larger than its canvas",
            gif_claiming(10, 10, &[(65_535, 65_535)]),
        ),
        (
            "GIF of many frames",
            gif_claiming(10, 10, &[(1, 1); 10_000]),
        ),
        (
            "GIF of many large frames",
            gif_claiming(4_000, 4_000, &[(1, 1); 100]),
        ),
        ("WebP", webp_claiming(16_384, 16_384)),
    ];
    for (name, file) in bombs {
        let fault = refused(house.take(file).await);
        assert!(
            matches!(fault.code(), "too_many_pixels" | "too_many_frames"),
            "{name}: {fault:?}"
        );
    }
    assert!(house.leftovers().is_empty());
}

#[tokio::test]
async fn bitstreams_must_have_the_size_their_container_says() {
    let house = House::new();
    let large = &webp_claiming(16_384, 16_384)[12..];
    let mut still = b"WEBP".to_vec();
    samples::riff_chunk(&mut still, b"VP8X", &[0, 0, 0, 0, 3, 0, 0, 3, 0, 0]);
    still.extend(large);
    let mut moving = b"WEBP".to_vec();
    samples::riff_chunk(&mut moving, b"VP8X", &[2, 0, 0, 0, 3, 0, 0, 3, 0, 0]);
    samples::riff_chunk(&mut moving, b"ANIM", &[0; 6]);
    let mut frame = vec![0, 0, 0, 0, 0, 0, 3, 0, 0, 3, 0, 0, 10, 0, 0, 0];
    frame.extend(large);
    samples::riff_chunk(&mut moving, b"ANMF", &frame);
    for body in [still, moving] {
        let fault = refused(house.take(samples::riff(&body)).await);
        assert_eq!(fault.code(), "broken_picture", "{fault:?}");
    }
}

#[tokio::test]
async fn a_jpeg_of_endless_scans_is_refused() {
    let house = House::new();
    let file = samples::jpeg(64, 64);
    let scan = file.windows(2).rposition(|w| w == [0xFF, 0xDA]).unwrap();
    let mut many = file[..file.len() - 2].to_vec();
    for _ in 0..200 {
        many.extend(&file[scan..scan + 14]);
    }
    many.extend([0xFF, 0xD9]);
    let fault = refused(house.take(many).await);
    assert!(fault.to_string().contains("too many scans"), "{fault}");
}
