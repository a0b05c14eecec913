//! Answers to visitors, kept ready to send until what they show has changed.
//!
//! An answer is kept with the revision that was read before its handler began, and sent again only while the database
//! says the same revision: one statement in place of the page's own. So it is as right as the page would be, whichever
//! process changed something. Whoever is signed in, or has chosen a look, brings a cookie or a token and passes by.
//! Only answers whose handlers say what they are about ([`Kept`], [`lists`]) are kept. `node` puts it around all faces,
//! outside of compression, so that a page is also compressed once.

mod entry;
mod key;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::revision::{self, Revision, Subject};
use http::header::{self, HeaderValue};
use http::{HeaderName, StatusCode};

use crate::{App, Problem};
use entry::Entry;
use key::Key;

/// Says of an answer whether it was kept: RFC 9211.
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

/// The answers one process keeps; clones share them.
#[derive(Clone)]
pub struct Cache(Option<Arc<Shelf>>);

struct Shelf {
    app: App,
    entries: moka::future::Cache<Key, Arc<Entry>>,
    hits: AtomicU64,
    misses: AtomicU64,
}

/// How often a kept answer could be sent, and how often one had to be made that is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sent as it was.
    pub hits: u64,
    /// Made anew.
    pub misses: u64,
}

/// What an answer is about, among its extensions.
#[derive(Clone, Copy, Debug)]
struct About(Subject);

/// An answer that may be kept, with what it is about.
#[derive(Debug)]
pub struct Kept<T> {
    /// Whose changes end it.
    pub about: Subject,
    /// The answer.
    pub answer: T,
}

impl<T: IntoResponse> IntoResponse for Kept<T> {
    fn into_response(self) -> Response {
        let mut response = self.answer.into_response();
        response.extensions_mut().insert(About(self.about));
        response
    }
}

/// A layer for routes whose answers may be kept until anything changes (`axum::middleware::map_response(lists)`).
pub async fn lists(answer: Response) -> Response {
    let about = Subject::Lists;
    Kept { about, answer }.into_response()
}

impl Cache {
    /// Keeps answers up to so many bytes in all; none where it is 0.
    pub fn new(app: App, bytes: u64) -> Self {
        if bytes == 0 {
            return Self(None);
        }
        let entries = moka::future::Cache::builder()
            .max_capacity(bytes)
            .weigher(|key: &Key, entry: &Arc<Entry>| key.weight().saturating_add(entry.weight()))
            .build();
        Self(Some(Arc::new(Shelf {
            app,
            entries,
            hits: AtomicU64::new(0),
            misses: AtomicU64::new(0),
        })))
    }

    /// What was counted since the process began.
    pub fn counts(&self) -> Counts {
        self.0
            .as_ref()
            .map_or_else(Counts::default, |shelf| Counts {
                hits: shelf.hits.load(Ordering::Relaxed),
                misses: shelf.misses.load(Ordering::Relaxed),
            })
    }

    /// Answers a request with what is kept, or hands it on and keeps what comes back. The caller has seen to it that
    /// the address alone says what is asked for.
    pub async fn answer(&self, mut request: Request, next: Next) -> Response {
        let Some(shelf) = &self.0 else {
            return next.run(request).await;
        };
        let Some(key) = Key::of(&request) else {
            return next.run(request).await;
        };
        let entry = shelf.entries.get(&key).await;
        let subject = entry.as_ref().map_or(Subject::Lists, |entry| entry.about);
        // Where the database does not answer, the handler says so.
        let Some(now) = shelf.revision(subject).await else {
            return next.run(request).await;
        };
        let asked = key::conditions(&mut request);
        let right = entry.filter(|entry| entry.revision.holds(&now, subject));
        if let Some(entry) = right {
            shelf.hits.fetch_add(1, Ordering::Relaxed);
            return conditional(entry.answer(&key), &asked);
        }
        key.narrow(request.headers_mut());
        let response = next.run(request).await;
        let kept = shelf.keep(key, (subject, now), response).await;
        conditional(kept, &asked)
    }
}

impl Shelf {
    async fn revision(&self, subject: Subject) -> Option<Revision> {
        let mut conn = self.app.cx.read().await.ok()?;
        revision::of(&mut conn, subject).await.ok()
    }

    /// Keeps an answer, if it may be; `before` was read before its handler began.
    async fn keep(&self, key: Key, before: (Subject, Revision), response: Response) -> Response {
        let about = response.extensions().get::<About>().copied();
        let Some(About(about)) = about.filter(|_| entry::is_public(&response)) else {
            return response;
        };
        self.misses.fetch_add(1, Ordering::Relaxed);
        let Some(revision) = self.stamp(about, before).await else {
            return response;
        };
        let (mut parts, body) = response.into_parts();
        let bytes = match to_bytes(body, usize::MAX).await {
            Ok(bytes) => bytes,
            Err(error) => return Problem::internal(error).into_response(),
        };
        let entry = Entry::new(about, revision, &parts, bytes.clone());
        self.entries.insert(key, Arc::new(entry)).await;
        let status = HeaderValue::from_static("stoa; fwd=miss; stored");
        parts.headers.insert(CACHE_STATUS, status);
        Response::from_parts(parts, Body::from(bytes))
    }

    /// The revision of what an answer shows. Which thread an address leads to is known only afterwards: then nothing at
    /// all may have changed meanwhile.
    async fn stamp(&self, about: Subject, before: (Subject, Revision)) -> Option<Revision> {
        let (subject, revision) = before;
        if about == Subject::Lists || about == subject {
            return Some(revision);
        }
        let now = self.revision(about).await?;
        revision.is_still(&now).then_some(now)
    }
}

/// 304 in place of an answer that the client has.
fn conditional(mut response: Response, asked: &[HeaderValue]) -> Response {
    let tag = response.headers().get(header::ETAG);
    let tag = tag.and_then(|tag| tag.to_str().ok());
    let has_it = tag.is_some_and(|tag| crate::etag::matches(asked, tag));
    if response.status() != StatusCode::OK || !has_it {
        return response;
    }
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    *response.body_mut() = Body::empty();
    for name in [
        header::CONTENT_LENGTH,
        header::CONTENT_TYPE,
        header::CONTENT_ENCODING,
    ] {
        response.headers_mut().remove(name);
    }
    response
}
