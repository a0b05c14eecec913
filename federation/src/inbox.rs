//! The inbox: who sent it is proven and it is kept before it is answered; what it means is worked out later.
//!
//! Order of a request: size, shape of the signature, the key (asked of its owner where it is unknown), the
//! signature, the text, whose it is. Only then is a row written and 202 answered. Copies are answered 202 too.

mod work;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use domain::actor::PublicKey as KeyRow;
use jobs::NewJob;
use serde::{Deserialize, Serialize};

use crate::hub::Hub;
use crate::key::PublicKey;
use crate::signature::{self, Claim};
use crate::trouble::{Cure, Trouble};
use crate::wire::{Envelope, Kind};
use crate::{actor, json, origin};

pub(crate) use work::work;

/// The queue of activities that came.
pub(crate) const INBOX: &str = "inbox";

/// An activity that came, as it waits to be worked on.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Arrived {
    /// Its id, or a stand-in made of its text where it has none.
    uri: String,
    /// The text as it came.
    raw: String,
}

/// `POST` to any inbox of ours.
pub(crate) async fn post(
    State(hub): State<Hub>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    match take(&hub, &method, &uri, &headers, &body).await {
        Ok(()) => StatusCode::ACCEPTED.into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// Why a request was turned away.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    detail: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            code,
            detail: detail.into(),
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        tracing::info!(status = self.status.as_u16(), code = self.code, detail = %self.detail, "inbox refused");
        let problem = serde_json::json!({
            "type": format!("urn:stoa:problem:{}", self.code),
            "title": self.status.canonical_reason(),
            "status": self.status.as_u16(),
            "detail": self.detail,
            "code": self.code,
        });
        let kind = [("content-type", "application/problem+json")];
        (self.status, kind, problem.to_string()).into_response()
    }
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        let detail = trouble.to_string();
        match (&trouble, trouble.cure()) {
            (Trouble::Domain(domain::Error::Internal(cause)), _) => {
                tracing::error!(%cause, "inbox");
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "later", "try again later")
            }
            (Trouble::Domain(domain::Error::Denied(domain::Denial::PeerSuspended)), _) => {
                suspended()
            }
            // The sender's own server did not tell us its key: it may do so later.
            (_, Cure::Retry) => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "key_unavailable", detail)
            }
            _ => Self::new(StatusCode::UNAUTHORIZED, "key_refused", detail),
        }
    }
}

async fn take(
    hub: &Hub,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(), Refusal> {
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let site = hub.site();
    let scheme = if site.origin.starts_with("https:") {
        "https"
    } else {
        "http"
    };
    let request = signature::Request {
        method,
        target,
        headers,
        body,
        scheme,
        hosts: &[&site.host],
        now: hub.cx().now(),
    };
    let claim = signature::read(&request)
        .map_err(|error| Refusal::new(StatusCode::UNAUTHORIZED, error.code(), error.to_string()))?;
    let document = json::parse(body)
        .map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, error.code(), error.to_string()))?;
    let envelope = Envelope::read(&document.value, hub.cx().now())
        .map_err(|error| Refusal::new(StatusCode::BAD_REQUEST, "activity", error.to_string()))?;

    let Some(key) = proven(hub, &claim, &envelope).await? else {
        return Ok(());
    };
    check_author(&envelope, &key)?;
    if let Some(url) = origin::parse(&key.uri) {
        hub.client.welcome_back(&url);
    }
    keep(hub, &envelope, &key, &document.raw).await
}

/// The key that made the signature; `None` where an actor says that it is gone and its key is gone with it, so
/// that there is nothing to prove and nothing to do.
async fn proven(hub: &Hub, claim: &Claim, envelope: &Envelope) -> Result<Option<KeyRow>, Refusal> {
    let key = match actor::by_key(hub, &claim.key_id).await {
        Ok(key) => key,
        Err(Trouble::Fetch(error)) if error.is_absent() && envelope.kind == Kind::Delete => {
            return Ok(None);
        }
        Err(trouble) => return Err(trouble.into()),
    };
    if domain::peer::is_suspended(&mut *read(hub).await?, &key.host)
        .await
        .map_err(Trouble::from)?
    {
        return Err(suspended());
    }
    if fits(claim, &key).await.is_ok() {
        return Ok(Some(key));
    }
    // Keys are rotated without a word: ask once more before refusing.
    let anew = actor::by_key_anew(hub, &key, &claim.key_id).await?;
    let anew = anew.ok_or_else(|| mismatch("the signature does not fit the key"))?;
    fits(claim, &anew).await?;
    Ok(Some(anew))
}

fn suspended() -> Refusal {
    Refusal::new(
        StatusCode::FORBIDDEN,
        "peer_suspended",
        "this server is suspended here",
    )
}

async fn read(hub: &Hub) -> Result<db::Pooled, Refusal> {
    Ok(hub.cx().read().await.map_err(Trouble::from)?)
}

async fn fits(claim: &Claim, key: &KeyRow) -> Result<(), Refusal> {
    let key = PublicKey::from_pem(&key.pem).map_err(|error| mismatch(&error.to_string()))?;
    signature::check(claim, &key)
        .await
        .map_err(|error| mismatch(&error.to_string()))
}

fn mismatch(detail: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, "signature_mismatch", detail)
}

/// Whoever signs must be whose activity it is, and the activity must be of that server.
fn check_author(envelope: &Envelope, key: &KeyRow) -> Result<(), Refusal> {
    if envelope.actor != key.uri {
        let detail = format!(
            "the request is signed by {}, the activity is of {}",
            key.uri, envelope.actor
        );
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "key_of_another_actor",
            detail,
        ));
    }
    if !envelope.is_of_its_actor() {
        return Err(Refusal::new(
            StatusCode::FORBIDDEN,
            "id_on_another_host",
            "the activity's id is on another server than its actor",
        ));
    }
    Ok(())
}

async fn keep(hub: &Hub, envelope: &Envelope, key: &KeyRow, raw: &str) -> Result<(), Refusal> {
    let uri = match &envelope.id {
        Some(id) => id.clone(),
        None => stand_in(&key.uri, raw),
    };
    let arrived = Arrived {
        uri: uri.clone(),
        raw: raw.to_owned(),
    };
    let payload = serde_json::to_string(&arrived)
        .map_err(|error| Trouble::from(domain::Error::internal(error)))?;
    let lane = envelope.actor.as_str();
    let kept = hub.cx().write(async |tx| {
        if domain::received::is_known(&mut tx.conn, &uri).await? {
            return Ok(());
        }
        if domain::peer::is_silent(&mut tx.conn, &key.host).await? {
            domain::peer::succeeded(tx, &key.host).await?;
        }
        let now = tx.now;
        let job = NewJob {
            id: tx.id(),
            queue: INBOX,
            lane: Some(lane),
            payload: &payload,
            run_at: now,
        };
        Ok(jobs::enqueue(&mut tx.conn, job, now).await?)
    });
    Ok(kept.await.map_err(Trouble::from)?)
}

/// Some send activities without an id; two of the same text are one.
fn stand_in(actor: &str, raw: &str) -> String {
    use sha2::Digest;
    format!(
        "urn:stoa:activity:{}",
        hex::encode(sha2::Sha256::digest(format!("{actor}\n{raw}")))
    )
}
