//! The command line: what an admin does without a browser.
//!
//! Every command fails with a non-zero exit code and says why on standard error; with `--json` it answers on
//! standard output what a program can read.

mod account;
mod backup;
mod board;
mod demo;
mod doctor;
mod follow;
mod output;
mod serve;
mod token;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use db::Clock;

use crate::assembly;
use crate::config::Config;
use crate::logs;
use output::Output;

/// A federated imageboard.
#[derive(Parser)]
#[command(name = "stoa", version, about, propagate_version = true)]
struct Cli {
    /// Answer in JSON.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Subcommand)]
enum Command {
    /// Run the node; also what happens without a command.
    Serve,
    /// Three nodes on this machine that talk to each other, and a table of what arrived.
    Demo(demo::Demo),
    /// Bring the database up to date and stop.
    Migrate,
    /// Look whether everything is well, and say what to do where it is not.
    Doctor,
    Backup(backup::Backup),
    Restore(backup::Restore),
    /// Accounts of this node.
    #[command(subcommand)]
    Account(account::Account),
    /// Tokens for programs.
    #[command(subcommand)]
    Token(token::Token),
    /// Boards of this node.
    #[command(subcommand)]
    Board(board::Board),
    /// Follow a board or an account of another server.
    Follow(follow::Follow),
}

/// Runs the command that the process was started with.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let output = Output::new(cli.json);
    match dispatch(cli.command.unwrap_or(Command::Serve), &output).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output.fail(&error);
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command, output: &Output) -> anyhow::Result<()> {
    let mut config = Config::load()?;
    if matches!(command, Command::Demo(_)) {
        config.hush();
    }
    logs::start(&config)?;
    match command {
        Command::Serve => serve::run(config, output).await,
        Command::Demo(command) => command.run().await,
        Command::Migrate => {
            assembly::context(&config, Clock::System).await?;
            output.say(
                "The database is up to date.",
                &serde_json::json!({"migrated": true}),
            )
        }
        Command::Doctor => doctor::run(&config, output).await,
        Command::Backup(command) => command.run(&config, output).await,
        Command::Restore(command) => command.run(&config, output).await,
        Command::Account(command) => command.run(&config, output).await,
        Command::Token(command) => command.run(&config, output).await,
        Command::Board(command) => command.run(&config, output).await,
        Command::Follow(command) => command.run(config, output).await,
    }
}
