//! The router of routers: federation, APIs, pictures, health, and pages for everything else.

use axum::Router;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use federation::Federation;
use tower::ServiceExt;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};

use crate::metrics::{Requests, requests};
use crate::negotiate;

/// All faces of a node, with what every request passes first.
pub(crate) fn all(
    app: &web::App,
    federation: &Federation,
    cache: &web::Cache,
    requests: &Requests,
) -> Router {
    let faces = Faces {
        federation: requests::marked(federation.router()),
        pages: others(app, federation),
    };
    let negotiated = Router::new().fallback(choose).with_state(faces);
    let compressible = DefaultPredicate::new().and(NotForContentType::const_new("image/"));
    // Outside of everything that may still write another body in place of one.
    let compressed =
        web::edge::wrap(negotiated, app).layer(CompressionLayer::new().compress_when(compressible));
    let kept = compressed.layer(middleware::from_fn_with_state(cache.clone(), keep));
    requests.count(kept)
}

/// Answers what has only one face, with what is kept of it.
async fn keep(State(cache): State<web::Cache>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let to_peers = negotiate::is_federation(request.method(), path, request.headers());
    if to_peers || !is_made(path) {
        return next.run(request).await;
    }
    cache.answer(request, next).await
}

/// Whether answers are made when they are asked for, and are no files.
fn is_made(path: &str) -> bool {
    let files = ["/media/", "/assets/", "/theme/", "/healthz"];
    !files.iter().any(|file| path.starts_with(file))
}

/// The two sides of an address.
#[derive(Clone)]
struct Faces {
    federation: Router,
    pages: Router,
}

async fn choose(State(faces): State<Faces>, request: Request) -> Response {
    let path = request.uri().path();
    let to_peers = negotiate::is_federation(request.method(), path, request.headers());
    let negotiable =
        !path.starts_with("/api/") && !path.starts_with("/media/") && !path.starts_with("/assets/");
    let face = if to_peers {
        faces.federation
    } else {
        faces.pages
    };
    let mut response = face
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    if negotiable {
        let vary = HeaderValue::from_static("Accept, Cookie, Signature");
        response.headers_mut().insert(header::VARY, vary);
    }
    response
}

/// Everything that is not the federation's.
fn others(app: &web::App, federation: &Federation) -> Router {
    let own = Router::new()
        .route("/healthz", get(health))
        .route("/media/{sha}/{variant}", get(picture))
        .with_state(app.clone())
        .merge(api::rest::router(app.clone(), federation.remote()));
    let pages = ui::router(app.clone(), federation.remote());
    requests::marked(own).fallback_service(requests::marked(pages))
}

async fn picture(
    State(app): State<web::App>,
    Path((sha, variant)): Path<(String, String)>,
    method: Method,
    headers: HeaderMap,
) -> Response {
    web::picture::serve(&app, &method, &headers, &sha, &variant)
        .await
        .into_response()
}

/// Whether the node can do its work: its database answers.
async fn health(State(app): State<web::App>) -> Response {
    let kind = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let fine = match app.cx.read().await {
        Ok(mut conn) => domain::peer::find(&mut conn, "").await.is_ok(),
        Err(_) => false,
    };
    if fine {
        (kind, r#"{"status":"ok"}"#).into_response()
    } else {
        (
            StatusCode::SERVICE_UNAVAILABLE,
            kind,
            r#"{"status":"database unreachable"}"#,
        )
            .into_response()
    }
}
