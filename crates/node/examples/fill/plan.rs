//! What is to be written, in so many numbers that all counts are known before the first row is.
//!
//! A reply goes to a recent thread, or to the thread of a recent post: so busy threads become busier, and sizes are
//! as unequal as real ones are. Times run evenly from a year back to the end.

use db::{DAY, Id, Timestamp, ids};
use rand::Rng;
use rand::rngs::StdRng;

use crate::community::chance::{long_tailed, skewed, source};
use crate::community::text;

/// Kinds of sources of chance.
pub(crate) const POST: u64 = 1;
pub(crate) const MEDIA: u64 = 2;
pub(crate) const PERSON: u64 = 3;
const PLAN: u64 = 4;

/// How far back the first post lies.
const SPAN: i64 = 365 * DAY;
/// What comes before it, when people and boards are made.
const BEFORE: i64 = 30 * DAY;
/// One post of so many opens a thread.
const POSTS_PER_THREAD: u32 = 22;
/// Replies go to threads of this many latest posts.
const RECENT: usize = 20_000;
/// Replies also go to any of this many latest threads.
const OPEN: usize = 300;
/// How often a thread is drawn before a new one is opened, because those drawn were full.
const TRIES: usize = 8;
/// A thread with so many replies gets no more.
const LONGEST: u32 = 2_000;
/// Replies after which a thread is not bumped, as new boards have it.
pub(crate) const BUMP_LIMIT: u32 = 500;
/// Votes a post has at most.
const VOTES: u32 = 400;

pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) until: Timestamp,
    pub(crate) hosts: Vec<String>,
    pub(crate) boards: Vec<Board>,
    pub(crate) people: Vec<Person>,
    pub(crate) tags: Vec<Tag>,
    pub(crate) threads: Vec<Thread>,
    pub(crate) posts: Vec<Post>,
    /// The file of each attachment, in the order of posts.
    pub(crate) pictures: Vec<u32>,
    /// How many attachments show each file.
    pub(crate) media: Vec<u32>,
    next_id: Id,
}

pub(crate) struct Board {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// Empty for this node.
    pub(crate) host: String,
    pub(crate) threads: u32,
    pub(crate) posts: u32,
    pub(crate) bumped_at: Timestamp,
}

pub(crate) struct Person {
    pub(crate) id: Id,
    pub(crate) name: String,
    /// Empty for this node.
    pub(crate) host: String,
    pub(crate) posts: u32,
}

pub(crate) struct Tag {
    pub(crate) id: Id,
    pub(crate) name: String,
    pub(crate) posts: u32,
}

pub(crate) struct Thread {
    pub(crate) board: u32,
    pub(crate) opening: u32,
    pub(crate) no: u32,
    pub(crate) replies: u32,
    pub(crate) pictures: u32,
    pub(crate) bumped_at: Timestamp,
    pub(crate) latest: u32,
}

pub(crate) struct Post {
    pub(crate) id: Id,
    pub(crate) at: Timestamp,
    pub(crate) thread: u32,
    pub(crate) author: u32,
    /// The post it answers; itself where it opens a thread.
    pub(crate) parent: u32,
    pub(crate) no: u32,
    pub(crate) likes: u32,
    pub(crate) dislikes: u32,
    pub(crate) first_picture: u32,
    pub(crate) pictures: u32,
    pub(crate) sage: bool,
}

impl Plan {
    /// The earliest end for which all times lie where ids can be made.
    pub(crate) fn earliest() -> Timestamp {
        ids::moment(0).plus(SPAN + BEFORE)
    }

    /// Draws a community of `posts` posts.
    pub(crate) fn draw(posts: u32, seed: u64, until: Timestamp) -> Self {
        let mut rng = source(seed, PLAN, 0);
        let begin = until.plus(-SPAN);
        let mut plan = Self {
            seed,
            until,
            hosts: (1..=30).map(|n| format!("node{n}.example")).collect(),
            boards: Vec::new(),
            people: Vec::new(),
            tags: Vec::new(),
            threads: Vec::new(),
            posts: Vec::with_capacity(posts as usize),
            pictures: Vec::new(),
            media: Vec::new(),
            next_id: ids::floor(begin.plus(-BEFORE)),
        };
        plan.settle(posts, begin, &mut rng);
        let step = SPAN / i64::from(posts);
        for number in 0..posts {
            // A tenth of the step stays free, so that what hangs on a post finds ids between it and the next.
            let at = i64::from(number) * step + rng.random_range(0..step * 9 / 10);
            let at = begin.plus(at);
            plan.post(at, &mut rng);
        }
        plan.count_tags();
        plan
    }

    /// How much it is, and where most of it is read.
    pub(crate) fn summary(&self) -> String {
        let busiest = self.threads.iter().max_by_key(|thread| thread.replies);
        let longest = busiest.map_or_else(String::new, |thread| {
            let board = &self.boards[thread.board as usize].name;
            format!(
                ", the longest /b/{board}/{} with {} replies,",
                thread.no, thread.replies
            )
        });
        format!(
            "{} posts in {} threads{longest} on {} boards by {} accounts",
            self.posts.len(),
            self.threads.len(),
            self.boards.len(),
            self.people.len(),
        )
    }

    /// An id after all that were given.
    fn id(&mut self, at: Timestamp) -> Id {
        self.next_id = (self.next_id + 1).max(ids::floor(at));
        self.next_id
    }

    /// Boards, people and tags.
    fn settle(&mut self, posts: u32, begin: Timestamp, rng: &mut StdRng) {
        let early = begin.plus(-BEFORE);
        for (number, name) in text::BOARDS.iter().enumerate() {
            let foreign = number % 3 == 2;
            let host = if foreign {
                self.hosts[number].clone()
            } else {
                String::new()
            };
            let id = self.id(early);
            let name = (*name).to_owned();
            self.boards.push(Board {
                id,
                name,
                host,
                threads: 0,
                posts: 0,
                bumped_at: early,
            });
        }
        for number in 0..(posts / 200).clamp(20, 50_000) {
            let foreign = number > 0 && rng.random_ratio(3, 10);
            let host = if foreign {
                self.hosts[skewed(rng, self.hosts.len())].clone()
            } else {
                String::new()
            };
            let (id, name) = (self.id(early), text::person(number));
            self.people.push(Person {
                id,
                name,
                host,
                posts: 0,
            });
        }
        for number in 0..(posts / 500).clamp(30, 5_000) {
            let (id, name) = (self.id(early), text::tag(number));
            self.tags.push(Tag { id, name, posts: 0 });
        }
    }

    fn post(&mut self, at: Timestamp, rng: &mut StdRng) {
        let number = u32::try_from(self.posts.len()).unwrap_or(u32::MAX);
        let thread = self
            .recent(rng)
            .unwrap_or_else(|| self.open(number, at, rng));
        let author = u32::try_from(skewed(rng, self.people.len())).unwrap_or_default();
        let opens = self.threads[thread as usize].opening == number;
        let sage = !opens && rng.random_ratio(1, 20);
        let pictures = match opens {
            true => 1 + long_tailed(rng, 3),
            false if rng.random_ratio(1, 4) => 1 + long_tailed(rng, 3) / 2,
            false => 0,
        };
        let first_picture = u32::try_from(self.pictures.len()).unwrap_or(u32::MAX);
        for _ in 0..pictures {
            self.picture(rng);
        }
        let no = self.count(thread, author, pictures, at, sage, number);
        let most = u32::try_from(self.people.len() / 3)
            .unwrap_or(VOTES)
            .min(VOTES);
        let likes = long_tailed(rng, most);
        let dislikes = if rng.random_ratio(1, 12) { 1 } else { 0 };
        let latest = self.threads[thread as usize].latest;
        let parent = match opens {
            true => number,
            false if rng.random_ratio(1, 3) => latest,
            false => self.threads[thread as usize].opening,
        };
        self.threads[thread as usize].latest = number;
        let id = self.id(at);
        self.posts.push(Post {
            id,
            at,
            thread,
            author,
            parent,
            no,
            likes,
            dislikes,
            first_picture,
            pictures,
            sage,
        });
    }

    /// A recent thread, or that of a recent post, unless a new one is due.
    fn recent(&self, rng: &mut StdRng) -> Option<u32> {
        if self.posts.is_empty() || rng.random_ratio(1, POSTS_PER_THREAD) {
            return None;
        }
        for _ in 0..TRIES {
            let thread = if rng.random_ratio(1, 3) {
                let first = self.posts.len().saturating_sub(RECENT);
                self.posts[rng.random_range(first..self.posts.len())].thread
            } else {
                let first = self.threads.len().saturating_sub(OPEN);
                u32::try_from(rng.random_range(first..self.threads.len())).unwrap_or_default()
            };
            if self.threads[thread as usize].replies < LONGEST {
                return Some(thread);
            }
        }
        None
    }

    fn open(&mut self, opening: u32, at: Timestamp, rng: &mut StdRng) -> u32 {
        let board = skewed(rng, self.boards.len());
        self.boards[board].threads += 1;
        self.threads.push(Thread {
            board: u32::try_from(board).unwrap_or_default(),
            opening,
            no: self.boards[board].posts + 1,
            replies: 0,
            pictures: 0,
            bumped_at: at,
            latest: opening,
        });
        u32::try_from(self.threads.len() - 1).unwrap_or(u32::MAX)
    }

    /// A new file, or one that was shown before.
    fn picture(&mut self, rng: &mut StdRng) {
        let again = !self.media.is_empty() && rng.random_ratio(1, 12);
        let file = if again {
            skewed(rng, self.media.len())
        } else {
            self.media.len()
        };
        if !again {
            self.media.push(0);
        }
        self.media[file] += 1;
        self.pictures.push(u32::try_from(file).unwrap_or_default());
    }

    fn count(
        &mut self,
        thread: u32,
        author: u32,
        pictures: u32,
        at: Timestamp,
        sage: bool,
        number: u32,
    ) -> u32 {
        let thread = &mut self.threads[thread as usize];
        let board = &mut self.boards[thread.board as usize];
        board.posts += 1;
        board.bumped_at = at;
        thread.pictures += pictures;
        if thread.opening != number {
            if !sage && thread.replies < BUMP_LIMIT {
                thread.bumped_at = at;
            }
            thread.replies += 1;
        }
        self.people[author as usize].posts += 1;
        board.posts
    }

    /// The tags of a post: most opening posts and some replies have any.
    pub(crate) fn tags_of(&self, post: usize) -> Vec<usize> {
        let mut rng = source(self.seed, POST, post);
        let thread = self.posts[post].thread as usize;
        let of_ten = match self.threads[thread].opening as usize == post {
            true => 7,
            false => 2,
        };
        if !rng.random_ratio(of_ten, 10) {
            return Vec::new();
        }
        let count = 1 + long_tailed(&mut rng, 3);
        let mut tags: Vec<usize> = (0..count)
            .map(|_| skewed(&mut rng, self.tags.len()))
            .collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    }

    fn count_tags(&mut self) {
        for post in 0..self.posts.len() {
            for tag in self.tags_of(post) {
                self.tags[tag].posts += 1;
            }
        }
    }
}
