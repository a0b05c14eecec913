//! `GET /p/{id}/history`: what a post says and said before, newest first.

use axum::extract::State;
use domain::Id;
use domain::post::{self, Version};
use web::Path;

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present;
use crate::view::{self, History, Link, Section};
use crate::visit::Visit;

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &visit.viewer()).await?;
    let versions = post::history(&mut conn, id).await?;
    answer::page(&History {
        shell: visit.shell("Versions of a post", Section::Boards),
        back: back(&found),
        versions: versions.iter().rev().map(version).collect(),
    })
}

/// The way back to a post in its thread.
pub(crate) fn back(post: &post::Post) -> Link {
    let thread = present::thread_path(&post.board, post.thread_no, post.thread_id);
    Link {
        href: format!("{thread}#{}", post.anchor()),
        text: "Back to the thread".to_owned(),
    }
}

fn version(version: &Version) -> view::Version {
    view::Version {
        when: present::when(version.at),
        subject: version
            .subject
            .clone()
            .filter(|subject| !subject.is_empty()),
        warning: version
            .content_warning
            .clone()
            .filter(|warning| !warning.is_empty()),
        html: markup::link_references(&version.html, |_| markup::Target::Dead),
    }
}
