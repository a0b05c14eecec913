//! Words for names, subjects and bodies, drawn so that a search finds both common and rare ones.

use rand::Rng;
use rand::rngs::StdRng;

use crate::community::chance::skewed;

/// The boards' names; every third is one of another node.
pub(crate) const BOARDS: [&str; 18] = [
    "art", "photo", "abroad", "paint", "music", "design", "comics", "sky", "birds", "food",
    "games", "maps", "craft", "plants", "cities", "film", "pixel", "meta",
];

const WORDS: [&str; 120] = [
    "light",
    "paper",
    "river",
    "stone",
    "glass",
    "morning",
    "street",
    "window",
    "garden",
    "winter",
    "summer",
    "shadow",
    "colour",
    "line",
    "brush",
    "ink",
    "canvas",
    "lens",
    "film",
    "grain",
    "portrait",
    "landscape",
    "harbour",
    "bridge",
    "tower",
    "market",
    "train",
    "station",
    "cloud",
    "storm",
    "rain",
    "snow",
    "leaf",
    "branch",
    "root",
    "seed",
    "moss",
    "fern",
    "heron",
    "swallow",
    "owl",
    "fox",
    "deer",
    "cat",
    "lighthouse",
    "island",
    "valley",
    "ridge",
    "trail",
    "camp",
    "lamp",
    "chair",
    "table",
    "clay",
    "kiln",
    "thread",
    "needle",
    "cloth",
    "pattern",
    "tile",
    "map",
    "border",
    "coast",
    "tide",
    "wave",
    "sand",
    "shell",
    "boat",
    "sail",
    "rope",
    "anchor",
    "drum",
    "string",
    "chord",
    "echo",
    "voice",
    "song",
    "story",
    "page",
    "letter",
    "print",
    "press",
    "poster",
    "comic",
    "panel",
    "sketch",
    "study",
    "draft",
    "palette",
    "pigment",
    "gouache",
    "charcoal",
    "pencil",
    "marker",
    "scan",
    "crop",
    "frame",
    "exposure",
    "aperture",
    "tripod",
    "negative",
    "darkroom",
    "festival",
    "museum",
    "gallery",
    "exhibition",
    "corner",
    "balcony",
    "roof",
    "courtyard",
    "fountain",
    "statue",
    "bicycle",
    "tram",
    "ferry",
    "airport",
    "night",
    "dawn",
    "dusk",
    "noon",
];

/// Words that one post of some hundred holds; most posts hold the first of the others.
const SELDOM: [&str; 4] = ["quagga", "zeppelin", "ocarina", "kumquat"];
/// One word of so many is one of those.
const SELDOM_ONE_OF: u32 = 1_000;

const SMALL: [&str; 24] = [
    "the", "a", "of", "in", "with", "and", "this", "that", "from", "under", "over", "near", "by",
    "after", "before", "without", "is", "was", "looks", "like", "my", "your", "our", "some",
];

pub(crate) fn person(number: u32) -> String {
    let word = WORDS[number as usize * 7 % WORDS.len()];
    format!("{word}_{number}")
}

pub(crate) fn tag(number: u32) -> String {
    let number = number as usize;
    let word = WORDS[number % WORDS.len()];
    match number / WORDS.len() {
        0 => word.to_owned(),
        round => format!("{word}{}", WORDS[round * 11 % WORDS.len()]),
    }
}

pub(crate) fn subject(rng: &mut StdRng) -> String {
    let mut text = words(rng, 3);
    capital(&mut text);
    text
}

fn capital(text: &mut str) {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
}

/// Between a word and several paragraphs, mostly two sentences; each paragraph a line.
pub(crate) fn paragraphs(rng: &mut StdRng) -> Vec<String> {
    let count = 1 + skewed(rng, 5);
    (0..count)
        .map(|_| {
            let sentences = 1 + skewed(rng, 6);
            let sentences: Vec<String> = (0..sentences).map(|_| sentence(rng)).collect();
            sentences.join(" ")
        })
        .collect()
}

pub(crate) fn sentence(rng: &mut StdRng) -> String {
    let length = rng.random_range(3..14);
    let mut text = words(rng, length);
    capital(&mut text);
    text.push('.');
    text
}

fn words(rng: &mut StdRng, count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        if at > 0 {
            text.push(' ');
        }
        let word = match at % 2 {
            1 => SMALL[rng.random_range(0..SMALL.len())],
            _ if rng.random_ratio(1, SELDOM_ONE_OF) => SELDOM[rng.random_range(0..SELDOM.len())],
            _ => WORDS[skewed(rng, WORDS.len())],
        };
        text.push_str(word);
    }
    text
}
