//! Fills an empty database with a large community, for measuring how reading behaves as a node grows.
//!
//! It reads the settings that `stoa` reads, so the same environment serves what it made. What it makes is said in
//! `community.rs`, which the load runs share.

#[path = "community.rs"]
mod community;

use anyhow::Context as _;
use clap::Parser;
use db::{Clock, Timestamp};
use node::config::Config;

use community::{PASSWORD, Plan, Wish};

/// Fill an empty database with posts that look like a community's.
#[derive(Parser)]
#[command(name = "fill")]
struct Fill {
    /// How many posts, opening posts included.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=20_000_000))]
    posts: u32,
    /// Another seed gives another community.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// When the last post was written, in RFC 3339; now, unless given.
    #[arg(long)]
    until: Option<String>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let fill = Fill::parse();
    let until = match &fill.until {
        Some(text) => {
            Timestamp::parse(text).context("--until takes a time like 2026-01-31T12:00:00Z")?
        }
        None => Clock::System.now(),
    };
    let wish = Wish {
        posts: fill.posts,
        seed: fill.seed,
        until,
    };
    let config = Config::load()?;
    let begun = tokio::time::Instant::now();
    let (plan, written) = community::fill(&config, &wish).await?;
    report(&plan, &config, written, begun.elapsed().as_secs());
    Ok(())
}

#[allow(
    clippy::print_stdout,
    reason = "a developer's command says what it did"
)]
fn report(plan: &Plan, config: &Config, written: u64, seconds: u64) {
    println!("{}: {written} rows in {seconds} s", plan.summary());
    println!(
        "every account of {} signs in with {PASSWORD:?}; the admin is {:?}",
        config.site.host, plan.people[0].name
    );
    println!("repeat it with --until {}", plan.until.rfc3339());
}
