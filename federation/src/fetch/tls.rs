//! Sets up the two clients below [`super::Client`]: TLS, names, no proxies, no redirects of their own.
//!
//! The roots are the system's (`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured); reqwest's own verifier would refuse
//! to start on a machine that has none, where the demo must still run.

use std::sync::Arc;
use std::time::Duration;

use reqwest::redirect::Policy;
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};

use crate::fetch::{Limits, SetupError};
use crate::resolve::Resolver;

/// Connections kept open to one host: as many as a delivery has lanes at most.
const IDLE_PER_HOST: usize = 32;
const IDLE_FOR: Duration = Duration::from_secs(30);

/// A client that resolves with `resolver`.
#[expect(clippy::disallowed_methods, reason = "this is the one client")]
pub(super) fn client(
    agent: &str,
    resolver: Resolver,
    limits: Limits,
) -> Result<reqwest::Client, SetupError> {
    let client = reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .dns_resolver(resolver)
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .user_agent(agent)
        .connect_timeout(limits.connect)
        .pool_max_idle_per_host(IDLE_PER_HOST)
        .pool_idle_timeout(IDLE_FOR)
        .build()?;
    Ok(client)
}

fn tls() -> Result<ClientConfig, SetupError> {
    let mut roots = RootCertStore::empty();
    let system = rustls_native_certs::load_native_certs();
    let (read, unreadable) = roots.add_parsable_certificates(system.certs);
    if read == 0 {
        tracing::warn!(
            unreadable,
            "no root certificates found: peers over https cannot be reached"
        );
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
