//! The store by its own names: what is put can be read and removed, and no name leads out of it.

use std::time::Duration;

use crate::house::House;
use crate::samples;

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn files_lie_where_their_content_says() {
    let house = House::new();
    let picture = house.take(samples::gif(700, 400)).await.unwrap();
    let folder = house
        .root()
        .join(&picture.sha256[..2])
        .join(&picture.sha256);
    for name in ["original.gif", "320.webp", "640.webp"] {
        assert!(folder.join(name).is_file(), "{name}");
    }
    let store = house.ingest.store();
    let path = store.original(&picture.sha256).await.unwrap();
    assert_eq!(path, folder.join("original.gif"));
    let (_, length, mime) = store.read(&picture.sha256, "640").await.unwrap();
    assert_eq!((length, mime), (picture.renditions[1].bytes, "image/webp"));
    assert!(store.read(&picture.sha256, "1280").await.is_none());
}

#[tokio::test]
async fn names_that_are_no_names_find_nothing() {
    let house = House::new();
    let picture = house.take(samples::gif(40, 40)).await.unwrap();
    let store = house.ingest.store();
    for sha in [
        "",
        "..",
        "incoming",
        &picture.sha256[1..],
        &picture.sha256.to_uppercase(),
    ] {
        assert!(store.read(sha, "original").await.is_none(), "{sha}");
        assert!(!store.exists(sha).await, "{sha}");
        assert!(!store.remove(sha).await.unwrap(), "{sha}");
    }
    for variant in ["original.gif", "../original", "", "320.webp"] {
        assert!(
            store.read(&picture.sha256, variant).await.is_none(),
            "{variant}"
        );
    }
    assert!(store.exists(&picture.sha256).await);
}

#[tokio::test]
async fn a_removed_picture_is_gone_with_all_its_files_and_can_come_back() {
    let house = House::new();
    let picture = house.take(samples::png(700, 500)).await.unwrap();
    let store = house.ingest.store();
    assert!(store.remove(&picture.sha256).await.unwrap());
    assert!(!store.exists(&picture.sha256).await);
    assert!(store.read(&picture.sha256, "320").await.is_none());
    assert_eq!(store.bytes_used().await.unwrap(), 0);
    assert!(!store.remove(&picture.sha256).await.unwrap());
    let again = house.take(samples::png(700, 500)).await.unwrap();
    assert_eq!(again, picture);
    assert!(store.exists(&picture.sha256).await);
}

#[tokio::test]
async fn a_picture_put_a_moment_ago_is_not_removed_as_idle() {
    let house = House::new();
    let picture = house.take(samples::png(50, 50)).await.unwrap();
    let store = house.ingest.store();
    assert!(!store.remove_idle(&picture.sha256, HOUR).await.unwrap());
    assert!(store.exists(&picture.sha256).await);

    let folder = house
        .root()
        .join(&picture.sha256[..2])
        .join(&picture.sha256);
    let age = || {
        let handle = std::fs::File::open(&folder).unwrap();
        let now = handle.metadata().unwrap().modified().unwrap();
        handle.set_modified(now - 2 * HOUR).unwrap();
    };
    age();
    house.take(samples::png(50, 50)).await.unwrap();
    assert!(
        !store.remove_idle(&picture.sha256, HOUR).await.unwrap(),
        "putting it again made it young"
    );
    age();
    assert!(store.remove_idle(&picture.sha256, HOUR).await.unwrap());
    assert!(!store.exists(&picture.sha256).await);
}

#[tokio::test]
async fn a_rendition_that_was_lost_comes_back_with_the_next_put() {
    let house = House::new();
    let picture = house.take(samples::png(400, 300)).await.unwrap();
    let folder = house
        .root()
        .join(&picture.sha256[..2])
        .join(&picture.sha256);
    std::fs::remove_file(folder.join("320.webp")).unwrap();
    house.take(samples::png(400, 300)).await.unwrap();
    assert_eq!(
        house.read(&picture, "320").await.len() as u64,
        picture.renditions[0].bytes
    );
}
