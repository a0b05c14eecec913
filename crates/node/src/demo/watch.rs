//! Looks through the public API of each node for what should have arrived there, and writes down when it did.
//!
//! Only threads that something is expected in are read. A picture counts when its file was fetched from the node
//! that shows it, whole and without the camera's name. Runs beside `demo` from its first post on.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail};
use reqwest::Client;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio_util::sync::CancellationToken;

use super::ledger::{Arrival, Ledger, Piece, Want};
use super::paint::CAMERA;

/// Pause between two looks.
const PAUSE: Duration = Duration::from_millis(25);

/// A post as a node shows it.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Seen {
    id: String,
    uri: String,
    /// Its number.
    pub(crate) no: Option<i64>,
    /// Its text as it was typed.
    pub(crate) body: String,
    /// Likes.
    pub(crate) likes: i64,
    /// Dislikes.
    pub(crate) dislikes: i64,
    /// Whether only its tombstone is left.
    pub(crate) deleted: bool,
    media: Vec<Picture>,
    /// Whether its thread is locked.
    #[serde(skip)]
    pub(crate) locked: bool,
    /// Whether its thread is pinned.
    #[serde(skip)]
    pub(crate) pinned: bool,
}

#[derive(Clone, Debug, Deserialize)]
struct Picture {
    state: String,
    bytes: u64,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Threads {
    items: Vec<Thread>,
}

#[derive(Deserialize)]
struct Thread {
    id: String,
    locked: bool,
    pinned: bool,
    posts: Vec<Seen>,
}

/// One who looks.
#[derive(Clone)]
pub(crate) struct Watch {
    http: Client,
    origins: [String; 3],
    ledger: Arc<Mutex<Ledger>>,
}

impl Seen {
    /// Its pictures that can be shown.
    pub(crate) fn ready(&self) -> impl Iterator<Item = &str> {
        let ready = self.media.iter().filter(|picture| picture.state == "ready");
        ready.filter_map(|picture| picture.url.as_deref())
    }

    /// A post with only a text and a number, for tests of what is lacking.
    #[cfg(test)]
    pub(crate) fn with(no: i64, body: &str) -> Self {
        Self {
            no: Some(no),
            body: body.to_owned(),
            ..Self::default()
        }
    }
}

impl Watch {
    pub(crate) fn new(http: Client, origins: [String; 3]) -> Self {
        Self {
            http,
            origins,
            ledger: Arc::default(),
        }
    }

    /// What was written down so far.
    pub(crate) fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks until `stop` is cancelled.
    pub(crate) async fn run(self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            for node in 0..self.origins.len() {
                if let Err(error) = self.look(node).await {
                    tracing::warn!(node, %error, "the demo cannot look at a node");
                }
            }
            let pause = tokio::time::sleep(PAUSE);
            tokio::select! { () = pause => {}, () = stop.cancelled() => {} }
        }
    }

    /// Waits until everything that was written down has arrived; answers whether it has, in time.
    pub(crate) async fn all(&self, patience: Duration) -> bool {
        let done = async {
            while !self.ledger().is_done() {
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::time::timeout(patience, done).await.is_ok()
    }

    /// Ticks off what a node shows.
    async fn look(&self, node: usize) -> anyhow::Result<()> {
        let waiting: Vec<(usize, Piece)> = {
            let ledger = self.ledger();
            let pieces = ledger.pieces.iter().cloned().enumerate();
            let here = pieces.filter(|(_, piece)| {
                let lacking = matches!(piece.arrivals.get(node), Some(Arrival::Lacking(_)));
                lacking && !matches!(piece.want, Want::Followed)
            });
            here.collect()
        };
        let wanted = waiting
            .iter()
            .map(|(_, piece)| (piece.board, piece.thread.as_str()));
        let shown = self.threads(node, wanted.collect()).await?;
        for (at, piece) in waiting {
            let known = shown.contains_key(&piece.thread);
            let seen = shown.get(&piece.post).filter(|_| known);
            if !known && matches!(piece.want, Want::Deleted) {
                continue;
            }
            if let Some(no) = seen.and_then(|seen| seen.no)
                && piece.board.1 == node
            {
                self.ledger().numbers.insert(piece.post.clone(), no);
            }
            let number = self.ledger().numbers.get(&piece.post).copied();
            let mut lacking = piece.lacking(seen, number);
            let mut pictures = 0;
            if let (None, Want::Post { .. }, Some(seen)) = (&lacking, &piece.want, seen) {
                match self.pictures(node, seen).await {
                    Ok(count) => pictures = count,
                    Err(error) => lacking = Some(format!("its pictures ({error:#})")),
                }
            }
            let mut ledger = self.ledger();
            if lacking.is_none() && node != piece.on {
                ledger.pictures += pictures;
            }
            if let Some(seen) = seen {
                ledger
                    .ids
                    .insert((node, piece.post.clone()), seen.id.clone());
            }
            let arrived = lacking.map_or(Arrival::After(piece.at.elapsed()), Arrival::Lacking);
            let place = ledger.pieces.get_mut(at);
            if let Some(place) = place.and_then(|piece| piece.arrivals.get_mut(node)) {
                *place = arrived;
            }
        }
        Ok(())
    }

    /// The posts of these threads that a node shows, by ActivityPub id.
    async fn threads(
        &self,
        node: usize,
        wanted: BTreeSet<((&'static str, usize), &str)>,
    ) -> anyhow::Result<HashMap<String, Seen>> {
        let mut shown = HashMap::new();
        let boards: BTreeSet<(&str, usize)> = wanted.iter().map(|(board, _)| *board).collect();
        for board in boards {
            let path = format!("/boards/{}/threads?limit=100", self.board(node, board));
            let Some(list) = self.get::<Threads>(node, &path).await? else {
                continue;
            };
            for summary in list.items {
                let opening = summary.posts.first().map(|post| post.uri.as_str());
                if !opening.is_some_and(|uri| wanted.contains(&(board, uri))) {
                    continue;
                }
                let path = format!("/threads/{}", summary.id);
                let Some(thread) = self.get::<Thread>(node, &path).await? else {
                    continue;
                };
                for post in thread.posts {
                    let seen = Seen {
                        locked: thread.locked,
                        pinned: thread.pinned,
                        ..post
                    };
                    shown.insert(seen.uri.clone(), seen);
                }
            }
        }
        Ok(shown)
    }

    /// Fetches the pictures of a post; answers how many they are.
    async fn pictures(&self, node: usize, seen: &Seen) -> anyhow::Result<usize> {
        let origin = self.origins.get(node).map_or("", String::as_str);
        for picture in &seen.media {
            let url = picture.url.as_deref().context("a picture has no address")?;
            if !url.starts_with(&format!("{origin}/")) {
                bail!("{url} is not on this node");
            }
            let file = self.http.get(url).send().await?.error_for_status()?;
            let file = file.bytes().await?;
            if file.len() as u64 != picture.bytes {
                bail!("{url} is not whole");
            }
            if file
                .windows(CAMERA.len())
                .any(|part| part == CAMERA.as_bytes())
            {
                bail!("{url} still names its camera");
            }
        }
        Ok(seen.media.len())
    }

    /// The board as this node calls it.
    fn board(&self, node: usize, (name, home): (&str, usize)) -> String {
        match self
            .origins
            .get(home)
            .and_then(|origin| origin.split_once("://"))
        {
            Some((_, host)) if home != node => format!("{name}@{host}"),
            _ => name.to_owned(),
        }
    }

    /// What is answered; `None` where it is not there.
    async fn get<T: DeserializeOwned>(&self, node: usize, path: &str) -> anyhow::Result<Option<T>> {
        let origin = self.origins.get(node).map_or("", String::as_str);
        let url = format!("{origin}/api/stoa/v1{path}");
        let response = self.http.get(&url).send().await?;
        if matches!(response.status().as_u16(), 404 | 410) {
            return Ok(None);
        }
        let body = response.error_for_status()?.bytes().await?;
        let read = serde_json::from_slice(&body);
        Ok(Some(read.with_context(|| {
            format!("{url} is not what was expected")
        })?))
    }
}
