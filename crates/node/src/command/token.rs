//! `stoa token …`.

use anyhow::bail;
use clap::Subcommand;
use db::Clock;
use domain::session::{self, Kind, Scope};
use serde_json::json;

use super::account;
use super::output::Output;
use crate::assembly;
use crate::config::Config;

/// Tokens for programs.
#[derive(Subcommand)]
pub(super) enum Token {
    /// Make a token; it is shown only once.
    Create {
        /// The account it acts as.
        name: String,
        /// What it may do: read, write, follow, moderate, admin; with commas between them.
        #[arg(long, default_value = "read,write,follow")]
        scope: String,
        /// What it is for, as its owner sees it.
        #[arg(long, default_value = "made on the command line")]
        label: String,
    },
}

impl Token {
    pub(super) async fn run(self, config: &Config, output: &Output) -> anyhow::Result<()> {
        let Self::Create { name, scope, label } = self;
        let scopes = scopes(&scope)?;
        let cx = assembly::context(config, Clock::System).await?;
        let caller = account::find(&cx, &name).await?;
        let (token, session) = cx
            .write(async |tx| session::open(tx, caller.id, Kind::Token, &scopes, &label).await)
            .await?;
        let expires = session.expires_at.rfc3339();
        output.say(
            &token,
            &json!({"token": token, "name": caller.name, "expires_at": expires}),
        )
    }
}

fn scopes(text: &str) -> anyhow::Result<Vec<Scope>> {
    let mut scopes = Vec::new();
    for word in text
        .split(',')
        .map(str::trim)
        .filter(|word| !word.is_empty())
    {
        match Scope::parse(word) {
            Some(scope) => scopes.push(scope),
            None => bail!(
                "there is no scope {word:?}; there are read, write, follow, moderate and admin"
            ),
        }
    }
    Ok(scopes)
}
