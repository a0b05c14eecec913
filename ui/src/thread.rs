//! `GET /b/{board}/{no}` and `/p/{id}/thread`: a thread with the form that answers it.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::board::{self, Board};
use domain::post::Post;
use domain::revision::Subject;
use domain::thread::{self, Thread};
use domain::watch::{self, Place};
use domain::{Denial, Error, Handle, Id, Noun, post};
use http::{HeaderMap, StatusCode};
use web::cache::Kept;
use web::{Path, Problem, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::inside::Inside;
use crate::pages::Pages;
use crate::present::{Setting, Stage};
use crate::submission::Blank;
use crate::view::{self, Compose, Fact, Kind, Mark, Moderation, Pager, Section, Shell};
use crate::visit::Visit;
use crate::{fragment, name, place, present, visit, watching};

/// Posts of a further page.
const POSTS: i64 = 100;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path((text, no)): Path<(String, i64)>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    if fragment::asks(&headers, "post") {
        let found = post::by_no(&mut *pages.app.cx.read().await?, &handle, no).await?;
        return alone(&pages, &visit, found.ok_or(Error::Missing(Noun::Post))?).await;
    }
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/b/{acct}/{no}")) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let id = match thread::by_no(&mut conn, &handle, no).await {
        Err(Error::Missing(Noun::Thread)) => return reply(&mut conn, &visit, &handle, no).await,
        found => found?,
    };
    if post::by_no(&mut conn, &handle, no).await?.is_none() {
        // It was moved to another board.
        let found = post::find_any(&mut conn, id, &visit.viewer()).await?;
        let path = present::thread_path(&found.board, found.thread_no, found.thread_id);
        return answer::moved(&path);
    }
    drop(conn);
    render(&pages, &visit, id, &asked, Again::none()).await
}

/// The number of a reply leads to its place in its thread.
async fn reply(conn: &mut db::Conn, visit: &Visit, board: &Handle, no: i64) -> Answer {
    let id = thread::post_by_no(conn, board, no).await?;
    let found = post::find_any(conn, id, &visit.viewer()).await?;
    answer::see(&place::of(conn, &found).await?)
}

/// Threads of servers that give no numbers; and from any post to its place in its thread.
pub(crate) async fn show_by_id(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    if fragment::asks(&headers, "post") {
        return alone(&pages, &visit, id).await;
    }
    let mut conn = pages.app.cx.read().await?;
    let found = post::find_any(&mut conn, id, &visit.viewer()).await?;
    if found.thread_no.is_none() && found.id == found.thread_id {
        drop(conn);
        return render(&pages, &visit, id, &asked, Again::none()).await;
    }
    answer::see(&place::of(&mut conn, &found).await?)
}

/// One post without its page, for scripts that show what a reference names.
async fn alone(pages: &Pages, visit: &Visit, id: Id) -> Answer {
    let found = post::find_any(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let setting = Setting::bare(visit, Stage::Elsewhere);
    answer::page(&present::post(&found, &setting))
}

/// A form that was refused and is shown again.
pub(crate) struct Again {
    pub(crate) compose: Option<Compose>,
    pub(crate) status: StatusCode,
}

impl Again {
    fn none() -> Self {
        Self {
            compose: None,
            status: StatusCode::OK,
        }
    }
}

/// The page of thread `id`.
///
/// # Errors
/// There is no such thread, or the cursor is none.
pub(crate) async fn render(
    pages: &Pages,
    visit: &Visit,
    id: Id,
    asked: &Asked,
    again: Again,
) -> Result<Response, Problem> {
    let found = load(pages, visit, id, asked).await?;
    let (thread, board) = (&found.thread, &found.board);
    let opening = found.opening.as_ref();
    let setting = Setting {
        visit,
        stage: Stage::Thread,
        opener: opening.map(|post| post.author.id),
        moderates: board.moderates,
        dislikes: board.settings.dislikes,
        locked: thread.locked,
        pinned: thread.pinned,
        part: &thread.posts,
    };
    let closed = closed(thread, board, visit);
    let fresh = closed
        .is_none()
        .then(|| blank(pages, visit, board, &found.path, asked));
    let compose = again.compose.or(fresh);
    let inside = thread.no.filter(|_| thread.media_count > 0);
    let inside = inside.map(|no| Inside::thread(board, no, id));
    let title = opening.map(present::title).unwrap_or_default();
    let headed = thread.posts.first().is_some_and(has_subject);
    let page = view::Thread {
        shell: shell(visit, &found, &title),
        heading: (!headed).then_some(title),
        head: present::board_head(board, visit, ""),
        posts: thread
            .posts
            .iter()
            .map(|post| noted(present::post(post, &setting), post, found.place.as_ref()))
            .collect(),
        watch: watching::button(visit, thread.id, found.place.as_ref()),
        interact: opening.map(|post| format!("/interact?uri={}", visit::escape(&post.uri))),
        pager: found.pager,
        compose,
        closed,
        inviting: !thread.locked && board.settings.posting.admits(false),
        gallery: inside.as_ref().map(|of| format!("{}/gallery", of.path)),
        swipe: inside.as_ref().map(Inside::swipe),
        facts: facts(thread, board),
        moderation: board.moderates.then_some(Moderation {
            post: thread.id,
            locked: thread.locked,
            pinned: thread.pinned,
            local: board.is_local(),
        }),
        home: found
            .opening
            .filter(|_| !board.is_local())
            .map(|post| post.url),
    };
    let answer = answer::page_with(again.status, &page)?;
    let about = Subject::Thread(id);
    Ok(Kept { about, answer }.into_response())
}

/// A thread, or a further part of it, with what surrounds it.
struct Found {
    thread: Thread,
    board: Board,
    /// Also where the part does not hold it.
    opening: Option<Post>,
    path: String,
    pager: Pager,
    /// How far the visitor has read it, where they watch it.
    place: Option<Place>,
}

async fn load(pages: &Pages, visit: &Visit, id: Id, asked: &Asked) -> Result<Found, Problem> {
    let viewer = visit.viewer();
    let mut conn = pages.app.cx.read().await?;
    let mut thread = match thread::view(&mut conn, id, &viewer).await {
        Err(Error::Gone(_)) => return Err(gone(&mut conn, id, &viewer).await?),
        found => found?,
    };
    let board = board::by_id(&mut conn, thread.board.id, &viewer).await?;
    let opening = thread.posts.first().cloned();
    let path = present::thread_path(&thread.board, thread.no, thread.id);
    let older = thread.more.as_ref();
    let mut pager = Pager {
        older: older.map(|cursor| format!("{path}?after={cursor}")),
        newer_text: "Earlier posts",
        older_text: "Further posts",
        ..Pager::default()
    };
    if !asked.is_first() {
        let part = thread::posts(&mut conn, id, &viewer, asked.page(POSTS)).await?;
        pager = present::pager(&part, &format!("{path}?"), "Earlier posts", "Further posts");
        thread.posts = part.items;
    }
    let place = match visit.caller() {
        Some(caller) => watch::find(&mut conn, caller, thread.id).await?,
        None => None,
    };
    Ok(Found {
        place,
        thread,
        board,
        opening,
        path,
        pager,
    })
}

/// Why a thread is no more: what was said of its opening post.
async fn gone(conn: &mut db::Conn, id: Id, viewer: &domain::Viewer) -> Result<Problem, Problem> {
    let opening = post::find_any(conn, id, viewer).await?;
    Ok(match &opening.deleted {
        Some(deletion) => crate::picture::gone(deletion.by_moderator, deletion.reason.as_deref()),
        None => Error::Gone(Noun::Thread).into(),
    })
}

fn shell(visit: &Visit, found: &Found, title: &str) -> Shell {
    let title = format!("{title} \u{b7} /{}/", found.board.acct());
    let mut shell = visit.shell(title, Section::Boards);
    if let Some(opening) = &found.opening {
        shell.alternate = Some(opening.uri.clone());
        present::preview::post(&mut shell, opening, &found.board, &found.path, visit);
    }
    visit.scripts(&mut shell, &["vote", "quote"]);
    Visit::can_hide(&mut shell);
    if found.place.is_some() {
        visit.scripts(&mut shell, &["watch"]);
    }
    shell
}

/// A post with a mark where it came since the visitor was here.
fn noted(mut shown: view::Post, post: &Post, place: Option<&Place>) -> view::Post {
    let first = place.and_then(|place| place.first);
    if post.deleted.is_none() && first.is_some_and(|first| post.id >= first) {
        shown.marks.push(Mark {
            icon: "new",
            text: "New",
        });
    }
    shown
}

fn has_subject(post: &Post) -> bool {
    let subject = post.subject.as_deref().unwrap_or_default();
    post.is_op && !subject.is_empty()
}

fn blank(pages: &Pages, visit: &Visit, board: &Board, path: &str, asked: &Asked) -> Compose {
    let blank = Blank {
        kind: Kind::Reply,
        action: format!("{path}#reply"),
        board,
    };
    let mut compose = blank.form(pages, visit);
    if let Some(no) = asked.quote {
        compose.body = format!(">>{no}\n");
    }
    compose
}

/// Why there is no form.
fn closed(thread: &Thread, board: &Board, visit: &Visit) -> Option<String> {
    if board.is_archived() {
        return Some(Denial::Archived.to_string());
    }
    if !board.settings.posting.admits(board.moderates) {
        return Some(Denial::ModeratorsPost.to_string());
    }
    if visit.caller().is_none() {
        let why = match thread.locked {
            true => "This thread is locked.",
            false => "Everybody with an account here can reply.",
        };
        return Some(why.to_owned());
    }
    (thread.locked && !board.moderates).then(|| Denial::Locked.to_string())
}

fn facts(thread: &Thread, board: &Board) -> Vec<Fact> {
    let mut facts = vec![
        Fact {
            name: "Replies",
            value: thread.reply_count.to_string(),
        },
        Fact {
            name: "Pictures",
            value: thread.media_count.to_string(),
        },
        Fact {
            name: "Likes",
            value: thread.likes.to_string(),
        },
    ];
    if thread.pinned {
        facts.push(Fact {
            name: "Pinned",
            value: "yes".to_owned(),
        });
    }
    if thread.reply_count >= board.settings.bump_limit {
        facts.push(Fact {
            name: "Bump limit",
            value: "reached".to_owned(),
        });
    }
    if thread.locked {
        facts.push(Fact {
            name: "Locked",
            value: "yes".to_owned(),
        });
    }
    facts
}
