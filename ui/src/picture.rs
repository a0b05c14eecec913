//! `GET /p/{id}`: a post's pictures, seen closely. A post without pictures is read in its thread.

use axum::extract::State;
use db::Conn;
use domain::post::{self, Post};
use domain::thread::{self, Thread};
use domain::{Error, Id, board, gallery};
use http::StatusCode;
use web::{Path, Problem, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::inside::Inside;
use crate::pages::Pages;
use crate::place;
use crate::present::{self, Setting, Stage};
use crate::view::{Link, PicturePage, Section};
use crate::visit::Visit;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    Query(asked): Query<Asked>,
) -> Answer {
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
            false => answer::see(&place::of(&mut conn, &found).await?),
        };
    }
    let thread = thread::view(&mut conn, found.thread_id, &viewer).await?;
    let board = board::by_id(&mut conn, found.board.id, &viewer).await?;
    let inside = match asked.inside.as_str() {
        "" => None,
        word => Some(Inside::read(&mut conn, word, &visit).await?),
    };
    let (previous, next) = match &inside {
        Some(inside) => beside(&mut conn, inside, id).await?,
        None => neighbours(&thread, id),
    };
    drop(conn);
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
    present::preview::post(&mut shell, &found, &board, &found.path(), &visit);
    visit.scripts(&mut shell, &["vote", "quote"]);
    answer::page(&PicturePage {
        shell,
        heading,
        board: present::board_ref_name(&found.board),
        pictures: found
            .media
            .iter()
            .filter_map(|media| present::focus(media, &found, &visit.chosen.conduct))
            .collect(),
        missing: present::missing(&found, &visit.chosen.conduct),
        previous,
        next,
        among: inside.as_ref().map_or_else(
            || "Pictures of this thread".to_owned(),
            |inside| format!("Pictures of {}", inside.name),
        ),
        back: inside.map(|inside| Link {
            href: inside.path,
            text: inside.name,
        }),
        post: present::post(&found, &setting),
        comments: Link {
            href: present::post_path(&found),
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

/// The pages of the posts before and after this one in a place.
async fn beside(
    conn: &mut Conn,
    inside: &Inside,
    id: Id,
) -> Result<(Option<String>, Option<String>), Error> {
    let (before, after) = gallery::neighbours(conn, inside.place, id).await?;
    let page = |post: Option<Id>| post.map(|post| inside.picture(post));
    Ok((page(before), page(after)))
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
