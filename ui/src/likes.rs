//! `GET /p/{id}/likes`: who likes a post.

use axum::extract::State;
use domain::{Id, post, vote};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::history;
use crate::pages::Pages;
use crate::present;
use crate::view::{Likes, Section};
use crate::visit::Visit;

/// People of a page.
const PEOPLE: i64 = 50;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let found = post::find(&mut conn, id, &visit.viewer()).await?;
    let likers = vote::likers(&mut conn, id, asked.page(PEOPLE)).await?;
    drop(conn);
    answer::page(&Likes {
        shell: visit.shell("Likes", Section::Boards),
        back: history::back(&found),
        count: present::count(found.likes, "like", "likes"),
        pager: present::pager(
            &likers,
            &format!("{}/likes?", found.path()),
            "Newer accounts",
            "Older accounts",
        ),
        people: likers.items.iter().map(present::person).collect(),
    })
}
