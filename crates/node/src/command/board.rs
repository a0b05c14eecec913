//! `stoa board …`.

use anyhow::Context as _;
use clap::Subcommand;
use db::Clock;
use domain::board::{self, Draft, Settings};
use domain::{Caller, Context, Role};
use serde_json::json;

use super::account;
use super::output::Output;
use crate::assembly;
use crate::config::Config;

/// Boards of this node.
#[derive(Subcommand)]
pub(super) enum Board {
    /// Make a board.
    Create {
        /// Its name: a to z, 0 to 9 and _.
        name: String,
        /// Its title for people.
        #[arg(long)]
        title: String,
        /// What it is about.
        #[arg(long, default_value = "")]
        description: String,
        /// The account that moderates it; else the first admin.
        #[arg(long = "as")]
        as_account: Option<String>,
    },
}

impl Board {
    pub(super) async fn run(self, config: &Config, output: &Output) -> anyhow::Result<()> {
        let Self::Create {
            name,
            title,
            description,
            as_account,
        } = self;
        let cx = assembly::context(config, Clock::System).await?;
        let caller = owner(&cx, as_account.as_deref()).await?;
        let keys = federation::key_pair().await?;
        let draft = Draft {
            name,
            title,
            about: description,
            rules: String::new(),
            settings: Settings::default(),
        };
        let board = cx
            .write(async |tx| board::create(tx, &caller, draft, keys).await)
            .await?;
        let sentence = format!("/{}/ is at {}", board.name, board.url);
        output.say(
            &sentence,
            &json!({"name": board.name, "url": board.url, "uri": board.uri}),
        )
    }
}

/// Whoever sits at the machine may make boards for any account.
async fn owner(cx: &Context, name: Option<&str>) -> anyhow::Result<Caller> {
    let caller = match name {
        Some(name) => account::find(cx, name).await?,
        None => domain::account::first_admin(&mut *cx.read().await?)
            .await?
            .context("there is no admin yet: `stoa account create NAME --admin` makes one, or name an account with --as")?,
    };
    Ok(Caller {
        role: Role::Admin,
        ..caller
    })
}
