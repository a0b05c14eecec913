//! Uploads stop at the limit, and nothing of them stays.

use std::time::Duration;

use media::{Fault, Limits};

use crate::house::House;
use crate::samples;

#[tokio::test]
async fn an_upload_becomes_a_picture_and_its_file_goes() {
    let house = House::new();
    let file = samples::jpeg(300, 200);
    let mut incoming = house.ingest.incoming().await.unwrap();
    for part in file.chunks(777) {
        incoming.write(part).await.unwrap();
    }
    assert_eq!(incoming.written(), file.len() as u64);
    let path = incoming.finish().await.unwrap();
    let picture = house.ingest.file(&path).await.unwrap();
    assert_eq!((picture.width, picture.height), (300, 200));
    let place = path.to_path_buf();
    assert!(place.exists());
    drop(path);
    assert!(!place.exists());
}

#[tokio::test]
async fn an_upload_stops_as_soon_as_it_is_too_large() {
    let house = House::with(Limits {
        bytes: 1000,
        ..Limits::default()
    });
    let mut incoming = house.ingest.incoming().await.unwrap();
    incoming.write(&[0; 600]).await.unwrap();
    incoming.write(&[0; 400]).await.unwrap();
    let fault = incoming.write(&[0; 1]).await.unwrap_err();
    assert!(
        matches!(
            fault,
            Fault::TooLarge {
                limit: 1000,
                actual: 1001
            }
        ),
        "{fault:?}"
    );
    assert_eq!(
        fault.to_string(),
        "The file has 1001 bytes, but at most 1000 bytes are accepted."
    );
    drop(incoming);
    assert!(house.leftovers().is_empty());
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing() {
    let house = House::new();
    let mut incoming = house.ingest.incoming().await.unwrap();
    incoming.write(&[0; 100_000]).await.unwrap();
    drop(incoming);
    assert!(house.leftovers().is_empty());
}

#[tokio::test]
async fn what_a_crash_left_is_swept_when_it_is_old_enough() {
    let house = House::new();
    let folder = house.root().join("incoming");
    std::fs::write(folder.join("upload-abc"), b"half").unwrap();
    std::fs::create_dir(folder.join("picture-abc")).unwrap();
    std::fs::write(folder.join("picture-abc/original.jpg"), b"half").unwrap();
    let old = std::fs::File::options()
        .write(true)
        .open(folder.join("upload-abc"))
        .unwrap();
    let now = old.metadata().unwrap().modified().unwrap();
    old.set_modified(now - Duration::from_secs(3 * 3600))
        .unwrap();

    let store = house.ingest.store();
    assert_eq!(
        store
            .sweep_incoming(Duration::from_secs(4 * 3600))
            .await
            .unwrap(),
        0
    );
    assert_eq!(
        store
            .sweep_incoming(Duration::from_secs(2 * 3600))
            .await
            .unwrap(),
        1
    );
    assert!(
        folder.join("picture-abc/original.jpg").exists(),
        "too young"
    );
    assert_eq!(store.sweep_incoming(Duration::ZERO).await.unwrap(), 1);
    assert!(house.leftovers().is_empty());
}
