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
mod admin;
mod answer;
mod asked;
mod assets;
mod board;
mod boards;
mod catalog;
mod choice;
mod delete;
#[cfg(debug_assertions)]
mod dev;
mod edit;
mod failure;
mod filters;
mod first_run;
mod follow;
mod form;
mod fragment;
mod frame;
mod gallery;
mod help;
mod history;
mod home;
mod inside;
mod interact;
mod likes;
mod log;
mod login;
mod menu;
mod moderate;
mod moderation;
mod name;
mod new_thread;
mod pages;
mod picture;
mod place;
mod present;
mod profile;
mod reasons;
mod remove;
mod reply;
mod report;
mod search;
mod settings;
mod setup;
mod signup;
mod submission;
mod swipe;
mod tags;
mod theme;
mod thread;
mod view;
mod visit;
mod vote;
mod watching;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
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
        .route("/theme/{file}", get(theme::serve))
        .with_state(pages)
}

fn routes(pages: &Pages) -> Router<Pages> {
    let all = kept()
        .merge(reading())
        .merge(people())
        .merge(acting())
        .merge(moderation::routes())
        .merge(settings::routes(pages))
        .merge(admin::routes())
        .merge(writing(pages));
    #[cfg(debug_assertions)]
    let all = all.merge(dev::routes());
    all
}

/// What visitors read most: kept until anything changes. What such a page shows is counted by the triggers of
/// `revisions`. A thread's page says itself what it is about.
fn kept() -> Router<Pages> {
    Router::new()
        .route("/", get(home::show))
        .route("/b", get(boards::show).post(boards::create))
        .route("/b/{board}", get(board::show))
        .route("/b/{board}/catalog", get(catalog::show))
        .route("/b/{board}/gallery", get(gallery::of_board))
        .route("/b/{board}/{no}/gallery", get(gallery::of_thread))
        .route("/t", get(tags::list))
        .route("/t/{tag}", get(tags::show))
        .route("/p/{id}", get(picture::show))
        .route("/u/{name}", get(profile::show))
        .route_layer(map_response(web::cache::lists))
}

/// What only shows.
fn reading() -> Router<Pages> {
    Router::new()
        .route("/b/{board}/swipe", get(swipe::of_board))
        .route("/b/{board}/log", get(log::show))
        .route("/swipe", get(swipe::inside))
        .route("/log", get(log::all))
        .route("/p/{id}/history", get(history::show))
        .route("/p/{id}/likes", get(likes::show))
        .route("/p/{id}/menu", get(menu::show))
        .route("/@{name}", get(profile::redirect))
        .route("/about", get(about::show))
        .route("/rules", get(help::rules))
        .route("/privacy", get(help::privacy))
        .route("/help", get(help::show))
        .route("/help/keys", get(help::keys))
        .route("/help/format", get(help::format))
        .route("/interact", get(interact::show))
}

/// Coming, going, and what one says about oneself.
fn people() -> Router<Pages> {
    Router::new()
        .route("/login", get(login::show).post(login::sign_in))
        .route("/signup", get(signup::show).post(signup::sign_up))
        .route("/first-run", get(first_run::show).post(first_run::make))
        .route("/logout", on_post(login::sign_out))
        .route("/watching", get(watching::show).post(watching::read_all))
        .route(
            "/authorize_interaction",
            get(interact::ask).post(interact::find),
        )
}

/// Small forms.
fn acting() -> Router<Pages> {
    Router::new()
        .route("/follow", on_post(follow::find))
        .route("/b/{board}/follow", on_post(follow::board))
        .route("/u/{name}/follow", on_post(follow::person))
        .route("/t/{tag}/follow", on_post(tags::set_followed))
        .route("/t/{tag}/mute", on_post(tags::set_muted))
        .route("/search", get(search::show).post(search::resolve))
        .route("/p/{id}/vote", on_post(vote::set))
        .route("/p/{id}/watch", on_post(watching::set))
        .route("/p/{id}/read", on_post(watching::read))
        .route("/p/{id}/lock", on_post(moderate::lock))
        .route("/p/{id}/pin", on_post(moderate::pin))
        .route("/p/{id}/edit", get(edit::show).post(edit::save))
        .route("/p/{id}/delete", get(delete::ask).post(delete::delete))
        .route("/p/{id}/remove", get(remove::ask).post(remove::remove))
}

/// Forms with pictures.
fn writing(pages: &Pages) -> Router<Pages> {
    Router::new()
        .route(
            "/b/{board}/new",
            get(new_thread::show).post(new_thread::start),
        )
        .route("/b/{board}/{no}", get(thread::show).post(reply::to_number))
        .route("/p/{id}/thread", get(thread::show_by_id).post(reply::to_id))
        .layer(web::upload::body_limit::<FILES>(&pages.app))
}
