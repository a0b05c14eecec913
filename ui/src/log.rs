//! `GET /log` and `GET /b/{board}/log`: what moderators and admins did, for everybody to read.

use axum::extract::State;
use domain::board;
use domain::log::{self, Act, Entry};
use domain::page::Slice;
use domain::{Id, Noun};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::pages::Pages;
use crate::view::{Link, Log, LogLine, Section};
use crate::visit::Visit;
use crate::{name, present};

/// Lines of a page.
const LINES: i64 = 50;
/// Digits of a picture's name that are shown.
const DIGITS: usize = 12;

/// The log of this server and all of its boards.
pub(crate) async fn all(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let entries = log::node(&mut conn, asked.page(LINES)).await?;
    answer::page(&Log {
        shell: visit.shell("Log", Section::About),
        head: None,
        pager: pager(&entries, "/log"),
        lines: entries
            .items
            .iter()
            .map(|entry| line(entry, None))
            .collect(),
    })
}

/// The log of one board.
pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    let mut conn = pages.app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &visit.viewer()).await?;
    let entries = log::board(&mut conn, board.id, asked.page(LINES)).await?;
    answer::page(&Log {
        shell: visit.shell(format!("Log of /{}/", board.acct()), Section::Boards),
        head: Some(present::board_head(&board, &visit, "/log")),
        pager: pager(&entries, &format!("{}/log", board.path())),
        lines: entries
            .items
            .iter()
            .map(|entry| line(entry, Some(board.id)))
            .collect(),
    })
}

fn pager(entries: &Slice<Entry>, path: &str) -> crate::view::Pager {
    present::pager(entries, &format!("{path}?"), "Newer", "Older")
}

/// A line; the board is left out where the whole page is about it.
fn line(entry: &Entry, of: Option<Id>) -> LogLine {
    let board = entry.board.as_ref().filter(|board| Some(board.id) != of);
    let (act, after) = words(entry);
    LogLine {
        id: entry.id,
        when: present::when(entry.at),
        who: present::person(&entry.actor),
        act,
        whom: entry
            .account
            .as_ref()
            .map(|account| present::person(account)),
        what: what(entry),
        after,
        place: board.map(|board| Link {
            href: board.path(),
            text: format!("/{}/", board.acct()),
        }),
        until: entry.until.map(present::when),
        reason: Some(entry.reason.clone()).filter(|reason| !reason.trim().is_empty()),
    }
}

fn what(entry: &Entry) -> Option<Link> {
    let Some(post) = &entry.post else {
        let text = subject(entry)?;
        return Some(Link {
            href: String::new(),
            text,
        });
    };
    let number = post
        .no
        .map_or_else(|| "a post".to_owned(), |no| format!("No.{no}"));
    Some(Link {
        href: format!("/p/{}/thread", post.id),
        text: number,
    })
}

/// What a line without a post is about, beside whom.
fn subject(entry: &Entry) -> Option<String> {
    match entry.act {
        Act::SuspendPeer | Act::OpenPeer => Some(entry.subject.clone()),
        Act::Purge => {
            let short: String = entry.subject.chars().take(DIGITS).collect();
            Some(format!("{short}\u{2026}"))
        }
        _ => None,
    }
}

/// What was done, before and after what it was done to.
fn words(entry: &Entry) -> (&'static str, Option<String>) {
    let board = || Some(format!("/{}/", entry.subject));
    match entry.act {
        Act::Lock => ("locked", None),
        Act::Unlock => ("unlocked", None),
        Act::Pin => ("pinned", None),
        Act::Unpin => ("unpinned", None),
        Act::Remove => ("removed", None),
        Act::MoveOut => ("moved", board().map(|board| format!("to {board}"))),
        Act::MoveIn => ("moved", board().map(|board| format!("here from {board}"))),
        Act::Ban => ("banned", None),
        Act::Unban => ("lifted the ban of", None),
        Act::Appoint => ("made a moderator:", None),
        Act::Dismiss => ("ended the moderatorship of", None),
        Act::Suspend => ("suspended", None),
        Act::Reinstate => ("let act again:", None),
        Act::SuspendPeer => ("suspended the server", None),
        Act::OpenPeer => ("opened the server", None),
        Act::Purge => ("removed for good the picture", None),
        Act::Other => ("changed", None),
    }
}
