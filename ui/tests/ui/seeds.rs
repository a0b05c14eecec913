//! The seeds of the fuzz target `form`, as they are and damaged in a few ways, through the same function.

use std::path::Path;

use crate::raw::Desk;
use crate::site::Pages;

#[tokio::test(flavor = "multi_thread")]
async fn of_forms_break_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/fuzz/seeds/form");
    for site in Pages::each_without_rates().await {
        let desk = Desk::of(&site).await;
        let mut sent = 0;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let seed = std::fs::read(entry.unwrap().path()).unwrap();
            desk.send(&seed).await;
            desk.send(&seed[..seed.len() / 2]).await;
            let wrong = [0, b'"', b'\r', 0xff, b'=', b'-', b'%'];
            for (at, byte) in (2..seed.len()).step_by(11).zip(wrong.iter().cycle()) {
                let mut hit = seed.clone();
                hit[at] = *byte;
                desk.send(&hit).await;
                sent += 1;
            }
        }
        assert!(sent > 50, "the seeds were not found");
    }
}
