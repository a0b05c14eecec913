//! `/search`: posts, boards, people and tags by words. A name or address of another server is looked up there, by a
//! button: GET asks nobody.

use axum::extract::State;
use axum::response::Response;
use db::Conn;
use domain::search::{self, Query as Words};
use domain::{Caller, Error, account, limits, rate, tag};
use http::StatusCode;
use web::{Problem, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Faults, Pager, Search, Section, Tab, TagLine};
use crate::visit::{Visit, escape};

/// Results of a page.
const RESULTS: i64 = 20;

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Posts,
    Boards,
    People,
    Tags,
}

const TYPES: [(Type, &str, &str); 4] = [
    (Type::Posts, "posts", "Posts"),
    (Type::Boards, "boards", "Boards"),
    (Type::People, "people", "People"),
    (Type::Tags, "tags", "Tags"),
];

/// `GET /search`
pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    render(&pages, &visit, &asked, (StatusCode::OK, Faults::default())).await
}

/// `POST /search`: what `q` names is looked up where it lives, and shown.
pub(crate) async fn resolve(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let query = fields.trimmed("q");
    let found = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => look_up(&pages, caller, &query).await,
        Err(error) => Err(error),
    };
    let error = match found {
        Ok(path) => return answer::see(&path),
        Err(error) => error,
    };
    let asked = Asked {
        q: query,
        ..Asked::default()
    };
    let wrong = match error {
        Error::Missing(_) | Error::Gone(_) => {
            let sentence = "Nothing was found there. Is its server written right?";
            (StatusCode::UNPROCESSABLE_ENTITY, about_query(sentence))
        }
        error => wrong(error)?,
    };
    render(&pages, &visit, &asked, wrong).await
}

async fn look_up(pages: &Pages, caller: &Caller, query: &str) -> Result<String, Error> {
    let cx = &pages.app.cx;
    let who = caller.id.to_string();
    cx.write(async |tx| rate::take(tx, &limits::RATE_RESOLVES, &who).await)
        .await?;
    match pages.remote.resolve(query).await? {
        federation::Found::Account(id) | federation::Found::Board(id) => {
            Ok(account::by_id(&mut *cx.read().await?, id).await?.path())
        }
        federation::Found::Post(id) => Ok(format!("/p/{id}")),
    }
}

async fn render(
    pages: &Pages,
    visit: &Visit,
    asked: &Asked,
    (mut status, mut faults): (StatusCode, Faults),
) -> Result<Response, Problem> {
    let (kind, word, _) = TYPES
        .into_iter()
        .find(|(_, word, _)| *word == asked.kind)
        .unwrap_or(TYPES[0]);
    let mut page = blank(visit, asked, kind);
    let query = match words(visit, asked) {
        Ok(query) => query,
        Err(error) => {
            (status, faults) = wrong(error)?;
            Words::default()
        }
    };
    page.asked = !asked.q.trim().is_empty() || !query.is_empty();
    let base = format!("/search?{}type={word}&", terms(asked));
    let mut conn = pages.app.cx.read().await?;
    page.pager = fill(&mut conn, &mut page, visit, (kind, asked, &query), &base).await?;
    page.faults = faults;
    answer::page_with(status, &page)
}

/// Puts what was found on the page.
async fn fill(
    conn: &mut Conn,
    page: &mut Search,
    visit: &Visit,
    (kind, asked, query): (Type, &Asked, &Words),
    base: &str,
) -> Result<Pager, Error> {
    let (viewer, part) = (visit.viewer(), asked.page(RESULTS));
    Ok(match kind {
        Type::Posts => {
            let list = search::posts(conn, query, &viewer, part).await?;
            let setting = Setting::bare(visit, Stage::Elsewhere);
            let posts = list.items.iter();
            page.posts = posts.map(|post| present::post(post, &setting)).collect();
            present::pager(&list, base, "Newer", "Older")
        }
        Type::Boards => {
            let list = search::boards(conn, query, &viewer, part).await?;
            let boards = list.items.iter();
            page.boards = boards
                .map(|board| present::board_card(board, visit))
                .collect();
            present::pager(&list, base, "Back", "More boards")
        }
        Type::People => {
            let list = search::accounts(conn, query, part).await?;
            page.people = list.items.iter().map(present::person).collect();
            present::pager(&list, base, "Back", "More people")
        }
        Type::Tags if asked.q.trim().is_empty() => Pager::default(),
        Type::Tags => {
            let list = tag::list(conn, &asked.q, part).await?;
            let line = |tag: &tag::Tag| TagLine {
                href: format!("/t/{}", escape(&tag.name)),
                name: tag.name.clone(),
                count: present::count(tag.post_count, "post", "posts"),
            };
            page.tags = list.items.iter().map(line).collect();
            present::pager(&list, base, "Back", "More tags")
        }
    })
}

fn blank(visit: &Visit, asked: &Asked, kind: Type) -> Search {
    let terms = terms(asked);
    let tab = |(one, word, text): (Type, &str, &'static str)| Tab {
        href: format!("/search?{terms}type={word}"),
        text,
        current: one == kind,
    };
    let query = asked.q.trim();
    let title = match query {
        "" => "Search".to_owned(),
        query => format!("{query} \u{b7} Search"),
    };
    let mut shell = visit.shell(title, Section::Search);
    visit.scripts(&mut shell, &["vote", "quote"]);
    Visit::can_hide(&mut shell);
    let elsewhere = is_elsewhere(query);
    Search {
        shell,
        query: query.to_owned(),
        kind: TYPES[kind as usize].1,
        tag: asked.tag.trim().to_owned(),
        board: asked.board.trim().to_owned(),
        tabs: TYPES.map(tab).into(),
        asked: false,
        resolve: elsewhere && visit.caller().is_some(),
        login: visit.login_for(&visit.here).filter(|_| elsewhere),
        posts: Vec::new(),
        boards: Vec::new(),
        people: Vec::new(),
        tags: Vec::new(),
        pager: Pager::default(),
        faults: Faults::default(),
    }
}

fn words(visit: &Visit, asked: &Asked) -> Result<Words, Error> {
    let mut query = Words::read(&asked.q, &visit.site)?;
    if !asked.tag.trim().is_empty() {
        query.with_tag(asked.tag.trim());
    }
    let board = asked.board.trim().trim_matches('/');
    if !board.is_empty() {
        query.with_board(board, &visit.site);
    }
    Ok(query)
}

/// The terms as an address carries them, each ending in `&`.
fn terms(asked: &Asked) -> String {
    let all = [
        ("q", &asked.q),
        ("tag", &asked.tag),
        ("board", &asked.board),
    ];
    let given = all.into_iter().filter(|(_, text)| !text.trim().is_empty());
    given
        .map(|(name, text)| format!("{name}={}&", escape(text.trim())))
        .collect()
}

/// Whether this names something that another server could tell of.
fn is_elsewhere(query: &str) -> bool {
    let address = query.starts_with("https://") || query.starts_with("http://");
    let name = query.trim_start_matches(['@', '!']);
    let handle = name
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    !query.contains(char::is_whitespace) && (address || handle)
}

fn wrong(error: Error) -> Result<(StatusCode, Faults), Problem> {
    let (status, mut faults) = present::faults(error)?;
    for (field, _) in &mut faults.fields {
        "q".clone_into(field);
    }
    Ok((status, faults))
}

fn about_query(sentence: &str) -> Faults {
    Faults::of_fields(vec![("q".to_owned(), sentence.to_owned())])
}
