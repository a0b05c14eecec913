//! Files that once broke other programs: every one is taken or refused, in bounded time.

#![expect(
    clippy::print_stdout,
    reason = "what became of each file is worth reading when one fails"
)]

use std::path::{Path, PathBuf};
use std::time::Duration;

use media::Fault;

use crate::house::House;
use crate::samples::holds;

/// All files under a folder of the shared fixtures; empty, with a line saying so, where there are none.
fn files(folder: &str) -> Vec<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/fixtures/images")
        .join(folder);
    let mut found = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else {
            println!("skipped: no fixtures at {}", root.display());
            return Vec::new();
        };
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

async fn take(house: &House, path: &Path) -> Result<media::Picture, Fault> {
    let result = tokio::time::timeout(Duration::from_secs(60), house.ingest.file(path)).await;
    let Ok(result) = result else {
        panic!("{} hangs", path.display());
    };
    match &result {
        Ok(picture) => println!(
            "{}: {} {}x{}, {} frames",
            path.display(),
            picture.format.name(),
            picture.width,
            picture.height,
            picture.frames
        ),
        Err(fault) => {
            println!("{}: {fault}", path.display());
            assert_ne!(fault.code(), "storage_failed", "{}", path.display());
            assert!(
                !fault.to_string().contains("cannot be read"),
                "{}: a decoder panicked",
                path.display()
            );
        }
    }
    result
}

#[tokio::test]
async fn malformed_files_are_taken_or_refused() {
    let house = House::new();
    for path in files("malformed") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let result = take(&house, &path).await;
        match name.as_str() {
            "hopper_orientation_5.webp" | "hopper.webp" | "dispose_prev.gif" => {
                assert!(result.is_ok(), "{name}");
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn metadata_of_real_files_is_removed() {
    let house = House::new();
    for path in files("exif") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let Ok(picture) = take(&house, &path).await else {
            // The second is cut short: its first picture has no pixels.
            let refused = ["ifd_tag_type.tiff", "ultrahdr.jpg"].contains(&name.as_str());
            assert!(refused, "{name} should be taken");
            continue;
        };
        let original = house.original(&picture).await;
        for trace in [
            b"GPS".as_slice(),
            b"<x:xmpmeta",
            b"Photoshop 3.0",
            b"MPF\0",
            b"tEXt",
            b"zTXt",
        ] {
            assert!(
                !holds(&original, trace),
                "{name} holds {}",
                trace.escape_ascii()
            );
        }
        if let Some(block) = original.windows(6).position(|w| w == b"Exif\0\0") {
            assert_eq!(
                original[block + 6..][..10],
                *b"MM\0\x2A\0\0\0\x08\0\x01",
                "{name}"
            );
        }
        let source = std::fs::read(&path).unwrap();
        assert_eq!(
            image::load_from_memory(&original).unwrap().into_bytes(),
            image::load_from_memory(&source).unwrap().into_bytes(),
            "{name}"
        );
    }
}
