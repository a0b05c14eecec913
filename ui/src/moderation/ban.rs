//! `/p/{id}/ban`: a moderator bans the author of a post from the board, or from all of this server.

use axum::extract::State;
use db::DAY;
use domain::ban::{self, Draft, Place};
use domain::post::{self, Post};
use domain::{Caller, Id, Role, Timestamp, Tx};
use http::StatusCode;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{BanForm, Faults, Offer, Section};
use crate::visit::Visit;
use crate::{delete, history, reasons};

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

pub(crate) async fn ask(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &visit.viewer()).await?;
    let place = Place::Board(found.board.id);
    if caller.role < Role::Moderator {
        ban::may_impose(&mut conn, caller, place).await?;
    }
    let (fields, none) = (Fields::default(), Faults::default());
    render(&visit, caller, &found, &fields, none, StatusCode::OK)
}

pub(crate) async fn impose(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let caller = visit.browser.reader()?;
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let place = match fields.text("place").as_str() {
        "node" => Place::Node,
        _ => Place::Board(found.board.id),
    };
    let draft = Draft {
        reason: reasons::read(&fields),
        until: until(&fields, pages.app.cx.now()),
    };
    let with_post = fields.checked("with_post");
    let imposed = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => {
            let write = pages.app.cx.write(async |tx: &mut Tx| {
                let reason = draft.reason.clone();
                ban::impose(tx, caller, place, found.author.id, draft).await?;
                match with_post {
                    true => post::remove(tx, caller, id, &reason, false).await,
                    false => Ok(()),
                }
            });
            write.await
        }
        Err(error) => Err(error),
    };
    match imposed {
        Ok(()) => answer::see(&delete::after(&pages, &visit, &found).await?),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            render(&visit, caller, &found, &fields, faults, status)
        }
    }
}

fn until(fields: &Fields, now: Timestamp) -> Option<Timestamp> {
    let sent = fields.text("length");
    let days = LENGTHS.iter().find(|(value, ..)| *value == sent)?.1?;
    Some(now.plus(days * DAY))
}

fn render(
    visit: &Visit,
    caller: &Caller,
    post: &Post,
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
    let page = BanForm {
        shell: visit.shell("Ban an account", Section::Boards),
        action: format!("{}/ban", post.path()),
        back: history::back(post),
        whom: present::person(&post.author),
        post: present::post(post, &Setting::bare(visit, Stage::Quiet)),
        places: places(post, caller, fields),
        lengths: LENGTHS.iter().map(length).collect(),
        reasons: reasons::choices(fields),
        more: fields.text("reason"),
        with_post: fields.checked("with_post"),
        faults,
    };
    answer::page_with(status, &page)
}

/// The board, where it is one of this server; all of this server for those who moderate all of it.
fn places(post: &Post, caller: &Caller, fields: &Fields) -> Vec<Offer> {
    let chosen = fields.text("place");
    let mut places = Vec::new();
    if post.board.is_local() {
        places.push(Offer {
            value: "board".to_owned(),
            text: format!("/{}/", post.board.acct()),
            chosen: chosen == "board",
        });
    }
    if caller.role >= Role::Moderator {
        places.push(Offer {
            value: "node".to_owned(),
            text: "All of this server".to_owned(),
            chosen: chosen == "node",
        });
    }
    places
}
