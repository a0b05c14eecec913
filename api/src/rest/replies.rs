//! The posts of a thread.

use axum::extract::State;
use domain::post::{self, Draft};
use domain::revision::Subject;
use domain::thread;
use serde::Deserialize;
use utoipa::ToSchema;
use web::cache::Kept;
use web::session::Write;
use web::{App, Keyed, Paging, Path, Result, SignedIn, Viewer};

use super::Created;
use super::id::Id;
use super::list::{List, Listed, Part};
use super::once::once;
use super::path::ById;
use super::refusal::{self, Body, Clash, Fields, Gone, Missing, Often};
use super::shape::Post;

/// A reply. It needs a text or a picture.
#[derive(Deserialize, ToSchema)]
pub(crate) struct PostDraft {
    /// Markdown, `>>123` and its kin.
    #[schema(max_length = 20000)]
    body: Option<String>,
    /// Uploaded pictures, in order.
    #[serde(default)]
    media: Vec<Id>,
    /// The post of this thread it answers; else the one post of this thread its text refers to, else the opening post.
    reply_to: Option<Id>,
    /// Do not raise the thread.
    #[serde(default)]
    sage: bool,
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

/// Posts of a thread, oldest first, its opening post among them
#[utoipa::path(
    get, path = "/threads/{id}/posts", tag = "threads", params(ById, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of its posts", body = List<Post>), refusal::Viewer, Missing, Gone, Fields)
)]
pub(crate) async fn list(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ById>,
    paging: Paging,
) -> Result<Kept<Listed<Post>>> {
    let mut conn = app.cx.read().await?;
    let posts = thread::posts(&mut conn, at.id.0, &viewer.who, paging.page.clone()).await?;
    let answer = Listed::new(&app, &paging, posts, |post| Post::of(post, &app.cx.site));
    let about = Subject::Thread(at.id.0);
    Ok(Kept { about, answer })
}

/// Reply in a thread
#[utoipa::path(
    post, path = "/threads/{id}/posts", tag = "threads", security(("bearer" = ["write"])), request_body = PostDraft,
    params(ById, ("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key has its effect once.")),
    responses(
        (status = 201, description = "The reply", body = Post, headers(("Location" = String, description = "Address of the reply"))),
        refusal::SignedIn, Missing, Gone, Body, Clash, Often
    )
)]
pub(crate) async fn submit(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
    asked: Keyed<PostDraft>,
) -> Result<Created<Post>> {
    let PostDraft {
        body,
        media,
        reply_to,
        sage,
        content_warning,
        sensitive,
        language,
    } = asked.value;
    let draft = Draft {
        body: body.unwrap_or_default(),
        media: Id::all(media),
        reply_to: reply_to.map(|id| id.0),
        sage,
        content_warning,
        sensitive,
        language,
    };
    let caller = &me.caller;
    let verb = async |tx: &mut domain::Tx| post::submit(tx, caller, at.id.0, draft).await;
    let id = once(&app, caller, asked.key.as_ref(), verb).await?;
    let reply = post::find(&mut *app.cx.read().await?, id, &me.viewer()).await?;
    Ok(Created {
        location: format!("/posts/{id}"),
        thing: Post::of(&reply, &app.cx.site),
    })
}
