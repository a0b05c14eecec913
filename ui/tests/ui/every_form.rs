//! Hostile texts and files in every field of every form of every page that a member, a moderator or an admin can reach.
//!
//! The forms are found by following links, so a new one is in this test before anybody thinks of it. Whatever is sent:
//! no fault of ours, a refusal says a sentence and keeps what was typed, a way on stays on this site, and no page that
//! shows what was taken has an element or an attribute of it.
//!
//! Each field gets a few of the texts, others than its neighbour; `STOA_HOSTILE_TEXTS=99` gives each of them all.

use std::collections::BTreeSet;

use db::testing::hostile;
use domain::account::Kind;
use domain::actor::{self, BoardFacts, Remote};
use domain::{Role, Timestamp, account, ban, first_run, thread};
use http::StatusCode;

use crate::forms::{Field, Offer, Routes, walk};
use crate::page::Page;
use crate::pictures::png;
use crate::site::{Form, PASSWORD, Pages, Person};

/// Texts that each field gets.
const TEXTS: usize = 2;

/// No longer address can be asked for.
const LONGEST_QUERY: usize = 60_000;

/// Where to begin looking for forms; links lead on.
const SEEDS: [&str; 22] = [
    "/",
    "/b",
    "/t",
    "/t/film",
    "/search?q=text",
    "/search?q=photo@far.example",
    "/login",
    "/signup",
    "/watching",
    "/settings/profile",
    "/settings/account",
    "/settings/sessions",
    "/settings/appearance",
    "/settings/content",
    "/authorize_interaction?uri=somebody%40far.example",
    "/mod",
    "/mod/bans",
    "/b/photo/bans",
    "/admin/users/victim",
    "/admin/federation/far.example",
    "/admin/jobs?show=outbox",
    "/admin/media",
];

/// What ends somebody's stay or takes something away; these forms are sent last.
const ENDINGS: [&str; 15] = [
    "/search",
    "/admin/site",
    "/p/{id}/move",
    "/p/{id}/lock",
    "/p/{id}/ban",
    "/u/{name}/ban",
    "/admin/media/{sha256}",
    "/admin/users/{name}/role",
    "/admin/users/{name}/state",
    "/p/{id}/remove",
    "/p/{id}/delete",
    "/settings/account",
    "/settings/sessions",
    "/logout",
    "/first-run",
];

#[tokio::test(flavor = "multi_thread")]
async fn of_every_page_with_every_hostile_text() {
    let routes = Routes::read();
    let mut sender = Sender::new();
    for site in Pages::each_without_rates().await {
        let people = furnish(&site).await;
        let mut tried: BTreeSet<String> = BTreeSet::new();
        let mut visited: Vec<BTreeSet<String>> = Vec::new();
        let mut offers: Vec<(usize, Offer)> = Vec::new();
        for (number, person) in people.iter().enumerate() {
            let walk = walk(&mut person.clone(), &routes, &SEEDS).await;
            visited.push(walk.visited);
            offers.extend(walk.offers.into_iter().map(|offer| (number, offer)));
        }
        let end = |offer: &Offer| ENDINGS.iter().position(|kind| *kind == offer.kind);
        offers.sort_by_key(|(number, offer)| (end(offer).map_or(0, |at| at + 1), *number));
        for (number, offer) in &offers {
            let names: BTreeSet<&str> = offer.fields.iter().map(|field| &*field.name).collect();
            if tried.insert(format!("{} {} {names:?}", offer.by_get, offer.kind)) {
                sender.send(&people[*number], offer).await;
            }
        }
        for (person, visited) in people.iter().zip(&visited) {
            for address in visited {
                sender.look(&person.clone().get(address).await);
            }
        }
        let reached: BTreeSet<&str> = offers.iter().map(|(_, offer)| &*offer.kind).collect();
        let unreached: Vec<&str> = routes
            .taking()
            .into_iter()
            .filter(|kind| !reached.contains(kind) && *kind != "/first-run")
            .collect();
        assert_eq!(unreached, Vec::<&str>::new(), "no page offers these forms");
    }
    sender.report();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_the_first_run_with_every_hostile_text() {
    for site in Pages::each_without_rates().await {
        let token = site.app.cx.write(async |tx| first_run::offer(tx).await);
        let link = format!("/first-run?token={}", token.await.unwrap().unwrap());
        let routes = Routes::read();
        let mut visitor = site.visitor();
        let walk = walk(&mut visitor, &routes, &[&link]).await;
        let mut offers = walk.offers.into_iter();
        let mut offer = offers.find(|offer| offer.kind == "/first-run").unwrap();
        offer.form = offer.form.with("password", "short");
        let mut sender = Sender::new();
        sender.send(&visitor, &offer).await;
        sender.report();
    }
}

/// A visitor, a member, a moderator of the board and of the node, and an admin, with something on every page.
async fn furnish(site: &Pages) -> Vec<Person<'_>> {
    let mut admin = site.with_board().await;
    let form = admin.get("/b").await.form("/b").with("name", "other");
    admin.follow(form).await;
    let mut member = site.member("ann").await;
    let moderator = site.member("mo").await;
    let mut victim = site.member("victim").await;
    let named = "/admin/boards/photo/moderators";
    let form = admin.get("/admin/boards/photo").await.form(named);
    admin.follow(form.with("name", "mo")).await;
    for number in 0..3_u32 {
        let subject = format!("Thread {number}");
        admin
            .picture_thread(&subject, (40 + number, 30), "A gull")
            .await;
        let path = format!("/b/photo/{}", number * 3 + 1);
        for person in [&mut member, &mut victim] {
            let form = person.get(&path).await.form(&format!("{path}#reply"));
            person.follow(form.with("body", "text #film >>1")).await;
        }
    }
    let thread = admin.get("/b/photo/1").await;
    let report = thread
        .attribute("#p2 form.vote", "action")
        .replace("/vote", "/report");
    let form = victim.get(&report).await.form(&report);
    let sent = victim.send(form.with("reason", "It breaks a rule.")).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.html);
    let (cx, ids) = (&site.app.cx, site.ids(&["mo", "victim"]).await);
    let write = cx.write(async |tx| {
        domain::peer::failed(tx, "far.example", "no answer", None).await?;
        account::set_role(tx, ids[0], Role::Moderator).await?;
        let root = account::caller(&mut tx.conn, "root").await?;
        let board = domain::Handle::local("photo");
        let board = domain::board::find(&mut tx.conn, &board, &domain::Viewer::Visitor).await?;
        for place in [ban::Place::Board(board.id), ban::Place::Node] {
            let draft = ban::Draft {
                reason: "spam".to_owned(),
                until: None,
            };
            ban::impose(tx, &root, place, ids[1], draft).await?;
        }
        // A thread that has no number until its board answers is replied to by its id.
        let far = actor::keep(tx, far_board(tx.now)).await?;
        let draft = thread::Draft {
            body: "text for afar".to_owned(),
            ..thread::Draft::default()
        };
        let board = domain::Handle {
            name: far.name,
            host: far.host,
        };
        thread::start(tx, &root, &board, draft).await?;
        Ok(())
    });
    write.await.unwrap();
    vec![site.visitor(), member, moderator, admin]
}

/// A board of another server.
fn far_board(now: Timestamp) -> Remote {
    let uri = "https://far.example/b/pics".to_owned();
    Remote {
        kind: Kind::Board,
        host: "far.example".to_owned(),
        name: "pics".to_owned(),
        url: uri.clone(),
        inbox: format!("{uri}/inbox"),
        shared_inbox: None,
        outbox: None,
        followers: None,
        title: String::new(),
        about: String::new(),
        about_html: String::new(),
        fields: Vec::new(),
        bot: false,
        key_id: format!("{uri}#main-key"),
        public_key: "-----BEGIN PUBLIC KEY-----\nZmFrZQ==\n-----END PUBLIC KEY-----\n".to_owned(),
        created_at: now,
        board: Some(BoardFacts::default()),
        avatar_url: None,
        uri,
    }
}

/// Sends forms and notes what is wrong with the answers.
struct Sender {
    /// Which text comes next.
    turn: usize,
    each: usize,
    sent: usize,
    faults: BTreeSet<String>,
    long: Vec<String>,
}

impl Sender {
    #[expect(
        clippy::disallowed_methods,
        reason = "a setting of the test, not of the node"
    )]
    fn new() -> Self {
        let asked = std::env::var("STOA_HOSTILE_TEXTS");
        Self {
            turn: 0,
            each: asked.ok().and_then(|n| n.parse().ok()).unwrap_or(TEXTS),
            sent: 0,
            faults: BTreeSet::new(),
            long: hostile::long_texts(),
        }
    }

    fn report(&self) {
        let faults: Vec<&str> = self.faults.iter().map(String::as_str).collect();
        assert!(self.sent > 0, "no form was found");
        assert!(
            faults.is_empty(),
            "{} of {} were answered wrongly:\n{}",
            faults.len(),
            self.sent,
            faults.join("\n")
        );
    }

    fn fault(&mut self, what: String) {
        self.faults.insert(what);
    }

    /// The next texts.
    fn texts(&mut self) -> Vec<String> {
        let each = self.each.min(hostile::TEXTS.len());
        let mut texts = Vec::new();
        for _ in 0..each {
            texts.push(hostile::TEXTS[self.turn % hostile::TEXTS.len()].to_owned());
            self.turn += 1;
        }
        if self.turn.is_multiple_of(3) {
            texts.push(self.long[self.turn % self.long.len()].clone());
        }
        texts
    }

    /// One field after the other gets hostile texts; the others are filled in as people would.
    async fn send(&mut self, person: &Person<'_>, offer: &Offer) {
        let whole = plausible(offer);
        for field in &offer.fields {
            if field.sort == "file" {
                for (name, content) in files() {
                    let form = whole.clone().file(&field.name, &name, content);
                    self.one(person, offer, field, form, &name).await;
                }
                continue;
            }
            for text in self.texts() {
                let form = whole.clone().with(&field.name, &text);
                self.one(person, offer, field, form, &text).await;
            }
        }
        let mut twice = whole.clone();
        twice.fields.extend(whole.fields.iter().cloned());
        if let Some(field) = offer.fields.last() {
            self.one(person, offer, field, twice, "everything twice")
                .await;
        }
    }

    async fn one(
        &mut self,
        person: &Person<'_>,
        offer: &Offer,
        field: &Field,
        form: Form,
        text: &str,
    ) {
        // What the answer does to the cookie is of no matter to the next form.
        let mut person = person.clone();
        let shown: String = text.chars().take(60).collect();
        let what = format!(
            "{} ({}), {} = {shown:?}",
            offer.form.action, form.page, field.name
        );
        self.sent += 1;
        let page = if offer.by_get {
            let query = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&form.fields)
                .finish();
            let path = offer.form.action.split('#').next().unwrap_or_default();
            if query.len() > LONGEST_QUERY {
                return;
            }
            person.get(&format!("{path}?{query}")).await
        } else {
            person.send(form.clone()).await
        };
        self.look(&page);
        let status = page.status.as_u16();
        match status {
            200 if offer.by_get => {}
            303 => {
                let to = page.location();
                if !to.starts_with('/') || to.starts_with("//") || to.contains('\\') {
                    self.fault(format!("{what}: leads to {to:?}"));
                } else {
                    let there = person.get(&to).await;
                    self.look(&there);
                    if there.status.as_u16() == 404 {
                        self.fault(format!("{what}: leads to {to:?}, where nothing is"));
                    }
                }
            }
            400..=499 => self.refusal(&page, offer, field, &form, &what),
            _ => self.fault(format!("{what}: {status}")),
        }
    }

    /// A refusal says why, and the form it shows again holds what was typed.
    fn refusal(&mut self, page: &Page, offer: &Offer, field: &Field, form: &Form, what: &str) {
        let says =
            page.html.contains("role=\"alert\"") || page.html.contains("<div class=\"error\">");
        let says = says || page.html.contains("class=\"fault\"");
        if !says {
            self.fault(format!("{what}: {} without a sentence", page.status));
        }
        let typed: Vec<&Field> = offer.fields.iter().filter(|it| it.is_typed()).collect();
        if page.status != StatusCode::UNPROCESSABLE_ENTITY || offer.by_get || typed.is_empty() {
            return;
        }
        let names: Vec<&str> = typed.iter().map(|it| &*it.name).collect();
        let Some(again) = page.form_holding(&offer.form.action, &names) else {
            self.fault(format!("{what}: the form did not come back"));
            return;
        };
        for other in typed {
            let (sent, kept) = (form.value(&other.name), again.value(&other.name));
            let is_it = other.name == field.name;
            if is_it && (other.sort == "select" || sent.chars().any(char::is_control)) {
                continue;
            }
            if sent.trim() != kept.trim() {
                let kept: String = kept.chars().take(40).collect();
                self.fault(format!("{what}: {} came back as {kept:?}", other.name));
            }
        }
    }

    /// No fault of ours, nothing of a text is part of the page, no header is broken in two.
    fn look(&mut self, page: &Page) {
        let short: String = page.path.chars().take(100).collect();
        if page.status.as_u16() >= 500 || page.status == StatusCode::TOO_MANY_REQUESTS {
            self.fault(format!("{short}: {}: {}", page.status, page.html));
        }
        if page.headers.contains_key("set-cookie")
            && page.header("set-cookie").contains("hostile=1")
        {
            self.fault(format!("{short}: a cookie of theirs"));
        }
        if !page.html.contains("hostile") {
            return;
        }
        let found = page.names(&THEIRS.join(", "));
        if !found.is_empty() {
            self.fault(format!("{short}: has {found:?}"));
        }
    }
}

/// What would be theirs, were it in a page.
const THEIRS: [&str; 11] = [
    "hostile-x",
    "[hostile]",
    "[onhostile]",
    "[onerror]",
    "[onload]",
    "script:not([src])",
    "img[src=x]",
    "[href^='javascript:' i]",
    "[href^='data:' i]",
    "[action^='javascript:' i]",
    "[src*='hostile']",
];

/// The form with something in all fields that people must fill in.
fn plausible(offer: &Offer) -> Form {
    let mut form = offer.form.clone();
    for field in &offer.fields {
        let value = match (field.name.as_str(), offer.kind.as_str()) {
            (_, "/login") => continue,
            ("name", "/signup" | "/b") => "somebody",
            ("name", _) => "ann",
            ("password" | "new", _) => PASSWORD,
            ("body" | "subject" | "q", _) => "text",
            ("reason", _) => "It must be.",
            ("server", _) => "far.example",
            _ => continue,
        };
        if form.value(&field.name).trim().is_empty() {
            form = form.with(&field.name, value);
        }
    }
    form
}

/// Files that are none, or others than they say.
fn files() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = hostile::FILE_NAMES
        .iter()
        .map(|name| ((*name).to_owned(), png(9, 9)))
        .collect();
    let mut huge = png(9, 9);
    huge[16..24].copy_from_slice(&[0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
    let cut = png(30, 30)[..60].to_vec();
    let page = b"<!DOCTYPE html><hostile-x onhostile=alert(1)>".to_vec();
    let drawing = b"<svg xmlns='http://www.w3.org/2000/svg' onload='hostile()'/>".to_vec();
    let mut both = png(9, 9);
    both.extend_from_slice(b"<script>hostile()</script>");
    for (name, content) in [
        ("huge.png", huge),
        ("cut.png", cut),
        ("page.png", page),
        ("drawing.svg", drawing),
        ("both.png", both),
        ("empty.png", Vec::new()),
        (
            "noise.gif",
            b"GIF89a\xff\xff\xff\xff\xf7\xff\xff!\xff\x0bNETSCAPE".to_vec(),
        ),
        (
            "noise.webp",
            b"RIFF\xff\xff\xff\xffWEBPVP8X\x0a\0\0\0\xff\0\0\0".to_vec(),
        ),
        (
            "noise.jpg",
            b"\xff\xd8\xff\xe1\xff\xffExif\0\0II*\0\xff\xff\xff\xff".to_vec(),
        ),
    ] {
        files.push((name.to_owned(), content));
    }
    files
}
