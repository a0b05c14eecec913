//! `/t` and `/t/{tag}`: the tags, and what carries one; a tag is followed or muted from its page.

use axum::extract::State;
use axum::response::Response;
use db::Conn;
use domain::feed::{self, Scope};
use domain::filter::Filter;
use domain::tag::{self, Mark, Tag};
use domain::{Error, Noun};
use web::{Path, Problem, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::filters::{self, Of, Place};
use crate::form::Fields;
use crate::inside::Inside;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Fact, Follow, Section, Tab, TagLine, TagPage, Tags};
use crate::visit::{Visit, escape};
use crate::{assets, view};

/// Tags of a page.
const TAGS: i64 = 100;
/// Threads of a page.
const TILES: i64 = 48;
/// Posts of a page.
const POSTS: i64 = 20;
/// Tags that are named beside a tag.
const RELATED: i64 = 12;

/// `GET /t`
pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let list = tag::list(&mut conn, &asked.q, asked.page(TAGS)).await?;
    let base = match asked.q.trim() {
        "" => "/t?".to_owned(),
        begins => format!("/t?q={}&", escape(begins)),
    };
    let mut shell = visit.shell("Tags", Section::Tags);
    shell.scripts.push(assets::script("tags").to_owned());
    let marked = match visit.caller() {
        Some(caller) => {
            let followed = tag::marks(&mut conn, caller.id, Mark::Followed).await?;
            let muted = tag::marks(&mut conn, caller.id, Mark::Muted).await?;
            (lines(&followed), lines(&muted))
        }
        None => Default::default(),
    };
    answer::page(&Tags {
        shell,
        query: asked.q.trim().to_owned(),
        pager: present::pager(&list, &base, "More used", "Less used"),
        tags: lines(&list.items),
        followed: marked.0,
        muted: marked.1,
    })
}

/// `GET /t/{tag}`
pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let name = tag::normal(&text).ok_or(Error::Missing(Noun::Tag))?;
    if name != text {
        return answer::moved(&format!("/t/{}", escape(&name)));
    }
    let mut conn = pages.app.cx.read().await?;
    let found = tag::seen(&mut conn, &name).await?;
    render(&mut conn, &visit, &found, &asked).await
}

async fn render(
    conn: &mut Conn,
    visit: &Visit,
    tag: &Tag,
    asked: &Asked,
) -> Result<Response, Problem> {
    let path = format!("/t/{}", escape(&tag.name));
    let all_posts = asked.show.as_deref() == Some("posts");
    let rest: &[(&'static str, &str)] = if all_posts { &[("show", "posts")] } else { &[] };
    let place = Place {
        path: &path,
        rest,
        of: Of::Tag,
    };
    let filters = filters::read(conn, asked, visit, Of::Tag).await?;
    let base = filters.base(&place);
    let viewer = visit.viewer();
    let (mut tiles, mut posts) = (Vec::new(), Vec::new());
    let pager = if all_posts {
        let list = tag::posts(conn, tag.id, &viewer, asked.page(POSTS)).await?;
        let setting = Setting::bare(visit, Stage::Elsewhere);
        let shown = list.items.iter();
        posts = shown.map(|post| present::post(post, &setting)).collect();
        present::pager(&list, &base, "Newer", "Older")
    } else {
        let filter = Filter {
            tag: Some(tag.id),
            ..filters.filter
        };
        let page = asked.page(TILES);
        let list = feed::filtered(conn, Scope::All, &filter, &viewer, page).await?;
        let shown = list.items.iter().enumerate();
        tiles = shown
            .filter_map(|(index, thread)| present::tile(thread, visit, present::loading(index)))
            .collect();
        present::pager(&list, &base, "Newer", "Older")
    };
    let mark = tag::mark_of(conn, viewer.id(), tag.id).await?;
    let related = tag::related(conn, tag.id, RELATED).await?;
    let followers = tag::followers(conn, tag.id).await?;
    let mut shell = visit.shell(format!("#{}", tag.name), Section::Tags);
    visit.scripts(&mut shell, &["vote", "quote"]);
    Visit::can_hide(&mut shell);
    answer::page(&TagPage {
        shell,
        name: tag.name.clone(),
        tabs: tabs(&path, all_posts),
        facts: facts(tag, followers),
        follow: follow(visit, &path, &tag.name, mark == Some(Mark::Followed)),
        mute: format!("{path}/mute"),
        muted: mark == Some(Mark::Muted),
        swipe: Inside::tag(tag).swipe(),
        related: lines(&related),
        prefs: match all_posts {
            true => None,
            false => Some(filters.prefs(conn, &place).await?),
        },
        filtered: filters.count() > 0,
        used: tag.post_count > 0,
        tiles,
        posts,
        pager,
    })
}

/// `POST /t/{tag}/follow`
pub(crate) async fn set_followed(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    set(&pages, &visit, &text, &fields, Mark::Followed, "follow").await
}

/// `POST /t/{tag}/mute`
pub(crate) async fn set_muted(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    fields: Fields,
) -> Answer {
    set(&pages, &visit, &text, &fields, Mark::Muted, "mute").await
}

async fn set(
    pages: &Pages,
    visit: &Visit,
    name: &str,
    fields: &Fields,
    mark: Mark,
    field: &str,
) -> Answer {
    let caller = visit.browser.writer(&fields.text("csrf"))?;
    let cx = &pages.app.cx;
    let changed = if fields.text(field) == "no" {
        cx.write(async |tx| tag::unmark(tx, caller, name, mark).await)
            .await?
    } else {
        cx.write(async |tx| tag::mark(tx, caller, name, mark).await)
            .await?
    };
    answer::see(&format!("/t/{}", escape(&changed.name)))
}

fn tabs(path: &str, posts: bool) -> Vec<Tab> {
    vec![
        Tab {
            href: path.to_owned(),
            text: "Threads",
            current: !posts,
        },
        Tab {
            href: format!("{path}?show=posts"),
            text: "Posts",
            current: posts,
        },
    ]
}

fn facts(tag: &Tag, followers: i64) -> Vec<Fact> {
    vec![
        Fact {
            name: "Posts",
            value: tag.post_count.to_string(),
        },
        Fact {
            name: "Followers here",
            value: followers.to_string(),
        },
    ]
}

fn follow(visit: &Visit, path: &str, name: &str, on: bool) -> Follow {
    Follow {
        action: format!("{path}/follow"),
        csrf: visit.csrf(),
        on,
        pending: false,
        rejected: false,
        login: visit.login_for(path),
        elsewhere: None,
        whom: format!("#{name}"),
    }
}

fn lines(tags: &[Tag]) -> Vec<TagLine> {
    let line = |tag: &Tag| view::TagLine {
        href: format!("/t/{}", escape(&tag.name)),
        name: tag.name.clone(),
        count: present::count(tag.post_count, "post", "posts"),
    };
    tags.iter().map(line).collect()
}
