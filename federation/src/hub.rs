//! What every part of the federation shares: the node, the HTTP client, and the keys of our actors.

use std::collections::HashMap;
use std::sync::atomic::AtomicI64;
use std::sync::{Arc, Mutex, PoisonError};

use db::Conn;
use domain::{Context, Id, Site};

use crate::fetch::Client;
use crate::key::{PrivateKey, Signer};
use crate::trouble::Trouble;

/// Parsed keys kept in memory; beyond that they are read from the database again.
const KEYS_KEPT: usize = 2_000;

/// The shared parts; clones are cheap.
#[derive(Clone)]
pub(crate) struct Hub(Arc<Parts>);

pub(crate) struct Parts {
    pub(crate) app: web::App,
    pub(crate) client: Client,
    /// Signs what the node itself fetches.
    pub(crate) instance: Signer,
    /// Tells this process from others where peers are leased.
    pub(crate) process: i64,
    /// When the sweeping was last done.
    pub(crate) swept_at: AtomicI64,
    keys: Mutex<HashMap<Id, Signer>>,
}

impl std::ops::Deref for Hub {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Hub {
    pub(crate) fn new(app: web::App, client: Client, instance: Signer) -> Self {
        Self(Arc::new(Parts {
            app,
            client,
            instance,
            process: domain::peer::lease_token(),
            swept_at: AtomicI64::new(0),
            keys: Mutex::default(),
        }))
    }

    pub(crate) fn cx(&self) -> &Context {
        &self.app.cx
    }

    pub(crate) fn site(&self) -> &Site {
        &self.app.cx.site
    }

    /// Whether this id is one of this node.
    pub(crate) fn is_ours(&self, uri: &str) -> bool {
        crate::origin::same_text(uri, &self.site().origin)
    }

    /// Nothing where the server of this address may be asked: not where an admin suspended it.
    pub(crate) async fn admit(&self, url: &url::Url) -> Result<(), Trouble> {
        let host = crate::origin::authority(url);
        match domain::peer::is_suspended(&mut *self.cx().read().await?, &host).await? {
            true => Err(domain::Error::from(domain::Denial::PeerSuspended).into()),
            false => Ok(()),
        }
    }

    /// The key of one of our actors.
    pub(crate) async fn signer(&self, conn: &mut Conn, actor: Id) -> Result<Signer, Trouble> {
        if let Some(signer) = self
            .keys
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&actor)
        {
            return Ok(signer.clone());
        }
        let row = domain::actor::key(conn, actor).await?;
        let key = PrivateKey::from_pem(&row.private_pem).map_err(domain::Error::internal)?;
        let signer = Signer::new(&row.key_id, key);
        let mut keys = self.keys.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.len() >= KEYS_KEPT {
            keys.clear();
        }
        keys.insert(actor, signer.clone());
        Ok(signer)
    }
}
