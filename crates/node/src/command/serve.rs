//! `stoa serve`.

use anyhow::Context;
use db::Clock;
use federation::Names;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::output::Output;
use crate::assembly::{self, Parts};
use crate::config::Config;
use crate::serve;

pub(super) async fn run(config: Config, output: &Output) -> anyhow::Result<()> {
    let bind = config.bind;
    let listener = TcpListener::bind(bind)
        .await
        .with_context(|| format!("cannot listen on {bind}; STOA_BIND names another address"))?;
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

    let stop = CancellationToken::new();
    let told = stop.clone();
    tokio::spawn(async move {
        serve::told_to_stop().await;
        tracing::info!("stopping");
        told.cancel();
    });
    Ok(serve::run(node, listener, stop).await?)
}
