//! Who gets what: every page and every form of the router × {visitor, member, moderator of the board, admin of the node,
//! somebody banned, a peer that signs its requests} → status.
//!
//! The addresses are those that the source gives to the router; the statuses are a snapshot, so a new address shows as
//! a changed one. 303 of a visitor is the way to sign in; 303 of a form is the way on after it was taken.

use std::collections::BTreeSet;
use std::path::Path;

use domain::ban::Place;
use domain::page::Page;
use domain::post::Draft as Reply;
use domain::thread::Draft as Thread;
use domain::{
    Caller, Handle, Id, Tx, Viewer, account, ban, board, job, peer, post, report, thread,
};
use http::{HeaderMap, Method};

use crate::peer::Peer;
use crate::site::{Form, PASSWORD, Pages, Person};

/// Those who try, in the order of the columns.
const PEOPLE: [&str; 6] = ["visitor", "member", "moderator", "admin", "banned", "peer"];

/// A page, or a form that is sent.
struct Row {
    method: Method,
    path: String,
}

/// Every one the router knows. Who signs out is gone, so that comes last.
fn rows() -> Vec<Row> {
    let declared = declared();
    assert!(declared.len() > 90, "the routes were not found");
    let (last, first): (Vec<_>, Vec<_>) = declared
        .into_iter()
        .partition(|(_, path)| path == "/logout");
    let row = |(method, path): (String, String)| Row {
        method: method.parse().unwrap(),
        path,
    };
    first.into_iter().chain(last).map(row).collect()
}

/// What a form is sent with, beside its token.
fn fields(row: &Row, nth: usize) -> Vec<(String, String)> {
    let (new, board) = (format!("new{nth}"), format!("board{nth}"));
    let pairs: &[(&str, &str)] = match row.path.as_str() {
        "/b" => &[("name", &board)],
        "/login" => &[("name", "author"), ("password", PASSWORD)],
        "/signup" => &[("name", &new), ("password", PASSWORD)],
        "/follow" => &[("q", "author")],
        "/search" => &[("q", "author")],
        "/authorize_interaction" => &[("uri", "http://pics.test/u/author")],
        "/p/{id}/vote" => &[("value", "1")],
        "/p/{id}/watch" => &[("watch", "1")],
        "/p/{id}/lock" => &[("locked", "1")],
        "/p/{id}/pin" => &[("pinned", "1")],
        "/p/{id}/move" => &[("board", "other")],
        "/p/{id}/ban" => &[("place", "board"), ("length", "week"), ("reason", "x")],
        "/u/{name}/ban" => &[("place", "photo"), ("length", "week"), ("reason", "x")],
        "/b/{board}/bans" | "/mod/bans" => &[("name", "outcast")],
        "/b/{board}/new" | "/b/{board}/{no}" | "/p/{id}/thread" => &[("body", "x")],
        "/p/{id}/edit" => &[("body", "y")],
        "/p/{id}/remove" | "/p/{id}/report" | "/u/{name}/report" => &[("reason", "x")],
        "/mod/reports/{id}" => &[("act", "resolve")],
        "/settings/account" => &[("current", PASSWORD), ("password", PASSWORD)],
        "/settings/sessions" => &[("end", "others")],
        "/settings/appearance" => &[("do", "save")],
        "/settings/profile" => &[("title", "x")],
        "/admin/boards/{board}/moderators" => &[("name", "author"), ("what", "add")],
        "/admin/users/{name}/role" => &[("role", "member"), ("reason", "x")],
        "/admin/users/{name}/state" => &[("state", "active"), ("reason", "x")],
        "/admin/federation" => &[("host", "spam.test"), ("reason", "x")],
        "/admin/federation/{host}/policy" => &[("policy", "open"), ("reason", "x")],
        "/admin/media/{sha256}" | "/admin/jobs/{id}/drop" => &[("reason", "x")],
        _ => &[],
    };
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(own).collect()
}

/// Forms that carry files.
const WITH_FILES: [&str; 4] = [
    "/b/{board}/new",
    "/b/{board}/{no}",
    "/p/{id}/thread",
    "/settings/profile",
];

/// Addresses of files; `assets` tries them.
const FILES: [&str; 2] = ["/assets/{name}", "/theme/{file}"];

/// A site with two boards, an author and those who try.
struct Scene<'a> {
    site: &'a Pages,
    tries: Vec<(Person<'a>, String)>,
    peer: Peer,
    author: Caller,
    outcast: Caller,
    admin: Caller,
    sha256: String,
}

/// Where the peer stands among those who try.
const PEER: usize = 5;

impl<'a> Scene<'a> {
    async fn new(site: &'a Pages) -> Self {
        let mut admin = site.with_board().await;
        let form = admin.get("/b").await.form("/b").with("name", "other");
        admin.follow(form.with("title", "Other")).await;
        let mut tries = vec![site.visitor()];
        for name in ["member", "moderator"] {
            tries.push(site.member(name).await);
        }
        admin.picture_thread("Picture", (20, 10), "A picture").await;
        let picture = admin.get("/admin/media").await;
        let picture = picture.attribute(".log a", "href");
        let sha256 = picture.rsplit('/').next().unwrap_or_default().to_owned();
        tries.push(admin);
        tries.push(site.member("banned").await);
        tries.push(site.visitor());
        for name in ["author", "outcast"] {
            site.member(name).await;
        }
        let mut scene = Self {
            site,
            tries: Vec::new(),
            peer: Peer::known_to(&site.app).await,
            author: caller(site, "author").await,
            outcast: caller(site, "outcast").await,
            admin: caller(site, "root").await,
            sha256,
        };
        scene.rule().await;
        for mut person in tries {
            let token = person.get("/login").await;
            let token = match token.status.as_u16() {
                200 => token,
                _ => person.get("/settings/account").await,
            };
            let token = token.attribute("input[name=csrf]", "value");
            scene.tries.push((person, token));
        }
        scene
    }

    async fn board(&self, name: &str) -> Id {
        let mut conn = self.site.app.cx.read().await.unwrap();
        let found = board::find(&mut conn, &Handle::local(name), &Viewer::Visitor).await;
        found.unwrap().id
    }

    /// Who moderates and who is banned.
    async fn rule(&self) {
        let (photo, other) = (self.board("photo").await, self.board("other").await);
        let people = self.site.ids(&["moderator", "banned"]).await;
        let (moderator, banned) = (people[0], people[1]);
        let cx = &self.site.app.cx;
        let done = cx.write(async |tx| {
            for place in [photo, other] {
                board::add_moderator(tx, &self.admin, place, moderator).await?;
            }
            let draft = ban::Draft {
                reason: "x".to_owned(),
                until: None,
            };
            ban::impose(tx, &self.admin, Place::Node, banned, draft).await?;
            peer::meet(tx, "far.test").await
        });
        done.await.unwrap();
    }

    /// A fresh thread of somebody's with a reply: the thread, the reply.
    async fn thread(&self, by: &Caller) -> (Id, Id) {
        let write = self.site.app.cx.write(async |tx| {
            let draft = Thread {
                subject: Some("Thread".to_owned()),
                body: "About #film".to_owned(),
                ..Thread::default()
            };
            let opening = thread::start(tx, by, &Handle::local("photo"), draft).await?;
            let draft = Reply {
                body: "A reply".to_owned(),
                ..Reply::default()
            };
            Ok((opening, post::submit(tx, by, opening, draft).await?))
        });
        write.await.unwrap()
    }

    /// Bans the outcast from the board or from everywhere, or from nowhere.
    async fn cast_out(&self, path: &str) {
        let board = Place::Board(self.board("photo").await);
        let outcast = self.site.ids(&["outcast"]).await[0];
        let cx = &self.site.app.cx;
        for place in [board, Place::Node] {
            let lift = async |tx: &mut Tx| ban::lift(tx, &self.admin, place, outcast).await;
            let _ = cx.write(lift).await;
        }
        let place = match path {
            "/b/{board}/bans" => board,
            "/mod/bans" => Place::Node,
            _ => return,
        };
        let draft = ban::Draft {
            reason: "x".to_owned(),
            until: None,
        };
        let impose = async |tx: &mut Tx| ban::impose(tx, &self.admin, place, outcast, draft).await;
        cx.write(impose).await.unwrap();
    }

    /// A fresh report of the reply.
    async fn report(&self, reply: Id) -> Id {
        let draft = report::Draft {
            target: report::Target::Post(reply),
            reason: "x".to_owned(),
            forward: false,
        };
        let cx = &self.site.app.cx;
        let submit = async |tx: &mut Tx| report::submit(tx, &self.author, draft).await;
        cx.write(submit).await.unwrap()
    }

    /// A job that waits: nobody works in these tests, so what follows from a post is one.
    async fn job(&self) -> Id {
        let mut conn = self.site.app.cx.read().await.unwrap();
        let waiting = job::waiting(&mut conn, "outbox", Page::first(1)).await;
        waiting.unwrap().items[0].id
    }

    /// The address with something fresh in its places.
    async fn address(&self, path: &str) -> String {
        self.cast_out(path).await;
        let by = match path {
            "/p/{id}/ban" => &self.outcast,
            _ => &self.author,
        };
        let whom = match path {
            "/u/{name}/ban" => "outcast",
            _ => "author",
        };
        let (opening, reply) = self.thread(by).await;
        let whole = ["/lock", "/pin", "/move", "/thread", "/watch", "/read"];
        let id = if path.contains("/reports/{id}") {
            self.report(reply).await
        } else if path.contains("/jobs/{id}") {
            self.job().await
        } else if whole.iter().any(|end| path.ends_with(end)) {
            opening
        } else {
            reply
        };
        let mut conn = self.site.app.cx.read().await.unwrap();
        let opening = post::find(&mut conn, opening, &Viewer::Visitor).await;
        path.replace("{id}", &id.to_string())
            .replace("{no}", &opening.unwrap().no.unwrap().to_string())
            .replace("{board}", "photo")
            .replace("{name}", whom)
            .replace("{tag}", "film")
            .replace("{host}", "far.test")
            .replace("{sha256}", &self.sha256)
    }

    async fn attempt(&self, row: &Row, nth: usize) -> u16 {
        let address = self.address(&row.path).await;
        let (mut person, token) = self.tries[nth].clone();
        let signed = match nth {
            PEER => self.peer.sign(&row.method, &address).await,
            _ => HeaderMap::new(),
        };
        let page = match row.method {
            Method::GET => person.get_with(&address, signed).await,
            _ => {
                let mut form = Form {
                    page: "/".to_owned(),
                    action: address,
                    multipart: WITH_FILES.contains(&row.path.as_str()),
                    fields: vec![("csrf".to_owned(), token)],
                    files: Vec::new(),
                };
                form.fields.extend(fields(row, nth));
                person.send_with(form, signed).await
            }
        };
        page.status.as_u16()
    }
}

async fn caller(site: &Pages, name: &str) -> Caller {
    let mut conn = site.app.cx.read().await.unwrap();
    account::caller(&mut conn, name).await.unwrap()
}

/// Every method and address that the source gives to the router, but for files and for the samples of debug builds.
fn declared() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    collect(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut found,
    );
    found.retain(|(_, path)| !FILES.contains(&path.as_str()));
    found
}

fn collect(folder: &Path, found: &mut BTreeSet<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.file_stem().is_some_and(|name| name == "dev") {
            continue;
        }
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for part in text.split(".route(").skip(1) {
            let call = &part[..end_of_call(part)];
            let address = call.split('"').nth(1);
            let address = address.unwrap_or_else(|| panic!("{}: {call}", path.display()));
            for (sign, method) in [("get(", "GET"), ("post(", "POST")] {
                if call.contains(sign) {
                    found.insert((method.to_owned(), address.to_owned()));
                }
            }
        }
    }
}

/// Where the parenthesis closes that was opened before `text`.
fn end_of_call(text: &str) -> usize {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        open += i32::from(c == '(') - i32::from(c == ')');
        if open == 0 {
            return at;
        }
    }
    text.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_gets_what() {
    let site = Pages::without_rates_on_sqlite().await;
    let scene = Scene::new(&site).await;
    let mut table = format!("{}\n", PEOPLE.join(" "));
    for row in rows() {
        let mut found = Vec::new();
        for nth in 0..PEOPLE.len() {
            found.push(scene.attempt(&row, nth).await);
        }
        let what = format!("{} {}", row.method, row.path);
        assert!(
            found.iter().all(|status| *status < 500),
            "{what}: {found:?}"
        );
        assert_eq!(found[PEER], found[0], "a peer is a visitor here: {what}");
        let found: Vec<String> = found.iter().map(u16::to_string).collect();
        table += &format!("{} {what}\n", found.join(" "));
    }
    insta::assert_snapshot!("who_gets_what", table);
}
