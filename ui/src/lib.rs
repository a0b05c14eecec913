//! The pages: HTML that is complete without scripts.
//!
//! A handler reads (`domain`), makes what the template needs (`present`), and answers. GET changes nothing; POST
//! answers 303 to where its effect shows, or the form again with what was typed. Called by `node`, which falls back to
//! this router for everything that is no API and no ActivityPub document.

#![cfg_attr(
    test,
    allow(clippy::unwrap_used, reason = "a failing test should say where")
)]

mod about;
mod answer;
mod asked;
mod assets;
mod board;
mod boards;
mod catalog;
mod delete;
mod edit;
mod failure;
mod follow;
mod form;
mod frame;
mod history;
mod home;
mod log;
mod login;
mod moderate;
mod name;
mod new_thread;
mod pages;
mod picture;
mod present;
mod profile;
mod remove;
mod reply;
mod settings;
mod signup;
mod submission;
mod thread;
mod view;
mod visit;
mod vote;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post as on_post};
use federation::Remote;
use web::App;

use pages::Pages;

/// Most pictures one form carries; a node's own setting is below it.
const FILES: usize = 16;

/// The router of the pages, with pages for all that is missing or wrong.
pub fn router(app: App, remote: Remote) -> Router {
    let pages = Pages { app, remote };
    routes(&pages)
        .fallback(web::edge::unknown_route)
        .method_not_allowed_fallback(web::edge::method_not_allowed)
        .layer(from_fn_with_state(pages.clone(), frame::frame))
        .layer(from_fn(web::etag::tag))
        .route("/assets/{name}", get(assets::serve))
        .with_state(pages)
}

fn routes(pages: &Pages) -> Router<Pages> {
    reading()
        .merge(people())
        .merge(acting())
        .merge(writing(pages))
}

/// What only shows.
fn reading() -> Router<Pages> {
    Router::new()
        .route("/", get(home::show))
        .route("/b/{board}/catalog", get(catalog::show))
        .route("/b/{board}/log", get(log::show))
        .route("/p/{id}", get(picture::show))
        .route("/p/{id}/history", get(history::show))
        .route("/u/{name}", get(profile::show))
        .route("/@{name}", get(profile::redirect))
        .route("/about", get(about::show))
}

/// Coming, going, and what one says about oneself.
fn people() -> Router<Pages> {
    Router::new()
        .route("/login", get(login::show).post(login::sign_in))
        .route("/signup", get(signup::show).post(signup::sign_up))
        .route("/logout", on_post(login::sign_out))
        .route(
            "/settings/profile",
            get(settings::show).post(settings::save),
        )
}

/// Small forms.
fn acting() -> Router<Pages> {
    Router::new()
        .route("/b", get(boards::show).post(boards::create))
        .route("/follow", on_post(follow::find))
        .route("/b/{board}/follow", on_post(follow::board))
        .route("/u/{name}/follow", on_post(follow::person))
        .route("/p/{id}/vote", on_post(vote::set))
        .route("/p/{id}/lock", on_post(moderate::lock))
        .route("/p/{id}/pin", on_post(moderate::pin))
        .route("/p/{id}/edit", get(edit::show).post(edit::save))
        .route("/p/{id}/delete", get(delete::ask).post(delete::delete))
        .route("/p/{id}/remove", get(remove::ask).post(remove::remove))
}

/// Forms with pictures.
fn writing(pages: &Pages) -> Router<Pages> {
    Router::new()
        .route("/b/{board}", get(board::show))
        .route(
            "/b/{board}/new",
            get(new_thread::show).post(new_thread::start),
        )
        .route("/b/{board}/{no}", get(thread::show).post(reply::to_number))
        .route("/p/{id}/thread", get(thread::show_by_id).post(reply::to_id))
        .layer(web::upload::body_limit::<FILES>(&pages.app))
}
