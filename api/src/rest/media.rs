//! Pictures: uploading, describing, throwing away.

use axum::extract::State;
use domain::attachment::{self, Meta, Patch};
use domain::{Error, Fault};
use http::{HeaderMap, StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;
use web::session::Write;
use web::{App, Json, Path, Result, SignedIn, Upload, Viewer, idempotency, upload};

use super::Created;
use super::once::once;
use super::path::ById;
use super::refusal::{self, Body, Clash, File, Missing, Often};
use super::shape::{Focus, Media};

/// A picture with what is said about it.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the form that `upload` reads")]
pub(crate) struct MediaForm {
    /// JPEG, PNG, GIF or WebP, known by its content.
    #[schema(value_type = String, format = Binary, content_media_type = "application/octet-stream")]
    file: Vec<u8>,
    /// Alternative text.
    #[schema(max_length = 5000)]
    alt: Option<String>,
    /// Whether it is to be hidden at first.
    sensitive: Option<bool>,
    /// The point to keep in view: x and y from -1 to 1.
    #[schema(example = "0.5,-0.25")]
    focus: Option<String>,
}

/// Changes to what is said about a picture; what is not given stays as it is.
#[derive(Deserialize, ToSchema)]
pub(crate) struct MediaPatch {
    /// Alternative text.
    #[schema(max_length = 5000)]
    alt: Option<String>,
    /// Whether it is to be hidden at first.
    sensitive: Option<bool>,
    focus: Option<Focus>,
}

/// Upload a picture; it waits 24 hours for its post
#[utoipa::path(
    post, path = "/media", tag = "media", security(("bearer" = ["write"])),
    request_body(content = MediaForm, content_type = "multipart/form-data"),
    params(("Idempotency-Key" = Option<String>, Header, description = "The same request with the same key has its effect once.")),
    responses(
        (status = 201, description = "The picture, without its metadata", body = Media, headers(("Location" = String, description = "Address of the picture"))),
        refusal::SignedIn, File, Clash, Often
    )
)]
pub(crate) async fn upload(
    State(app): State<App>,
    me: SignedIn<Write>,
    headers: HeaderMap,
    form: Upload<1>,
) -> Result<Created<Media>> {
    let meta = meta(&form);
    let file = form.files.iter().find(|file| file.field == "file");
    let file = file.ok_or_else(|| {
        Fault::new(
            "file",
            "missing",
            "Send the picture in the field \u{201c}file\u{201d}.",
        )
    });
    let (file, meta) = match (file, meta) {
        (Ok(file), Ok(meta)) => (file, meta),
        (file, meta) => {
            let faults = file
                .err()
                .into_iter()
                .chain(meta.err().into_iter().flatten());
            return Err(Error::Invalid(faults.collect()).into());
        }
    };
    let said = format!("{}\n{}\n{:?}", meta.alt, meta.sensitive, meta.focus);
    let key = idempotency::key(
        &headers,
        &[b"media", file.sha256.as_bytes(), said.as_bytes()],
    )?;
    let picture = app.ingest.file(&file.path).await;
    let picture = picture.map_err(|fault| upload::refused("file", fault))?;
    let caller = &me.caller;
    let verb = async |tx: &mut domain::Tx| attachment::upload(tx, caller, picture, meta).await;
    let id = once(&app, caller, key.as_ref(), verb).await?;
    let media = attachment::find(&mut *app.cx.read().await?, id).await?;
    Ok(Created {
        location: format!("/media/{id}"),
        thing: Media::of(&media, &app.cx.site),
    })
}

/// One picture; one of a post is seen as its post is, one that waits for its post by its owner only
#[utoipa::path(
    get, path = "/media/{id}", tag = "media", params(ById), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "The picture", body = Media), refusal::Viewer, Missing)
)]
pub(crate) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(at): Path<ById>,
) -> Result<Json<Media>> {
    let media = attachment::view(&mut *app.cx.read().await?, at.id.0, &viewer.who).await?;
    Ok(Json(Media::of(&media, &app.cx.site)))
}

/// Change what is said about a picture; who uploaded it may
#[utoipa::path(
    patch, path = "/media/{id}", tag = "media", params(ById), security(("bearer" = ["write"])), request_body = MediaPatch,
    responses((status = 200, description = "The picture as it is now", body = Media), refusal::SignedIn, Missing, Body, Often)
)]
pub(crate) async fn describe(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
    Json(asked): Json<MediaPatch>,
) -> Result<Json<Media>> {
    let patch = Patch {
        alt: asked.alt,
        sensitive: asked.sensitive,
        focus: asked.focus.map(|focus| (focus.x, focus.y)),
    };
    let (caller, id) = (&me.caller, at.id.0);
    app.cx
        .write(async |tx| attachment::describe(tx, caller, id, patch).await)
        .await?;
    let media = attachment::find(&mut *app.cx.read().await?, id).await?;
    Ok(Json(Media::of(&media, &app.cx.site)))
}

/// Throw away a picture that was not posted
#[utoipa::path(
    delete, path = "/media/{id}", tag = "media", params(ById), security(("bearer" = ["write"])),
    responses((status = 204, description = "It is gone"), refusal::SignedIn, Missing, Clash)
)]
pub(crate) async fn discard(
    State(app): State<App>,
    me: SignedIn<Write>,
    Path(at): Path<ById>,
) -> Result<StatusCode> {
    let (caller, id) = (&me.caller, at.id.0);
    app.cx
        .write(async |tx| attachment::discard(tx, caller, id).await)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The text fields of the form, or all that is wrong with them.
fn meta(form: &Upload<1>) -> Result<Meta, Vec<Fault>> {
    let mut faults = Vec::new();
    let sensitive = match form.text("sensitive") {
        None | Some("" | "false" | "0" | "off") => false,
        Some("true" | "1" | "on") => true,
        Some(_) => {
            faults.push(Fault::new(
                "sensitive",
                "wrong_type",
                "sensitive must be true or false.",
            ));
            false
        }
    };
    let focus = match form.text("focus").filter(|text| !text.is_empty()) {
        None => (0.0, 0.0),
        Some(text) => point(text).unwrap_or_else(|| {
            let detail = "focus must be two numbers from -1 to 1, such as 0.5,-0.25.";
            faults.push(Fault::new("focus", "wrong_type", detail));
            (0.0, 0.0)
        }),
    };
    let alt = form.text("alt").unwrap_or_default().to_owned();
    if faults.is_empty() {
        Ok(Meta {
            alt,
            sensitive,
            focus,
        })
    } else {
        Err(faults)
    }
}

fn point(text: &str) -> Option<(f64, f64)> {
    let (x, y) = text.split_once(',')?;
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .filter(|n| (-1.0..=1.0).contains(n))
    };
    Some((number(x)?, number(y)?))
}
