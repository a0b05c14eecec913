//! Every list of the domain that is read in parts, under one name each, so that a test can read them all.

use db::Conn;
use domain::account::{self, Account};
use domain::board::{self, Board, Order, Sort};
use domain::feed::{self, Scope};
use domain::filter::{Filter, Kind, Note};
use domain::gallery::{self, Place, Shown};
use domain::page::{Page, Slice};
use domain::post::{self, Post};
use domain::search::{self, Query};
use domain::thread::Summary;
use domain::{
    Caller, Id, Result, Role, Timestamp, Viewer, audit, ban, job, log, peer, report, storage, tag,
    thread, vote, watch,
};

use crate::world::World;

/// The names of all lists.
pub const NAMES: [&str; 55] = [
    "home",
    "home without notes",
    "local",
    "all",
    "all with pictures",
    "all with a tag",
    "local with a tag",
    "local of a board",
    "threads by bump",
    "threads by age",
    "threads by replies",
    "threads by likes",
    "threads by bump without pictures",
    "catalog by bump",
    "catalog by age",
    "posts of a thread",
    "posts of a tag",
    "tags",
    "tags by prefix",
    "pictures",
    "pictures of a board",
    "pictures of a tag",
    "pictures of a thread",
    "pictures of an account",
    "threads of an account",
    "replies of an account",
    "posts of an account",
    "log of a board",
    "log of the node",
    "open reports",
    "reports of a moderator",
    "bans from a board",
    "bans from the node",
    "watched",
    "likers",
    "boards by activity",
    "boards by name",
    "boards by age",
    "known boards by activity",
    "known boards by name",
    "followed boards by age",
    "accounts",
    "accounts elsewhere",
    "suspended accounts",
    "members",
    "peers",
    "audit",
    "jobs waiting",
    "jobs given up",
    "largest pictures",
    "unused pictures",
    "found posts",
    "found accounts",
    "versions oldest first",
    "versions newest first",
];

/// Whose lists are read, and of what.
pub struct Lists {
    /// An admin who follows, watches and moderates.
    pub admin: Caller,
    /// A moderator of `board` alone.
    pub moderator: Caller,
    pub account: Id,
    pub board: Board,
    pub thread: Id,
    pub tag: Id,
}

/// An item: what it is, and what it is sorted by where that can change.
pub type Item = (String, String);

/// A part of any list.
#[derive(Debug)]
pub struct Part {
    pub items: Vec<Item>,
    pub next: Option<String>,
    pub prev: Option<String>,
}

impl Lists {
    /// A part of the list of this name.
    pub async fn read(&self, world: &World, name: &str, page: Page) -> Result<Part> {
        let mut conn = world.read().await;
        let conn = &mut *conn;
        let first = name.split(' ').next().unwrap();
        match first {
            "home" | "local" | "all" => self.feed(conn, name, page).await,
            "threads" | "catalog" | "posts" | "replies" => self.threads(conn, name, page).await,
            "tags" | "pictures" => self.tagged(conn, name, page).await,
            "found" => self.found(conn, world, name, page).await,
            "versions" => self.versions(conn, name, page).await,
            "boards" | "known" | "followed" => self.boards(conn, name, page).await,
            "accounts" | "suspended" | "members" => accounts(conn, name, page).await,
            "bans" | "open" | "reports" | "log" | "watched" | "likers" => {
                self.moderated(conn, world.cx.now(), name, page).await
            }
            _ => kept(conn, name, page).await,
        }
    }

    async fn feed(&self, conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
        let viewer = &Viewer::Visitor;
        let mut filter = Filter::default();
        let scope = match name.starts_with("local") {
            true => Scope::Local,
            false => Scope::All,
        };
        match name {
            "home" => {
                let slice = feed::home(conn, &self.admin, page).await?;
                return Ok(by_id(slice, thread_id));
            }
            "home without notes" => {
                filter.note = Some(Note::Without);
                let slice = feed::home_filtered(conn, &self.admin, &filter, page).await?;
                return Ok(by_id(slice, thread_id));
            }
            "all with pictures" => filter.kind = Some(Kind::Still),
            "all with a tag" | "local with a tag" => filter.tag = Some(self.tag),
            "local of a board" => filter.board = Some(self.board.id),
            _ => {}
        }
        let slice = feed::filtered(conn, scope, &filter, viewer, page).await?;
        Ok(by_id(slice, thread_id))
    }

    async fn threads(&self, conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
        let viewer = &Viewer::Visitor;
        let board = &self.board;
        let mut filter = Filter::default();
        let sort = match name.rsplit(' ').next() {
            Some("age") => Sort::New,
            Some("replies") => Sort::Replies,
            Some("likes") => Sort::Votes,
            _ => Sort::Bump,
        };
        let threads = match name {
            "posts of a thread" => {
                let slice = thread::posts(conn, self.thread, viewer, page).await?;
                return Ok(by_id(slice, post_id));
            }
            "posts of a tag" => {
                let slice = tag::posts(conn, self.tag, viewer, page).await?;
                return Ok(by_id(slice, post_id));
            }
            "posts of an account" => {
                let slice = account::posts(conn, self.account, viewer, page).await?;
                return Ok(by_id(slice, post_id));
            }
            "replies of an account" => {
                let slice = account::replies(conn, self.account, viewer, page).await?;
                return Ok(by_id(slice, post_id));
            }
            "threads of an account" => {
                let slice = account::threads(conn, self.account, viewer, page).await?;
                return Ok(by_id(slice, thread_id));
            }
            "catalog by bump" | "catalog by age" => {
                board::catalog(conn, board, sort, viewer, page).await?
            }
            _ => {
                if name.ends_with("without pictures") {
                    filter.kind = Some(Kind::Text);
                }
                board::threads_filtered(conn, board, sort, &filter, viewer, page).await?
            }
        };
        Ok(part(threads, |thread| {
            let key = match sort {
                Sort::Bump => format!("{} {}", thread.pinned, thread.bumped_at.0),
                Sort::New => String::new(),
                Sort::Replies => thread.reply_count.to_string(),
                Sort::Votes => thread.likes.to_string(),
            };
            (thread.id.to_string(), key)
        }))
    }

    async fn tagged(&self, conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
        let viewer = &Viewer::Visitor;
        let prefix = match name {
            "tags" => "",
            "tags by prefix" => "t",
            "pictures of an account" => {
                let slice = account::pictures(conn, self.account, viewer, page).await?;
                return Ok(by_id(slice, picture_id));
            }
            _ => {
                let place = match name {
                    "pictures of a board" => Place::Board(self.board.id),
                    "pictures of a tag" => Place::Tag(self.tag),
                    "pictures of a thread" => Place::Thread(self.thread),
                    _ => Place::Everywhere,
                };
                let slice = gallery::pictures(conn, place, viewer, page).await?;
                return Ok(by_id(slice, picture_id));
            }
        };
        let slice = tag::list(conn, prefix, page).await?;
        Ok(part(slice, |tag| {
            (tag.name.clone(), tag.post_count.to_string())
        }))
    }

    async fn boards(&self, conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
        let scope = match name.split(' ').next() {
            Some("known") => board::Scope::Known,
            Some("followed") => board::Scope::Followed,
            _ => board::Scope::Local,
        };
        let order = match name.rsplit(' ').next() {
            Some("name") => Order::Name,
            Some("age") => Order::New,
            _ => Order::Activity,
        };
        let viewer = &Viewer::Account(self.admin.clone());
        let slice = board::list(conn, scope, order, viewer, page).await?;
        Ok(part(slice, |board| {
            let moves = order == Order::Activity;
            let key = moves.then(|| board.bumped_at.0.to_string());
            (board.id.to_string(), key.unwrap_or_default())
        }))
    }

    async fn moderated(
        &self,
        conn: &mut Conn,
        now: Timestamp,
        name: &str,
        page: Page,
    ) -> Result<Part> {
        let open = report::State::Open;
        Ok(match name {
            "log of a board" => by_id(log::board(conn, self.board.id, page).await?, |it| it.id),
            "log of the node" => by_id(log::node(conn, page).await?, |it| it.id),
            "open reports" => by_id(report::list(conn, &self.admin, open, page).await?, |it| {
                it.id
            }),
            "reports of a moderator" => {
                let slice = report::list(conn, &self.moderator, open, page).await?;
                by_id(slice, |it| it.id)
            }
            "bans from a board" => {
                let slice = ban::of_board(conn, self.board.id, now, page).await?;
                by_id(slice, |it| it.id)
            }
            "bans from the node" => by_id(ban::of_node(conn, now, page).await?, |it| it.id),
            "watched" => {
                let slice = watch::list(conn, &self.admin, page).await?;
                by_id(slice, |it| it.place.thread)
            }
            _ => by_id(vote::likers(conn, self.thread, page).await?, |it| it.id),
        })
    }

    async fn versions(&self, conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
        let order = match name {
            "versions oldest first" => post::Order::Oldest,
            _ => post::Order::Newest,
        };
        let slice = post::history(conn, self.thread, order, page).await?;
        Ok(part(slice, |version| {
            (format!("{} {}", version.at.0, version.body), String::new())
        }))
    }

    async fn found(&self, conn: &mut Conn, world: &World, name: &str, page: Page) -> Result<Part> {
        let site = &world.cx.site;
        if name == "found posts" {
            let query = Query::read("text", site)?;
            let slice = search::posts(conn, &query, &Viewer::Visitor, page).await?;
            return Ok(by_id(slice, post_id));
        }
        let query = Query::read("member", site)?;
        let slice = search::accounts(conn, &query, page).await?;
        Ok(part(slice, |account: &Account| {
            (account.id.to_string(), account.post_count.to_string())
        }))
    }
}

async fn accounts(conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
    let prefix = String::new();
    let filter = match name {
        "accounts" => account::Filter::here(""),
        "accounts elsewhere" => account::Filter::Elsewhere { prefix },
        "suspended accounts" => account::Filter::Suspended,
        _ => account::Filter::Role(Role::Member),
    };
    let slice = account::directory(conn, &filter, page).await?;
    Ok(by_id(slice, |entry| entry.account.id))
}

async fn kept(conn: &mut Conn, name: &str, page: Page) -> Result<Part> {
    let prefix = String::new();
    Ok(match name {
        "peers" => {
            let slice = peer::directory(conn, &peer::Filter::All { prefix }, page).await?;
            part(slice, |peer| (peer.host.clone(), String::new()))
        }
        "audit" => by_id(audit::list(conn, page).await?, |entry| entry.id),
        "jobs waiting" => part(job::waiting(conn, "chores", page).await?, |job| {
            (job.id.to_string(), job.run_at.0.to_string())
        }),
        "jobs given up" => by_id(job::given_up(conn, page).await?, |job| job.id),
        "largest pictures" => part(storage::largest(conn, page).await?, |one| {
            (one.sha256.clone(), one.bytes.to_string())
        }),
        "unused pictures" => part(storage::unused(conn, page).await?, |one| {
            (one.sha256.clone(), one.touched_at.0.to_string())
        }),
        other => panic!("there is no list {other:?}"),
    })
}

fn part<T>(slice: Slice<T>, item: impl Fn(&T) -> Item) -> Part {
    Part {
        items: slice.items.iter().map(item).collect(),
        next: slice.next,
        prev: slice.prev,
    }
}

fn by_id<T>(slice: Slice<T>, id: impl Fn(&T) -> Id) -> Part {
    part(slice, |item| (id(item).to_string(), String::new()))
}

fn thread_id(thread: &Summary) -> Id {
    thread.id
}

fn post_id(post: &Post) -> Id {
    post.id
}

fn picture_id(shown: &Shown) -> Id {
    shown.media.id
}
