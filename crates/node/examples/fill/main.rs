//! Fills an empty database with a large community, for measuring how reading behaves as a node grows.
//!
//! It reads the settings that `stoa` reads, so the same environment serves what it made. The same seed, number and end
//! give the same rows. Rows go into the tables directly and in bulk: no verb runs, no event is noted, no picture's file
//! is made. Boards, authors, threads, tags and votes have skewed sizes, as real ones have.

mod chance;
mod plan;
mod sink;
mod text;
mod write;

use anyhow::{Context as _, bail};
use clap::Parser;
use db::{Clock, Db, Timestamp, rows};
use node::config::Config;

use plan::Plan;
use sink::Sink;
use write::Fixed;

/// What every account of the made community signs in with.
const PASSWORD: &str = "correct horse battery";

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
    if until < Plan::earliest() {
        bail!("--until must be {} or later", Plan::earliest().rfc3339());
    }
    let config = Config::load()?;
    let db = Db::open(&config.database).await?;
    let tables = rows::tables(&mut *db.read().await?).await?;
    if !rows::is_empty(&mut *db.read().await?, &tables).await? {
        bail!("the database is not empty; name a new one by STOA_DATA or DATABASE_URL");
    }
    let begun = tokio::time::Instant::now();
    let plan = Plan::draw(fill.posts, fill.seed, until);
    let keys = federation::key_pair().await?;
    let hash = domain::account::hash(PASSWORD.to_owned()).await?;
    let fixed = Fixed {
        origin: config.site.origin.clone(),
        password_hash: hash.as_str().to_owned(),
        private_key: keys.private_pem,
        public_key: keys.public_pem,
    };
    let mut sink = Sink::open(db, tables).await?;
    write::all(&plan, &fixed, &mut sink).await?;
    let written = sink.close().await?;
    report(&plan, &config, written, begun.elapsed().as_secs());
    Ok(())
}

#[allow(
    clippy::print_stdout,
    reason = "a developer's command says what it did"
)]
fn report(plan: &Plan, config: &Config, written: u64, seconds: u64) {
    println!(
        "{} posts in {} threads on {} boards by {} accounts: {written} rows in {seconds} s",
        plan.posts.len(),
        plan.threads.len(),
        plan.boards.len(),
        plan.people.len(),
    );
    let busiest = plan.threads.iter().max_by_key(|thread| thread.replies);
    if let Some(thread) = busiest {
        let board = &plan.boards[thread.board as usize].name;
        println!(
            "the longest thread: /b/{board}/{} with {} replies",
            thread.no, thread.replies
        );
    }
    println!(
        "every account of {} signs in with {PASSWORD:?}; the admin is {:?}",
        config.site.host, plan.people[0].name
    );
    println!("repeat it with --until {}", plan.until.rfc3339());
}
