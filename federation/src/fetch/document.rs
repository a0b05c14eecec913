//! Decides whether a fetched document may be believed to be what it says.
//!
//! A document is believed when it came from the very address that is its id. Else the address it claims is asked once:
//! that server alone knows. So a redirect that poses as another server's page, an upload that calls itself an actor and
//! a mirror all end at the true document or at an error. Use [`Fetched::id`] afterwards, never the address asked for.

use url::Url;

use crate::fetch::{Client, FetchError, Fetched};
use crate::key::Signer;
use crate::origin;

impl Fetched {
    /// The document's id, if it has one that can be one.
    pub(crate) fn id(&self) -> Option<&str> {
        let id = self.value.get("id")?.as_str()?;
        origin::parse(id).map(|_| id)
    }

    fn is_where_it_says(&self) -> bool {
        let id = self.id().and_then(origin::parse);
        id.is_some_and(|id| origin::document(&id) == self.final_url)
    }
}

/// Fetches from `url`, and once more from the claimed id where that differs.
pub(super) async fn get(
    client: &Client,
    url: &Url,
    signer: Option<&Signer>,
) -> Result<Fetched, FetchError> {
    let first = client.get_json(url, signer).await?;
    if first.is_where_it_says() {
        return Ok(first);
    }
    let claimed = first.id().ok_or(FetchError::NoId)?.to_owned();
    let home = origin::parse(&claimed).ok_or(FetchError::NoId)?;
    tracing::debug!(from = %first.final_url, %claimed, "a document says it is another one; asking there");
    let second = client.get_json(&home, signer).await?;
    if second.is_where_it_says() {
        return Ok(second);
    }
    Err(FetchError::Identity { claimed })
}
