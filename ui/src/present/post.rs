//! A post with its links, marks and acts, as they are where it is shown.

use domain::Id;
use domain::post::{BoardRef, Deletion, Post, Quote};
use markup::{Reference, Target};

use super::picture::{Loading, picture};
use super::{person, when};
use crate::view::{self, Act, Backlink, Level, Link, Mark, Vote};
use crate::visit::Visit;

/// What links of references are titled: to the opening post, to the visitor's own, to another thread. The style sheet
/// marks them by it: (OP), (You), (Cross-thread).
const OPENING: &str = "Opening post";
const YOURS: &str = "Your post";
const ACROSS: &str = "In another thread";

/// Where a post is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// In its thread.
    Thread,
    /// In the index of its board.
    Index,
    /// Among posts of other threads.
    Elsewhere,
    /// Below its own pictures.
    Picture,
    /// To be looked at once more before something is done to it.
    Quiet,
}

/// What is known of a thread around its posts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting<'a> {
    pub(crate) visit: &'a Visit,
    pub(crate) stage: Stage,
    /// Who opened the thread, where that is known.
    pub(crate) opener: Option<Id>,
    /// Whether the visitor moderates the board.
    pub(crate) moderates: bool,
    /// Whether the board has dislikes.
    pub(crate) dislikes: bool,
    pub(crate) locked: bool,
    pub(crate) pinned: bool,
    /// The part of the thread that is on this page, oldest first.
    pub(crate) part: &'a [Post],
}

impl<'a> Setting<'a> {
    fn holds(&self, post: Id) -> bool {
        self.part.binary_search_by_key(&post, |one| one.id).is_ok()
    }

    /// For posts whose thread is not at hand.
    pub(crate) fn bare(visit: &'a Visit, stage: Stage) -> Self {
        Self {
            visit,
            stage,
            opener: None,
            moderates: false,
            dislikes: true,
            locked: false,
            pinned: false,
            part: &[],
        }
    }
}

/// The page of a thread: by its number where it has one.
pub(crate) fn thread_path(board: &BoardRef, no: Option<i64>, id: Id) -> String {
    match no {
        Some(no) => format!("{}/{no}", board.path()),
        None => format!("/p/{id}/thread"),
    }
}

/// A post in its thread, whichever part holds it: from other pages.
pub(crate) fn post_path(post: &Post) -> String {
    match post.is_op {
        true => {
            let thread = thread_path(&post.board, post.thread_no, post.thread_id);
            format!("{thread}#{}", post.anchor())
        }
        false => format!("{}/thread", post.path()),
    }
}

/// A post where it is shown.
pub(crate) fn post(post: &Post, setting: &Setting<'_>) -> view::Post {
    let stage = setting.stage;
    let thread = thread_path(&post.board, post.thread_no, post.thread_id);
    let anchor = post.anchor();
    let number = post
        .no
        .map_or_else(|| "\u{2026}".to_owned(), |no| no.to_string());
    let in_thread = stage == Stage::Thread;
    let hushed = post.deleted.is_some();
    let loading = if in_thread && post.is_op {
        Loading::Early
    } else {
        Loading::Late
    };
    view::Post {
        permalink: if in_thread {
            format!("#{anchor}")
        } else {
            post_path(post)
        },
        // Posts of several boards may share a number.
        anchor: match stage {
            Stage::Elsewhere => format!("p-{}", post.id),
            _ => anchor,
        },
        opening: post.is_op,
        hue: domain::board::hue(&post.board.uri),
        level: if in_thread {
            Level::First
        } else {
            Level::Second
        },
        subject: post
            .subject
            .clone()
            .filter(|subject| !subject.is_empty() && stage != Stage::Picture),
        subject_href: (stage != Stage::Quiet).then(|| thread.clone()),
        author: person(&post.author),
        mine: mine(post.author.id, setting),
        by_opener: !post.is_op && setting.opener == Some(post.author.id),
        when: when(post.created_at),
        edited: post.edited_at.filter(|_| !hushed).map(|_| Link {
            href: format!("{}/history", post.path()),
            text: "Edited".to_owned(),
        }),
        marks: marks(post, setting),
        place: (stage == Stage::Elsewhere).then(|| Link {
            href: post_path(post),
            text: format!("/{}/", post.board.acct()),
        }),
        warning: post.warning().map(str::to_owned),
        pictures: match stage {
            Stage::Picture => Vec::new(),
            _ => post
                .media
                .iter()
                .map(|media| picture(media, post, loading, &setting.visit.chosen.conduct))
                .collect(),
        },
        html: html(post, setting),
        language: post.language.clone(),
        tags: post.tags.clone(),
        backlinks: post
            .quoted_by
            .iter()
            .map(|link| backlink(link, post, setting))
            .collect(),
        vote: (stage != Stage::Quiet && !hushed).then(|| vote(post, setting, &number)),
        reply: reply(post, setting, &thread),
        acts: acts(post, setting),
        gone: post.deleted.as_ref().map(gone),
        number,
    }
}

fn marks(post: &Post, setting: &Setting<'_>) -> Vec<Mark> {
    let mut marks = Vec::new();
    if post.is_op && setting.pinned {
        marks.push(Mark {
            icon: "pin",
            text: "Pinned",
        });
    }
    if post.is_op && setting.locked {
        marks.push(Mark {
            icon: "lock",
            text: "Locked",
        });
    }
    marks
}

/// The sentence in place of a post.
fn gone(deletion: &Deletion) -> String {
    if deletion.withheld {
        return "Its server is suspended here.".to_owned();
    }
    let reason = deletion.reason.as_deref();
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    match (deletion.by_moderator, reason) {
        (true, Some(reason)) => format!("Removed by a moderator: {reason}"),
        (true, None) => "Removed by a moderator.".to_owned(),
        (false, _) => "Deleted by its author.".to_owned(),
    }
}

/// The text with its references as links, and spoilers within reach of the keyboard.
fn html(post: &Post, setting: &Setting<'_>) -> String {
    let linked = markup::link_references(&post.html, |reference| target(reference, post, setting));
    linked.replace(
        "<span class=\"spoiler\">",
        "<span class=\"spoiler\" tabindex=\"0\">",
    )
}

fn target(reference: &Reference, post: &Post, setting: &Setting<'_>) -> Target {
    let quote: Option<&Quote> = post
        .quotes
        .iter()
        .find(|quote| quote.reference == *reference);
    let Some(found) = quote.and_then(|quote| quote.target.as_ref()) else {
        return Target::Dead;
    };
    let title = if mine(found.author, setting) {
        Some(YOURS)
    } else if found.thread_id != post.thread_id {
        Some(ACROSS)
    } else if found.post == found.thread_id {
        Some(OPENING)
    } else {
        None
    };
    Target::Link {
        href: place(found.post, found.thread_id, Some(found.no), post, setting),
        title: title.map(str::to_owned),
    }
}

fn mine(author: Id, setting: &Setting<'_>) -> bool {
    let caller = setting.visit.caller();
    caller.is_some_and(|caller| caller.id == author)
}

fn backlink(link: &domain::post::Backlink, post: &Post, setting: &Setting<'_>) -> Backlink {
    Backlink {
        href: place(link.post, link.thread_id, link.no, post, setting),
        label: link.label.clone(),
    }
}

/// Where another post is read: on the same page, at the head of its thread, or by way of its id, which knows the part.
fn place(other: Id, thread: Id, no: Option<i64>, post: &Post, setting: &Setting<'_>) -> String {
    let anchor = no.map_or_else(|| format!("p-{other}"), |no| format!("p{no}"));
    if setting.holds(other) {
        return format!("#{anchor}");
    }
    if other != post.thread_id || thread != post.thread_id {
        return format!("/p/{other}/thread");
    }
    let head = thread_path(&post.board, post.thread_no, post.thread_id);
    format!("{head}#{anchor}")
}

fn vote(post: &Post, setting: &Setting<'_>, number: &str) -> Vote {
    Vote {
        post: post.id,
        number: format!("No.{number}"),
        likes: post.likes,
        dislikes: (setting.dislikes && setting.stage != Stage::Elsewhere).then_some(post.dislikes),
        mine: post.my_vote,
        csrf: setting.visit.csrf(),
        login: setting.visit.login_for(&post.path()),
        from: match setting.stage {
            Stage::Picture => "picture",
            Stage::Elsewhere => "list",
            _ => "",
        },
    }
}

fn reply(post: &Post, setting: &Setting<'_>, thread: &str) -> Option<Act> {
    let quiet = matches!(setting.stage, Stage::Quiet | Stage::Elsewhere);
    if quiet || post.deleted.is_some() || (setting.locked && !setting.moderates) {
        return None;
    }
    let href = match post.no {
        Some(no) => format!("{thread}?quote={no}#reply"),
        None => format!("{thread}#reply"),
    };
    Some(Act {
        href: setting.visit.login_for(&href).unwrap_or(href),
        icon: "reply",
        text: "Reply",
        quote: post
            .no
            .filter(|_| setting.stage == Stage::Thread && setting.visit.caller().is_some()),
    })
}

fn acts(post: &Post, setting: &Setting<'_>) -> Vec<Act> {
    if setting.stage == Stage::Quiet || post.deleted.is_some() {
        return Vec::new();
    }
    let act = |end: &str, icon: &'static str, text: &'static str| Act {
        href: format!("{}/{end}", post.path()),
        icon,
        text,
        quote: None,
    };
    let mut acts = Vec::new();
    let caller = setting.visit.caller();
    if caller.is_some_and(|caller| caller.id == post.author.id) {
        acts.push(act("edit", "edit", "Edit"));
        acts.push(act("delete", "delete", "Delete"));
    } else {
        acts.push(act("report", "report", "Report"));
        if setting.moderates {
            acts.push(act("remove", "remove", "Remove"));
            acts.push(act("ban", "ban", "Ban"));
        }
    }
    acts.push(act("menu", "more", "More"));
    acts
}
