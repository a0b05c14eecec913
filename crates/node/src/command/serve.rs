//! `stoa serve`.

use anyhow::Context;
use db::Clock;
use domain::first_run;
use federation::Names;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::output::Output;
use crate::assembly::{self, Node, Parts};
use crate::config::Config;
use crate::metrics;
use crate::serve;

pub(super) async fn run(config: Config, output: &Output) -> anyhow::Result<()> {
    let bind = config.bind;
    let listener = TcpListener::bind(bind)
        .await
        .with_context(|| format!("cannot listen on {bind}; STOA_BIND names another address"))?;
    let monitor = match config.metrics {
        Some(address) => Some(TcpListener::bind(address).await.with_context(|| {
            format!("cannot listen on {address}; STOA_METRICS names another address")
        })?),
        None => None,
    };
    let origin = config.site.origin.clone();
    let parts = Parts {
        config,
        clock: Clock::System,
        names: Names::default(),
    };
    let node = assembly::assemble(parts).await?;
    let sentence = format!("Stoa serves {origin} on {bind}.");
    output.say(
        &sentence,
        &json!({"origin": origin, "bind": bind.to_string()}),
    )?;

    welcome(&node, &origin, output).await?;

    let stop = CancellationToken::new();
    if let Some(monitor) = monitor {
        let router = metrics::router(node.app.clone(), node.requests.clone(), node.cache.clone());
        let stopped = stop.clone().cancelled_owned();
        tokio::spawn(async move {
            let served = axum::serve(monitor, router).with_graceful_shutdown(stopped);
            if let Err(error) = served.await {
                tracing::error!(%error, "the monitor's address is not served any more");
            }
        });
    }
    let told = stop.clone();
    tokio::spawn(async move {
        serve::told_to_stop().await;
        tracing::info!("stopping");
        told.cancel();
    });
    Ok(serve::run(node, listener, stop).await?)
}

/// Shows whoever starts a node without an admin the way to become one. Said once, never logged.
async fn welcome(node: &Node, origin: &str, output: &Output) -> anyhow::Result<()> {
    let cx = &node.app.cx;
    let Some(secret) = cx.write(async |tx| first_run::offer(tx).await).await? else {
        return Ok(());
    };
    let link = format!("{origin}/first-run?token={secret}");
    let sentence = format!(
        "This node has no admin yet. Make the first one here; the link is good until it was used or the node starts again:\n{link}"
    );
    output.say(&sentence, &json!({"first_run": link}))
}
