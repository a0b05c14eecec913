//! Any sequence of verbs keeps every counter equal to a recount, and tells of every change once.

use std::collections::BTreeMap;

use db::{HOUR, MINUTE};
use domain::post::{self, Outcome, Patch};
use domain::{Caller, Error, Event, Id, Result, attachment, thread};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::ledger::balance;
use crate::scene::{
    answering, arrival, ballot, change, delete, opening, picture, receive, remote_picture, reply,
    try_answer, try_open, upload, vote,
};
use crate::world::World;

/// A verb by number, and two numbers that choose what it works on.
type Act = (u8, u8, u8);

struct Chaos {
    world: World,
    people: [Caller; 2],
    far: Id,
    boards: [Id; 2],
    posts: Vec<Id>,
    /// What peers sent: the ActivityPub id and ours.
    sent: Vec<(String, Option<Id>)>,
    wanted: Vec<Id>,
    told: BTreeMap<(&'static str, Id), usize>,
}

#[test]
fn any_sequence_of_verbs_keeps_the_counters() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let config = Config {
        cases: 6,
        failure_persistence: None,
        ..Config::default()
    };
    let acts = prop::collection::vec((0..16_u8, any::<u8>(), any::<u8>()), 30..70);
    let outcome = TestRunner::new(config).run(&acts, |acts| {
        runtime.block_on(async {
            for world in World::each().await {
                run(world, &acts).await;
            }
        });
        Ok(())
    });
    outcome.unwrap();
}

async fn run(mut world: World, acts: &[Act]) {
    world.set(|site| site.rate_limits = false);
    let people = [world.admin("root").await, world.member("anna").await];
    let art = world.board("art", &people[0]).await.id;
    let far = world.stranger("bea", "far.example").await.id;
    let pics = world.far_board("pics", "far.example").await.id;
    let mut chaos = Chaos {
        world,
        people,
        far,
        boards: [art, pics],
        posts: Vec::new(),
        sent: Vec::new(),
        wanted: Vec::new(),
        told: BTreeMap::new(),
    };
    for (index, act) in acts.iter().enumerate() {
        // Refusals are part of the game, faults of ours are not.
        if let Err(Error::Internal(cause)) = chaos.act(*act).await {
            panic!("{act:?}: {cause}");
        }
        if index % 16 == 15 {
            balance(&chaos.world).await;
        }
    }
    balance(&chaos.world).await;
    chaos.listen().await;
    for ((what, post), count) in &chaos.told {
        assert_eq!(*count, 1, "{what} {post}");
    }
    let made = chaos.told.keys().filter(|(what, _)| *what == "created");
    assert_eq!(made.count(), chaos.posts.len());
}

impl Chaos {
    async fn act(&mut self, (verb, a, b): Act) -> Result<()> {
        let who = self.people[usize::from(a) % 2].clone();
        match verb {
            0 | 1 => self.open(&who, a, b).await?,
            2..=4 => self.answer(&who, a, b).await?,
            5 => self.arrive(a, b).await?,
            6 | 7 => self.arrive_as_answer(a, b).await?,
            8 => delete(&self.world, &who, self.pick(b)?).await?,
            9 => self.arrive_deletion(b).await?,
            10 => self.edit(&who, a, b).await?,
            11 => self.arrive_edit(a, b).await?,
            12 => self.moderate(a, b).await?,
            13 => drop(vote(&self.world, &who, self.pick(b)?, i16::from(a % 3) - 1).await?),
            14 => {
                let at = self.world.cx.now().plus(-MINUTE * i64::from(a % 4));
                let value = i16::from(a % 3) - 1;
                ballot(&self.world, self.far, self.pick(b)?, value, at).await?;
            }
            _ => self.housekeeping(a).await?,
        }
        Ok(())
    }

    fn pick(&self, number: u8) -> Result<Id> {
        let count = self.posts.len().max(1);
        let found = self.posts.get(usize::from(number) % count);
        found.copied().ok_or(Error::Busy { retry_after: 0 })
    }

    fn text(a: u8, b: u8) -> String {
        format!("text {a} #tag{} >>{} >>>/art/{b} @anna", b % 3, a % 8)
    }

    async fn uploads(&self, who: &Caller, b: u8) -> Vec<Id> {
        let mut media = Vec::new();
        for seed in 0..b % 3 {
            media.push(upload(&self.world, who, seed).await);
        }
        media
    }

    async fn open(&mut self, who: &Caller, a: u8, b: u8) -> Result<()> {
        let board = if a.is_multiple_of(3) {
            "pics@far.example"
        } else {
            "art"
        };
        let draft = thread::Draft {
            media: self.uploads(who, b).await,
            tags: vec![format!("given{}", a % 2)],
            ..opening(&Self::text(a, b))
        };
        self.posts
            .push(try_open(&self.world, who, board, draft).await?);
        Ok(())
    }

    async fn answer(&mut self, who: &Caller, a: u8, b: u8) -> Result<()> {
        let draft = post::Draft {
            media: self.uploads(who, b).await,
            sage: a.is_multiple_of(5),
            ..reply(&Self::text(a, b))
        };
        let thread = crate::scene::see(&self.world, self.pick(b)?)
            .await
            .thread_id;
        self.posts
            .push(try_answer(&self.world, who, thread, draft).await?);
        Ok(())
    }

    fn document(&mut self, a: u8, b: u8) -> post::Arrival {
        // Some come twice, some after their deletion.
        let uri = format!("https://far.example/p/{}", b % 24);
        let board = self.boards[usize::from(a) % 2];
        let mut sent = arrival(&self.world, &uri, self.far, board, &Self::text(a, b));
        sent.no = a.is_multiple_of(2).then_some(i64::from(a % 16) + 1);
        sent.tags = vec![format!("tag{}", a % 3)];
        sent.published = self.world.cx.now().plus(-HOUR * i64::from(b % 5));
        sent.media = (0..a % 3)
            .map(|n| remote_picture(&format!("{uri}/{n}")))
            .collect();
        sent
    }

    async fn arrive(&mut self, a: u8, b: u8) -> Result<()> {
        let sent = self.document(a, b);
        self.keep(sent).await
    }

    async fn arrive_as_answer(&mut self, a: u8, b: u8) -> Result<()> {
        let parent = crate::scene::see(&self.world, self.pick(a)?).await.uri;
        let sent = answering(self.document(a, b), &parent);
        self.keep(sent).await
    }

    async fn keep(&mut self, sent: post::Arrival) -> Result<()> {
        let uri = sent.uri.clone();
        if let Outcome::New(id) = receive(&self.world, sent).await? {
            self.posts.push(id);
            self.sent.push((uri, Some(id)));
        }
        Ok(())
    }

    async fn arrive_deletion(&mut self, b: u8) -> Result<()> {
        let uri = format!("https://far.example/p/{}", b % 24);
        self.world
            .write(async |tx| post::accept_delete(tx, &uri, None).await)
            .await?;
        Ok(())
    }

    async fn edit(&self, who: &Caller, a: u8, b: u8) -> Result<()> {
        let patch = Patch {
            body: a.is_multiple_of(2).then(|| Self::text(b, a)),
            tags: b.is_multiple_of(2).then(|| vec![format!("given{}", b % 5)]),
            ..Patch::default()
        };
        let id = self.pick(b)?;
        self.world
            .write(async |tx| post::edit(tx, who, id, patch).await)
            .await
    }

    async fn arrive_edit(&self, a: u8, b: u8) -> Result<()> {
        let Some((uri, Some(id))) = self.sent.get(usize::from(b) % self.sent.len().max(1)) else {
            return Ok(());
        };
        let mut edit = change(&Self::text(b, a), self.world.cx.now().plus(-i64::from(a)));
        edit.tags = vec![format!("tag{}", b % 4)];
        edit.media = (0..b % 4)
            .map(|n| remote_picture(&format!("{uri}/{n}")))
            .collect();
        let id = *id;
        self.world
            .write(async |tx| post::accept_edit(tx, id, edit).await)
            .await?;
        Ok(())
    }

    async fn moderate(&self, a: u8, b: u8) -> Result<()> {
        let (id, admin, far) = (self.pick(b)?, self.people[0].clone(), self.far);
        self.world
            .write(async |tx| match a % 5 {
                0 => post::remove(tx, &admin, id, "why", true).await,
                1 => post::remove(tx, &admin, id, "", false).await,
                2 => post::accept_remove(tx, id, far, "afar", String::new())
                    .await
                    .map(drop),
                3 => thread::set_locked(tx, &admin, id, b.is_multiple_of(2)).await,
                _ => post::number(tx, id, i64::from(a)).await,
            })
            .await
    }

    async fn housekeeping(&mut self, a: u8) -> Result<()> {
        self.world.advance(HOUR * i64::from(a % 7));
        self.listen().await;
        for (id, seed) in std::mem::take(&mut self.wanted)
            .into_iter()
            .zip((0..3).cycle())
        {
            self.world
                .write(async |tx| attachment::fetched(tx, id, picture(seed)).await)
                .await?;
        }
        self.world
            .write(async |tx| attachment::sweep(tx).await)
            .await?;
        Ok(())
    }

    async fn listen(&mut self) {
        for event in self.world.events().await {
            let told = match event {
                Event::PostCreated { post, .. } => ("created", post),
                Event::PostDeleted { post, .. } | Event::PostRemoved { post, .. } => ("gone", post),
                Event::MediaWanted { attachment } => {
                    self.wanted.push(attachment);
                    ("wanted", attachment)
                }
                _ => continue,
            };
            *self.told.entry(told).or_default() += 1;
        }
    }
}
