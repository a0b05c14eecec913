//! `stoa account …`.

use std::io::Read;

use anyhow::Context as _;
use clap::Subcommand;
use db::Clock;
use domain::account::{self, Draft};
use domain::{Context, Role};
use rand::distr::{Alphanumeric, SampleString};
use serde_json::json;

use super::output::Output;
use crate::assembly;
use crate::config::Config;

/// Characters of a password that we make up.
const MADE_UP: usize = 20;

/// Accounts of this node.
#[derive(Subcommand)]
pub(super) enum Account {
    /// Make an account, whether sign-up is open or not.
    Create {
        /// Its name: a to z, 0 to 9 and _.
        name: String,
        /// Let it run the node.
        #[arg(long)]
        admin: bool,
        /// Read the password from standard input; else one is made up and shown once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give an account a new password and end its sessions.
    Passwd {
        /// Its name.
        name: String,
        /// Read the password from standard input; else one is made up and shown once.
        #[arg(long)]
        password_stdin: bool,
    },
    /// Let an account run the node.
    Promote {
        /// Its name.
        name: String,
    },
    /// Stop an account from signing in and posting.
    Disable {
        /// Its name.
        name: String,
    },
}

impl Account {
    pub(super) async fn run(self, config: &Config, output: &Output) -> anyhow::Result<()> {
        let cx = assembly::context(config, Clock::System).await?;
        match self {
            Self::Create {
                name,
                admin,
                password_stdin,
            } => {
                let role = if admin { Role::Admin } else { Role::Member };
                create(&cx, output, name, role, password(password_stdin)?).await
            }
            Self::Passwd {
                name,
                password_stdin,
            } => {
                let (password, shown) = password(password_stdin)?;
                let caller = find(&cx, &name).await?;
                let draft = Draft {
                    name,
                    password: password.clone(),
                    email: None,
                };
                account::check(&draft, &cx.site)?;
                let hash = account::hash(password).await?;
                cx.write(async |tx| account::reset_password(tx, caller.id, hash).await)
                    .await?;
                say(
                    output,
                    &format!("{} has a new password.", draft.name),
                    &draft.name,
                    shown.as_deref(),
                )
            }
            Self::Promote { name } => {
                let caller = find(&cx, &name).await?;
                cx.write(async |tx| account::set_role(tx, caller.id, Role::Admin).await)
                    .await?;
                say(output, &format!("{name} runs the node now."), &name, None)
            }
            Self::Disable { name } => {
                let caller = find(&cx, &name).await?;
                cx.write(async |tx| account::disable(tx, caller.id).await)
                    .await?;
                say(output, &format!("{name} is disabled."), &name, None)
            }
        }
    }
}

async fn create(
    cx: &Context,
    output: &Output,
    name: String,
    role: Role,
    (password, shown): (String, Option<String>),
) -> anyhow::Result<()> {
    let draft = Draft {
        name,
        password: password.clone(),
        email: None,
    };
    account::check(&draft, &cx.site)?;
    let hash = account::hash(password).await?;
    let keys = federation::key_pair().await?;
    let caller = cx
        .write(async |tx| account::create(tx, draft, role, keys, hash).await)
        .await?;
    say(
        output,
        &format!("{} is here.", caller.name),
        &caller.name,
        shown.as_deref(),
    )
}

fn say(output: &Output, sentence: &str, name: &str, password: Option<&str>) -> anyhow::Result<()> {
    let sentence = match password {
        Some(password) => format!("{sentence} Its password, shown only now: {password}"),
        None => sentence.to_owned(),
    };
    output.say(&sentence, &json!({"name": name, "password": password}))
}

/// A password from standard input, or a made-up one that is to be shown.
fn password(from_stdin: bool) -> anyhow::Result<(String, Option<String>)> {
    if from_stdin {
        let mut text = String::new();
        std::io::stdin()
            .take(10_000)
            .read_to_string(&mut text)
            .context("the password cannot be read")?;
        return Ok((text.trim_end_matches(['\r', '\n']).to_owned(), None));
    }
    let made = Alphanumeric.sample_string(&mut rand::rng(), MADE_UP);
    Ok((made.clone(), Some(made)))
}

/// The account of that name, with a sentence that names it where there is none.
pub(super) async fn find(cx: &Context, name: &str) -> anyhow::Result<domain::Caller> {
    let found = account::caller(&mut *cx.read().await?, name).await;
    found.with_context(|| format!("there is no account {name:?} on this node"))
}
