//! The rows of a plan, table after table: each after those it refers to.

mod content;
mod world;

use crate::community::plan::Plan;
use crate::community::sink::Sink;

/// What is the same in every community.
pub(crate) struct Fixed {
    pub(crate) origin: String,
    pub(crate) password_hash: String,
    pub(crate) private_key: String,
    pub(crate) public_key: String,
}

impl Fixed {
    /// The origin of what lives at this host; empty is this node.
    fn origin_of(&self, host: &str) -> String {
        match host {
            "" => self.origin.clone(),
            host => format!("https://{host}"),
        }
    }
}

/// Writes everything.
pub(crate) async fn all(plan: &Plan, fixed: &Fixed, sink: &mut Sink) -> anyhow::Result<()> {
    world::peers(plan, sink).await?;
    world::actors(plan, fixed, sink).await?;
    world::boards(plan, sink).await?;
    world::follows(plan, fixed, sink).await?;
    world::tags(plan, sink).await?;
    content::threads(plan, sink).await?;
    content::posts(plan, fixed, sink).await?;
    content::references(plan, sink).await?;
    content::tagged(plan, sink).await?;
    content::media(plan, sink).await?;
    content::attachments(plan, fixed, sink).await?;
    content::votes(plan, fixed, sink).await
}
