//! The bound on work at once is real, and pictures that come together do not get in each other's way.

use media::{Ingest, Limits, Store};

use crate::house::House;
use crate::samples;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_pictures_are_worked_on_than_there_are_places() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let ingest = Ingest::with_places(store, Limits::default(), 2);
    let tasks: Vec<_> = (0..12)
        .map(|index| {
            let ingest = ingest.clone();
            let file = samples::png(900 + index, 700);
            tokio::spawn(async move { ingest.bytes(file.into()).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let load = ingest.load();
    assert_eq!((load.running, load.most), (0, 2));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_caller_who_goes_away_does_not_free_a_place_that_is_still_used() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let ingest = Ingest::with_places(store, Limits::default(), 1);
    for round in 0..4 {
        let large = samples::png(2000 + round, 1500);
        let first = tokio::spawn({
            let ingest = ingest.clone();
            async move { ingest.bytes(large.into()).await }
        });
        while ingest.load().running == 0 && !first.is_finished() {
            tokio::task::yield_now().await;
        }
        first.abort();
        ingest.bytes(samples::png(10, 10).into()).await.unwrap();
    }
    assert_eq!(ingest.load().most, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_picture_twice_at_once_is_stored_once() {
    let house = House::new();
    let file = samples::jpeg(800, 600);
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let (ingest, file) = (house.ingest.clone(), file.clone());
            tokio::spawn(async move { ingest.bytes(file.into()).await.unwrap() })
        })
        .collect();
    let mut pictures = Vec::new();
    for task in tasks {
        pictures.push(task.await.unwrap());
    }
    assert!(pictures.iter().all(|picture| *picture == pictures[0]));
    let stored = house.leftovers();
    assert_eq!(
        stored.len(),
        2 + 3,
        "two folders, original, 320, 640: {stored:?}"
    );
    let sum = pictures[0].bytes + pictures[0].renditions.iter().map(|r| r.bytes).sum::<u64>();
    assert_eq!(house.ingest.store().bytes_used().await.unwrap(), sum);
}
