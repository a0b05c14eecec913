//! `stoa follow`.

use anyhow::Context as _;
use clap::Args;
use db::Clock;
use domain::handle::Handle;
use federation::Names;
use serde_json::json;

use super::account;
use super::output::Output;
use crate::assembly::{self, Parts};
use crate::config::Config;

/// Follow a board or an account of another server; a running node delivers the request.
#[derive(Args)]
pub(super) struct Follow {
    /// The board or account, as name@host.
    target: String,
    /// The account that follows.
    #[arg(long = "as")]
    as_account: String,
}

impl Follow {
    pub(super) async fn run(self, config: Config, output: &Output) -> anyhow::Result<()> {
        let handle = Handle::parse(&self.target, &config.site)
            .with_context(|| format!("{:?} is no name like art@example.org", self.target))?;
        let parts = Parts {
            config,
            clock: Clock::System,
            names: Names::default(),
        };
        let node = assembly::assemble(parts).await?;
        let caller = account::find(&node.app.cx, &self.as_account).await?;
        let target = node
            .federation
            .remote()
            .actor(&handle)
            .await
            .with_context(|| format!("{handle} cannot be found"))?;
        let cx = &node.app.cx;
        let state = cx
            .write(async |tx| domain::follow::set(tx, &caller, target).await)
            .await?;
        let sentence = format!("{} follows {handle}: {}.", caller.name, state.name());
        output.say(
            &sentence,
            &json!({"follower": caller.name, "target": handle.to_string(), "state": state.name()}),
        )
    }
}
