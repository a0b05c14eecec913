//! A made-up community, written into an empty database: the one body of the example `fill` and of the load runs of
//! reading.
//!
//! Both name this file by its path and mount it as `community`, because neither can see the other. The same seed, number
//! and end give the same rows. Rows go into the tables directly and in bulk: no verb runs, no event is noted, no
//! picture's file is made. Boards, authors, threads, tags and votes have skewed sizes, as real ones have.

mod chance;
mod plan;
mod sink;
mod text;
mod write;

use anyhow::bail;
use db::{Db, Timestamp, rows};
use node::config::Config;

use sink::Sink;
use write::Fixed;

pub(crate) use plan::Plan;

/// What every account of the made community signs in with.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// Which community.
pub(crate) struct Wish {
    /// Posts, opening posts included.
    pub(crate) posts: u32,
    /// Another seed gives another community.
    pub(crate) seed: u64,
    /// When the last post was written.
    pub(crate) until: Timestamp,
}

/// Fills the empty database of `config`; answers what was made of the wish, and how many rows that is.
pub(crate) async fn fill(config: &Config, wish: &Wish) -> anyhow::Result<(Plan, u64)> {
    if wish.until < Plan::earliest() {
        bail!("the end must be {} or later", Plan::earliest().rfc3339());
    }
    let db = Db::open(&config.database).await?;
    let tables = rows::tables(&mut *db.read().await?).await?;
    if !rows::is_empty(&mut *db.read().await?, &tables).await? {
        bail!("the database is not empty; name a new one by STOA_DATA or DATABASE_URL");
    }
    let plan = Plan::draw(wish.posts, wish.seed, wish.until);
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
    Ok((plan, written))
}
