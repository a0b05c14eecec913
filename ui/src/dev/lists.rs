//! Tiles, cards, threads in short, and the way through a list.

use super::{boards, image, posts, sample, when};
use crate::view::{Card, Face, Image, Mark, Pager, Sample, Summary, Tile};

fn tile(face: Face) -> Tile {
    Tile {
        href: "/b".to_owned(),
        thread: "/b".to_owned(),
        board: boards::name(),
        face,
        title: "Night pier, hand-held".to_owned(),
        excerpt: "Twelve seconds on the railing, and then the rain began.".to_owned(),
        replies: "12 replies".to_owned(),
    }
}

fn card(face: Face) -> Card {
    Card {
        thread: "/b".to_owned(),
        hue: 7,
        face,
        title: "Night pier, hand-held".to_owned(),
        excerpt: "Twelve seconds on the railing, and then the rain began.".to_owned(),
        replies: "12 replies".to_owned(),
        pictures: "3 pictures".to_owned(),
        bumped: when(),
        marks: Vec::new(),
    }
}

/// Each in a list of its own, as it stands on its page.
fn listed(state: &'static str, class: &str, items: &[String]) -> Sample {
    let items = items.concat();
    Sample {
        state,
        html: format!("<ol class=\"{class}\" role=\"list\">{items}</ol>"),
    }
}

fn faces() -> [Face; 4] {
    let moving = Image {
        moves: true,
        ..image()
    };
    [
        Face::Picture(image()),
        Face::Picture(moving),
        Face::Words,
        Face::Hidden("A dead bird".to_owned()),
    ]
}

/// Pages of the made-up list, and cards of each.
const PAGES: u32 = 7;
const CARDS: u32 = 12;

/// A page of a list that goes on.
pub(super) fn page(number: u32) -> Sample {
    let cards = (0..CARDS).map(|at| {
        let name = format!("/b/photo/{}", number * CARDS + at + 1);
        let card = Card {
            title: name.clone(),
            thread: name,
            ..card(Face::Words)
        };
        card.to_string()
    });
    let cards: Vec<_> = cards.collect();
    let next = number + 1;
    let older = (next < PAGES).then(|| format!("/dev/components/feed?after={next}"));
    let list = listed("A list of several pages", "catalog", &cards);
    Sample {
        html: list.html + &pager(None, older).to_string(),
        ..list
    }
}

fn pager(newer: Option<String>, older: Option<String>) -> Pager {
    Pager {
        newer,
        older,
        newer_text: "Newer",
        older_text: "Older",
    }
}

/// Lists in every state.
pub(super) fn samples() -> Vec<Sample> {
    let tiles = faces().map(|face| tile(face).to_string());
    let cards = faces().map(|face| card(face).to_string());
    let long = Card {
        title: "W".repeat(120),
        marks: vec![Mark {
            icon: "pin",
            text: "Pinned",
        }],
        ..card(Face::Words)
    };
    let replies = vec![posts::post(202), posts::post(203)];
    let summary = Summary {
        href: "/b".to_owned(),
        opening: posts::opening(201),
        omitted: Some("10 replies and 3 pictures omitted.".to_owned()),
        replies,
    };
    let there = || Some("/b".to_owned());
    vec![
        listed("Tiles", "grid", &tiles),
        listed("A single tile", "grid", &tiles[..1]),
        listed("Cards", "catalog", &cards),
        listed("A long subject", "catalog", &[long.to_string()]),
        sample("A thread in short", &summary),
        sample("The way through a list", &pager(there(), there())),
    ]
}
