//! Damaged files are refused with a sentence and leave nothing behind.

use std::time::Duration;

use image::codecs::gif::Repeat;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::house::{House, refused};
use crate::samples;

fn pictures() -> Vec<(&'static str, Vec<u8>)> {
    let film = samples::film(60, 40, 4);
    let mut all = samples::all(90, 70).to_vec();
    all.push((
        "animated GIF",
        samples::animated_gif(&film, &[5; 4], Repeat::Infinite),
    ));
    all.push(("animated WebP", samples::animated_webp(&film, &[50; 4], 0)));
    all
}

#[tokio::test]
async fn files_cut_short_anywhere_are_refused() {
    let house = House::new();
    let mut random = StdRng::seed_from_u64(7);
    for (name, file) in pictures() {
        let mut cuts: Vec<usize> = (0..40)
            .map(|_| random.random_range(0..file.len()))
            .collect();
        cuts.extend([file.len() - 1, file.len() - 2, 12, 20]);
        for cut in cuts {
            let fault = refused(house.take(&file[..cut]).await);
            let code = fault.code();
            assert!(
                code == "broken_picture" || (cut < 12 && code == "unsupported_type"),
                "{name} cut at {cut}: {fault:?}"
            );
        }
    }
    assert!(house.leftovers().is_empty(), "{:?}", house.leftovers());
}

#[tokio::test]
async fn a_sentence_says_that_the_file_is_cut_short() {
    let house = House::new();
    let file = samples::jpeg(90, 70);
    let fault = refused(house.take(&file[..file.len() / 2]).await);
    assert_eq!(
        fault.to_string(),
        "The JPEG ends too early: part of the file is missing. Please send it again."
    );
}

#[tokio::test]
async fn files_with_wrong_bytes_are_taken_or_refused_but_never_break_anything() {
    let house = House::new();
    let mut random = StdRng::seed_from_u64(11);
    for (name, file) in pictures() {
        for round in 0..60 {
            let mut file = file.clone();
            for _ in 0..random.random_range(1..8) {
                let at = random.random_range(0..file.len());
                file[at] = random.random();
            }
            let result = tokio::time::timeout(Duration::from_secs(60), house.take(file)).await;
            match result {
                Err(_) => panic!("{name} {round} hangs"),
                Ok(Err(fault)) => assert_ne!(fault.code(), "storage_failed", "{name} {round}"),
                Ok(Ok(picture)) => assert!(!picture.renditions.is_empty()),
            }
        }
    }
}

#[tokio::test]
async fn pictures_without_a_picture_are_refused() {
    let house = House::new();
    let empty: [(&str, Vec<u8>); 5] = [
        ("JPEG of two markers", b"\xFF\xD8\xFF\xD9".to_vec()),
        ("GIF without frames", b"GIF89a\x0A\0\x0A\0\0\0\0;".to_vec()),
        (
            "GIF without size",
            b"GIF89a\0\0\0\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02L\x01\0;".to_vec(),
        ),
        ("WebP without chunks", samples::riff(b"WEBP")),
        ("PNG without data", {
            let file = samples::png(4, 4);
            [&file[..33], &samples::chunk(b"IEND", &[])].concat()
        }),
    ];
    for (name, file) in empty {
        let fault = refused(house.take(file).await);
        assert_eq!(fault.code(), "broken_picture", "{name}: {fault:?}");
    }
}

#[tokio::test]
async fn animated_pngs_that_do_not_hold_together_are_refused() {
    let house = House::new();
    let announced = [0, 0, 0, 3, 0, 0, 0, 0];
    let file = samples::with_chunk(&samples::png(8, 8), b"acTL", &announced);
    assert_eq!(refused(house.take(file).await).code(), "broken_picture");
}
