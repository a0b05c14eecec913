//! A node from its parts: database, pictures, domain, federation, and the faces behind one router.

use std::sync::Arc;

use axum::Router;
use db::{Clock, Db, Ids};
use domain::Context;
use federation::{Federation, Names, Workers};

use crate::config::Config;
use crate::metrics::Requests;
use crate::router;

/// What a node is made of.
pub struct Parts {
    /// Its settings.
    pub config: Config,
    /// The one source of time.
    pub clock: Clock,
    /// Names with fixed addresses; empty outside tests.
    pub names: Names,
}

/// A node that is ready to serve.
pub struct Node {
    /// What the faces share.
    pub app: web::App,
    /// Its federation.
    pub federation: Federation,
    /// What runs beside the server.
    pub workers: Workers,
    /// All faces.
    pub router: Router,
    /// What the router counts.
    pub requests: Requests,
    /// What it keeps.
    pub cache: web::Cache,
}

/// Why a node cannot be put together.
#[derive(Debug, thiserror::Error)]
pub enum AssemblyError {
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The folder of pictures.
    #[error("the folder of pictures {0} cannot be used: {1}")]
    Media(String, std::io::Error),
    /// The federation.
    #[error(transparent)]
    Federation(#[from] federation::StartError),
}

/// The part of a node that commands need: the domain over its database.
///
/// # Errors
/// The database cannot be opened or migrated.
pub async fn context(config: &Config, clock: Clock) -> Result<Context, AssemblyError> {
    let db = Db::open(&config.database).await?;
    let ids = Ids::lease(&db, &clock).await?;
    let wake = jobs::Wake::default();
    Ok(Context {
        db,
        clock,
        ids,
        site: Arc::new(config.site.clone()),
        wake,
    })
}

/// Puts a node together; nothing runs yet.
///
/// # Errors
/// [`AssemblyError`].
pub async fn assemble(parts: Parts) -> Result<Node, AssemblyError> {
    let Parts {
        config,
        clock,
        names,
    } = parts;
    let cx = context(&config, clock).await?;
    let store = media::Store::open(&config.media)
        .map_err(|cause| AssemblyError::Media(config.media.display().to_string(), cause))?;
    let ingest = media::Ingest::new(store, media::Limits::default());
    let app = web::App::new(
        cx,
        ingest,
        env!("CARGO_PKG_VERSION"),
        config.trusted_proxies,
    );
    let settings = federation::Settings {
        reach: config.reach,
        names,
    };
    let federation = Federation::start(app.clone(), settings).await?;
    let requests = Requests::default();
    let cache = web::Cache::new(app.clone(), config.cache_bytes);
    let router = router::all(&app, &federation, &cache, &requests);
    let workers = federation.workers();
    Ok(Node {
        app,
        federation,
        workers,
        router,
        requests,
        cache,
    })
}
