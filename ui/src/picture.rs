//! `GET /p/{id}`: a post's pictures, seen closely. A post without pictures is read in its thread.

use axum::extract::State;
use domain::post::{self, Post};
use domain::thread::{self, Thread};
use domain::{Id, board};
use http::StatusCode;
use web::{Path, Problem};

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Link, PicturePage, Section};
use crate::visit::Visit;

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let viewer = visit.viewer();
    let mut conn = pages.app.cx.read().await?;
    let found = post::find_any(&mut conn, id, &viewer).await?;
    if let Some(deletion) = &found.deleted {
        return Err(gone(deletion.by_moderator, deletion.reason.as_deref()));
    }
    let path = present::thread_path(&found.board, found.thread_no, found.thread_id);
    if found.media.is_empty() {
        return match found.is_op {
            true => answer::see(&path),
            false => answer::see(&format!("{path}#{}", found.anchor())),
        };
    }
    let thread = thread::view(&mut conn, found.thread_id, &viewer).await?;
    let board = board::by_id(&mut conn, found.board.id, &viewer).await?;
    drop(conn);
    let (previous, next) = neighbours(&thread, id);
    let opening = thread.posts.first();
    let setting = Setting {
        opener: opening.map(|post| post.author.id),
        moderates: board.moderates,
        dislikes: board.settings.dislikes,
        locked: thread.locked,
        ..Setting::bare(&visit, Stage::Picture)
    };
    let heading = present::title(opening.unwrap_or(&found));
    let mut shell = visit.shell(
        format!("{heading} \u{b7} /{}/", board.acct()),
        Section::Boards,
    );
    shell.alternate = Some(found.uri.clone());
    visit.scripts(&mut shell, &["vote"]);
    answer::page(&PicturePage {
        shell,
        heading,
        board: present::board_ref_name(&found.board),
        pictures: found
            .media
            .iter()
            .filter_map(|media| present::focus(media, &found))
            .collect(),
        missing: present::missing(&found),
        previous,
        next,
        post: present::post(&found, &setting),
        comments: Link {
            href: format!("{path}#{}", found.anchor()),
            text: format!(
                "{} in the thread",
                present::count(thread.reply_count, "reply", "replies")
            ),
        },
        home: (!found.board.is_local() || !found.author.is_local()).then(|| found.url.clone()),
    })
}

/// The answer for a post that is no more.
pub(crate) fn gone(by_moderator: bool, reason: Option<&str>) -> Problem {
    let sentence = match (
        by_moderator,
        reason.filter(|reason| !reason.trim().is_empty()),
    ) {
        (true, Some(reason)) => format!("This post was removed by a moderator: {reason}"),
        (true, None) => "This post was removed by a moderator.".to_owned(),
        (false, _) => "This post was deleted by its author.".to_owned(),
    };
    Problem::new(StatusCode::GONE, "gone", "Gone", sentence)
}

/// The posts with pictures before and after this one in its thread.
fn neighbours(thread: &Thread, id: Id) -> (Option<String>, Option<String>) {
    let shown = |post: &&Post| post.deleted.is_none() && !post.media.is_empty();
    let posts: Vec<&Post> = thread.posts.iter().filter(shown).collect();
    let Some(at) = posts.iter().position(|post| post.id == id) else {
        return (None, None);
    };
    let path = |post: Option<&&Post>| post.map(|post| post.path());
    (
        path(at.checked_sub(1).and_then(|at| posts.get(at))),
        path(posts.get(at + 1)),
    )
}
