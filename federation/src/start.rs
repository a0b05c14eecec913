//! Setting the federation up: the HTTP client, the node's own actor, and what it offers to `node`.

use axum::Router;
use domain::account::KeyPair;

use crate::fetch;
use crate::hub::Hub;
use crate::key::{PrivateKey, Signer};
use crate::{Names, Reach, Remote, Workers, serve};

/// What the federation needs to know beside the node's parts.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which special addresses may be spoken to.
    pub reach: Reach,
    /// Names with fixed addresses, for tests that run several nodes in one process.
    pub names: Names,
}

/// Why it could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The HTTP client.
    #[error(transparent)]
    Client(#[from] crate::fetch::SetupError),
    /// The node's own actor.
    #[error("the node's own actor: {0}")]
    Domain(#[from] domain::Error),
}

/// The running federation of a node.
#[derive(Clone)]
pub struct Federation(Hub);

impl Federation {
    /// Sets it up; makes the node's own actor where there is none yet.
    ///
    /// # Errors
    /// TLS cannot be set up, or the database refuses.
    pub async fn start(app: web::App, settings: Settings) -> Result<Self, StartError> {
        let cx = &app.cx;
        let own = domain::actor::own(&mut *cx.read().await?).await?;
        let own = match own {
            Some(own) => own,
            None => {
                let keys = key_pair().await?;
                cx.write(async |tx| domain::actor::instance(tx, keys).await)
                    .await?
            }
        };
        let key = domain::actor::key(&mut *cx.read().await?, own.id).await?;
        let private = PrivateKey::from_pem(&key.private_pem).map_err(domain::Error::internal)?;
        let client = fetch::Client::new(fetch::Settings {
            origin: cx.site.origin.clone(),
            reach: settings.reach,
            names: settings.names,
            clock: cx.clock.clone(),
            limits: fetch::Limits::default(),
        })?;
        let instance = Signer::new(&key.key_id, private);
        Ok(Self(Hub::new(app, client, instance)))
    }

    pub(crate) fn hub(&self) -> &Hub {
        &self.0
    }

    /// Inboxes, documents and discovery.
    pub fn router(&self) -> Router {
        serve::router(self.0.clone())
    }

    /// What has to run beside the server.
    pub fn workers(&self) -> Workers {
        Workers::new(self.0.clone())
    }

    /// Looks up foreign things for the other faces.
    pub fn remote(&self) -> Remote {
        Remote::new(self.0.clone())
    }
}

/// Makes the key pair of a new actor, off the async threads.
///
/// # Errors
/// The system gives no randomness.
pub async fn key_pair() -> domain::Result<KeyPair> {
    let made = tokio::task::spawn_blocking(|| {
        let key = PrivateKey::made()?;
        Ok::<_, crate::key::KeyError>((key.public_pem()?, key.to_pem()?))
    });
    let (public_pem, private_pem) = made
        .await
        .map_err(domain::Error::internal)?
        .map_err(domain::Error::internal)?;
    Ok(KeyPair {
        public_pem,
        private_pem,
    })
}
