//! Pictures of posts.

use super::{image, sample};
use crate::assets;
use crate::view::{Image, Picture, Sample, Waiting};

/// A picture with its description.
pub(super) fn picture() -> Picture {
    of(image())
}

/// That picture.
pub(super) fn of(image: Image) -> Picture {
    Picture {
        href: "/b".to_owned(),
        alt: image.alt.clone(),
        image: Some(image),
        waiting: None,
        away: None,
        described: true,
        facts: "1600\u{d7}1200, 412 KB".to_owned(),
        sensitive: false,
        opened: false,
        moving: false,
        still: false,
    }
}

fn absent(why: Waiting) -> Picture {
    Picture {
        image: None,
        waiting: Some(why),
        away: Some("https://far.example/a.jpg".to_owned()),
        ..picture()
    }
}

/// Pictures in every state.
pub(super) fn samples() -> Vec<Sample> {
    let bare = Picture {
        described: false,
        ..of(Image {
            alt: "Picture without description".to_owned(),
            ..image()
        })
    };
    let hidden = Picture {
        sensitive: true,
        ..picture()
    };
    let moving = Picture {
        moving: true,
        ..of(Image {
            still: Some(assets::still().to_owned()),
            ..image()
        })
    };
    vec![
        sample("Described", &picture()),
        sample("Not described", &bare),
        sample("Sensitive", &hidden),
        sample("Animated", &moving),
        sample("On its way", &absent(Waiting::Fetching)),
        sample("Could not be had", &absent(Waiting::Failed)),
    ]
}
