//! The one way in for actors of other servers.
//!
//! Three things must never happen: a foreign document changes an actor of ours, a server takes the handle of another
//! server's actor, an actor turns into another kind of thing (an account that becomes a board would let its posts be
//! announcements). The caller has checked that the document came from the origin of its id.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use url::Url;

use crate::account::{self, Account, Kind, State};
use crate::actor::{BoardFacts, Remote, Row, by_handle, picture, row};
use crate::schema::{actors, boards};
use crate::{Clash, Denial, Error, Handle, Noun, Result, Tx, limits, lock, peer, search};

/// The columns a foreign document sets.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = actors, treat_none_as_null = true)]
struct Document {
    kind: &'static str,
    host: String,
    name: String,
    uri: String,
    url: String,
    inbox: String,
    shared_inbox: Option<String>,
    outbox: Option<String>,
    followers: Option<String>,
    title: String,
    about: String,
    about_html: String,
    fields: String,
    bot: bool,
    key_id: String,
    public_key: String,
    refreshed_at: i64,
}

/// Keeps what another server says about an actor of its own: a new row, or the row of that ActivityPub id.
///
/// Where a server gives the handle of one of its actors to another one (it was set up anew), the newer one has it.
///
/// # Errors
/// `Invalid` for documents that claim to be of this node, are of another kind than before or hold impossible values;
/// `Conflict` where the handle belongs to another server's actor; `Gone` where the actor was deleted; `Denied` where its
/// server is suspended here.
pub async fn keep(tx: &mut Tx, mut remote: Remote) -> Result<Account> {
    remote.host = remote.host.to_ascii_lowercase();
    let origin = checked_origin(tx, &remote)?;
    lock::peer(tx, &remote.host).await?;
    if peer::is_suspended(&mut tx.conn, &remote.host).await? {
        return Err(Denial::PeerSuspended.into());
    }
    let known = row(&mut tx.conn, &remote.uri).await?;
    if let Some(known) = &known {
        allow(known, &remote)?;
    }
    yield_handle(tx, &remote, &origin).await?;

    let facts = remote.board.clone().unwrap_or_default();
    let (is_board, created_at) = (remote.kind == Kind::Board, remote.created_at);
    let avatar_url = remote.avatar_url.clone();
    let document = document(tx, remote)?;
    let id = match known {
        Some(known) => {
            let set = diesel::update(actors::table.find(known.id)).set(&document);
            run!(tx.conn, c => set.execute(c).await)?;
            known.id
        }
        None => add(tx, &document, created_at.min(tx.now).0).await?,
    };
    picture::want(tx, id, avatar_url).await?;
    if is_board {
        keep_board(tx, id, facts).await?;
    }
    search::keep_actor(tx, id).await?;
    account::by_id(&mut tx.conn, id).await
}

fn checked_origin(tx: &Tx, remote: &Remote) -> Result<url::Origin> {
    let site = &tx.cx.site;
    let uri = parsed("id", &remote.uri)?;
    let ours = parsed("origin", &site.origin)?.origin() == uri.origin();
    if ours || remote.host.is_empty() || site.is_local(&remote.host) {
        let detail = "A document of another server cannot describe an actor of this one.";
        return Err(Error::invalid("id", "local_uri", detail));
    }
    parsed("inbox", &remote.inbox)?;
    if !fits(remote) {
        let detail = "An address or key is too long or holds a NUL character.";
        return Err(Error::invalid("id", "bad_url", detail));
    }
    if !is_name(remote) {
        let detail = "The actor's name is missing, too long or no name.";
        return Err(Error::invalid("preferredUsername", "bad_name", detail));
    }
    Ok(uri.origin())
}

/// Whether addresses and keys can be kept: no engine takes everything that JSON can say.
fn fits(remote: &Remote) -> bool {
    let optional = [&remote.shared_inbox, &remote.outbox, &remote.followers];
    let always = [&remote.uri, &remote.url, &remote.inbox, &remote.key_id];
    let short = |text: &String| text.len() <= limits::ADDRESS;
    let mut addresses = optional.into_iter().flatten().chain(always);
    let names = [&remote.name, &remote.public_key];
    addresses.all(|text| short(text) && !text.contains('\0'))
        && names.iter().all(|text| !text.contains('\0'))
        && remote.public_key.len() <= limits::PUBLIC_KEY
}

/// Servers are named as they like (mostly by their host); all others must be such that people can write them.
fn is_name(remote: &Remote) -> bool {
    let length = 1..=limits::FOREIGN_NAME;
    let handle = || markup::Handle::parse(&format!("{}@{}", remote.name, remote.host));
    length.contains(&remote.name.len()) && (remote.kind == Kind::Instance || handle().is_some())
}

fn parsed(field: &'static str, text: &str) -> Result<Url> {
    let url = Url::parse(text).ok();
    url.filter(|url| matches!(url.scheme(), "https" | "http") && url.has_host())
        .ok_or_else(|| Error::invalid(field, "bad_url", "This is no address of the web."))
}

fn allow(known: &Row, remote: &Remote) -> Result<()> {
    if known.host.is_empty() {
        let detail = "A document of another server cannot describe an actor of this one.";
        return Err(Error::invalid("id", "local_uri", detail));
    }
    if known.state == State::Deleted {
        return Err(Error::Gone(Noun::Account));
    }
    if known.kind != remote.kind {
        let detail = "An actor stays what it is: account, board or server.";
        return Err(Error::invalid("type", "kind_changed", detail));
    }
    Ok(())
}

/// Frees the handle where an older actor of the same server has it.
async fn yield_handle(tx: &mut Tx, remote: &Remote, origin: &url::Origin) -> Result<()> {
    let handle = Handle {
        name: remote.name.clone(),
        host: remote.host.clone(),
    };
    let Some(holder) = by_handle(&mut tx.conn, &handle).await? else {
        return Ok(());
    };
    if holder.uri == remote.uri {
        return Ok(());
    }
    if parsed("id", &holder.uri)?.origin() != *origin {
        return Err(Error::Conflict(Clash::NameTaken));
    }
    // `~` stands in no name, so the old row can be found by its ids only.
    let past = format!("{}~{}", holder.name, holder.id);
    let set = diesel::update(actors::table.find(holder.id)).set(actors::name.eq(past));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}

fn document(tx: &Tx, remote: Remote) -> Result<Document> {
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    let fields: Vec<(String, String)> = remote
        .fields
        .iter()
        .take(limits::FIELDS)
        .map(|(name, value)| (text_of(name), text_of(value)))
        .map(|(name, value)| (short(&name, limits::FIELD), short(&value, limits::FIELD)))
        .collect();
    Ok(Document {
        kind: remote.kind.name(),
        host: remote.host,
        name: remote.name,
        uri: remote.uri,
        url: remote.url,
        inbox: remote.inbox,
        shared_inbox: remote.shared_inbox,
        outbox: remote.outbox,
        followers: remote.followers,
        title: short(&markup::plain_line(&remote.title), limits::TITLE),
        about: short(&markup::plain_text(&remote.about), limits::FOREIGN_BODY),
        about_html: markup::foreign(&remote.about_html).html,
        fields: serde_json::to_string(&fields).map_err(Error::internal)?,
        bot: remote.bot,
        key_id: remote.key_id,
        public_key: remote.public_key,
        refreshed_at: tx.now.0,
    })
}

/// The text of a profile field, whose value is often a link.
fn text_of(html: &str) -> String {
    markup::excerpt(&markup::foreign(html).html, limits::FIELD)
}

/// Adds a row; another worker may add the same one at this moment, then that one is changed.
async fn add(tx: &mut Tx, document: &Document, created_at: i64) -> Result<Id> {
    let values = (
        actors::id.eq(tx.id()),
        actors::created_at.eq(created_at),
        document,
    );
    let insert = diesel::insert_into(actors::table)
        .values(values)
        .on_conflict_do_nothing()
        .returning(actors::id);
    let id: Option<Id> = run!(tx.conn, c => insert.get_result(c).await.optional())?;
    if let Some(id) = id {
        return Ok(id);
    }
    let Some(known) = row(&mut tx.conn, &document.uri).await? else {
        return Err(Error::Conflict(Clash::NameTaken));
    };
    let set = diesel::update(actors::table.find(known.id)).set(document);
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(known.id)
}

async fn keep_board(tx: &mut Tx, id: Id, facts: BoardFacts) -> Result<()> {
    let rules = markup::plain_text(&facts.rules);
    let set = (
        boards::rules.eq(rules.chars().take(limits::RULES).collect::<String>()),
        boards::nsfw.eq(facts.nsfw),
        boards::dislikes.eq(facts.dislikes),
        boards::require_alt.eq(facts.require_alt),
        boards::bump_limit.eq(facts.bump_limit),
        boards::posting.eq(facts.posting.name()),
    );
    let upsert = diesel::insert_into(boards::table)
        .values((
            boards::actor_id.eq(id),
            boards::local.eq(false),
            set.clone(),
        ))
        .on_conflict(boards::actor_id)
        .do_update()
        .set(set);
    run!(tx.conn, c => upsert.execute(c).await)?;
    Ok(())
}
