//! Changes to boards of this node.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account;
use crate::board::{Board, Posting, Settings, by_id, find, list};
use crate::rules::board::Texts;
use crate::schema::{actors, boards};
use crate::{
    Caller, Denial, Error, Event, Handle, Result, Role, Tx, Viewer, ban, event, limits, rate,
    rules, search,
};

/// Changes to a board; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// Its title.
    pub title: Option<String>,
    /// Its description.
    pub about: Option<String>,
    /// Its rules.
    pub rules: Option<String>,
    /// As in [`Settings`].
    pub nsfw: Option<bool>,
    /// As in [`Settings`].
    pub dislikes: Option<bool>,
    /// As in [`Settings`].
    pub require_alt: Option<bool>,
    /// As in [`Settings`].
    pub bump_limit: Option<i64>,
    /// As in [`Settings`].
    pub posting: Option<Posting>,
    /// Whether it stands before the others; admins say so.
    pub featured: Option<bool>,
    /// An uploaded picture of the caller's; `Some(None)` removes it.
    pub avatar: Option<Option<Id>>,
    /// As `avatar`.
    pub banner: Option<Option<Id>>,
}

/// The columns of `actors` that are written, changed or not.
#[derive(AsChangeset)]
#[diesel(table_name = actors, treat_none_as_null = true)]
struct Change {
    title: String,
    about: String,
    about_html: String,
    avatar: Option<String>,
    banner: Option<String>,
}

/// Changes a board of this node; its moderators may.
///
/// # Errors
/// `Missing`, `Denied`, also of what only admins change, `Invalid` on the fields of [`Patch`] (`description` for
/// `about`), `Busy`.
pub async fn update(tx: &mut Tx, caller: &Caller, board: &Handle, patch: Patch) -> Result<Board> {
    let viewer = Viewer::Account(caller.clone());
    let before = find(&mut tx.conn, board, &viewer).await?;
    if !before.moderates || !before.is_local() {
        return Err(Denial::NotModerator.into());
    }
    ban::may_act(tx, caller, Some(before.id)).await?;
    let featured = patch.featured.unwrap_or(before.featured);
    if featured != before.featured && caller.role < Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    rate::take(tx, &limits::RATE_PROFILES, &caller.id.to_string()).await?;

    let settings = merged(before.settings, &patch);
    let texts = Texts {
        title: patch.title.as_deref().unwrap_or_default(),
        about: patch.about.as_deref().unwrap_or_default(),
        rules: patch.rules.as_deref().unwrap_or_default(),
    };
    let mut faults = Vec::new();
    rules::board::check(&mut faults, &texts, &settings);
    if featured && !before.featured {
        let already = list::count_featured(&mut tx.conn).await?;
        faults.extend(rules::board::featured_fault(already));
    }
    Error::from_faults(faults)?;
    let title = patch
        .title
        .map_or(before.title, |title| markup::plain_line(&title));
    let about = patch
        .about
        .as_deref()
        .map(rules::post::clean_body)
        .unwrap_or(before.about);
    let rules = patch
        .rules
        .map_or(before.rules, |text| markup::plain_text(&text));

    let (avatar, banner) = (patch.avatar, patch.banner);
    let change = Change {
        about_html: markup::render(&about, &tx.cx.site.origin).html,
        title,
        about,
        avatar: account::picture(tx, caller, before.avatar, avatar, "avatar").await?,
        banner: account::picture(tx, caller, before.banner, banner, "banner").await?,
    };
    let set = diesel::update(actors::table.find(before.id)).set(&change);
    run!(tx.conn, c => set.execute(c).await)?;
    write_settings(tx, before.id, &rules, &settings, featured).await?;
    search::keep_actor(tx, before.id).await?;

    event::note(tx, &Event::ActorChanged { actor: before.id }).await?;
    by_id(&mut tx.conn, before.id, &viewer).await
}

fn merged(before: Settings, patch: &Patch) -> Settings {
    Settings {
        nsfw: patch.nsfw.unwrap_or(before.nsfw),
        dislikes: patch.dislikes.unwrap_or(before.dislikes),
        require_alt: patch.require_alt.unwrap_or(before.require_alt),
        bump_limit: patch.bump_limit.unwrap_or(before.bump_limit),
        posting: patch.posting.unwrap_or(before.posting),
    }
}

async fn write_settings(
    tx: &mut Tx,
    board: Id,
    rules: &str,
    settings: &Settings,
    featured: bool,
) -> Result<()> {
    let set = diesel::update(boards::table.find(board)).set((
        boards::rules.eq(rules),
        boards::nsfw.eq(settings.nsfw),
        boards::dislikes.eq(settings.dislikes),
        boards::require_alt.eq(settings.require_alt),
        boards::bump_limit.eq(settings.bump_limit),
        boards::posting.eq(settings.posting.name()),
        boards::featured.eq(featured),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    Ok(())
}
