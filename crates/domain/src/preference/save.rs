//! Saving preferences: two forms, one row.

use db::run;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::palette::Palette;
use crate::preference::{self, Conduct, Look, Preferences, TEXT_SIZES};
use crate::schema::preferences;
use crate::{Caller, Error, Fault, Result, Tx, limits, rate};

/// Changes how pages look for the caller.
///
/// # Errors
/// `Invalid` on `light` or `dark` where a palette cannot be read, and on `text_size`; `Busy`.
pub async fn set_look(tx: &mut Tx, caller: &Caller, look: Look) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;
    let before = preference::of(&mut tx.conn, caller.id).await?;

    Error::from_faults(look.faults())?;

    write(tx, caller, Preferences { look, ..before }).await
}

/// Changes how pages behave for the caller.
///
/// # Errors
/// `Busy`.
pub async fn set_conduct(tx: &mut Tx, caller: &Caller, conduct: Conduct) -> Result<()> {
    rate::take(tx, &limits::RATE_PREFERENCES, &caller.id.to_string()).await?;
    let before = preference::of(&mut tx.conn, caller.id).await?;

    write(tx, caller, Preferences { conduct, ..before }).await
}

impl Look {
    /// What is wrong with it, by field.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (field, palette) in [("light", self.light), ("dark", self.dark)] {
            if let Some(palette) = palette.filter(|palette| !palette.is_readable()) {
                faults.push(Fault::new(field, "contrast", unreadable(&palette)));
            }
        }
        if !TEXT_SIZES.contains(&self.text_size) {
            let detail = "The text size is one of those in the list, 87.5 to 150 %.";
            faults.push(Fault::new("text_size", "bad_value", detail));
        }
        faults
    }
}

fn unreadable(palette: &Palette) -> String {
    let weak = palette.readings();
    let weak: Vec<String> = weak
        .iter()
        .filter(|reading| !reading.is_enough())
        .map(|reading| {
            // Rounded down: 4.49 must not look like the 4.5 that is asked for.
            let ratio = (reading.ratio * 10.0).floor() / 10.0;
            let what = reading.what.to_lowercase();
            format!("{what} ({ratio:.1}, at least {})", reading.least)
        })
        .collect();
    format!("Too little contrast: {}.", weak.join(", "))
}

async fn write(tx: &mut Tx, caller: &Caller, wanted: Preferences) -> Result<()> {
    let Preferences { look, conduct } = wanted;
    let name = |palette: Option<Palette>| palette.map(|palette| palette.name()).unwrap_or_default();
    let columns = (
        preferences::scheme.eq(look.scheme.name()),
        preferences::light.eq(name(look.light)),
        preferences::dark.eq(name(look.dark)),
        preferences::text_size.eq(look.text_size),
        preferences::open_sensitive.eq(conduct.open_sensitive),
        preferences::still_pictures.eq(conduct.still_pictures),
        preferences::by_page.eq(conduct.by_page),
        preferences::single_keys.eq(conduct.single_keys),
        preferences::home.eq(conduct.home.name()),
        preferences::auto_watch.eq(conduct.auto_watch),
    );
    let put = diesel::insert_into(preferences::table)
        .values((preferences::account_id.eq(caller.id), columns.clone()))
        .on_conflict(preferences::account_id)
        .do_update()
        .set(columns);
    run!(tx.conn, c => put.execute(c).await)?;
    Ok(())
}
