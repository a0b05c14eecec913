//! An answer whose head has arrived; its body is read under a cap and within what is left of the time.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::CONTENT_TYPE;
use tokio::time::{Instant, timeout};
use url::Url;

use crate::fetch::gate::Place;
use crate::fetch::{FetchError, Fetched};
use crate::json;

/// How much of an answer to a delivery is kept for the log, in bytes.
const DETAIL: usize = 300;
/// How much of it is read at most, so that the connection can be used again.
const DRAINED: usize = 16 * 1024;

/// Time that is left for an exchange; only waiting for the peer uses it up.
#[derive(Debug)]
pub(super) struct Budget(Duration);

impl Budget {
    pub(super) fn new(time: Duration) -> Self {
        Self(time)
    }

    /// Waits for `work` while time is left.
    pub(super) async fn spend<T>(
        &mut self,
        work: impl Future<Output = T>,
    ) -> Result<T, FetchError> {
        let begin = Instant::now();
        let outcome = timeout(self.0, work).await.map_err(|_| FetchError::Timeout);
        self.0 = self.0.saturating_sub(begin.elapsed());
        outcome
    }
}

/// An answer.
#[derive(Debug)]
pub(super) struct Arrived {
    pub(super) response: reqwest::Response,
    /// Where it came from, without fragment.
    pub(super) url: Url,
    pub(super) budget: Budget,
    /// Held until the body is read; deliveries have none.
    pub(super) place: Option<Place>,
}

impl Arrived {
    pub(super) fn content_type(&self) -> Option<String> {
        let value = self.response.headers().get(CONTENT_TYPE)?;
        value
            .to_str()
            .ok()
            .map(|text| text.chars().take(200).collect())
    }

    /// Refuses at once what says that it is too large.
    pub(super) fn refuse_announced(&self, cap: u64) -> Result<(), FetchError> {
        match self.response.content_length() {
            Some(length) if length > cap => Err(FetchError::TooLarge(cap)),
            _ => Ok(()),
        }
    }

    /// The next piece of the body, decompressed.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, FetchError> {
        Ok(self.budget.spend(self.response.chunk()).await??)
    }

    /// The whole body, at most `cap` bytes.
    pub(super) async fn json_bytes(&mut self, cap: u64) -> Result<Vec<u8>, FetchError> {
        self.refuse_announced(cap)?;
        let mut bytes = Vec::new();
        while let Some(chunk) = self.chunk().await? {
            if (bytes.len() + chunk.len()) as u64 > cap {
                return Err(FetchError::TooLarge(cap));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes)
    }

    pub(super) fn read_as_json(self, bytes: &[u8]) -> Result<Fetched, FetchError> {
        drop(self.place);
        let document = json::parse(bytes)?;
        Ok(Fetched {
            final_url: self.url,
            value: document.value,
        })
    }

    /// The beginning of the body as one line of text; errors while reading do not matter any more.
    pub(super) async fn beginning(&mut self) -> String {
        let mut bytes = Vec::new();
        while let Ok(Some(chunk)) = self.chunk().await {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > DRAINED {
                break;
            }
        }
        bytes.truncate(DETAIL);
        String::from_utf8_lossy(&bytes)
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect()
    }
}
