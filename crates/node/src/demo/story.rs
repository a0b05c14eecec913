//! What is said in the demo: nodes, people, boards, threads with their answers, votes. Texts only; `demo` acts it out.
//!
//! In texts, `{0}` stands for the number of the thread's opening post, `{1}` for that of its first answer, and so on.

mod threads;

pub(crate) use threads::{EARLY, THREADS};

/// A node.
pub(crate) struct About {
    /// The name of the community.
    pub(crate) name: &'static str,
    /// What it is about.
    pub(crate) description: &'static str,
    /// Its rules.
    pub(crate) rules: &'static [&'static str],
    /// Its first account.
    pub(crate) admin: &'static str,
}

/// The nodes, in the order of their ports.
pub(crate) static NODES: [About; 3] = [
    About {
        name: "Atelier",
        description: "Pictures made by rules, and pictures of places that are not there.",
        rules: &["Be kind.", "Say how it was made, if you know."],
        admin: "anna",
    },
    About {
        name: "The Greenhouse",
        description: "Whatever grows.",
        rules: &["Be kind.", "No seedling is too small."],
        admin: "ben",
    },
    About {
        name: "Chart Room",
        description: "Maps of islands nobody has set foot on.",
        rules: &["Be kind.", "North is where you say it is."],
        admin: "chie",
    },
];

/// Somebody.
pub(crate) struct Being {
    /// Their account.
    pub(crate) name: &'static str,
    /// On which node.
    pub(crate) node: usize,
    /// What they are called.
    pub(crate) display_name: &'static str,
    /// What they say of themselves.
    pub(crate) bio: &'static str,
    /// The painting that stands for them.
    pub(crate) avatar: &'static str,
}

/// Everybody; the first of each node is its admin.
pub(crate) static PEOPLE: [Being; 6] = [
    Being {
        name: "anna",
        node: 0,
        display_name: "Anna",
        bio: "I write programs that draw, and keep what I did not expect.",
        avatar: "rose_window",
    },
    Being {
        name: "emil",
        node: 0,
        display_name: "Emil",
        bio: "Knots, ropes, tiles. Up before the sun.",
        avatar: "weave",
    },
    Being {
        name: "ben",
        node: 1,
        display_name: "Ben",
        bio: "Gardener of plants made of letters.",
        avatar: "dahlia",
    },
    Being {
        name: "dana",
        node: 1,
        display_name: "Dana",
        bio: "Looking for the red planet's best picnic spot.",
        avatar: "seeds",
    },
    Being {
        name: "chie",
        node: 2,
        display_name: "Chie",
        bio: "Cartographer of the nonexistent.",
        avatar: "old_chart",
    },
    Being {
        name: "fumi",
        node: 2,
        display_name: "Fumi",
        bio: "Night shift. Mostly harmless.",
        avatar: "moonrise",
    },
];

/// A board.
pub(crate) struct Place {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its node.
    pub(crate) node: usize,
    /// Its title.
    pub(crate) title: &'static str,
    /// What it is about.
    pub(crate) description: &'static str,
    /// The painting that stands for it.
    pub(crate) avatar: &'static str,
}

/// The boards.
pub(crate) static BOARDS: [Place; 4] = [
    Place {
        name: "art",
        node: 0,
        title: "Drawn by rules",
        description: "Pictures that a few rules and a little chance have made. *Show the rule, show the seed.*",
        avatar: "ribbons",
    },
    Place {
        name: "photo",
        node: 0,
        title: "Places that are not there",
        description: "Landscapes and skies, taken with a camera made of arithmetic.",
        avatar: "first_light",
    },
    Place {
        name: "garden",
        node: 1,
        title: "The garden",
        description: "Things that grow: from seeds, from sentences, from two substances in a dish.",
        avatar: "blue_aster",
    },
    Place {
        name: "maps",
        node: 2,
        title: "Imaginary maps",
        description: "Coasts, contours and compass roses of nowhere.",
        avatar: "archipelago",
    },
];

/// Who follows what: the account, and `boards/art` or `accounts/anna` with the node where that lives.
pub(crate) static FOLLOWS: [(&str, &str, usize); 9] = [
    ("ben", "boards/art", 0),
    ("ben", "boards/photo", 0),
    ("ben", "boards/maps", 2),
    ("chie", "boards/art", 0),
    ("chie", "boards/photo", 0),
    ("chie", "boards/garden", 1),
    ("anna", "boards/garden", 1),
    ("anna", "boards/maps", 2),
    ("fumi", "accounts/anna", 0),
];

/// A thread.
pub(crate) struct Talk {
    /// Who opens it.
    pub(crate) who: &'static str,
    /// On which board.
    pub(crate) board: &'static str,
    /// Its subject.
    pub(crate) subject: &'static str,
    /// Its text.
    pub(crate) body: &'static str,
    /// Its pictures with their alternative texts.
    pub(crate) pictures: &'static [(&'static str, &'static str)],
    /// What is answered, in this order.
    pub(crate) answers: &'static [Answer],
}

/// An answer.
pub(crate) struct Answer {
    /// Whose it is.
    pub(crate) who: &'static str,
    /// Its text.
    pub(crate) body: &'static str,
    /// Its pictures with their alternative texts.
    pub(crate) pictures: &'static [(&'static str, &'static str)],
}

/// Votes: on which thread (by its subject), on which of its posts (0 is the opening post), who likes it, who does not.
pub(crate) static VOTES: [(&str, usize, &[&str], &[&str]); 7] = [
    (
        "Ribbons that never cross",
        0,
        &["ben", "chie", "dana", "emil"],
        &[],
    ),
    ("Two windows", 0, &["fumi", "ben"], &[]),
    ("Over the last ridge", 0, &["chie", "ben", "emil"], &[]),
    ("The dahlia that counts", 0, &["anna", "chie", "dana"], &[]),
    ("The dahlia that counts", 1, &["ben"], &[]),
    ("Archipelago, sheet 4", 0, &["anna", "dana", "fumi"], &[]),
    (
        "Agate, or: the same noise three times",
        0,
        &["anna", "fumi"],
        &["chie"],
    ),
];

/// The post that is changed: thread, post, who does it, its new text.
pub(crate) static EDIT: (&str, usize, &str, &str) = (
    "The old chart from the attic",
    0,
    "fumi",
    "Nine tints, one pen, and coffee for the paper.\n\nI first wrote that north is up. ||It is not. The compass was drawn by my cat.||\n\n**Edit:** and the bay in the east is called *Paw*. #map #oldpaper",
);

/// The answer that is deleted: thread, post, who does it.
pub(crate) static DELETION: (&str, usize, &str) = ("Ribbons that never cross", 3, "dana");

/// The thread that is pinned and then locked, and who does it.
pub(crate) static NOTICE: (&str, &str) = ("Read me before you load your camera", "anna");
