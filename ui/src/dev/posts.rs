//! Posts and votes.

use super::{image, person, pictures, sample, when};
use crate::view::{Act, Backlink, Level, Link, Mark, Person, Post, Sample, Vote};

/// A reply as anybody who is signed in sees it.
pub(super) fn post(number: i64) -> Post {
    Post {
        anchor: format!("p{number}"),
        permalink: format!("#p{number}"),
        number: number.to_string(),
        opening: false,
        hue: 3,
        level: Level::Second,
        subject: None,
        subject_href: None,
        author: person(),
        mine: false,
        by_opener: false,
        when: when(),
        edited: None,
        marks: Vec::new(),
        place: None,
        warning: None,
        pictures: Vec::new(),
        html: "<p>Twelve seconds on the railing.</p>".to_owned(),
        language: None,
        tags: Vec::new(),
        backlinks: Vec::new(),
        vote: Some(vote()),
        reply: Some(act("reply", "Reply")),
        acts: Vec::new(),
        gone: None,
    }
}

/// An opening post with all it can carry.
pub(super) fn opening(number: i64) -> Post {
    Post {
        opening: true,
        subject: Some("Night pier, hand-held".to_owned()),
        subject_href: Some("/b".to_owned()),
        marks: vec![
            Mark {
                icon: "pin",
                text: "Pinned",
            },
            Mark {
                icon: "lock",
                text: "Locked",
            },
        ],
        pictures: vec![pictures::picture()],
        tags: vec!["night".to_owned(), "film".to_owned()],
        ..post(number)
    }
}

fn act(icon: &'static str, text: &'static str) -> Act {
    Act {
        href: "/b".to_owned(),
        icon,
        text,
        quote: None,
    }
}

fn vote() -> Vote {
    Vote {
        post: 1,
        number: "No.123".to_owned(),
        likes: 12,
        dislikes: Some(1),
        mine: 0,
        csrf: "none".to_owned(),
        login: None,
        from: "",
    }
}

fn gone(number: i64, sentence: &str) -> Post {
    Post {
        gone: Some(sentence.to_owned()),
        vote: None,
        reply: None,
        ..post(number)
    }
}

/// Votes in every state.
pub(super) fn votes() -> Vec<Sample> {
    let login = Some("/login".to_owned());
    vec![
        sample("Not voted", &vote()),
        sample("Liked", &Vote { mine: 1, ..vote() }),
        sample("Disliked", &Vote { mine: -1, ..vote() }),
        sample(
            "Dislikes off on this board",
            &Vote {
                dislikes: None,
                ..vote()
            },
        ),
        sample(
            "Many",
            &Vote {
                likes: 12_345,
                ..vote()
            },
        ),
        sample("Signed out", &Vote { login, ..vote() }),
    ]
}

/// Posts in every state.
pub(super) fn samples() -> Vec<Sample> {
    let mut all = vec![
        sample("Opening, pinned and locked, with tags", &opening(101)),
        sample("Reply", &post(102)),
    ];
    all.extend(people());
    all.extend(contents());
    all.extend(fates());
    all
}

fn people() -> Vec<Sample> {
    let own = Post {
        mine: true,
        by_opener: true,
        acts: vec![act("edit", "Edit"), act("delete", "Delete")],
        ..post(110)
    };
    let moderated = Post {
        acts: vec![act("remove", "Remove")],
        ..post(111)
    };
    let remote = Post {
        author: Person {
            name: "Bo".to_owned(),
            host: Some("far.example".to_owned()),
            bot: true,
            ..person()
        },
        ..post(112)
    };
    let read = Post {
        vote: Some(Vote {
            login: Some("/login".to_owned()),
            ..vote()
        }),
        ..post(113)
    };
    vec![
        sample("One\u{2019}s own, by the opener", &own),
        sample("To a moderator", &moderated),
        sample("From another server, by a program", &remote),
        sample("Signed out", &read),
    ]
}

fn contents() -> Vec<Sample> {
    let words = "<p><a class=\"ref\" href=\"#p102\">&gt;&gt;102</a> \
        <a class=\"ref\" href=\"#p101\" title=\"Opening post\">&gt;&gt;101</a> \
        <a class=\"ref\" href=\"#p110\" title=\"Your post\">&gt;&gt;110</a> \
        <a class=\"ref\" href=\"/b\" title=\"In another thread\">&gt;&gt;7</a> \
        <span class=\"ref dead\">&gt;&gt;999</span></p>\
        <p class=\"quote\">&gt;a quoted line</p>\
        <p>And <span class=\"spoiler\" tabindex=\"0\">it was fog</span>, <code>f/1.4</code>, <strong>wide open</strong>.</p>";
    let written = Post {
        html: words.to_owned(),
        backlinks: (124..130).map(backlink).collect(),
        ..post(120)
    };
    let warned = Post {
        warning: Some("A dead bird".to_owned()),
        ..post(121)
    };
    let foreign = Post {
        html:
            "<p>\u{635}\u{648}\u{631}\u{629} \u{645}\u{646} \u{627}\u{644}\u{644}\u{64a}\u{644}</p>"
                .to_owned(),
        language: Some("ar".to_owned()),
        ..post(122)
    };
    let long = Post {
        subject: Some("W".repeat(90)),
        subject_href: Some("/b".to_owned()),
        html: format!("<p>{}</p>", "endless".repeat(40)),
        ..post(123)
    };
    let several = Post {
        pictures: vec![pictures::picture(); 4],
        ..post(131)
    };
    vec![
        sample("References, quotes, spoilers, backlinks", &written),
        sample("Content warning", &warned),
        sample("Right to left", &foreign),
        sample("Long words", &long),
        sample("Several pictures", &several),
    ]
}

fn backlink(number: i64) -> Backlink {
    Backlink {
        href: "#p120".to_owned(),
        label: format!(">>{number}"),
    }
}

fn fates() -> Vec<Sample> {
    let pending = Post {
        number: "\u{2026}".to_owned(),
        ..post(140)
    };
    let edited = Post {
        edited: Some(Link {
            href: "/b".to_owned(),
            text: "Edited".to_owned(),
        }),
        ..post(141)
    };
    let placed = Post {
        place: Some(Link {
            href: "/b".to_owned(),
            text: "/photo@far.example/".to_owned(),
        }),
        ..post(142)
    };
    vec![
        sample("Number pending", &pending),
        sample("Edited", &edited),
        sample("Among posts of other threads", &placed),
        sample("Removed", &gone(143, "Removed by a moderator: advertising")),
        sample("Deleted", &gone(144, "Deleted by its author.")),
        sample(
            "With a wide picture",
            &Post {
                pictures: vec![pictures::of(crate::view::Image {
                    width: 1280,
                    height: 300,
                    ..image()
                })],
                ..post(145)
            },
        ),
    ]
}
