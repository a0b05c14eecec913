//! `GET /b/{board}/log`: what moderators did on a board, for everybody to read.

use axum::extract::State;
use domain::Noun;
use domain::board::{self, LogEntry};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::pages::Pages;
use crate::view::{Link, Log, LogLine, Section};
use crate::visit::Visit;
use crate::{name, present};

/// Lines of a page.
const LINES: i64 = 50;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    let mut conn = pages.app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &visit.viewer()).await?;
    let entries = board::log(&mut conn, board.id, asked.page(LINES)).await?;
    answer::page(&Log {
        shell: visit.shell(format!("Log of /{}/", board.acct()), Section::Boards),
        head: present::board_head(&board, &visit, "/log"),
        pager: present::pager(
            &entries,
            &format!("{}/log?", board.path()),
            "Newer",
            "Older",
        ),
        lines: entries.items.iter().map(line).collect(),
    })
}

fn line(entry: &LogEntry) -> LogLine {
    let number = entry
        .post_no
        .map_or_else(|| "a post".to_owned(), |no| format!("No.{no}"));
    LogLine {
        when: present::when(entry.at),
        who: present::person(&entry.actor),
        act: words(&entry.act),
        what: Some(Link {
            href: format!("/p/{}/thread", entry.post),
            text: number,
        }),
        reason: Some(entry.reason.clone()).filter(|reason| !reason.trim().is_empty()),
    }
}

fn words(act: &str) -> &'static str {
    match act {
        "lock" => "locked",
        "unlock" => "unlocked",
        "pin" => "pinned",
        "unpin" => "unpinned",
        "remove" => "removed",
        _ => "changed",
    }
}
