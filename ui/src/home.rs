//! `GET /`: the newest threads as pictures, of everything known, of what is followed, or of this node.

use axum::extract::State;
use domain::feed::{self, Scope};
use domain::preference::Home as Feed;
use web::Query;

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::filters::{self, Filters, Of, Place};
use crate::pages::Pages;
use crate::view::{Home, Section, Tab};
use crate::visit::Visit;
use crate::{present, setup};

/// Tiles of a page.
const TILES: i64 = 48;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let usual = usual(&visit);
    let named = asked.feed.as_deref().and_then(Feed::parse);
    let wanted = named.unwrap_or(usual);
    let page = asked.page(TILES);
    let place = Place {
        path: "/",
        rest: rest(wanted, usual),
        of: Of::Everything,
    };
    let mut conn = pages.app.cx.read().await?;
    let filters = filters::read(&mut conn, &asked, &visit, Of::Everything).await?;
    let (filter, viewer) = (&filters.filter, visit.viewer());
    let threads = match wanted {
        Feed::All => feed::filtered(&mut conn, Scope::All, filter, &viewer, page).await?,
        Feed::Local => feed::filtered(&mut conn, Scope::Local, filter, &viewer, page).await?,
        Feed::Following => {
            let caller = visit.browser.reader()?;
            feed::home_filtered(&mut conn, caller, filter, page).await?
        }
    };
    let is_empty =
        wanted == Feed::All && filters.count() == 0 && asked.is_first() && threads.items.is_empty();
    let setup = if is_empty {
        setup::steps(&mut conn, &visit).await?
    } else {
        Vec::new()
    };
    let mut shell = visit.shell("", Section::Home);
    present::preview::site(&mut shell, &visit);
    answer::page(&Home {
        shell,
        tabs: tabs(wanted, usual, &filters),
        prefs: filters.prefs(&mut conn, &place).await?,
        pager: present::pager(&threads, &filters.base(&place), "Newer", "Older"),
        tiles: threads
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, thread)| present::tile(thread, &visit, present::loading(index)))
            .collect(),
        empty: match filters.count() {
            0 => empty(wanted),
            _ if threads.next.is_some() => "No thread of this part passes these filters.",
            _ => "No thread passes these filters.",
        },
        setup,
    })
}

/// What is shown when nothing is asked for: what they chose, where they can have it.
fn usual(visit: &Visit) -> Feed {
    match visit.chosen.conduct.home {
        Feed::Following if visit.caller().is_none() => Feed::All,
        chosen => chosen,
    }
}

fn tabs(current: Feed, usual: Feed, filters: &Filters) -> Vec<Tab> {
    [
        (Feed::All, "Everything"),
        (Feed::Following, "Following"),
        (Feed::Local, "Local"),
    ]
    .map(|(feed, text)| Tab {
        href: filters.href(&Place {
            path: "/",
            rest: rest(feed, usual),
            of: Of::Everything,
        }),
        text,
        current: feed == current,
    })
    .into()
}

/// What addresses of the list carry besides its filters.
fn rest(feed: Feed, usual: Feed) -> &'static [(&'static str, &'static str)] {
    match feed {
        _ if feed == usual => &[],
        Feed::All => &[("feed", "all")],
        Feed::Following => &[("feed", "following")],
        Feed::Local => &[("feed", "local")],
    }
}

fn empty(feed: Feed) -> &'static str {
    match feed {
        Feed::All => "Post the first one on a board, or follow a board of another server.",
        Feed::Following => "Follow boards, people and tags, and what is posted there appears here.",
        Feed::Local => "Post the first one on a board of this server.",
    }
}
