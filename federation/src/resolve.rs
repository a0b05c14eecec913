//! Names to addresses for the one HTTP client; refused addresses never come out.
//!
//! The check happens on the very answer that is connected to, so a name that answers differently a moment later
//! (DNS rebinding) gains nothing. `ValidatingDnsResolver` of `activitypub_federation` asks the DNS and refuses names with
//! any internal address; where private peers are allowed it only asks. Our own, longer table and the operator's networks
//! decide after it. An address written in a URL does not pass here: `fetch` checks those itself.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, PoisonError, RwLock};

use activitypub_federation::error::Error as CrateError;
use activitypub_federation::resolver::ValidatingDnsResolver;
use reqwest::dns::{self, Resolve as _};

use crate::address::{Reach, Refused};

/// Names with fixed addresses, asked before the DNS: whole nodes in one process speak to each other by name and
/// without ports. Clones share one table, so a restarted node can be entered again.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<RwLock<HashMap<String, SocketAddr>>>);

impl Names {
    /// Gives `name` (lower case, no port) the address `at`.
    pub fn set(&self, name: &str, at: SocketAddr) {
        self.0
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(name.to_ascii_lowercase(), at);
    }

    /// The fixed address of `name`, if it has one.
    pub fn get(&self, name: &str) -> Option<SocketAddr> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&name)
            .copied()
    }
}

impl FromIterator<(String, SocketAddr)> for Names {
    fn from_iter<T: IntoIterator<Item = (String, SocketAddr)>>(pairs: T) -> Self {
        Self(Arc::new(RwLock::new(pairs.into_iter().collect())))
    }
}

/// Which of the allowed addresses a lookup may answer with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Public ones and those the operator allowed: for https on its own port.
    Allowed,
    /// Only special ones the operator allowed: for plain http and other ports.
    PrivateOnly,
}

/// The resolver of the HTTP client.
#[derive(Clone, Debug)]
pub(crate) struct Resolver {
    reach: Reach,
    names: Names,
    wanted: Wanted,
}

impl Resolver {
    pub(crate) fn new(reach: Reach, names: Names, wanted: Wanted) -> Self {
        Self {
            reach,
            names,
            wanted,
        }
    }

    /// The addresses of `host` that may be connected to. The port is 0 where the URL's own is meant.
    ///
    /// # Errors
    /// [`Failure::Refused`] where the name has addresses and none may be used; [`Failure::Unknown`] where it has none.
    pub(crate) async fn lookup(&self, host: &str) -> Result<Vec<SocketAddr>, Failure> {
        let found: Vec<SocketAddr> = match self.names.get(host) {
            Some(fixed) => vec![fixed],
            None => self.ask(host).await?,
        };
        let Some(first) = found.first().copied() else {
            return Err(Failure::Unknown(host.to_owned()));
        };
        let usable: Vec<SocketAddr> = found.into_iter().filter(|at| self.may_use(at)).collect();
        if usable.is_empty() {
            return Err(Failure::Refused(Refused {
                host: host.to_owned(),
                address: first.ip(),
            }));
        }
        Ok(usable)
    }

    async fn ask(&self, host: &str) -> Result<Vec<SocketAddr>, Failure> {
        let unknown = || Failure::Unknown(host.to_owned());
        let name: dns::Name = host.parse().map_err(|_| unknown())?;
        let validate = !self.reach.has_private();
        match ValidatingDnsResolver::new(Vec::new(), validate)
            .resolve(name)
            .await
        {
            Ok(found) => Ok(found.collect()),
            Err(error) => match error.downcast_ref() {
                Some(CrateError::ResolveInternalIpError(_, address)) => {
                    Err(Failure::Refused(Refused {
                        host: host.to_owned(),
                        address: *address,
                    }))
                }
                _ => Err(unknown()),
            },
        }
    }

    fn may_use(&self, at: &SocketAddr) -> bool {
        match self.wanted {
            Wanted::Allowed => self.reach.allows(at.ip()),
            Wanted::PrivateOnly => self.reach.allows_as_private(at.ip()),
        }
    }
}

/// Why a name gave no address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("no server has the name {0}")]
    Unknown(String),
}

impl dns::Resolve for Resolver {
    fn resolve(&self, name: dns::Name) -> dns::Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let found = resolver.lookup(name.as_str()).await?;
            let addresses: dns::Addrs = Box::new(found.into_iter());
            Ok(addresses)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        [
            ("alpha.test".to_owned(), "127.0.0.1:4001".parse().unwrap()),
            ("public.test".to_owned(), "8.8.8.8:0".parse().unwrap()),
        ]
        .into_iter()
        .collect()
    }

    #[tokio::test]
    async fn a_private_address_by_name_is_refused_unless_allowed() {
        let closed = Resolver::new(Reach::public(), names(), Wanted::Allowed);
        let refused = closed.lookup("alpha.test").await.unwrap_err();
        assert!(
            matches!(&refused, Failure::Refused(why) if why.host == "alpha.test"),
            "{refused}"
        );
        assert!(closed.lookup("public.test").await.is_ok());

        let open = Resolver::new(Reach::everywhere(), names(), Wanted::Allowed);
        assert_eq!(
            open.lookup("ALPHA.test.").await.unwrap(),
            ["127.0.0.1:4001".parse().unwrap()]
        );
    }

    #[tokio::test]
    async fn plain_http_reaches_private_addresses_alone() {
        let resolver = Resolver::new(Reach::everywhere(), names(), Wanted::PrivateOnly);
        assert!(resolver.lookup("alpha.test").await.is_ok());
        assert!(matches!(
            resolver.lookup("public.test").await,
            Err(Failure::Refused(_))
        ));
    }

    #[tokio::test]
    async fn localhost_of_the_system_is_refused_too() {
        let resolver = Resolver::new(Reach::public(), Names::default(), Wanted::Allowed);
        assert!(matches!(
            resolver.lookup("localhost").await,
            Err(Failure::Refused(_))
        ));
    }

    #[test]
    fn clones_share_the_table() {
        let names = names();
        names
            .clone()
            .set("Beta.test", "127.0.0.1:4002".parse().unwrap());
        assert_eq!(
            names.get("beta.test"),
            Some("127.0.0.1:4002".parse().unwrap())
        );
    }
}
