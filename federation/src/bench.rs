//! The doors that benchmarks and tests of other crates use; not part of the interface of this crate.
//!
//! Everything else is private to the crate, and a benchmark is another crate. It measures the very functions that
//! the inbox and the deliveries call. Called by `benches/signatures.rs`, and by the tests of pages and API, to come
//! as a peer.

use db::Timestamp;
use http::{HeaderMap, HeaderValue, Method};
use url::Url;

use crate::json;
use crate::key::{PrivateKey, PublicKey, Signer};
use crate::signature::{self, Outgoing, Request, Target};

/// A key with a request that it signed, as it arrives at an inbox.
#[derive(Debug)]
pub struct Delivery {
    signer: Signer,
    public: PublicKey,
    headers: HeaderMap,
    body: Vec<u8>,
    now: Timestamp,
}

impl Delivery {
    /// Makes a key and signs `body` for the inbox of `img.example`.
    ///
    /// # Errors
    /// Where the system gives no randomness.
    pub async fn made(body: Vec<u8>) -> Result<Self, Box<dyn std::error::Error>> {
        let now = Timestamp(1_763_632_800_000_000);
        let key = PrivateKey::made()?;
        let public = PublicKey::from_pem(&key.public_pem()?)?;
        let signer = Signer::new("https://peer.example/u/anna#main-key", key);
        let headers = sign(&signer, &body, now).await?;
        Ok(Self {
            signer,
            public,
            headers,
            body,
            now,
        })
    }

    /// One RSA-2048 signature and nothing else.
    ///
    /// # Errors
    /// Those of the cryptographic library.
    pub fn bare_signature(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        Ok(self.signer.key.sign_now(&self.body)?)
    }

    /// A whole signed request of the same body, as a delivery makes it for each peer.
    ///
    /// # Errors
    /// Those of the cryptographic library.
    pub async fn signed_again(&self) -> Result<HeaderMap, Box<dyn std::error::Error>> {
        sign(&self.signer, &self.body, self.now).await
    }

    /// One RSA-2048 verification and nothing else.
    pub fn bare_verification(&self, signed: &[u8]) -> bool {
        self.public.verify_now(&self.body, signed)
    }

    /// Everything an inbox does before it stores an activity: host, header, time, digest, signature, JSON.
    pub fn received(&self) -> bool {
        let request = Request {
            method: &Method::POST,
            target: "/inbox",
            headers: &self.headers,
            body: &self.body,
            scheme: "https",
            hosts: &["img.example"],
            now: self.now,
        };
        let Ok(claim) = signature::read(&request) else {
            return false;
        };
        signature::check_now(&claim, &self.public).is_ok() && json::parse(&self.body).is_ok()
    }
}

/// The headers with which a peer signs a request to `url`, a body's digest among them where there is one.
///
/// # Errors
/// Where the key or the address cannot be read.
pub async fn signed(
    (key_id, private_pem): (&str, &str),
    method: &Method,
    url: &str,
    body: Option<(&[u8], &str)>,
    now: Timestamp,
) -> Result<HeaderMap, Box<dyn std::error::Error>> {
    let signer = Signer::new(key_id, PrivateKey::from_pem(private_pem)?);
    let url = Url::parse(url)?;
    let outgoing = Outgoing {
        method,
        url: &url,
        body,
        now,
        target: Target::Full,
    };
    Ok(signature::sign(&signer, outgoing).await?)
}

async fn sign(
    signer: &Signer,
    body: &[u8],
    now: Timestamp,
) -> Result<HeaderMap, Box<dyn std::error::Error>> {
    let url = Url::parse("https://img.example/inbox")?;
    let outgoing = Outgoing {
        method: &Method::POST,
        url: &url,
        body: Some((body, "application/activity+json")),
        now,
        target: Target::Full,
    };
    let mut headers = signature::sign(signer, outgoing).await?;
    headers.insert("host", HeaderValue::from_static("img.example"));
    Ok(headers)
}
