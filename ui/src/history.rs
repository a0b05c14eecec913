//! `GET /p/{id}/history`: what a post says and said before, newest first.

use axum::extract::State;
use domain::Id;
use domain::post::{self, Order, Version};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::pages::Pages;
use crate::present;
use crate::view::{self, History, Link, Section};
use crate::visit::Visit;

/// Versions of a page.
const VERSIONS: i64 = 20;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &visit.viewer()).await?;
    let page = asked.page(VERSIONS);
    let versions = post::history(&mut conn, id, Order::Newest, page).await?;
    drop(conn);
    answer::page(&History {
        shell: visit.shell("Versions of a post", Section::Boards),
        back: back(&found),
        pager: present::pager(
            &versions,
            &format!("{}/history?", found.path()),
            "Newer versions",
            "Older versions",
        ),
        versions: versions.items.iter().map(version).collect(),
    })
}

/// The way back to a post in its thread.
pub(crate) fn back(post: &post::Post) -> Link {
    Link {
        href: present::post_path(post),
        text: "Back to the thread".to_owned(),
    }
}

fn version(version: &Version) -> view::Version {
    view::Version {
        id: version.at.0,
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
