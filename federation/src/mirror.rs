//! The node looks at itself as other servers see it: through its public address.
//!
//! What breaks federation most often is in front of the node: a certificate, a proxy that changes the host or the
//! Accept header, a name that leads elsewhere. One fetch of its own actor finds all of them. Called by `stoa doctor`.

use url::Url;

use crate::Federation;
use crate::fetch::{Client, FetchError};
use crate::key::{KeyError, PublicKey, Signer};

/// Signed with the private key and checked with the key that the public address shows.
const PROBE: &[u8] = b"(request-target): get /";

/// What is wrong with the node as others see it.
#[derive(Debug, thiserror::Error)]
pub enum MirrorError {
    /// The public address is none.
    #[error("{0} is no address")]
    Address(String),
    /// The actor could not be fetched.
    #[error("{0} cannot be fetched: {1}")]
    Fetch(String, String),
    /// Somebody else answered.
    #[error("{0} answers with the actor {1}")]
    Stranger(String, String),
    /// The key there is none, or none of ours.
    #[error("the key at {0} does not fit the one in the database: {1}")]
    Key(String, String),
}

impl Federation {
    /// Fetches this node's own actor through its public address, signed as every fetch, and checks that its key is
    /// ours.
    ///
    /// # Errors
    /// [`MirrorError`] says what others would see.
    pub async fn mirror(&self) -> Result<(), MirrorError> {
        let address = format!("{}/", self.hub().site().origin);
        let url = Url::parse(&address).map_err(|_| MirrorError::Address(address.clone()))?;
        look(&self.hub().client, &self.hub().instance, &url).await
    }
}

async fn look(client: &Client, signer: &Signer, url: &Url) -> Result<(), MirrorError> {
    let failed = |error: FetchError| MirrorError::Fetch(url.to_string(), error.to_string());
    let actor = client.get_json(url, Some(signer)).await.map_err(failed)?;
    let id = actor.value["id"].as_str().unwrap_or_default();
    if id != url.as_str() {
        return Err(MirrorError::Stranger(url.to_string(), id.to_owned()));
    }
    let unfit = |error: KeyError| MirrorError::Key(url.to_string(), error.to_string());
    let pem = actor.value["publicKey"]["publicKeyPem"].as_str();
    let key = PublicKey::from_pem(pem.unwrap_or_default()).map_err(unfit)?;
    let signed = signer.sign(PROBE.to_vec()).await.map_err(unfit)?;
    if key.verify_now(PROBE, &signed) {
        return Ok(());
    }
    let why = "another database answers there".to_owned();
    Err(MirrorError::Key(url.to_string(), why))
}
