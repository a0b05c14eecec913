//! Following: by a button on the page of a board or person, or by a name or address from anywhere.

use axum::extract::State;
use domain::{Caller, Error, Id, Noun, account, follow, limits, rate};
use http::StatusCode;
use web::Path;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::boards::{self, Around};
use crate::form::Fields;
use crate::pages::Pages;
use crate::view::Faults;
use crate::visit::Visit;
use crate::{name, present};

/// `POST /follow`: whatever `q` names is looked up and followed; a post is shown.
pub(crate) async fn find(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let query = fields.trimmed("q");
    let found = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => resolve(&pages, caller, &query).await,
        Err(error) => Err(error),
    };
    let error = match found {
        Ok(path) => return answer::see(&path),
        Err(error) => error,
    };
    let (status, follow_faults) = not_found(error, &query)?;
    let around = Around {
        query,
        follow_faults,
        status,
        ..Around::default()
    };
    boards::render(&pages, &visit, &Asked::default(), around).await
}

/// `POST /b/{board}/follow`
pub(crate) async fn board(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    let found =
        domain::board::find(&mut *pages.app.cx.read().await?, &handle, &visit.viewer()).await?;
    set(&pages, &visit, found.id, &found.path(), &fields).await
}

/// `POST /u/{name}/follow`
pub(crate) async fn person(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    let handle = name::read(&text, Noun::Account, &visit)?;
    let found = account::find(&mut *pages.app.cx.read().await?, &handle).await?;
    set(&pages, &visit, found.id, &found.path(), &fields).await
}

async fn set(pages: &Pages, visit: &Visit, id: Id, path: &str, fields: &Fields) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    if fields.text("follow") == "no" {
        pages
            .app
            .cx
            .write(async |tx| follow::end(tx, caller, id).await)
            .await?;
    } else {
        pages
            .app
            .cx
            .write(async |tx| follow::set(tx, caller, id).await.map(|_| ()))
            .await?;
    }
    answer::see(path)
}

async fn resolve(pages: &Pages, caller: &Caller, query: &str) -> Result<String, Error> {
    if query.is_empty() {
        return Err(Error::invalid(
            "q",
            "empty",
            "Write a name like photo@far.example, or an address.",
        ));
    }
    let cx = &pages.app.cx;
    let who = caller.id.to_string();
    cx.write(async |tx| rate::take(tx, &limits::RATE_RESOLVES, &who).await)
        .await?;
    match pages.remote.resolve(query).await? {
        federation::Found::Account(id) | federation::Found::Board(id) => {
            follow_found(pages, caller, id).await
        }
        federation::Found::Post(id) => Ok(format!("/p/{id}")),
    }
}

async fn follow_found(pages: &Pages, caller: &Caller, id: Id) -> Result<String, Error> {
    let cx = &pages.app.cx;
    cx.write(async |tx| follow::set(tx, caller, id).await.map(|_| ()))
        .await?;
    Ok(account::by_id(&mut *cx.read().await?, id).await?.path())
}

/// What is wrong with what was typed, as faults of the box.
fn not_found(error: Error, query: &str) -> Result<(StatusCode, Faults), web::Problem> {
    if matches!(error, Error::Missing(_) | Error::Gone(_)) {
        let sentence = format!(
            "Nothing called \u{201c}{query}\u{201d} was found. Is its server written right?"
        );
        return Ok((
            StatusCode::UNPROCESSABLE_ENTITY,
            Faults::of_fields(vec![("q".to_owned(), sentence)]),
        ));
    }
    let (status, mut faults) = present::faults(error)?;
    for (field, _) in &mut faults.fields {
        "q".clone_into(field);
    }
    Ok((status, faults))
}
