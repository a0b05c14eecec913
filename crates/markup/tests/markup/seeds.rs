//! The seeds of the fuzz targets, as they are and damaged in a few ways, through the same functions.

use std::path::Path;

use crate::any;

/// Every seed, and of each some copies that are cut short, turned round or hit by one wrong byte.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/seeds");
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder.join(target)).unwrap() {
        let seed = std::fs::read(entry.unwrap().path()).unwrap();
        let mut turned = seed.clone();
        turned.reverse();
        all.extend([seed[..seed.len() / 2].to_vec(), turned]);
        for (at, byte) in (0..seed.len())
            .step_by(7)
            .zip([0, b'<', b'>', 0xff, b'"', b'@'].iter().cycle())
        {
            let mut hit = seed.clone();
            hit[at] = *byte;
            all.push(hit);
        }
        all.push(seed);
    }
    assert!(all.len() > 20, "the seeds of {target} were not found");
    all
}

#[test]
fn of_texts_are_made_safe() {
    for seed in seeds("markup") {
        any::text(&seed);
    }
}

#[test]
fn of_handles_are_one_handle_or_none() {
    for seed in seeds("handle") {
        any::handle(&seed);
    }
}
