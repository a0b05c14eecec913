//! Heads of boards, and the button that follows.

use super::sample;
use crate::view::{BoardHead, BoardName, Follow, Sample, Tab};

/// A board of this node.
pub(super) fn name() -> BoardName {
    BoardName {
        href: "/b".to_owned(),
        name: "photo".to_owned(),
        host: None,
        title: "Photography".to_owned(),
        hue: 7,
    }
}

fn follow() -> Follow {
    Follow {
        action: "/b/photo/follow".to_owned(),
        csrf: "none".to_owned(),
        on: false,
        pending: false,
        rejected: false,
        login: None,
        elsewhere: Some("/interact?uri=https%3A//pics.example/b/photo".to_owned()),
        whom: "/photo/".to_owned(),
    }
}

fn head() -> BoardHead {
    let tab = |text: &'static str, current: bool| Tab {
        href: "/b".to_owned(),
        text,
        current,
    };
    BoardHead {
        name: name(),
        about: "<p>Prints and accidents.</p>".to_owned(),
        home: None,
        nsfw: false,
        archived: false,
        follow: follow(),
        tabs: vec![tab("Threads", true), tab("Catalog", false)],
        start: Some("/b".to_owned()),
    }
}

/// Follow buttons in every state, and a foreign board.
pub(super) fn samples() -> Vec<Sample> {
    let on = || Follow {
        on: true,
        ..follow()
    };
    vec![
        sample(
            "Head of another server\u{2019}s archived board, not safe for work",
            &BoardHead {
                name: BoardName {
                    host: Some("far.example".to_owned()),
                    ..name()
                },
                home: Some("https://far.example/b/photo".to_owned()),
                nsfw: true,
                archived: true,
                start: None,
                ..head()
            },
        ),
        sample("Not followed", &follow()),
        sample("Followed", &on()),
        sample(
            "Requested",
            &Follow {
                pending: true,
                ..on()
            },
        ),
        sample(
            "Declined",
            &Follow {
                rejected: true,
                ..follow()
            },
        ),
        sample(
            "Signed out",
            &Follow {
                login: Some("/login".to_owned()),
                ..follow()
            },
        ),
    ]
}
