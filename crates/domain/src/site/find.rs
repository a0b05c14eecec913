//! What holds now.

use std::collections::HashMap;

use db::{Conn, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::settings as rows;
use crate::site::{Defaults, Field, Makers, Masthead, ROWS, ROWS_END, Settings};
use crate::{Registration, Result, Site};

/// What was saved, by the names of the rows.
type Saved = HashMap<String, String>;

/// All that the node says about itself.
///
/// # Errors
/// The database refuses.
pub async fn settings(conn: &mut Conn, site: &Site) -> Result<Settings> {
    let all = rows::table
        .filter(rows::name.gt(ROWS).and(rows::name.lt(ROWS_END)))
        .select((rows::name, rows::value));
    let all: Vec<(String, String)> = run!(conn, c => all.load(c).await)?;
    Ok(assemble(&all.into_iter().collect(), &site.defaults))
}

/// What the frame of every page shows.
///
/// # Errors
/// The database refuses.
pub async fn masthead(conn: &mut Conn, site: &Site) -> Result<Masthead> {
    let wanted = [Field::Name, Field::Description, Field::Registration].map(Field::row);
    let three = rows::table
        .filter(rows::name.eq_any(wanted))
        .select((rows::name, rows::value));
    let three: Vec<(String, String)> = run!(conn, c => three.load(c).await)?;
    let settings = assemble(&three.into_iter().collect(), &site.defaults);
    Ok(Masthead {
        name: settings.name,
        description: settings.description,
        registration: settings.registration,
    })
}

/// Who may make boards.
///
/// # Errors
/// The database refuses.
pub async fn makers(conn: &mut Conn) -> Result<Makers> {
    let row = rows::table.find(Field::Makers.row()).select(rows::value);
    let saved: Option<String> = run!(conn, c => row.first(c).await.optional())?;
    Ok(saved
        .and_then(|name| Makers::parse(&name))
        .unwrap_or_default())
}

fn assemble(saved: &Saved, defaults: &Defaults) -> Settings {
    let value = |field: Field| saved.get(&field.row()).cloned();
    let rules = value(Field::Rules).map(|text| text.lines().map(str::to_owned).collect());
    let registration = value(Field::Registration).and_then(|name| Registration::parse(&name));
    Settings {
        name: value(Field::Name).unwrap_or_else(|| defaults.name.clone()),
        description: value(Field::Description).unwrap_or_else(|| defaults.description.clone()),
        rules: rules.unwrap_or_else(|| defaults.rules.clone()),
        about: value(Field::About).unwrap_or_default(),
        privacy: value(Field::Privacy).unwrap_or_default(),
        contact: value(Field::Contact).unwrap_or_default(),
        registration: registration.unwrap_or(defaults.registration),
        makers: value(Field::Makers)
            .and_then(|name| Makers::parse(&name))
            .unwrap_or_default(),
        saved: Field::ALL
            .into_iter()
            .filter(|field| saved.contains_key(&field.row()))
            .collect(),
    }
}
