//! The one HTTP client: every request that leaves this server for a peer goes out here.
//!
//! A URL that a stranger wrote may name our own network, answer for ever, redirect in circles, or serve an upload as
//! an actor. So: https on port 443 only (other ports and plain http for allowed private addresses), addresses checked
//! when they are connected to, at most three redirects, each checked and signed anew for its host, every body counted
//! after decompression, every exchange timed, at most four fetches per host at once. Parts: `fetch/exchange.rs` follows
//! redirects, `fetch/gate.rs` holds the per-host limits, `fetch/document.rs` decides whether a document may be believed.
//! Called by everything in this crate that looks something up or delivers.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use db::Clock;
use reqwest::header::{ACCEPT, RETRY_AFTER};
use serde_json::Value;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use url::{Host, Url};

use crate::address::Reach;
use crate::key::Signer;
use crate::resolve::{Names, Resolver, Wanted};
use crate::{json, origin};

mod body;
mod document;
mod error;
mod exchange;
mod gate;
mod media_type;
mod retry_after;
#[cfg(test)]
mod tests;
mod tls;

pub(crate) use error::{FetchError, SetupError};
pub(crate) use media_type::{ACTIVITY_JSON, is_activity};

/// Largest JSON document that is fetched, in bytes.
pub(crate) const MAX_JSON: u64 = json::MAX_BYTES as u64;
/// What is asked for when a document is wanted.
const ACCEPT_ACTIVITY: &str = "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";

/// How the client is set up.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// Our own origin, e.g. `https://img.example`; peers see it in the user agent.
    pub(crate) origin: String,
    pub(crate) reach: Reach,
    /// Names with fixed addresses; empty outside tests.
    pub(crate) names: Names,
    pub(crate) clock: Clock,
    pub(crate) limits: Limits,
}

/// How long and how much at once.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// For a connection to stand, TLS included.
    pub(crate) connect: Duration,
    /// For a document with all its redirects, and for a delivery.
    pub(crate) total: Duration,
    /// For a picture.
    pub(crate) download: Duration,
    /// Fetches under way at one host.
    pub(crate) per_host: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            total: Duration::from_secs(10),
            download: Duration::from_secs(60),
            per_host: 4,
        }
    }
}

/// The client; clones share connections and limits.
#[derive(Clone, Debug)]
pub(crate) struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// https on its own port, to public and allowed private addresses.
    usual: reqwest::Client,
    /// Plain http and other ports, to allowed private addresses only.
    private: reqwest::Client,
    lookup: Resolver,
    reach: Reach,
    clock: Clock,
    limits: Limits,
    gate: gate::Gate,
}

/// A JSON document as it came.
#[derive(Clone, Debug)]
pub(crate) struct Fetched {
    /// Where it came from in the end, without fragment.
    pub(crate) final_url: Url,
    pub(crate) value: Value,
}

/// What a peer answered to a delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// When it wants to be asked again; at most a day.
    pub(crate) retry_after: Option<Duration>,
    /// The beginning of its answer, for the log.
    pub(crate) detail: String,
}

/// A file that was downloaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Downloaded {
    pub(crate) final_url: Url,
    /// As the peer says; never believed, the bytes are looked at.
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: u64,
}

/// A JSON document of another kind than ActivityPub: WebFinger, NodeInfo.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plain {
    pub(crate) accept: &'static str,
    /// Media types that are taken, without parameters.
    pub(crate) types: &'static [&'static str],
    /// Bytes.
    pub(crate) cap: u64,
}

impl Client {
    /// Sets the client up. Works on a machine without a certificate store; https peers are then refused one by one.
    ///
    /// # Errors
    /// [`SetupError`] where the TLS library cannot be set up.
    pub(crate) fn new(settings: Settings) -> Result<Self, SetupError> {
        let Settings {
            origin,
            reach,
            names,
            clock,
            limits,
        } = settings;
        let resolver = |wanted| Resolver::new(reach.clone(), names.clone(), wanted);
        let agent = format!(
            "Stoa/{} (+{}/)",
            env!("CARGO_PKG_VERSION"),
            origin.trim_end_matches('/')
        );
        let lookup = resolver(Wanted::PrivateOnly);
        Ok(Self(Arc::new(Inner {
            usual: tls::client(&agent, resolver(Wanted::Allowed), limits)?,
            private: tls::client(&agent, lookup.clone(), limits)?,
            gate: gate::Gate::new(limits.per_host),
            lookup,
            reach,
            clock,
            limits,
        })))
    }

    /// Fetches a JSON document of ActivityPub, signed by `signer`. What it says about itself is not checked: use
    /// [`Client::get_document`] for anything with an id.
    ///
    /// # Errors
    /// [`FetchError`].
    pub(crate) async fn get_json(
        &self,
        url: &Url,
        signer: Option<&Signer>,
    ) -> Result<Fetched, FetchError> {
        let ask = exchange::Ask {
            url,
            signer,
            accept: ACCEPT_ACTIVITY,
            budget: self.0.limits.total,
        };
        let mut arrived = self.exchange(ask).await?;
        let content_type = arrived.content_type();
        if !content_type.as_deref().is_some_and(is_activity) {
            return Err(FetchError::ContentType(content_type.unwrap_or_default()));
        }
        let bytes = arrived.json_bytes(MAX_JSON).await?;
        arrived.read_as_json(&bytes)
    }

    /// Fetches a thing and makes sure that its own server vouches for it: its id is where it came from, or it is
    /// fetched once more from its id.
    ///
    /// # Errors
    /// [`FetchError::Identity`] where the id leads elsewhere again; else as [`Client::get_json`].
    pub(crate) async fn get_document(
        &self,
        url: &Url,
        signer: Option<&Signer>,
    ) -> Result<Fetched, FetchError> {
        document::get(self, url, signer).await
    }

    /// Fetches a JSON document that is not ActivityPub, unsigned.
    ///
    /// # Errors
    /// [`FetchError`].
    pub(crate) async fn get_plain(&self, url: &Url, plain: Plain) -> Result<Fetched, FetchError> {
        let ask = exchange::Ask {
            url,
            signer: None,
            accept: plain.accept,
            budget: self.0.limits.total,
        };
        let mut arrived = self.exchange(ask).await?;
        let content_type = arrived.content_type().unwrap_or_default();
        let essence = media_type::essence(&content_type);
        if !plain.types.contains(&essence.as_str()) {
            return Err(FetchError::ContentType(content_type));
        }
        let bytes = arrived.json_bytes(plain.cap.min(MAX_JSON)).await?;
        arrived.read_as_json(&bytes)
    }

    /// Delivers an activity. Any HTTP answer is an [`Answer`]; redirects are not followed.
    ///
    /// # Errors
    /// [`FetchError`] where no answer came.
    pub(crate) async fn post_activity(
        &self,
        inbox: &Url,
        body: Bytes,
        signer: &Signer,
    ) -> Result<Answer, FetchError> {
        let mut arrived = self.deliver(inbox, body, signer).await?;
        let status = arrived.response.status().as_u16();
        let header = arrived
            .response
            .headers()
            .get(RETRY_AFTER)
            .and_then(|value| value.to_str().ok());
        let retry_after = header.and_then(|text| retry_after::read(text, self.0.clock.now()));
        // Reading the answer to its end lets the connection be used again.
        let detail = arrived.beginning().await;
        Ok(Answer {
            status,
            retry_after,
            detail,
        })
    }

    /// Streams a file into `sink`, at most `cap` bytes after decompression.
    ///
    /// # Errors
    /// [`FetchError::TooLarge`] once the cap is passed; what `sink` got until then is to be thrown away.
    pub(crate) async fn download<W>(
        &self,
        url: &Url,
        cap: u64,
        sink: &mut W,
    ) -> Result<Downloaded, FetchError>
    where
        W: AsyncWrite + Unpin + Send,
    {
        let ask = exchange::Ask {
            url,
            signer: None,
            accept: "image/*, */*;q=0.5",
            budget: self.0.limits.download,
        };
        let mut arrived = self.exchange(ask).await?;
        arrived.refuse_announced(cap)?;
        let mut bytes = 0;
        while let Some(chunk) = arrived.chunk().await? {
            bytes += chunk.len() as u64;
            if bytes > cap {
                return Err(FetchError::TooLarge(cap));
            }
            sink.write_all(&chunk).await?;
        }
        sink.flush().await?;
        Ok(Downloaded {
            content_type: arrived.content_type(),
            final_url: arrived.url,
            bytes,
        })
    }

    /// Which scheme a handle's host is asked with: `http` where it is at an allowed private address, else `https`.
    pub(crate) async fn scheme_for(&self, authority: &str) -> &'static str {
        if !self.0.reach.has_private() {
            return "https";
        }
        let Ok(url) = Url::parse(&format!("http://{authority}/")) else {
            return "https";
        };
        let private = match url.host() {
            Some(Host::Ipv4(address)) => self.0.reach.allows_as_private(address.into()),
            Some(Host::Ipv6(address)) => self.0.reach.allows_as_private(address.into()),
            Some(Host::Domain(name)) => self.0.lookup.lookup(name).await.is_ok(),
            None => false,
        };
        if private { "http" } else { "https" }
    }

    /// Whether private peers are allowed, so that handles may carry ports.
    pub(crate) fn reaches_private(&self) -> bool {
        self.0.reach.has_private()
    }

    /// Ends the rest of a host that failed: it has just spoken to us, so it is there again.
    pub(crate) fn welcome_back(&self, url: &Url) {
        self.0.gate.answered(&origin::authority(url));
    }
}

/// `Accept` of a request as a header.
fn accept(value: &'static str) -> (reqwest::header::HeaderName, reqwest::header::HeaderValue) {
    (ACCEPT, reqwest::header::HeaderValue::from_static(value))
}
