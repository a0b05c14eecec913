//! Acting the story out: who does what, and what of it should arrive where.
//!
//! People of different nodes act at the same time, those of one node one after another. Called by `demo`.

mod change;

use std::collections::HashMap;
use std::time::Duration;

use anyhow::Context as _;
use reqwest::Client;
use tokio::time::Instant;

use super::ledger::{Arrival, Piece, Want};
use super::nodes::Addresses;
use super::paint::Paintings;
use super::person::{Made, Person};
use super::story::{self, Answer, Being, Place, Talk};
use super::watch::Watch;

/// Pause between two questions whether a follow was accepted.
const PAUSE: Duration = Duration::from_millis(20);

/// The people, and what was posted.
pub(crate) struct Stage {
    people: HashMap<&'static str, Person>,
    hosts: [String; 3],
    watch: Watch,
    /// Posts of each thread by its subject: ActivityPub ids, the opening post first.
    threads: HashMap<&'static str, Vec<String>>,
}

impl Stage {
    /// Everybody gets an account and signs in.
    pub(crate) async fn enter(
        http: Client,
        addresses: &Addresses,
        watch: Watch,
    ) -> anyhow::Result<Self> {
        let mut people = HashMap::new();
        for being in &story::PEOPLE {
            let origin = addresses.origins.get(being.node).context("no such node")?;
            let is_admin = story::NODES.iter().any(|node| node.admin == being.name);
            let person = if is_admin {
                Person::sign_in(&http, being.node, origin, being.name).await
            } else {
                Person::sign_up(&http, being.node, origin, being.name).await
            };
            people.insert(being.name, person?);
        }
        Ok(Self {
            people,
            hosts: addresses.hosts.clone(),
            watch,
            threads: HashMap::new(),
        })
    }

    /// Profiles and boards.
    pub(crate) async fn furnish(&self, paintings: &Paintings) -> anyhow::Result<()> {
        for Being {
            name,
            display_name,
            bio,
            avatar,
            ..
        } in &story::PEOPLE
        {
            let person = self.person(name)?;
            let avatar = person.upload(paintings.get(avatar)?, "").await?;
            person.introduce(display_name, bio, &avatar).await?;
        }
        for Place {
            name,
            node,
            title,
            description,
            avatar,
        } in &story::BOARDS
        {
            let admin = story::NODES.get(*node).context("no such node")?.admin;
            let person = self.person(admin)?;
            let avatar = person.upload(paintings.get(avatar)?, "").await?;
            person.make_board(name, title, description, &avatar).await?;
        }
        Ok(())
    }

    /// Everybody follows what they like, and waits until they are accepted.
    pub(crate) async fn follow(&self, patience: Duration) -> anyhow::Result<()> {
        for (who, what, home) in story::FOLLOWS {
            let person = self.person(who)?;
            let host = self.hosts.get(home).context("no such node")?;
            let target = format!("{what}@{host}");
            let at = Instant::now();
            let mut state = person.follow(&target).await?;
            while state == "pending" && at.elapsed() < patience {
                tokio::time::sleep(PAUSE).await;
                state = person.follow_state(&target).await?;
            }
            let mut arrivals = [const { Arrival::Home }; 3];
            let arrival = arrivals.get_mut(home).context("no such node")?;
            *arrival = if state == "accepted" {
                Arrival::After(at.elapsed())
            } else {
                Arrival::Lacking(format!("an accepted follow (it is {state})"))
            };
            let what = what.replace("boards/", "/").replace("accounts/", "@");
            let what = if what.starts_with('/') {
                format!("{what}/")
            } else {
                what
            };
            self.watch.ledger().pieces.push(Piece {
                what: format!("{who} follows {what}"),
                on: person.node,
                at,
                board: ("", home),
                thread: String::new(),
                post: String::new(),
                want: Want::Followed,
                arrivals,
            });
        }
        Ok(())
    }

    /// Opens threads.
    pub(crate) async fn open(
        &mut self,
        paintings: &Paintings,
        talks: &[&'static Talk],
    ) -> anyhow::Result<()> {
        for talk in talks {
            let person = self.person(talk.who)?;
            let media = upload(person, paintings, talk.pictures).await?;
            let board = self.board(talk, person.node)?;
            let at = Instant::now();
            let made = person.open(&board, talk.subject, talk.body, &media).await?;
            let what = format!("{} opens /{}/ “{}”", talk.who, talk.board, talk.subject);
            let want = Want::Post {
                body: talk.body.to_owned(),
                pictures: talk.pictures.len(),
            };
            self.threads.insert(talk.subject, vec![made.uri.clone()]);
            self.posted(talk, talk.who, what, at, &made, want)?;
        }
        Ok(())
    }

    /// Answers: the first of every thread, then the second, each when what it refers to has arrived.
    pub(crate) async fn answer(
        &mut self,
        paintings: &Paintings,
        patience: Duration,
    ) -> anyhow::Result<()> {
        let talks = || std::iter::once(&story::EARLY).chain(&story::THREADS);
        let most = talks().map(|talk| talk.answers.len()).max().unwrap_or(0);
        for round in 0..most {
            for talk in talks() {
                if let Some(answer) = talk.answers.get(round) {
                    self.reply(paintings, talk, answer).await?;
                }
            }
            self.watch.all(patience).await;
        }
        Ok(())
    }

    async fn reply(
        &mut self,
        paintings: &Paintings,
        talk: &'static Talk,
        answer: &Answer,
    ) -> anyhow::Result<()> {
        let person = self.person(answer.who)?;
        let posts = self.threads.get(talk.subject).context("no such thread")?;
        let mut body = answer.body.to_owned();
        for (at, uri) in posts.iter().enumerate() {
            let number = self.watch.ledger().numbers.get(uri).copied();
            if let Some(number) = number {
                body = body.replace(&format!("{{{at}}}"), &number.to_string());
            }
        }
        let thread = self.local(person.node, talk.subject, 0)?;
        let media = upload(person, paintings, answer.pictures).await?;
        let at = Instant::now();
        let made = person.answer(&thread, &body, &media).await?;
        let with = match answer.pictures.len() {
            0 => "",
            _ => " with a picture",
        };
        let what = format!("{} answers in “{}”{with}", answer.who, talk.subject);
        let want = Want::Post {
            body,
            pictures: answer.pictures.len(),
        };
        let posts = self.threads.get_mut(talk.subject);
        posts.context("no such thread")?.push(made.uri.clone());
        self.posted(talk, answer.who, what, at, &made, want)
    }

    /// Writes down a new post.
    fn posted(
        &self,
        talk: &'static Talk,
        who: &str,
        what: String,
        at: Instant,
        made: &Made,
        want: Want,
    ) -> anyhow::Result<()> {
        let on = self.person(who)?.node;
        let board = place(talk.board)?;
        let thread = self
            .threads
            .get(talk.subject)
            .and_then(|posts| posts.first());
        let mut arrivals = [const { Arrival::Lacking(String::new()) }; 3];
        if let (Some(no), Some(home)) = (made.no, arrivals.get_mut(on))
            && on == board.node
        {
            *home = Arrival::Home;
            self.watch.ledger().numbers.insert(made.uri.clone(), no);
        }
        let mut ledger = self.watch.ledger();
        ledger.ids.insert((on, made.uri.clone()), made.id.clone());
        ledger.pieces.push(Piece {
            what,
            on,
            at,
            board: (board.name, board.node),
            thread: thread.unwrap_or(&made.uri).clone(),
            post: made.uri.clone(),
            want,
            arrivals,
        });
        Ok(())
    }

    fn person(&self, name: &str) -> anyhow::Result<&Person> {
        let found = self.people.get(name);
        found.with_context(|| format!("nobody is called {name}"))
    }

    /// The board of a thread as the people of a node call it.
    fn board(&self, talk: &Talk, node: usize) -> anyhow::Result<String> {
        let place = place(talk.board)?;
        if place.node == node {
            return Ok(place.name.to_owned());
        }
        let host = self.hosts.get(place.node).context("no such node")?;
        Ok(format!("{}@{host}", place.name))
    }

    /// The id a node gave to a post of a thread.
    fn local(&self, node: usize, subject: &str, post: usize) -> anyhow::Result<String> {
        let posts = self.threads.get(subject);
        let uri = posts.and_then(|posts| posts.get(post));
        let uri = uri.with_context(|| format!("{subject:?} has no post {post}"))?;
        let id = self.watch.ledger().ids.get(&(node, uri.clone())).cloned();
        let host = self.hosts.get(node).map_or("", String::as_str);
        id.with_context(|| format!("{subject:?}, post {post}, did not arrive at {host}"))
    }
}

fn place(board: &str) -> anyhow::Result<&'static Place> {
    let found = story::BOARDS.iter().find(|place| place.name == board);
    found.with_context(|| format!("there is no board {board}"))
}

async fn upload(
    person: &Person,
    paintings: &Paintings,
    pictures: &[(&str, &str)],
) -> anyhow::Result<Vec<String>> {
    let mut ids = Vec::new();
    for (painting, alt) in pictures {
        ids.push(person.upload(paintings.get(painting)?, alt).await?);
    }
    Ok(ids)
}
