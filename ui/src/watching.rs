//! `/watching` and the buttons that watch: what is new in the threads somebody keeps an eye on.
//!
//! Reading changes nothing by itself, because GET does not: a button marks what was read, and the script of a thread's
//! page presses it while one reads.

use axum::extract::State;
use axum::response::IntoResponse;
use domain::watch::{self, Fate, Place, Watched};
use domain::{Error, Id, post};
use http::{HeaderMap, StatusCode};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Mark, Section, Watch, WatchLine, Watching};
use crate::visit::Visit;

/// Threads of a page.
const THREADS: i64 = 50;

/// `GET /watching`
pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let found = watch::list(&mut conn, caller, asked.page(THREADS)).await?;
    drop(conn);
    answer::page(&Watching {
        shell: visit.shell("Watched threads", Section::None),
        pager: present::pager(&found, "/watching?", "Newer", "Older"),
        lines: found.items.iter().map(line).collect(),
    })
}

/// `POST /watching`: everything is read.
pub(crate) async fn read_all(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    cx.write(async |tx| watch::read_all(tx, caller).await)
        .await?;
    answer::see("/watching")
}

/// `POST /p/{id}/watch`, where `id` is that of the thread.
pub(crate) async fn set(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    if fields.text("watch") == "no" {
        cx.write(async |tx| watch::end(tx, caller, id).await)
            .await?;
    } else {
        cx.write(async |tx| watch::set(tx, caller, id).await)
            .await?;
    }
    if fields.text("from") == "list" {
        return answer::see("/watching");
    }
    let found = post::find_any(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    answer::see(&present::thread_path(
        &found.board,
        found.thread_no,
        found.thread_id,
    ))
}

/// `POST /p/{id}/read`: a thread is read, to its end or to the post in `seen`. Scripts ask for no page.
pub(crate) async fn read(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    match fields.given("seen") {
        None => {
            cx.write(async |tx| watch::read_thread(tx, caller, id).await)
                .await?;
        }
        Some(text) => {
            let seen: Id = text.parse().map_err(|_| {
                Error::invalid("seen", "not_an_id", "What was read is the id of a post.")
            })?;
            cx.write(async |tx| watch::read(tx, caller, id, seen).await)
                .await?;
        }
    }
    if headers.contains_key("x-fragment") {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    answer::see("/watching")
}

/// The button of a thread, for people who are signed in.
pub(crate) fn button(visit: &Visit, thread: Id, place: Option<&Place>) -> Option<Watch> {
    visit.caller()?;
    let unread = place.filter(|place| place.unread > 0).and_then(|place| {
        let first = place.first?;
        let text = present::count(place.unread, "new post", "new posts");
        Some((text, format!("/p/{first}/thread")))
    });
    Some(Watch {
        thread,
        csrf: visit.csrf(),
        on: place.is_some(),
        unread,
    })
}

fn line(watched: &Watched) -> WatchLine {
    let place = &watched.place;
    match &watched.fate {
        Fate::Gone(post) => WatchLine {
            thread: place.thread,
            href: String::new(),
            title: match post.no {
                Some(no) => format!("Thread No.{no}"),
                None => "A thread".to_owned(),
            },
            board: present::board_ref_name(&post.board),
            unread: None,
            replies: None,
            bumped: None,
            marks: Vec::new(),
            gone: true,
        },
        Fate::Alive(thread) => WatchLine {
            thread: place.thread,
            href: match place.first {
                Some(first) => format!("/p/{first}/thread"),
                None => present::thread_path(&thread.board, thread.no, thread.id),
            },
            title: thread.posts.first().map(present::title).unwrap_or_default(),
            board: present::board_ref_name(&thread.board),
            unread: (place.unread > 0).then(|| format!("{} new", place.unread)),
            replies: Some(present::count(thread.reply_count, "reply", "replies")),
            bumped: Some(present::when(thread.bumped_at)),
            marks: marks(thread.pinned, thread.locked),
            gone: false,
        },
    }
}

fn marks(pinned: bool, locked: bool) -> Vec<Mark> {
    let mark = |icon: &'static str, text: &'static str| Mark { icon, text };
    let pinned = pinned.then(|| mark("pin", "Pinned"));
    let locked = locked.then(|| mark("lock", "Locked"));
    pinned.into_iter().chain(locked).collect()
}
