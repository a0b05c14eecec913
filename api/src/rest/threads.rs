//! Threads: opening and reading one.

use axum::extract::State;
use domain::revision::Subject;
use domain::thread::{self, Draft};
use serde::Deserialize;
use utoipa::ToSchema;
use web::cache::Kept;
use web::session::Write;
use web::{App, Json, Keyed, Path, Result, SignedIn, Viewer};

use super::Created;
use super::id::Id;
use super::once::once;
use super::path::{ByBoard, ById};
use super::refusal::{self, Body, Clash, Gone, Missing, Often};
use super::shape::Thread;

/// An opening post. It needs a text or a picture.
#[derive(Deserialize, ToSchema)]
pub(crate) struct ThreadDraft {
    #[schema(max_length = 200)]
    subject: Option<String>,
    /// Markdown, `>>123` and its kin.
    #[schema(max_length = 20000)]
    body: Option<String>,
    /// Uploaded pictures, in order.
    #[serde(default)]
    media: Vec<Id>,
    /// Beside those in the text.
    #[serde(default)]
    #[schema(max_items = 32)]
    tags: Vec<String>,
    /// To be shown before the text.
    #[schema(max_length = 500)]
    content_warning: Option<String>,
    /// Whether its pictures are to be hidden at first.
    #[serde(default)]
    sensitive: bool,
    /// BCP 47.
    #[schema(example = "en")]
    language: Option<String>,
}

/// Open a thread
#[utoipa::path(
    post, path = "/boards/{board}/threads", tag = "threads", security(("bearer" = ["write"])), request_body = ThreadDraft,
    params(ByBoard, ("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key has its effect once.")),
    responses(
        (status = 201, description = "The thread", body = Thread, headers(("Location" = String, description = "Address of the thread"))),
        refusal::SignedIn, Missing, Body, Clash, Often
    )
)]
pub(crate) async fn start(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ByBoard>,
    asked: Keyed<ThreadDraft>,
) -> Result<Created<Thread>> {
    let handle = at.board(&app.cx.site)?;
    let ThreadDraft {
        subject,
        body,
        media,
        tags,
        content_warning,
        sensitive,
        language,
    } = asked.value;
    let draft = Draft {
        subject,
        body: body.unwrap_or_default(),
        media: Id::all(media),
        tags,
        content_warning,
        sensitive,
        language,
    };
    let caller = &me.caller;
    let verb = async |tx: &mut domain::Tx| thread::start(tx, caller, &handle, draft).await;
    let id = once(&app, caller, asked.key.as_ref(), verb).await?;
    let thread = thread::view(&mut *app.cx.read().await?, id, &me.viewer()).await?;
    Ok(Created {
        location: format!("/threads/{id}"),
        thing: Thread::of(&thread, &app.cx.site),
    })
}

/// One thread with its opening post and up to 99 replies
#[utoipa::path(
    get, path = "/threads/{id}", tag = "threads", params(ById), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The thread", body = Thread), refusal::Viewer, Missing, Gone)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ById>,
) -> Result<Kept<Json<Thread>>> {
    let thread = thread::view(&mut *app.cx.read().await?, at.id.0, &viewer.who).await?;
    Ok(Kept {
        about: Subject::Thread(at.id.0),
        answer: Json(Thread::of(&thread, &app.cx.site)),
    })
}
