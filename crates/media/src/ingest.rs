//! The way of a picture into the store: sniff, strip and check, decode and render, hash, put.
//!
//! Decoding is bounded: as many pictures at once as there are cores, each within the memory of the limits, on threads
//! that may block. A place is held until the work is really over, also when the caller has gone away. Called before
//! any transaction; when it returns, every file is on disk for good.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

use bytes::Bytes;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::store::File as Stored;
use crate::{
    Fault, Format, Incoming, Limits, Picture, Store, colour, format, placeholder, render, strip,
};

/// Takes pictures in. Clones share their places.
#[derive(Clone, Debug)]
pub struct Ingest {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    store: Store,
    limits: Limits,
    places: Arc<Semaphore>,
    running: AtomicUsize,
    most: AtomicUsize,
}

/// How busy an [`Ingest`] is, for metrics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Pictures being worked on now.
    pub running: usize,
    /// The most that were worked on at once since the start.
    pub most: usize,
}

/// Where the bytes are.
enum Source {
    File(PathBuf),
    Memory(Bytes),
}

impl Ingest {
    /// Works on as many pictures at once as the machine has cores.
    pub fn new(store: Store, limits: Limits) -> Self {
        let cores = available_parallelism().map_or(1, std::num::NonZero::get);
        Self::with_places(store, limits, cores)
    }

    /// Works on at most `places` pictures at once (at least one).
    pub fn with_places(store: Store, limits: Limits, places: usize) -> Self {
        let places = Arc::new(Semaphore::new(places.clamp(1, Semaphore::MAX_PERMITS)));
        Self {
            shared: Arc::new(Shared {
                store,
                limits,
                places,
                running: AtomicUsize::new(0),
                most: AtomicUsize::new(0),
            }),
        }
    }

    /// Takes in the picture in a file. The file stays.
    ///
    /// # Errors
    /// Every [`Fault`]; nothing is stored then.
    pub async fn file(&self, path: &Path) -> Result<Picture, Fault> {
        self.run(Source::File(path.to_owned())).await
    }

    /// Takes in a picture from memory.
    ///
    /// # Errors
    /// Every [`Fault`]; nothing is stored then.
    pub async fn bytes(&self, bytes: Bytes) -> Result<Picture, Fault> {
        check_size(bytes.len() as u64, &self.shared.limits)?;
        self.run(Source::Memory(bytes)).await
    }

    /// Starts receiving an upload.
    ///
    /// # Errors
    /// [`Fault::Io`] when the temporary file cannot be made.
    pub async fn incoming(&self) -> Result<Incoming, Fault> {
        Incoming::create(&self.shared.store, self.shared.limits.bytes).await
    }

    /// Where the files are.
    pub fn store(&self) -> &Store {
        &self.shared.store
    }

    /// What is taken.
    pub fn limits(&self) -> &Limits {
        &self.shared.limits
    }

    /// How busy it is.
    pub fn load(&self) -> Load {
        Load {
            running: self.shared.running.load(Ordering::Relaxed),
            most: self.shared.most.load(Ordering::Relaxed),
        }
    }

    async fn run(&self, source: Source) -> Result<Picture, Fault> {
        let places = self.shared.places.clone();
        let place = places.acquire_owned().await.map_err(io::Error::other)?;
        let shared = self.shared.clone();
        let work = tokio::task::spawn_blocking(move || {
            // Moved in, so that a caller who goes away does not free the place while the work goes on.
            let _place = place;
            let _busy = Busy::start(&shared);
            let data = load(source, &shared.limits)?;
            ingest(&shared, data)
        });
        match work.await {
            Ok(result) => result,
            Err(error) if error.is_panic() => {
                tracing::error!(%error, "a decoder gave up on a picture");
                Err(Fault::Broken(
                    "The picture is damaged in a way that cannot be read.".into(),
                ))
            }
            Err(error) => Err(Fault::Io(io::Error::other(error))),
        }
    }
}

/// Counts one piece of work from start to drop.
struct Busy<'a>(&'a Shared);

impl<'a> Busy<'a> {
    fn start(shared: &'a Shared) -> Self {
        let running = shared.running.fetch_add(1, Ordering::Relaxed) + 1;
        shared.most.fetch_max(running, Ordering::Relaxed);
        Self(shared)
    }
}

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

fn check_size(actual: u64, limits: &Limits) -> Result<(), Fault> {
    let limit = limits.bytes;
    if actual > limit {
        return Err(Fault::TooLarge { limit, actual });
    }
    Ok(())
}

/// Reads the source, never more than the limit whatever the file system says its size is.
fn load(source: Source, limits: &Limits) -> Result<Bytes, Fault> {
    let path = match source {
        Source::Memory(bytes) => return Ok(bytes),
        Source::File(path) => path,
    };
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    check_size(length, limits)?;
    let mut data = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    file.take(limits.bytes.saturating_add(1))
        .read_to_end(&mut data)?;
    check_size(data.len() as u64, limits)?;
    Ok(data.into())
}

fn ingest(shared: &Shared, data: Bytes) -> Result<Picture, Fault> {
    let limits = &shared.limits;
    let format = Format::sniff(&data).ok_or_else(|| Fault::Type {
        found: format::describe(&data).into(),
    })?;
    let clean = strip::strip(format, &data, limits)?;
    drop(data);
    let rendered = render::render(&clean, limits)?;
    let sha256 = hex::encode(Sha256::digest(&clean.bytes));

    let mut files = vec![Stored::original(format, &clean.bytes)];
    for (rendition, bytes) in rendered.renditions.iter().chain(&rendered.still) {
        files.push(Stored::rendition(&rendition.name, bytes));
    }
    shared.store.put(&sha256, &files)?;

    let (width, height) = clean.shape.shown();
    let renditions = rendered.renditions.into_iter();
    Ok(Picture {
        sha256,
        format,
        bytes: clean.bytes.len() as u64,
        width,
        height,
        frames: clean.shape.frames,
        thumbhash: placeholder::thumbhash(&rendered.tiny),
        blurhash: placeholder::blurhash(&rendered.tiny),
        colour: colour::mean(&rendered.tiny),
        renditions: renditions.map(|(rendition, _)| rendition).collect(),
        still: rendered.still.map(|(rendition, _)| rendition),
    })
}
