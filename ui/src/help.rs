//! Pages of text: rules, privacy, help.

use axum::extract::State;
use domain::{limits, site};

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::view::{Format, Help, Keys, Privacy, Rules, Section};
use crate::visit::Visit;

/// What single keys do; the script of the keys has the same list.
const KEYS: &[(&str, &str)] = &[
    ("j", "Next post"),
    ("k", "Previous post"),
    ("o", "Open it"),
    ("q", "Reply to it"),
    ("l", "Like it"),
    ("x", "Hide it, or show it again"),
    ("e", "Larger pictures, and back"),
    ("r", "Load the page again"),
    ("w", "Watch the thread, or stop"),
    ("i", "Threads of the board"),
    ("c", "Catalog of the board"),
    ("v", "One picture after another"),
    ("n", "Next page"),
    ("b", "Previous page"),
    ("/", "Search"),
    ("g h", "Home"),
    ("g b", "Boards"),
    ("g t", "Tags"),
    ("g w", "Watched threads"),
    ("g s", "Settings"),
    ("?", "These keys"),
    ("Ctrl Enter", "Send what is being written"),
    ("Esc", "Close what stands in front"),
];

/// What can be typed.
const EXAMPLES: [&str; 11] = [
    ">>123",
    ">>>/photo/123",
    ">a line that is quoted",
    "||what only those see who want to||",
    "*leaning* and **loud**",
    "~~struck out~~",
    "`as typed`",
    "[a link](https://example.org/)",
    "- one\n- two",
    "#tag",
    "```\nseveral lines\nas typed\n```",
];

/// `GET /rules`
pub(crate) async fn rules(State(pages): State<Pages>, visit: Visit) -> Answer {
    let settings = site::settings(&mut *pages.app.cx.read().await?, &visit.site).await?;
    answer::page(&Rules {
        shell: visit.shell("Rules", Section::About),
        rules: settings.rules,
    })
}

/// `GET /privacy`
pub(crate) async fn privacy(State(pages): State<Pages>, visit: Visit) -> Answer {
    let settings = site::settings(&mut *pages.app.cx.read().await?, &visit.site).await?;
    answer::page(&Privacy {
        own: markup::render(&settings.privacy, &visit.site.origin).html,
        shell: visit.shell("Privacy", Section::About),
        host: visit.site.host.clone(),
        session_days: limits::SESSION_DAYS,
        upload_hours: limits::LOOSE_MEDIA_HOURS,
    })
}

/// `GET /help`
pub(crate) async fn show(visit: Visit) -> Answer {
    answer::page(&Help {
        shell: visit.shell("Help", Section::None),
        host: visit.site.host.clone(),
    })
}

/// `GET /help/keys`
pub(crate) async fn keys(visit: Visit) -> Answer {
    answer::page(&Keys {
        shell: visit.shell("Keys", Section::None),
        keys: KEYS,
    })
}

/// `GET /help/format`: each example is what the posts of this node become of it.
pub(crate) async fn format(visit: Visit) -> Answer {
    let example = |typed: &'static str| {
        let html = markup::render(typed, &visit.site.origin).html;
        let linked = markup::link_references(&html, |_| markup::Target::Dead);
        let spoiler = "<span class=\"spoiler\">";
        let reachable = "<span class=\"spoiler\" tabindex=\"0\">";
        (typed, linked.replace(spoiler, reachable))
    };
    answer::page(&Format {
        shell: visit.shell("How to write", Section::None),
        examples: EXAMPLES.map(example).into(),
    })
}
