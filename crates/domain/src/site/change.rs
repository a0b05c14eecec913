//! Admins change what the node says about itself.

use db::run;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::audit::{self, Act};
use crate::schema::settings as rows;
use crate::site::{Defaults, Field, Makers, Settings, settings};
use crate::{Caller, Denial, Error, Registration, Result, Role, Tx, limits, rate, rules};

/// Changes; `None` leaves a field as it is, `Some(None)` goes back to what `stoa.toml` and the environment say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Patch {
    /// The name.
    pub name: Option<Option<String>>,
    /// One or two sentences.
    pub description: Option<Option<String>>,
    /// The rules, one by one.
    pub rules: Option<Option<Vec<String>>>,
    /// What `/about` says, Markdown.
    pub about: Option<Option<String>>,
    /// What `/privacy` says, Markdown.
    pub privacy: Option<Option<String>>,
    /// How to reach the admins.
    pub contact: Option<Option<String>>,
    /// Whether strangers may make accounts.
    pub registration: Option<Option<Registration>>,
    /// Who may make boards.
    pub makers: Option<Option<Makers>>,
}

/// Changes what the node says about itself; admins may. Answers what holds then.
///
/// # Errors
/// `Denied`, `Invalid` on the fields of [`Patch`], `Busy`.
pub async fn change(tx: &mut Tx, caller: &Caller, patch: Patch) -> Result<Settings> {
    let site = tx.cx.site.clone();
    let before = settings(&mut tx.conn, &site).await?;
    if caller.role < Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    rate::take(tx, &limits::RATE_PROFILES, &caller.id.to_string()).await?;

    let mut faults = Vec::new();
    rules::site::check(&mut faults, &patch);
    Error::from_faults(faults)?;
    let patch = rules::site::clean(patch);

    for (field, value) in kept(patch, &site.defaults) {
        match value {
            Some(value) => save(tx, field, &value).await?,
            None => forget(tx, field).await?,
        }
    }
    let after = settings(&mut tx.conn, &site).await?;

    let changed = changed(&before, &after);
    if !changed.is_empty() {
        audit::note(tx, caller, Act::SiteChanged, &changed.join(", "), "").await?;
    }
    Ok(after)
}

/// What becomes of each field that is spoken of: its text, or nothing where it is as the default.
fn kept(patch: Patch, defaults: &Defaults) -> Vec<(Field, Option<String>)> {
    let rules = patch.rules.map(|rules| rules.map(|rules| rules.join("\n")));
    let registration = patch
        .registration
        .map(|mode| mode.map(|mode| mode.name().to_owned()));
    let makers = patch
        .makers
        .map(|makers| makers.map(|makers| makers.name().to_owned()));
    let fields = [
        (Field::Name, patch.name, defaults.name.clone()),
        (
            Field::Description,
            patch.description,
            defaults.description.clone(),
        ),
        (Field::Rules, rules, defaults.rules.join("\n")),
        (Field::About, patch.about, String::new()),
        (Field::Privacy, patch.privacy, String::new()),
        (Field::Contact, patch.contact, String::new()),
        (
            Field::Registration,
            registration,
            defaults.registration.name().to_owned(),
        ),
        (Field::Makers, makers, Makers::default().name().to_owned()),
    ];
    let spoken = fields
        .into_iter()
        .filter_map(|(field, value, default)| Some((field, value?, default)));
    spoken
        .map(|(field, value, default)| (field, value.filter(|value| *value != default)))
        .collect()
}

fn changed(before: &Settings, after: &Settings) -> Vec<&'static str> {
    let differs = |field: &Field| match field {
        Field::Name => before.name != after.name,
        Field::Description => before.description != after.description,
        Field::Rules => before.rules != after.rules,
        Field::About => before.about != after.about,
        Field::Privacy => before.privacy != after.privacy,
        Field::Contact => before.contact != after.contact,
        Field::Registration => before.registration != after.registration,
        Field::Makers => before.makers != after.makers,
    };
    let fields = Field::ALL.into_iter().filter(differs);
    fields.map(Field::name).collect()
}

async fn save(tx: &mut Tx, field: Field, value: &str) -> Result<()> {
    let insert = diesel::insert_into(rows::table)
        .values((rows::name.eq(field.row()), rows::value.eq(value)))
        .on_conflict(rows::name)
        .do_update()
        .set(rows::value.eq(value));
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}

async fn forget(tx: &mut Tx, field: Field) -> Result<()> {
    let delete = diesel::delete(rows::table.find(field.row()));
    run!(tx.conn, c => delete.execute(c).await)?;
    Ok(())
}
