//! Admins suspend a server and open it again; the public log says so.
//!
//! What it made stays in the database and is marked as withheld, so that opening it again brings everything back.
//! Whether a thread or a picture is withheld is decided anew each time: another server may still hold it back, or
//! somebody else may still show it.

use db::{Id, run};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::State;
use crate::log::{self, Act, Line};
use crate::peer::{Policy, meet};
use crate::rules::reason::Readers;
use crate::schema::{actors, attachments, boards, deliveries, media, peers, posts, threads};
use crate::{
    Caller, Denial, Error, Event, Noun, Result, Role, Timestamp, Tx, audit, event, limits, rate,
    rules,
};

/// Characters of the name of a server.
const HOST: usize = 255;

/// Suspends a server, also one that is not known yet, or opens it again. Nothing of a suspended server is taken,
/// shown or served, and nothing is sent to it; only deletions wait for it, for the day it is opened again. Repeated it changes
/// nothing. Admins may, and say why they suspend it.
///
/// # Errors
/// `Denied`; `Missing` for what is no server, and for opening an unknown one; `Invalid` on `reason`, and on `host`
/// for this node itself; `Busy`.
pub async fn set_policy(
    tx: &mut Tx,
    caller: &Caller,
    host: &str,
    policy: Policy,
    reason: &str,
) -> Result<()> {
    if caller.role != Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let host = named(tx, host)?;
    let reason = match policy {
        Policy::Open => rules::reason::optional(reason)?,
        Policy::Suspended => rules::reason::given(reason, Readers::Everybody)?,
    };
    let before = peers::table.find(&host).select(peers::policy);
    let before: Option<String> = run!(tx.conn, c => before.first(c).await.optional())?;
    if before.is_none() && policy == Policy::Open {
        return Err(Error::Missing(Noun::Peer));
    }
    if before.as_deref() == Some(policy.name()) {
        return Ok(());
    }

    meet(tx, &host).await?;
    let set = diesel::update(peers::table.find(&host)).set(peers::policy.eq(policy.name()));
    run!(tx.conn, c => set.execute(c).await)?;
    withhold(tx, &host, policy == Policy::Suspended).await?;
    let (act, audited) = match policy {
        Policy::Open => (Act::OpenPeer, audit::Act::PeerOpened),
        Policy::Suspended => (Act::SuspendPeer, audit::Act::PeerSuspended),
    };
    log::write(tx, Line::new(caller.id, act, &reason).about(&host)).await?;
    audit::note(tx, caller, audited, &host, &reason).await
}

/// The host as peers are kept by it.
fn named(tx: &Tx, host: &str) -> Result<String> {
    let host = host.trim().to_ascii_lowercase();
    let address = url::Url::parse(&format!("https://{host}/")).ok();
    let same = |url: &url::Url| {
        let port = url
            .port()
            .map_or_else(String::new, |port| format!(":{port}"));
        url.host_str().map(|name| format!("{name}{port}")) == Some(host.clone())
    };
    if host.len() > HOST || !address.as_ref().is_some_and(same) {
        return Err(Error::Missing(Noun::Peer));
    }
    if tx.cx.site.is_local(&host) {
        let detail = "This is the server itself; name another one.";
        return Err(Error::invalid("host", "own", detail));
    }
    Ok(host)
}

async fn withhold(tx: &mut Tx, host: &str, value: bool) -> Result<()> {
    let theirs = actors::table.filter(actors::host.eq(host));
    let set = diesel::update(theirs).set(actors::withheld.eq(value));
    run!(tx.conn, c => set.execute(c).await)?;
    threads_of(tx, host).await?;
    match value {
        true => {
            withhold_media(tx, host).await?;
            drop_deliveries(tx, host).await
        }
        false => {
            release_media(tx, host).await?;
            ask_again(tx, host).await
        }
    }
}

/// The actors of a host, as a subselect.
macro_rules! actors_of {
    ($host:expr) => {
        actors::table
            .filter(actors::host.eq($host))
            .select(actors::id)
    };
}

/// Hides or shows the threads of the host's boards, and those of its people that nobody answered; raises all that
/// show a post of its people, and counts the boards anew.
async fn threads_of(tx: &mut Tx, host: &str) -> Result<()> {
    let held = || {
        actors::table
            .filter(actors::withheld.eq(true))
            .select(actors::id)
    };
    let gone = posts::table
        .filter(posts::id.eq(threads::id))
        .filter(posts::deleted_at.is_not_null());
    let of_host = threads::board_id
        .eq_any(actors_of!(host))
        .or(threads::author_id.eq_any(actors_of!(host)));
    let natural = threads::reply_count.eq(0).and(exists(gone));
    let shown = diesel::update(threads::table.filter(of_host)).set((
        threads::withheld.eq(false),
        threads::hidden.eq(natural),
        threads::revision.eq(threads::revision + 1),
    ));
    run!(tx.conn, c => shown.execute(c).await)?;
    let of_host = threads::board_id
        .eq_any(actors_of!(host))
        .or(threads::author_id.eq_any(actors_of!(host)));
    let unanswered = threads::author_id
        .eq_any(held())
        .and(threads::reply_count.eq(0));
    let hidden = threads::board_id.eq_any(held()).or(unanswered);
    let hide = diesel::update(threads::table.filter(of_host.and(hidden)))
        .set((threads::withheld.eq(true), threads::hidden.eq(true)));
    run!(tx.conn, c => hide.execute(c).await)?;

    let answered = posts::table
        .filter(posts::author_id.eq_any(actors_of!(host)))
        .select(posts::thread_id);
    let raise = diesel::update(threads::table.filter(threads::id.eq_any(answered)))
        .set(threads::revision.eq(threads::revision + 1));
    run!(tx.conn, c => raise.execute(c).await)?;
    count_boards(tx, host).await
}

async fn count_boards(tx: &mut Tx, host: &str) -> Result<()> {
    let concerned = threads::table
        .filter(threads::author_id.eq_any(actors_of!(host)))
        .select(threads::board_id)
        .distinct();
    let concerned: Vec<i64> = run!(tx.conn, c => concerned.load(c).await)?;
    let theirs: Vec<i64> = run!(tx.conn, c => {
        let theirs = boards::table
            .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
            .filter(actors::host.eq(host))
            .select(boards::actor_id);
        theirs.load(c).await
    })?;
    let mut all: Vec<i64> = concerned.into_iter().chain(theirs).collect();
    all.sort_unstable();
    all.dedup();
    for board in all {
        let shown = threads::table
            .filter(threads::board_id.eq(board))
            .filter(not(threads::hidden))
            .count();
        let shown: i64 = run!(tx.conn, c => shown.get_result(c).await)?;
        let set = diesel::update(boards::table.find(board)).set(boards::thread_count.eq(shown));
        run!(tx.conn, c => set.execute(c).await)?;
    }
    Ok(())
}

/// The files that a host's posts, and its actors' pictures, show; as a condition on `media`.
macro_rules! files_of {
    ($host:expr) => {{
        let attached = attachments::table
            .filter(attachments::owner_id.eq_any(actors_of!($host)))
            .filter(attachments::sha256.is_not_null())
            .select(attachments::sha256.assume_not_null());
        let faces = actors::table
            .filter(actors::host.eq($host))
            .filter(actors::avatar.is_not_null())
            .select(actors::avatar.assume_not_null());
        media::sha256
            .eq_any(attached)
            .or(media::sha256.eq_any(faces))
    }};
}

/// Files that nobody else shows are not served.
async fn withhold_media(tx: &mut Tx, host: &str) -> Result<()> {
    let others = attachments::table
        .inner_join(actors::table.on(actors::id.eq(attachments::owner_id)))
        .filter(attachments::sha256.eq(media::sha256.nullable()))
        .filter(actors::withheld.eq(false));
    let only_theirs = media::table
        .filter(files_of!(host))
        .filter(not(exists(others)));
    let set = diesel::update(only_theirs).set(media::withheld.eq(true));
    run!(tx.conn, c => set.execute(c).await)?;
    spare(tx).await
}

/// Files that somebody else shows as their own picture are served still.
async fn spare(tx: &mut Tx) -> Result<()> {
    let others = || actors::table.filter(actors::withheld.eq(false));
    let avatars = others()
        .filter(actors::avatar.is_not_null())
        .select(actors::avatar.assume_not_null());
    let banners = others()
        .filter(actors::banner.is_not_null())
        .select(actors::banner.assume_not_null());
    let shown = media::sha256
        .eq_any(avatars)
        .or(media::sha256.eq_any(banners));
    let spared = media::table.filter(media::withheld.eq(true)).filter(shown);
    let set = diesel::update(spared).set(media::withheld.eq(false));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

async fn release_media(tx: &mut Tx, host: &str) -> Result<()> {
    let theirs = media::table.filter(files_of!(host));
    let set = diesel::update(theirs).set(media::withheld.eq(false));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

/// Pictures that were wanted when it was suspended are wanted again.
async fn ask_again(tx: &mut Tx, host: &str) -> Result<()> {
    let wanted = attachments::table
        .filter(attachments::owner_id.eq_any(actors_of!(host)))
        .filter(attachments::state.eq(State::Pending.name()))
        .order(attachments::id)
        .select(attachments::id);
    let wanted: Vec<Id> = run!(tx.conn, c => wanted.load(c).await)?;
    for attachment in wanted {
        event::note(tx, &Event::MediaWanted { attachment }).await?;
    }
    Ok(())
}

/// What waits for it and could be given up some day is given up now.
async fn drop_deliveries(tx: &mut Tx, host: &str) -> Result<()> {
    let waiting = deliveries::table
        .filter(deliveries::host.eq(host))
        .filter(deliveries::state.eq("pending"))
        .filter(deliveries::expires_at.lt(Timestamp::NEVER.0));
    let set = diesel::update(waiting).set((
        deliveries::state.eq("refused"),
        deliveries::done_at.eq(tx.now.0),
        deliveries::error.eq("this server is suspended here"),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}
