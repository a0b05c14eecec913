//! Foreign pictures: downloaded by a job, checked like an upload, and served from here.

use domain::{Event, Id};
use jobs::Job;
use tokio::io::AsyncWriteExt;

use crate::fetch::FetchError;
use crate::hub::Hub;
use crate::origin;
use crate::trouble::{Cure, Trouble};

/// How often a picture is asked for before it is given up.
const TRIES: i32 = 6;

/// Fetches the picture of one attachment.
pub(crate) async fn work(hub: &Hub, job: &Job, attachment: Id) -> Result<(), Trouble> {
    let wanted = domain::attachment::wanted(&mut *hub.cx().read().await?, attachment).await?;
    let Some(address) = wanted else {
        return finish(hub, job).await;
    };
    match fetch(hub, &address).await {
        Ok(picture) => {
            let kept = hub.cx().write(async |tx| {
                domain::attachment::fetched(tx, attachment, picture).await?;
                Ok(jobs::finish(&mut tx.conn, job.id).await?)
            });
            Ok(kept.await?)
        }
        Err(trouble) if trouble.cure() == Cure::Retry && job.attempts < TRIES => Err(trouble),
        Err(trouble) => {
            let why = trouble.to_string();
            let failed = hub.cx().write(async |tx| {
                domain::attachment::failed(tx, attachment, &why).await?;
                Ok(jobs::finish(&mut tx.conn, job.id).await?)
            });
            Ok(failed.await?)
        }
    }
}

async fn fetch(hub: &Hub, address: &str) -> Result<media::Picture, Trouble> {
    let url =
        origin::parse(address).ok_or_else(|| Trouble::refused("the picture's address is none"))?;
    hub.admit(&url).await?;
    let ingest = &hub.app.ingest;
    let file = tempfile::NamedTempFile::new().map_err(FetchError::from)?;
    let mut sink = tokio::fs::File::create(file.path())
        .await
        .map_err(FetchError::from)?;
    hub.client
        .download(&url, ingest.limits().bytes, &mut sink)
        .await?;
    sink.shutdown().await.map_err(FetchError::from)?;
    ingest
        .file(file.path())
        .await
        .map_err(|fault| Trouble::refused(fault.to_string()))
}

async fn finish(hub: &Hub, job: &Job) -> Result<(), Trouble> {
    let done = hub
        .cx()
        .write(async |tx| Ok(jobs::finish(&mut tx.conn, job.id).await?));
    Ok(done.await?)
}

/// Runs one job of the fetching queue.
pub(crate) async fn dispatch(hub: &Hub, job: &Job) -> Result<(), Trouble> {
    let event: Event = serde_json::from_str(&job.payload).map_err(domain::Error::internal)?;
    match event {
        Event::MediaWanted { attachment } => work(hub, job, attachment).await,
        Event::BoardWanted { board } => {
            crate::backfill::board(hub, board).await?;
            finish(hub, job).await
        }
        _ => finish(hub, job).await,
    }
}
