//! `GET /p/{id}/menu`: everything one may do with a post, as a page.

use axum::extract::State;
use domain::post::Post;
use domain::{Id, board, post, watch};
use web::Path;

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Link, Menu, Section};
use crate::visit::{self, Visit};
use crate::{history, watching};

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let viewer = visit.viewer();
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &viewer).await?;
    let moderates = board::by_id(&mut conn, found.board.id, &viewer)
        .await?
        .moderates;
    let place = match visit.caller() {
        Some(caller) => watch::find(&mut conn, caller, found.thread_id).await?,
        None => None,
    };
    drop(conn);
    answer::page(&Menu {
        shell: visit.shell("What to do with a post", Section::Boards),
        back: history::back(&found),
        post: present::post(&found, &Setting::bare(&visit, Stage::Quiet)),
        links: links(&found, &visit, moderates),
        watch: watching::button(&visit, found.thread_id, place.as_ref()),
    })
}

fn links(post: &Post, visit: &Visit, moderates: bool) -> Vec<Link> {
    let link = |href: String, text: &str| Link {
        href,
        text: text.to_owned(),
    };
    let own = |end: &str| format!("{}/{end}", post.path());
    let mut links = Vec::new();
    let thread = present::thread_path(&post.board, post.thread_no, post.thread_id);
    let reply = match post.no {
        Some(no) => format!("{thread}?quote={no}#reply"),
        None => format!("{thread}#reply"),
    };
    links.push(link(visit.login_for(&reply).unwrap_or(reply), "Reply"));
    if visit.caller().is_none() {
        let uri = visit::escape(&post.uri);
        links.push(link(
            format!("/interact?uri={uri}"),
            "Reply from your own server",
        ));
    }
    let mine = visit
        .caller()
        .is_some_and(|caller| caller.id == post.author.id);
    if mine {
        links.push(link(own("edit"), "Edit"));
        links.push(link(own("delete"), "Delete"));
    } else {
        links.push(link(own("report"), "Report"));
        let caller = visit.caller();
        if caller.is_some_and(|caller| caller.may_remove(moderates)) {
            links.push(link(own("remove"), "Remove"));
        }
        if moderates {
            links.push(link(own("ban"), "Ban its author"));
        }
    }
    let likes = present::count(post.likes, "like", "likes");
    links.push(link(own("likes"), &likes));
    if post.edited_at.is_some() {
        links.push(link(own("history"), "Earlier versions"));
    }
    if !post.board.is_local() || !post.author.is_local() {
        links.push(link(post.url.clone(), "View the original"));
    }
    links
}
