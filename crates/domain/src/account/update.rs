//! What people say about themselves.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{Account, by_id};
use crate::schema::actors;
use crate::{Caller, Error, Event, Result, Tx, attachment, event, limits, rate, rules, search};

/// Changes to a profile; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Display name.
    pub title: Option<String>,
    /// Biography, Markdown.
    pub about: Option<String>,
    /// An uploaded picture of the caller's; `Some(None)` removes it.
    pub avatar: Option<Option<Id>>,
    /// As `avatar`.
    pub banner: Option<Option<Id>>,
    /// All fields.
    pub fields: Option<Vec<(String, String)>>,
}

/// What is written: all columns of a profile, changed or not.
#[derive(AsChangeset)]
#[diesel(table_name = actors, treat_none_as_null = true)]
struct Change {
    title: String,
    about: String,
    about_html: String,
    fields: String,
    avatar: Option<String>,
    banner: Option<String>,
}

/// Changes the caller's profile.
///
/// # Errors
/// `Invalid` on `display_name`, `bio`, `fields`, `avatar` or `banner`; `Busy`.
pub async fn update(tx: &mut Tx, caller: &Caller, profile: Profile) -> Result<Account> {
    let before = by_id(&mut tx.conn, caller.id).await?;
    rate::take(tx, &limits::RATE_PROFILES, &caller.id.to_string()).await?;

    let mut faults = Vec::new();
    let typed = profile.title.as_deref().unwrap_or_default();
    rules::profile::check_title(&mut faults, "display_name", typed);
    let typed = profile.about.as_deref().unwrap_or_default();
    rules::profile::check_about(&mut faults, "bio", typed);
    rules::profile::check_fields(&mut faults, profile.fields.as_deref().unwrap_or(&[]));
    Error::from_faults(faults)?;

    let title = profile.title.map(|title| markup::plain_line(&title));
    let fields = profile.fields.map(plain_fields);
    let about = profile.about.as_deref().map(rules::post::clean_body);
    let about = about.unwrap_or(before.about);
    let change = Change {
        title: title.unwrap_or(before.title),
        about_html: markup::render(&about, &tx.cx.site.origin).html,
        about,
        fields: serde_json::to_string(&fields.unwrap_or(before.fields)).map_err(Error::internal)?,
        avatar: picture(tx, caller, before.avatar, profile.avatar, "avatar").await?,
        banner: picture(tx, caller, before.banner, profile.banner, "banner").await?,
    };
    let set = diesel::update(actors::table.find(caller.id)).set(&change);
    run!(tx.conn, c => set.execute(c).await)?;
    search::keep_actor(tx, caller.id).await?;

    event::note(tx, &Event::ActorChanged { actor: caller.id }).await?;
    by_id(&mut tx.conn, caller.id).await
}

/// The picture that an actor shows from now on; what it showed before is given back.
pub(crate) async fn picture(
    tx: &mut Tx,
    caller: &Caller,
    before: Option<String>,
    wanted: Option<Option<Id>>,
    field: &'static str,
) -> Result<Option<String>> {
    let Some(wanted) = wanted else {
        return Ok(before);
    };
    let after = match wanted {
        Some(upload) => Some(attachment::take(tx, caller, upload, field).await?),
        None => None,
    };
    if let Some(before) = before {
        attachment::release(tx, &before).await?;
    }
    Ok(after)
}

fn plain_fields(fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields
        .into_iter()
        .map(|(name, value)| (markup::plain_line(&name), markup::plain_line(&value)))
        .filter(|(name, value)| !name.is_empty() || !value.is_empty())
        .collect()
}
