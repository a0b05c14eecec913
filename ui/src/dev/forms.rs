//! The form that writes: fresh, and refused with all that can be wrong.

use super::{image, sample};
use crate::view::{Compose, Faults, Kept, Kind, Sample, Slot};

fn compose(kind: Kind) -> Compose {
    Compose {
        kind,
        action: "/dev/components".to_owned(),
        csrf: "none".to_owned(),
        subject: String::new(),
        body: String::new(),
        tags: String::new(),
        warning: String::new(),
        language: String::new(),
        sensitive: false,
        sage: false,
        slots: (1..=4).map(Slot::empty).collect(),
        faults: Faults::default(),
        accept: "image/png,image/jpeg",
        accept_words: "PNG or JPEG, up to 16 MB".to_owned(),
        alt_required: true,
        body_limit: 20_000,
        alt_limit: 1500,
        subject_limit: 120,
        warning_limit: 200,
    }
}

/// For a thread.
pub(super) fn thread() -> Vec<Sample> {
    vec![sample("New thread", &compose(Kind::Thread))]
}

/// For a reply.
pub(super) fn reply() -> Vec<Sample> {
    vec![sample("Reply", &compose(Kind::Reply))]
}

/// With every fault, one picture kept and one refused.
pub(super) fn refused() -> Vec<Sample> {
    let fault = |field: &str| {
        let sentence = "Shorter would be accepted.".to_owned();
        (field.to_owned(), sentence)
    };
    let kept = Slot {
        kept: Some(Kept {
            id: 1,
            image: image(),
            facts: "PNG, 412 KB".to_owned(),
        }),
        alt_fault: Some("Needed on this board.".to_owned()),
        ..Slot::empty(1)
    };
    let wrong = Slot {
        file_fault: Some("This is no picture.".to_owned()),
        alt: "Typed before".to_owned(),
        ..Slot::empty(2)
    };
    let fields = ["subject", "body", "media", "tags", "content_warning"];
    let form = Compose {
        subject: "A subject".to_owned(),
        body: ">>123\nText that is kept".to_owned(),
        slots: vec![kept, wrong, Slot::empty(3)],
        faults: Faults {
            general: vec!["A little slower: try again in 20 seconds.".to_owned()],
            fields: fields.map(fault).into(),
        },
        ..compose(Kind::Thread)
    };
    vec![sample("Refused", &form)]
}
