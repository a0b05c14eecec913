//! One exchange with the web: checks where it goes, signs, sends, follows redirects by our rules.
//!
//! Every hop is checked and signed anew: a signature names one host, and a signed fetch that followed a redirect to
//! a private address has been a real hole (Fedify CVE-2026-77632). Called by [`super::Client`].

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use reqwest::header::LOCATION;
use url::{Host, Url};

use crate::address::Refused;
use crate::fetch::body::{Arrived, Budget};
use crate::fetch::{ACTIVITY_JSON, Client, FetchError, accept};
use crate::key::Signer;
use crate::origin;
use crate::signature::{Outgoing, Target, sign};

/// Redirects that are followed.
pub(super) const MAX_REDIRECTS: usize = 3;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    pub(super) url: &'a Url,
    pub(super) signer: Option<&'a Signer>,
    pub(super) accept: &'static str,
    pub(super) budget: Duration,
}

impl Client {
    /// GETs until something other than a redirect is answered; only a success is `Ok`.
    pub(super) async fn exchange(&self, ask: Ask<'_>) -> Result<Arrived, FetchError> {
        let outcome = self.follow(ask).await;
        if let Err(error) = &outcome {
            tracing::debug!(url = %ask.url, code = error.code(), %error, "nothing was fetched");
        }
        outcome
    }

    async fn follow(&self, ask: Ask<'_>) -> Result<Arrived, FetchError> {
        let mut url = origin::document(ask.url);
        let mut budget = Budget::new(ask.budget);
        for _ in 0..=MAX_REDIRECTS {
            let arrived = self.hop(&ask, url, budget).await?;
            let status = arrived.response.status();
            if !is_redirect(status) {
                return accepted(arrived);
            }
            url = next(&arrived)?;
            budget = arrived.budget;
        }
        Err(FetchError::TooManyRedirects(MAX_REDIRECTS))
    }

    /// POSTs once, whatever is answered.
    pub(super) async fn deliver(
        &self,
        inbox: &Url,
        body: Bytes,
        signer: &Signer,
    ) -> Result<Arrived, FetchError> {
        let url = origin::document(inbox);
        let client = self.client_for(&url)?;
        let outgoing = Outgoing {
            method: &Method::POST,
            url: &url,
            body: Some((&body, ACTIVITY_JSON)),
            now: self.0.clock.now(),
            target: Target::Full,
        };
        let headers = sign(signer, outgoing).await?;
        let mut budget = Budget::new(self.0.limits.total);
        let response = budget
            .spend(client.post(url.clone()).headers(headers).body(body).send())
            .await??;
        self.0.gate.answered(&origin::authority(&url));
        Ok(Arrived {
            response,
            url,
            budget,
            place: None,
        })
    }

    async fn hop(
        &self,
        ask: &Ask<'_>,
        url: Url,
        mut budget: Budget,
    ) -> Result<Arrived, FetchError> {
        let client = self.client_for(&url)?;
        let host = origin::authority(&url);
        let place = self.0.gate.enter(&host, self.0.clock.now()).await?;
        let sent = self.get(client, ask, &url, &mut budget).await;
        match &sent {
            Ok(_) => self.0.gate.answered(&host),
            Err(error) if error.is_of_host() => self.0.gate.failed(&host, self.0.clock.now()),
            Err(_) => {}
        }
        Ok(Arrived {
            response: sent?,
            url,
            budget,
            place: Some(place),
        })
    }

    /// A signed GET that is refused is repeated once with the query left out of the signature, as PieFed and
    /// FChannel check it.
    async fn get(
        &self,
        client: &reqwest::Client,
        ask: &Ask<'_>,
        url: &Url,
        budget: &mut Budget,
    ) -> Result<reqwest::Response, FetchError> {
        let mut response = None;
        for target in [Target::Full, Target::WithoutQuery] {
            let headers = self.headers(ask, url, target).await?;
            let answer = budget
                .spend(client.get(url.clone()).headers(headers).send())
                .await??;
            let refused = answer.status() == StatusCode::UNAUTHORIZED;
            response = Some(answer);
            if !refused || url.query().is_none() || ask.signer.is_none() {
                break;
            }
        }
        response.ok_or(FetchError::Redirect)
    }

    async fn headers(
        &self,
        ask: &Ask<'_>,
        url: &Url,
        target: Target,
    ) -> Result<HeaderMap, FetchError> {
        let mut headers = match ask.signer {
            Some(signer) => {
                let now = self.0.clock.now();
                sign(
                    signer,
                    Outgoing {
                        method: &Method::GET,
                        url,
                        body: None,
                        now,
                        target,
                    },
                )
                .await?
            }
            None => HeaderMap::new(),
        };
        let (name, value) = accept(ask.accept);
        headers.insert(name, value);
        Ok(headers)
    }

    /// Which of the two clients may go there. An address written in the URL never reaches the resolver, so it is
    /// checked here.
    fn client_for(&self, url: &Url) -> Result<&reqwest::Client, FetchError> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchError::Address(
                "an address with a user name or password is not accepted",
            ));
        }
        let usual = match url.scheme() {
            "https" => url.port().is_none(),
            "http" => false,
            _ => return Err(FetchError::Address("only https addresses are fetched")),
        };
        if !usual && !self.0.reach.has_private() {
            return Err(FetchError::Address(
                "only https on its usual port is fetched",
            ));
        }
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => Some(address.into()),
            Some(Host::Ipv6(address)) => Some(address.into()),
            Some(Host::Domain(_)) => None,
            None => return Err(FetchError::Address("the address has no host")),
        };
        if let Some(address) = literal {
            let allowed = if usual {
                self.0.reach.allows(address)
            } else {
                self.0.reach.allows_as_private(address)
            };
            if !allowed {
                return Err(Refused {
                    host: origin::authority(url),
                    address,
                }
                .into());
            }
        }
        Ok(if usual {
            &self.0.usual
        } else {
            &self.0.private
        })
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn next(arrived: &Arrived) -> Result<Url, FetchError> {
    let location = arrived
        .response
        .headers()
        .get(LOCATION)
        .and_then(|value| value.to_str().ok());
    let url = location
        .and_then(|location| arrived.url.join(location).ok())
        .ok_or(FetchError::Redirect)?;
    if url.as_str().len() > origin::LONGEST_ID {
        return Err(FetchError::Redirect);
    }
    Ok(origin::document(&url))
}

fn accepted(arrived: Arrived) -> Result<Arrived, FetchError> {
    match arrived.response.status() {
        status if status.is_success() => Ok(arrived),
        StatusCode::NOT_FOUND => Err(FetchError::NotFound),
        StatusCode::GONE => Err(FetchError::Gone),
        status => Err(FetchError::Status(status.as_u16())),
    }
}
