//! `GET /`: the newest threads as pictures, of everything known, of what is followed, or of this node.

use axum::extract::State;
use domain::feed;
use web::Query;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::pages::Pages;
use crate::present;
use crate::view::{Home, Section, Tab};
use crate::visit::Visit;

/// Tiles of a page.
const TILES: i64 = 48;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Feed {
    All,
    Following,
    Local,
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let wanted = match asked.feed.as_deref() {
        Some("following") => Feed::Following,
        Some("local") => Feed::Local,
        _ => Feed::All,
    };
    let page = asked.page(TILES);
    let mut conn = pages.app.cx.read().await?;
    let threads = match wanted {
        Feed::All => feed::all(&mut conn, &visit.viewer(), page).await?,
        Feed::Local => feed::local(&mut conn, &visit.viewer(), page).await?,
        Feed::Following => feed::home(&mut conn, visit.browser.reader()?, page).await?,
    };
    answer::page(&Home {
        shell: visit.shell("", Section::Home),
        tabs: tabs(wanted),
        pager: present::pager(&threads, base(wanted), "Newer", "Older"),
        tiles: threads
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, thread)| present::tile(thread, present::loading(index)))
            .collect(),
        empty: empty(wanted),
    })
}

fn tabs(current: Feed) -> Vec<Tab> {
    [
        (Feed::All, "/", "Everything"),
        (Feed::Following, "/?feed=following", "Following"),
        (Feed::Local, "/?feed=local", "Local"),
    ]
    .map(|(feed, href, text)| Tab {
        href: href.to_owned(),
        text,
        current: feed == current,
    })
    .into()
}

fn base(feed: Feed) -> &'static str {
    match feed {
        Feed::All => "/?",
        Feed::Following => "/?feed=following&",
        Feed::Local => "/?feed=local&",
    }
}

fn empty(feed: Feed) -> &'static str {
    match feed {
        Feed::All => "Post the first one on a board, or follow a board of another server.",
        Feed::Following => "Follow boards and people, and what they post appears here.",
        Feed::Local => "Post the first one on a board of this server.",
    }
}
