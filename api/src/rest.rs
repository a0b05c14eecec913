//! Stoa's own REST API, `/api/stoa/v1`, its OpenAPI document and the browser for it at `/api/docs`.
//!
//! One file per noun. An operation is declared once, on its handler: route, parameters, shapes and statuses; the document
//! is made from these. Mounted by `node`.

mod accounts;
mod admin;
mod bans;
mod boards;
mod browser;
mod description;
mod feeds;
mod follows;
mod id;
mod instance;
mod list;
mod me;
mod media;
mod moderation;
mod moderators;
mod once;
mod path;
mod peers;
mod pictures;
mod posts;
mod refusal;
mod replies;
mod reports;
mod resolve;
mod search;
mod sessions;
mod shape;
mod tags;
mod threads;
mod watching;

use axum::extract::FromRef;
use axum::response::IntoResponse;
use axum::{Router, middleware, routing};
use federation::Remote;
use http::{HeaderValue, StatusCode, header};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{App, Json, Problem, cache, cors, edge, etag};

use description::Description;

/// Where the API lives.
const BASE: &str = "/api/stoa/v1";

/// What handlers get.
#[derive(Clone, FromRef)]
struct Rest {
    app: App,
    remote: Remote,
}

/// All routes of the API with their document and its browser.
pub fn router(app: App, remote: Remote) -> Router {
    let (routes, mut document) = operations(&app).split_for_parts();
    description::complete(&mut document);
    description::prune(&mut document);
    let document = Json(document);
    let described = routing::get(move || async move { document.clone() });
    routes
        .route(&format!("{BASE}/openapi.json"), described)
        .route(
            &format!("{BASE}/{{*rest}}"),
            routing::any(edge::unknown_route),
        )
        .method_not_allowed_fallback(edge::method_not_allowed)
        .layer(middleware::from_fn(etag::tag))
        .layer(middleware::from_fn(cors::open))
        .with_state(Rest { app, remote })
        .merge(browser::router(&format!("{BASE}/openapi.json")))
}

/// What programs read most without an account: kept until anything changes. Threads say themselves what they are about.
fn kept() -> OpenApiRouter<Rest> {
    OpenApiRouter::new()
        .routes(routes!(accounts::show))
        .routes(routes!(accounts::posts))
        .routes(routes!(boards::list, boards::create))
        .routes(routes!(boards::show, boards::update))
        .routes(routes!(boards::threads, threads::start))
        .routes(routes!(boards::catalog))
        .routes(routes!(pictures::of_board))
        .routes(routes!(posts::show, posts::edit, posts::delete))
        .routes(routes!(feeds::local))
        .routes(routes!(feeds::all))
        .routes(routes!(pictures::all))
        .routes(routes!(tags::list))
        .routes(routes!(tags::show))
        .routes(routes!(tags::posts))
        .route_layer(middleware::map_response(cache::lists))
}

fn operations(app: &App) -> OpenApiRouter<Rest> {
    let routes = OpenApiRouter::new()
        .routes(routes!(instance::show))
        .routes(routes!(accounts::create))
        .routes(routes!(me::show, me::update))
        .routes(routes!(me::set_password))
        .routes(routes!(sessions::open, sessions::close))
        .routes(routes!(sessions::list))
        .routes(routes!(sessions::revoke))
        .routes(routes!(
            follows::of_account,
            follows::follow_account,
            follows::unfollow_account
        ))
        .routes(routes!(
            follows::of_board,
            follows::follow_board,
            follows::unfollow_board
        ))
        .routes(routes!(moderation::log))
        .routes(routes!(moderation::node_log))
        .routes(routes!(bans::of_board))
        .routes(routes!(bans::impose_on_board, bans::lift_on_board))
        .routes(routes!(bans::of_node))
        .routes(routes!(bans::impose_on_node, bans::lift_on_node))
        .routes(routes!(moderators::list))
        .routes(routes!(
            moderators::show,
            moderators::add,
            moderators::remove
        ))
        .routes(routes!(threads::show))
        .routes(routes!(replies::list, replies::submit))
        .routes(routes!(watching::list))
        .routes(routes!(watching::set, watching::end))
        .routes(routes!(moderation::lock))
        .routes(routes!(moderation::pin))
        .routes(routes!(moderation::relocate))
        .routes(routes!(reports::submit))
        .routes(routes!(reports::list))
        .routes(routes!(reports::show, reports::decide))
        .routes(routes!(admin::decisions::decide_account))
        .routes(routes!(admin::decisions::decide_peer))
        .routes(routes!(admin::decisions::purge_media))
        .routes(routes!(posts::history))
        .routes(routes!(posts::delivery))
        .routes(routes!(posts::vote))
        .routes(routes!(media::show, media::describe, media::discard))
        .routes(routes!(feeds::home))
        .routes(routes!(tags::followed, tags::follow, tags::unfollow))
        .routes(routes!(tags::muted, tags::mute, tags::unmute))
        .routes(routes!(search::find))
        .routes(routes!(resolve::resolve))
        .routes(routes!(peers::list))
        .routes(routes!(peers::show))
        .routes(routes!(admin::site::show, admin::site::change))
        .routes(routes!(admin::accounts::list))
        .routes(routes!(admin::accounts::appoint))
        .routes(routes!(admin::jobs::list))
        .routes(routes!(admin::jobs::queues))
        .routes(routes!(admin::jobs::discard))
        .routes(routes!(admin::jobs::retry))
        .routes(routes!(admin::peers::retry))
        .routes(routes!(admin::audit::list));
    let uploads = OpenApiRouter::new()
        .routes(routes!(media::upload))
        .layer(web::upload::body_limit::<1>(app));
    OpenApiRouter::with_openapi(Description::openapi())
        .nest(BASE, kept().merge(routes).merge(uploads))
}

/// The answer to a request that made something: 201, where it is, and the thing itself.
struct Created<T> {
    location: String,
    thing: T,
}

impl<T: serde::Serialize> IntoResponse for Created<T> {
    fn into_response(self) -> axum::response::Response {
        let mut response = (StatusCode::CREATED, Json(self.thing)).into_response();
        match HeaderValue::try_from(format!("{BASE}{}", self.location)) {
            Ok(location) => {
                response.headers_mut().insert(header::LOCATION, location);
                response
            }
            Err(error) => Problem::internal(error).into_response(),
        }
    }
}
