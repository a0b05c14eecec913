//! What is read, the same on communities of any size: pages with as many items each, and what they must show.

use db::Pooled;
use domain::board::{self, Board, Order, Sort};
use domain::feed::{self, Scope};
use domain::filter::Filter;
use domain::page::{Page, Slice};
use domain::post::Post;
use domain::thread::{self, Summary};
use domain::{Caller, Id, Viewer, account, search, session, tag};
use serde_json::Value;

use crate::http;
use crate::place::HOST;
use crate::reading::Ground;

/// A word that nearly every made-up post holds, and one that few do.
const FREQUENT: &str = "light";
const RARE: &str = "quagga";
/// Posts of a thread's page.
const POSTS: i64 = 100;
/// Pictures on it, as nearly as there is such a thread.
const PICTURES: usize = 30;

/// A request, and what its answer must show.
pub(super) struct Subject {
    pub(super) name: &'static str,
    pub(super) request: Vec<u8>,
    shows: Shows,
}

enum Shows {
    /// Items that begin like this, and what stands in them in this order.
    Html(&'static str, Vec<String>),
    /// The ids in the list of this name.
    Json(&'static str, Vec<Id>),
}

const TILE: &str = "<li class=\"tile ";
const CARD: &str = "<li class=\"card ";
const POST: &str = "<article class=\"post";

impl Subject {
    fn page(name: &'static str, path: &str, item: &'static str, shown: Vec<String>) -> Self {
        assert!(!shown.is_empty(), "{name} is empty");
        Self {
            name,
            request: http::get(HOST, path, "text/html"),
            shows: Shows::Html(item, shown),
        }
    }

    fn document(name: &'static str, request: Vec<u8>, list: &'static str, ids: Vec<Id>) -> Self {
        assert!(!ids.is_empty(), "{name} is empty");
        Self {
            name,
            request,
            shows: Shows::Json(list, ids),
        }
    }

    /// The answer shows what the database holds, in its order, and nothing else.
    pub(super) fn check(&self, body: &[u8]) {
        match &self.shows {
            Shows::Html(item, shown) => {
                let page = std::str::from_utf8(body).unwrap();
                assert_eq!(page.matches(item).count(), shown.len(), "{}", self.name);
                let mut rest = page;
                for mark in shown {
                    let found = rest.split_once(mark.as_str());
                    rest = found
                        .unwrap_or_else(|| panic!("{}: {mark} is missing", self.name))
                        .1;
                }
            }
            Shows::Json(list, ids) => {
                let document: Value = serde_json::from_slice(body).unwrap();
                let items = document[list].as_array().unwrap().iter();
                let shown: Vec<Id> = items
                    .map(|item| item["id"].as_str().unwrap().parse().unwrap())
                    .collect();
                assert_eq!(&shown, ids, "{}", self.name);
            }
        }
    }
}

/// All that is read of a ground.
pub(super) async fn all(ground: &Ground) -> Vec<Subject> {
    let cx = &ground.cx;
    let admin = account::first_admin(&mut cx.read().await.unwrap()).await;
    let admin = admin.unwrap().unwrap();
    let scopes = [session::Scope::Read];
    let opened = cx
        .write(async |tx| session::open(tx, admin.id, session::Kind::Token, &scopes, "load").await)
        .await;
    let mut conn = cx.read().await.unwrap();
    let board = biggest(&mut conn).await;
    let mut all = lists(&mut conn, &board).await;
    all.extend(of_thread(&mut conn, &board).await);
    all.extend(of_tag(&mut conn).await);
    all.extend(searches(&mut conn, ground).await);
    all.push(home(&mut conn, &admin, &opened.unwrap().0).await);
    all
}

const VISITOR: Viewer = Viewer::Visitor;

async fn biggest(conn: &mut Pooled) -> Board {
    let page = Page::first(100);
    let boards = board::list(conn, board::Scope::Local, Order::Activity, &VISITOR, page).await;
    let boards = boards.unwrap().items.into_iter();
    boards.max_by_key(|board| board.thread_count).unwrap()
}

async fn lists(conn: &mut Pooled, board: &Board) -> Vec<Subject> {
    let (filter, page) = (Filter::default(), Page::first(48));
    let newest = feed::filtered(conn, Scope::All, &filter, &VISITOR, page).await;
    let newest = newest.unwrap();
    let page = Page::first(15);
    let index = board::threads(conn, board, Sort::Bump, &VISITOR, page).await;
    let index = index.unwrap();
    let page = Page::first(60);
    let catalog = board::catalog(conn, board, Sort::Bump, &VISITOR, page).await;
    let path = board.path();
    let posts = index.items.iter().flat_map(|thread| &thread.posts);
    let document = format!("/api/stoa/v1/boards/{}/threads?limit=15", board.name);
    let request = http::get(HOST, &document, "application/json");
    let ids = index.items.iter().map(|thread| thread.id).collect();
    vec![
        Subject::page("home, 48 threads", "/", TILE, paths(&newest)),
        Subject::page("board, 15 threads", &path, POST, anchors(posts)),
        Subject::page(
            "catalog, 60 threads",
            &format!("{path}/catalog"),
            CARD,
            paths(&catalog.unwrap()),
        ),
        Subject::document("board, JSON", request, "items", ids),
    ]
}

/// A thread whose first page is full, with as many pictures there as in communities of other sizes.
async fn of_thread(conn: &mut Pooled, board: &Board) -> Vec<Subject> {
    let full = |thread: &Summary| thread.reply_count >= POSTS - 1;
    let page = Page::first(100);
    let longest = board::catalog(conn, board, Sort::Replies, &VISITOR, page).await;
    let mut candidates = Vec::new();
    for summary in longest.unwrap().items.iter().filter(|thread| full(thread)) {
        let view = thread::view(conn, summary.id, &VISITOR).await.unwrap();
        let pictures: usize = view.posts.iter().map(|post| post.media.len()).sum();
        candidates.push((pictures.abs_diff(PICTURES), view));
    }
    let best = candidates.into_iter().min_by_key(|(far, _)| *far);
    let thread = best.expect("no thread has a full page").1;
    let path = format!("{}/{}", board.path(), thread.no.unwrap());
    let document = format!("/api/stoa/v1/threads/{}", thread.id);
    let request = http::get(HOST, &document, "application/json");
    let ids = thread.posts.iter().map(|post| post.id).collect();
    vec![
        Subject::page(
            "thread, 100 posts",
            &path,
            POST,
            anchors(thread.posts.iter()),
        ),
        Subject::document("thread, JSON", request, "posts", ids),
    ]
}

/// The tag that is used most.
async fn of_tag(conn: &mut Pooled) -> Vec<Subject> {
    let tags = tag::list(conn, "", Page::first(1)).await.unwrap();
    let tag = &tags.items[0];
    let filter = Filter {
        tag: Some(tag.id),
        ..Filter::default()
    };
    let page = Page::first(48);
    let threads = feed::filtered(conn, Scope::All, &filter, &VISITOR, page).await;
    let threads = threads.unwrap();
    assert_eq!(threads.items.len(), 48, "#{} has too few threads", tag.name);
    let posts = tag::posts(conn, tag.id, &VISITOR, Page::first(20)).await;
    let shown = posts.unwrap().items;
    let all_posts = format!("{}?show=posts", tag.path());
    vec![
        Subject::page("tag, 48 threads", &tag.path(), TILE, paths(&threads)),
        Subject::page("tag, 20 posts", &all_posts, POST, ids(&shown)),
    ]
}

async fn searches(conn: &mut Pooled, ground: &Ground) -> Vec<Subject> {
    let mut all = Vec::new();
    for (name, word) in [
        ("search, rare word", RARE),
        ("search, frequent word", FREQUENT),
    ] {
        let query = search::Query::read(word, &ground.cx.site).unwrap();
        let found = search::posts(conn, &query, &VISITOR, Page::first(20)).await;
        let found = found.unwrap().items;
        let path = format!("/search?q={word}");
        all.push(Subject::page(name, &path, POST, ids(&found)));
    }
    all
}

/// What the admin follows.
async fn home(conn: &mut Pooled, admin: &Caller, token: &str) -> Subject {
    let threads = feed::home(conn, admin, Page::first(20)).await.unwrap();
    let ids = threads.items.iter().map(|thread| thread.id).collect();
    let path = "/api/stoa/v1/feeds/home?limit=20";
    let request = http::get_with_token(HOST, path, "application/json", token);
    Subject::document("home feed of an account, JSON", request, "items", ids)
}

fn paths(threads: &Slice<Summary>) -> Vec<String> {
    let path = |thread: &Summary| {
        let no = thread.no.unwrap();
        format!("href=\"{}/{no}\"", thread.board.path())
    };
    threads.items.iter().map(path).collect()
}

fn anchors<'a>(posts: impl Iterator<Item = &'a Post>) -> Vec<String> {
    posts
        .map(|post| format!("id=\"{}\"", post.anchor()))
        .collect()
}

/// Where posts of several boards stand together, their ids are their anchors.
fn ids(posts: &[Post]) -> Vec<String> {
    posts
        .iter()
        .map(|post| format!("id=\"p-{}\"", post.id))
        .collect()
}
