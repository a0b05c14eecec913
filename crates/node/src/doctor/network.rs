//! The node as others see it.

use std::net::IpAddr;

use db::Clock;
use federation::{MirrorError, Names};

use super::Finding;
use crate::assembly::{self, Parts};
use crate::config::Config;

/// Whether the public address is one that others can use.
pub(super) fn address(config: &Config) -> Finding {
    let origin = &config.site.origin;
    let host = config.site.host.split(':').next().unwrap_or_default();
    let nowhere = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
    if nowhere {
        return Finding::notice(
            "address",
            format!("{origin} leads nowhere from other machines"),
            "Set STOA_URL to the public address before anybody outside hears of this node; it cannot be changed later.",
        );
    }
    if !origin.starts_with("https://") {
        return Finding::notice(
            "address",
            format!("{origin} has no TLS"),
            "Other servers speak https only. Put a proxy with a certificate in front, and set STOA_URL to https.",
        );
    }
    Finding::fine("address", origin.clone())
}

/// Whether the node's own actor can be fetched through its public address.
pub(super) async fn mirror(config: &Config, clock: &Clock) -> Finding {
    let parts = Parts {
        config: config.clone(),
        clock: clock.clone(),
        names: Names::default(),
    };
    let node = match assembly::assemble(parts).await {
        Ok(node) => node,
        Err(error) => {
            let advice = "`stoa serve` would say the same; see the other findings.";
            return Finding::problem("reachable", error.to_string(), advice);
        }
    };
    match node.federation.mirror().await {
        Ok(()) => Finding::fine(
            "reachable",
            "the node's actor answers at its public address, with its key",
        ),
        Err(error) => Finding::problem("reachable", error.to_string(), advice(&error)),
    }
}

fn advice(error: &MirrorError) -> &'static str {
    match error {
        MirrorError::Address(_) => "Set STOA_URL to an address like https://boards.example.",
        MirrorError::Fetch(..) => {
            "Check that the node runs, that its name leads to the proxy, that the certificate is valid, and that the \
             proxy passes Host and Accept on. If the name leads to a private address from here, look from outside."
        }
        MirrorError::Stranger(..) => {
            "Another node, or this one with another STOA_URL, answers there. Compare STOA_URL with the address."
        }
        MirrorError::Key(..) => {
            "The node that answers uses another database. Give this command the same environment as the node."
        }
    }
}
