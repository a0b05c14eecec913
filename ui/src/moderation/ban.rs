//! `/p/{id}/ban` and `/u/{name}/ban`: a moderator bans the author of a post, or an account as such, from a board or from
//! all of this server. A post that is gone does not save its author.

use std::sync::Arc;

use axum::extract::State;
use db::{Conn, DAY};
use domain::account::{self, Account};
use domain::ban::{self, Draft, Place};
use domain::board::{self, Board};
use domain::post::{self, Post};
use domain::{Caller, Denial, Error, Id, Noun, Role, Timestamp, Tx};
use http::StatusCode;
use web::{Path, Problem};

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{BanForm, Faults, Link, Offer, Section};
use crate::visit::Visit;
use crate::{delete, history, name, reasons};

/// For how long: what the form sends, days, and how people say it.
const LENGTHS: [(&str, Option<i64>, &str); 6] = [
    ("1", Some(1), "A day"),
    ("3", Some(3), "Three days"),
    ("7", Some(7), "A week"),
    ("30", Some(30), "A month"),
    ("365", Some(365), "A year"),
    ("lifted", None, "Until it is lifted"),
];
/// What is proposed.
const USUAL: &str = "7";
/// What the form sends for all of this server; no board has a name like it.
const NODE: &str = "*";

/// Whom a form bans, and from where it may.
struct Target {
    account: Arc<Account>,
    /// What led there; a tombstone too.
    post: Option<Post>,
    /// The boards to choose from.
    boards: Vec<Ward>,
}

/// A board somebody may be banned from.
struct Ward {
    /// What the form sends. That of a post stays the same where its thread is moved meanwhile.
    word: String,
    acct: String,
    id: Id,
}

pub(crate) async fn of_author(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let target = author(&mut *pages.app.cx.read().await?, &visit, caller, id).await?;
    show(&visit, caller, &target)
}

pub(crate) async fn of_account(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let target = person(&mut *pages.app.cx.read().await?, &visit, caller, &text).await?;
    show(&visit, caller, &target)
}

pub(crate) async fn impose_on_author(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.reader()?;
    let target = author(&mut *pages.app.cx.read().await?, &visit, caller, id).await?;
    carry_out(&pages, &visit, caller, &target, &fields).await
}

pub(crate) async fn impose(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.reader()?;
    let target = person(&mut *pages.app.cx.read().await?, &visit, caller, &text).await?;
    carry_out(&pages, &visit, caller, &target, &fields).await
}

async fn author(
    conn: &mut Conn,
    visit: &Visit,
    caller: &Caller,
    id: Id,
) -> Result<Target, Problem> {
    let post = post::find_any(conn, id, &visit.viewer()).await?;
    if post.deleted.as_ref().is_some_and(|gone| gone.withheld) {
        return Err(Error::from(Denial::PeerSuspended).into());
    }
    if caller.role < Role::Moderator {
        ban::may_impose(conn, caller, Place::Board(post.board.id)).await?;
    }
    let board = post.board.is_local().then(|| Ward {
        word: "board".to_owned(),
        acct: post.board.acct(),
        id: post.board.id,
    });
    Ok(Target {
        account: Arc::clone(&post.author),
        boards: board.into_iter().collect(),
        post: Some(post),
    })
}

async fn person(
    conn: &mut Conn,
    visit: &Visit,
    caller: &Caller,
    text: &str,
) -> Result<Target, Problem> {
    let handle = name::read(text, Noun::Account, visit)?;
    let boards = board::moderated(conn, caller).await?;
    if boards.is_empty() && caller.role < Role::Moderator {
        return Err(Error::from(Denial::NotModerator).into());
    }
    let account = account::find(conn, &handle).await?;
    if account.kind != account::Kind::Person {
        return Err(Error::Missing(Noun::Account).into());
    }
    Ok(Target {
        account: Arc::new(account),
        post: None,
        boards: boards.iter().map(ward).collect(),
    })
}

fn ward(board: &Board) -> Ward {
    Ward {
        word: board.acct(),
        acct: board.acct(),
        id: board.id,
    }
}

fn show(visit: &Visit, caller: &Caller, target: &Target) -> Answer {
    let (fields, none) = (Fields::default(), Faults::default());
    render(visit, caller, target, &fields, none, StatusCode::OK)
}

async fn carry_out(
    pages: &Pages,
    visit: &Visit,
    caller: &Caller,
    target: &Target,
    fields: &Fields,
) -> Answer {
    match imposed(pages, visit, target, fields).await {
        Ok(()) => answer::see(&match &target.post {
            Some(post) => delete::after(pages, visit, post).await?,
            None => target.account.path(),
        }),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            render(visit, caller, target, fields, faults, status)
        }
    }
}

async fn imposed(
    pages: &Pages,
    visit: &Visit,
    target: &Target,
    fields: &Fields,
) -> Result<(), Error> {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let place = place(target, &fields.text("place"))?;
    let draft = Draft {
        reason: reasons::read(fields),
        until: until(fields, pages.app.cx.now()),
    };
    let post = target.post.as_ref().map(|post| post.id);
    let post = post.filter(|_| fields.checked("with_post"));
    let write = pages.app.cx.write(async |tx: &mut Tx| {
        let reason = draft.reason.clone();
        ban::impose(tx, caller, place, target.account.id, draft).await?;
        match post {
            Some(post) => post::remove(tx, caller, post, &reason, false).await,
            None => Ok(()),
        }
    });
    write.await
}

fn place(target: &Target, sent: &str) -> Result<Place, Error> {
    if sent == NODE {
        return Ok(Place::Node);
    }
    let board = target.boards.iter().find(|board| board.word == sent);
    let unknown = || Error::invalid("place", "bad_value", "Choose where the ban holds.");
    Ok(Place::Board(board.ok_or_else(unknown)?.id))
}

fn until(fields: &Fields, now: Timestamp) -> Option<Timestamp> {
    let sent = fields.text("length");
    let days = LENGTHS.iter().find(|(value, ..)| *value == sent)?.1?;
    Some(now.plus(days * DAY))
}

fn render(
    visit: &Visit,
    caller: &Caller,
    target: &Target,
    fields: &Fields,
    faults: Faults,
    status: StatusCode,
) -> Answer {
    let sent = fields.given("length");
    let sent = sent.as_deref().unwrap_or(USUAL);
    let length = |(value, _, text): &(&str, Option<i64>, &str)| Offer {
        value: (*value).to_owned(),
        text: (*text).to_owned(),
        chosen: *value == sent,
    };
    let post = target.post.as_ref();
    let path = post.map_or_else(|| target.account.path(), Post::path);
    let profile = || Link {
        href: target.account.path(),
        text: "Back to the profile".to_owned(),
    };
    let page = BanForm {
        shell: visit.shell("Ban an account", Section::Boards),
        action: format!("{path}/ban"),
        back: post.map_or_else(profile, history::back),
        whom: present::person(&target.account),
        post: post.map(|post| present::post(post, &Setting::bare(visit, Stage::Quiet))),
        places: places(target, caller, &fields.text("place")),
        lengths: LENGTHS.iter().map(length).collect(),
        reasons: reasons::choices(fields),
        more: fields.text("reason"),
        removable: post.is_some_and(|post| post.deleted.is_none()),
        with_post: fields.checked("with_post"),
        faults,
    };
    answer::page_with(status, &page)
}

/// The boards of this server; all of it for those who moderate all of it.
fn places(target: &Target, caller: &Caller, chosen: &str) -> Vec<Offer> {
    let offer = |value: &str, text: String| Offer {
        value: value.to_owned(),
        text,
        chosen: value == chosen,
    };
    let boards = target.boards.iter();
    let mut places: Vec<Offer> = boards
        .map(|board| offer(&board.word, format!("/{}/", board.acct)))
        .collect();
    if caller.role >= Role::Moderator {
        places.push(offer(NODE, "All of this server".to_owned()));
    }
    places
}
