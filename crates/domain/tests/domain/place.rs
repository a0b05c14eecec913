//! A node with enough of everything that each list has several parts, and acts that change what is in them.

use db::{MINUTE, SECOND};
use domain::page::Page;
use domain::report::{Decision, State, Target};
use domain::tag::Mark;
use domain::{
    Caller, Error, Id, Result, account, attachment, ban, board, follow, peer, post, report, tag,
    thread, watch,
};
use jobs::NewJob;

use crate::lists::{Lists, NAMES};
use crate::scene::{arrival, opening, receive, reply, rewrite, try_answer, try_open, upload, vote};
use crate::world::{World, handle};

/// An act by number, and two numbers that choose what it works on.
pub type Step = (u8, u8, u8);

/// How many kinds of acts there are.
pub const ACTS: u8 = 20;

/// The node, and what the acts choose from.
pub struct Place {
    pub world: World,
    pub lists: Lists,
    author: Caller,
    members: Vec<Caller>,
    threads: Vec<Id>,
    posts: Vec<Id>,
    jobs: Vec<Id>,
    loose: Vec<Id>,
    reports: Vec<Id>,
    far: (Id, Id),
    made: u16,
}

impl Place {
    /// With something in every list.
    pub async fn furnished(mut world: World) -> Self {
        world.set(|site| site.rate_limits = false);
        let admin = world.admin("root").await;
        let author = world.member("anna").await;
        let moderator = world.member("mia").await;
        let board = world.board("art", &admin).await;
        world.board("photo", &admin).await;
        let far = world.stranger("zoe", "far.example").await.id;
        let far_board = world.far_board("pics", "far.example").await.id;
        let (who, to) = (moderator.id, board.id);
        let write = world.write(async |tx| {
            board::add_moderator(tx, &admin, to, who).await?;
            follow::set(tx, &admin, to).await?;
            follow::set(tx, &admin, author.id).await?;
            tag::mark(tx, &admin, "kept", Mark::Followed).await?;
            Ok(())
        });
        write.await.unwrap();
        let draft = thread::Draft {
            tags: vec!["kept".to_owned()],
            ..opening("text of the thread that stays")
        };
        let thread = try_open(&world, &author, "art", draft).await.unwrap();
        let tag = tag::seen(&mut *world.read().await, "kept").await.unwrap();
        let mut place = Self {
            lists: Lists {
                admin,
                moderator,
                account: author.id,
                board,
                thread,
                tag: tag.id,
            },
            world,
            author,
            members: Vec::new(),
            threads: vec![thread],
            posts: Vec::new(),
            jobs: Vec::new(),
            loose: Vec::new(),
            reports: Vec::new(),
            far: (far, far_board),
            made: 0,
        };
        // Nothing is taken away yet, and people come first.
        for round in 0..10_u8 {
            for act in [
                14, 0, 1, 2, 3, 4, 5, 11, 12, 10, 13, 15, 16, 17, 17, 18, 18, 19,
            ] {
                let step = (act, round.wrapping_mul(29), round.wrapping_mul(7));
                if let Err(Error::Internal(cause)) = place.act(step).await {
                    panic!("{step:?}: {cause}");
                }
            }
        }
        for n in 0..10 {
            let text = format!("text of the thread that stays, {n}");
            let edited = rewrite(&place.world, &place.author, thread, &text).await;
            edited.unwrap();
        }
        place
    }

    /// Does something, or is refused.
    pub async fn act(&mut self, (act, a, b): Step) -> Result<()> {
        self.made += 1;
        match act {
            0 | 1 => self.open(a, b).await,
            2..=4 => self.answer(a, b).await,
            5 => self.arrive(a, b).await,
            6 => self.remove(a, b).await,
            7 => self.rewrite(a, b).await,
            8 => self.move_thread(a, b).await,
            9 => self.pin(a, b).await,
            10 => self.like(a, b).await,
            11 => self.complain(a, b).await,
            12 => self.ban(a, b).await,
            13 => self.watch(a, b).await,
            14 => self.join(b).await,
            15 => self.suspend(a, b).await,
            16 => self.found(a, b).await,
            17 => self.work(a, b).await,
            18 => self.keep(a, b).await,
            _ => {
                self.world.advance(SECOND * i64::from(b % 8) * 300);
                Ok(())
            }
        }
    }

    /// One of `all`.
    fn pick<T: Clone>(all: &[T], number: u8) -> Result<T> {
        let found = all.get(usize::from(number) % all.len().max(1));
        found.cloned().ok_or(Error::Busy { retry_after: 0 })
    }

    async fn pictures(&self, who: &Caller, a: u8) -> Vec<Id> {
        let mut media = Vec::new();
        for n in 0..a % 3 {
            media.push(upload(&self.world, who, a.wrapping_add(n)).await);
        }
        media
    }

    async fn open(&mut self, a: u8, b: u8) -> Result<()> {
        let who = match a % 4 {
            0 => self.lists.admin.clone(),
            _ => self.author.clone(),
        };
        let mut tags = vec![format!("t{}", b % 7)];
        if b.is_multiple_of(2) {
            tags.push("kept".to_owned());
        }
        let draft = thread::Draft {
            media: self.pictures(&who, a).await,
            tags,
            sensitive: b.is_multiple_of(5),
            ..opening(&format!("text {a} #tag{}", b % 9))
        };
        let board = match b % 4 {
            0 => "photo",
            _ => "art",
        };
        let id = try_open(&self.world, &who, board, draft).await?;
        self.threads.push(id);
        self.posts.push(id);
        Ok(())
    }

    async fn answer(&mut self, a: u8, b: u8) -> Result<()> {
        let thread = match b % 2 {
            0 => self.lists.thread,
            _ => Self::pick(&self.threads, b)?,
        };
        let who = self.author.clone();
        let draft = post::Draft {
            media: self.pictures(&who, a).await,
            sage: a.is_multiple_of(5),
            ..reply(&format!("text {a} #kept #tag{}", b % 9))
        };
        self.posts
            .push(try_answer(&self.world, &who, thread, draft).await?);
        Ok(())
    }

    /// Some are older than what is there already.
    async fn arrive(&mut self, a: u8, b: u8) -> Result<()> {
        let (author, far_board) = self.far;
        let board = match a % 2 {
            0 => far_board,
            _ => self.lists.board.id,
        };
        let uri = format!("https://far.example/p/{}", self.made);
        let mut sent = arrival(&self.world, &uri, author, board, "text from afar");
        sent.tags = vec!["kept".to_owned(), format!("t{}", b % 7)];
        sent.published = self.world.cx.now().plus(-MINUTE * i64::from(b % 90));
        if let post::Outcome::New(id) = receive(&self.world, sent).await? {
            self.threads.push(id);
            self.posts.push(id);
        }
        Ok(())
    }

    async fn remove(&mut self, a: u8, b: u8) -> Result<()> {
        let (admin, author) = (&self.lists.admin, &self.author);
        let id = Self::pick(&self.posts, b)?;
        self.world
            .write(async |tx| match a % 3 {
                0 => post::delete(tx, author, id).await,
                1 => post::remove(tx, admin, id, "why", false).await,
                _ => post::accept_delete(tx, &format!("https://far.example/p/{b}"), None)
                    .await
                    .map(drop),
            })
            .await
    }

    async fn rewrite(&mut self, a: u8, b: u8) -> Result<()> {
        let id = match b % 3 {
            0 => self.lists.thread,
            _ => Self::pick(&self.posts, b)?,
        };
        let text = format!("another text {a} #tag{}", a % 9);
        rewrite(&self.world, &self.author, id, &text).await
    }

    async fn move_thread(&mut self, a: u8, b: u8) -> Result<()> {
        let id = Self::pick(&self.threads, b)?;
        let to = handle(match a % 2 {
            0 => "photo",
            _ => "art",
        });
        let admin = &self.lists.admin;
        self.world
            .write(async |tx| thread::relocate(tx, admin, id, &to).await)
            .await
    }

    async fn pin(&mut self, a: u8, b: u8) -> Result<()> {
        let id = Self::pick(&self.threads, b)?;
        let admin = &self.lists.admin;
        self.world
            .write(async |tx| thread::set_pinned(tx, admin, id, a.is_multiple_of(3)).await)
            .await
    }

    async fn like(&mut self, a: u8, b: u8) -> Result<()> {
        let who = Self::pick(&self.members[self.members.len() / 2..], a)?;
        let id = match b % 2 {
            0 => self.lists.thread,
            _ => Self::pick(&self.threads, b)?,
        };
        let value = i16::from(!b.is_multiple_of(6));
        vote(&self.world, &who, id, value).await.map(drop)
    }

    async fn complain(&mut self, a: u8, b: u8) -> Result<()> {
        let admin = &self.lists.admin;
        if a % 4 == 1 {
            let id = Self::pick(&self.reports, b)?;
            let state = match b % 2 {
                0 => State::Resolved,
                _ => State::Open,
            };
            let decision = Decision {
                state: Some(state),
                ..Decision::default()
            };
            let decide = async |tx: &mut domain::Tx| report::decide(tx, admin, id, decision).await;
            return self.world.write(decide).await;
        }
        let draft = report::Draft {
            target: Target::Post(Self::pick(&self.posts, b)?),
            reason: "It breaks rule 3.".to_owned(),
            forward: false,
        };
        let who = Self::pick(&self.members[self.members.len() / 2..], a)?;
        let submit = async |tx: &mut domain::Tx| report::submit(tx, &who, draft).await;
        self.reports.push(self.world.write(submit).await?);
        Ok(())
    }

    async fn ban(&mut self, a: u8, b: u8) -> Result<()> {
        let who = Self::pick(&self.members, b)?.id;
        let place = match a % 4 {
            0 => ban::Place::Node,
            _ => ban::Place::Board(self.lists.board.id),
        };
        let admin = &self.lists.admin;
        let draft = ban::Draft {
            reason: "spam".to_owned(),
            until: None,
        };
        self.world
            .write(async |tx| match a % 5 {
                1 => ban::lift(tx, admin, place, who).await,
                _ => ban::impose(tx, admin, place, who, draft).await,
            })
            .await
    }

    async fn watch(&mut self, a: u8, b: u8) -> Result<()> {
        let id = Self::pick(&self.threads, b)?;
        let admin = &self.lists.admin;
        self.world
            .write(async |tx| match a % 4 {
                0 => watch::end(tx, admin, id).await,
                _ => watch::set(tx, admin, id).await,
            })
            .await
    }

    async fn join(&mut self, b: u8) -> Result<()> {
        let name = format!("member{}_{}", b % 10, self.made);
        let member = self.world.member(&name).await;
        if b.is_multiple_of(2) {
            self.world
                .stranger(&name, &format!("peer{b}.example"))
                .await;
        }
        vote(&self.world, &member, self.lists.thread, 1).await?;
        self.members.push(member);
        Ok(())
    }

    async fn suspend(&mut self, a: u8, b: u8) -> Result<()> {
        // The newer half goes on.
        let who = Self::pick(&self.members[..self.members.len() / 2], b)?.id;
        let admin = &self.lists.admin;
        let host = format!("peer{}.example", self.made);
        self.world
            .write(async |tx| {
                peer::meet(tx, &host).await?;
                match a % 4 {
                    3 => account::reinstate(tx, admin, who, "sorry").await,
                    _ => account::suspend(tx, admin, who, "bots").await,
                }
            })
            .await
    }

    async fn found(&mut self, a: u8, b: u8) -> Result<()> {
        let admin = &self.lists.admin;
        let name = format!("b{b}_{}", self.made);
        let made = self.world.board(&name, admin).await.id;
        self.world
            .write(async |tx| match a % 4 {
                3 => follow::end(tx, admin, made).await,
                _ => follow::set(tx, admin, made).await.map(drop),
            })
            .await
    }

    /// Jobs come, and some are given up or done.
    async fn work(&mut self, a: u8, b: u8) -> Result<()> {
        let old = Self::pick(&self.jobs, b).unwrap_or_default();
        let id = self
            .world
            .write(async |tx| {
                let (id, now) = (tx.id(), tx.now);
                let job = NewJob {
                    id,
                    queue: "chores",
                    lane: None,
                    payload: "{}",
                    run_at: now.plus(SECOND * i64::from(b % 5)),
                };
                jobs::enqueue(&mut tx.conn, job, now).await?;
                match a % 3 {
                    0 => jobs::give_up(&mut tx.conn, old, "broken").await?,
                    1 => jobs::finish(&mut tx.conn, old).await?,
                    _ => {}
                }
                Ok(id)
            })
            .await?;
        self.jobs.push(id);
        Ok(())
    }

    /// Pictures that nothing shows, and lines of the admins' log.
    async fn keep(&mut self, a: u8, b: u8) -> Result<()> {
        let who = self.author.clone();
        let new = upload(&self.world, &who, b.wrapping_add(128)).await;
        self.loose.push(new);
        let old = Self::pick(&self.loose, a)?;
        let (admin, host) = (&self.lists.admin, format!("peer{b}.example"));
        self.world
            .write(async |tx| {
                peer::meet(tx, &host).await?;
                peer::retry(tx, admin, &host).await?;
                attachment::discard(tx, &who, old).await
            })
            .await
    }
}

/// A list takes a cursor or says that it is none of its own; a part that it gives leads on.
pub async fn any_cursor(place: &Place, name: &str, cursor: &str) {
    for page in [
        Page::asked(Some(2), Some(cursor), None),
        Page::asked(Some(2), None, Some(cursor)),
    ] {
        let field = match page.after {
            Some(_) => "after",
            None => "before",
        };
        let part = match place.lists.read(&place.world, name, page).await {
            Ok(part) => part,
            Err(Error::Invalid(faults)) => {
                assert_eq!(faults[0].field, field);
                continue;
            }
            Err(other) => panic!("{name}, {field} {cursor:?}: {other:?}"),
        };
        assert!(part.items.len() <= 2, "{name} {cursor}");
        for page in [
            Page::asked(Some(1), part.prev.as_deref(), None),
            Page::asked(Some(1), None, part.next.as_deref()),
        ] {
            let on = place.lists.read(&place.world, name, page).await;
            assert!(on.is_ok(), "{name} after {cursor:?}: {on:?}");
        }
    }
}

/// Any bytes as a cursor of any list: the first chooses the list, the second whether a key follows or a cursor.
pub async fn any_bytes(place: &Place, bytes: &[u8]) {
    let [which, how, rest @ ..] = bytes else {
        return;
    };
    let name = NAMES[usize::from(*which) % NAMES.len()];
    let cursor = match how % 2 {
        0 => String::from_utf8_lossy(rest).into_owned(),
        _ => encoded(rest),
    };
    any_cursor(place, name, &cursor).await;
}

/// A key as cursors hold it: base64 without padding (RFC 4648, section 5).
pub fn encoded(key: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut text = String::new();
    for part in key.chunks(3) {
        let bits = part
            .iter()
            .fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        let bits = bits << (8 * (3 - part.len()));
        for n in 0..=part.len() {
            text.push(char::from(LETTERS[bits >> (18 - 6 * n) & 63]));
        }
    }
    text
}
