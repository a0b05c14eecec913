//! Small parts of pages: people, buttons, the box of filters, forms of named fields.

use super::{boards, image, person, sample, when};
use crate::view::{
    Ask, Choice, Entry, Face, Faults, Form, Link, Person, Prefs, ProfilePicture, Sample, Shot,
    Watch,
};

fn watch() -> Watch {
    Watch {
        thread: 1,
        csrf: "none".to_owned(),
        on: true,
        unread: None,
    }
}

/// People, and the button of a thread.
pub(super) fn people() -> Vec<Sample> {
    let remote = || Person {
        host: Some("far.example".to_owned()),
        ..person()
    };
    vec![
        sample("Somebody here", &person()),
        sample("Somebody elsewhere", &remote()),
        sample(
            "A program elsewhere",
            &Person {
                bot: true,
                ..remote()
            },
        ),
        sample("A watched thread", &watch()),
        sample(
            "Something new in it",
            &Watch {
                unread: Some(("3 new posts".to_owned(), "/b".to_owned())),
                ..watch()
            },
        ),
        sample(
            "Not watched",
            &Watch {
                on: false,
                ..watch()
            },
        ),
    ]
}

/// Pictures in galleries and profiles.
pub(super) fn shots() -> Vec<Sample> {
    let faces = [
        Face::Picture(image()),
        Face::Hidden("A dead bird".to_owned()),
    ];
    let shot = |face: Face| Shot {
        href: "/b".to_owned(),
        place: "/b".to_owned(),
        board: boards::name(),
        face,
        title: "Night pier, hand-held".to_owned(),
        by: "Ann".to_owned(),
    };
    let own = |face: Face| ProfilePicture {
        href: "/b".to_owned(),
        board: boards::name(),
        face,
        thread: "/b".to_owned(),
        when: when(),
    };
    let grid = |state: &'static str, items: Vec<String>| Sample {
        state,
        html: format!("<ol class=\"grid\" role=\"list\">{}</ol>", items.concat()),
    };
    let shown = faces.clone().map(|face| shot(face).to_string());
    let posted = faces.map(|face| own(face).to_string());
    vec![
        grid("In a gallery", shown.into()),
        grid("In a profile", posted.into()),
    ]
}

/// The box of filters, open, with one filter on.
pub(super) fn prefs() -> Vec<Sample> {
    let choice = |value: &'static str, text: &'static str| Choice {
        value,
        text,
        chosen: value == "still",
    };
    let prefs = Prefs {
        action: "/dev/components".to_owned(),
        hidden: vec![("sort", "new".to_owned())],
        tag: Some("night".to_owned()),
        board: Some(String::new()),
        kinds: vec![choice("", "Any"), choice("still", "Still pictures")],
        notes: vec![choice("", "With and without"), choice("without", "Without")],
        tags: vec![Link {
            href: "/t/night".to_owned(),
            text: "#night".to_owned(),
        }],
        active: 1,
        clear: "/dev/components".to_owned(),
    };
    let closed = prefs.to_string();
    vec![Sample {
        state: "Open, with a filter on",
        html: closed.replacen("<details", "<details open", 1),
    }]
}

/// Forms of named fields: fresh, and refused.
pub(super) fn fields() -> Vec<Sample> {
    let choices = || vec![("open", "Open".to_owned()), ("closed", "Closed".to_owned())];
    let asks = || {
        vec![
            Ask::new("host", "Name", Entry::Line("off"))
                .required()
                .hint("Like far.example."),
            Ask::new("mode", "Sign-up", Entry::Choice(choices())).value("closed"),
            Ask::new("password", "Password", Entry::Password),
            Ask::new("nsfw", "Not for everybody", Entry::Check).value("1"),
            Ask::reason("Everybody can read it in the public log."),
        ]
    };
    let form = |id: &'static str| Form {
        id,
        action: "/dev/components".to_owned(),
        csrf: "none".to_owned(),
        heading: Some("A form".to_owned()),
        lead: None,
        asks: asks(),
        button: "Save".to_owned(),
        risk: false,
        cancel: Some("/dev/components".to_owned()),
        faults: Faults::default(),
    };
    let fault = |field: &str| (field.to_owned(), "Shorter would be accepted.".to_owned());
    let refused = Form {
        lead: Some("What it does cannot be undone.".to_owned()),
        risk: true,
        faults: Faults {
            general: vec!["A little slower: try again in 20 seconds.".to_owned()],
            fields: ["host", "mode", "password", "reason"].map(fault).into(),
        },
        ..form("refused")
    };
    vec![
        sample("Fresh", &form("fresh")),
        sample("Refused, and with a risk", &refused),
    ]
}
