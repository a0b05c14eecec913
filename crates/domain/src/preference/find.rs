//! Reading preferences.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::palette::Palette;
use crate::preference::{Conduct, Home, Look, Preferences, Scheme, TEXT_SIZE, TEXT_SIZES};
use crate::schema::preferences;

#[derive(Queryable, Selectable)]
#[diesel(table_name = preferences)]
struct Row {
    scheme: String,
    light: String,
    dark: String,
    text_size: i16,
    open_sensitive: bool,
    still_pictures: bool,
    by_page: bool,
    single_keys: bool,
    home: String,
    auto_watch: bool,
}

/// What the account chose; the usual where it never did.
///
/// # Errors
/// The database refuses.
pub async fn of(conn: &mut Conn, account: Id) -> Result<Preferences> {
    let row = preferences::table.find(account);
    let row: Option<Row> = run!(conn, c => row.select(Row::as_select()).first(c).await.optional())?;
    Ok(row.map_or_else(Preferences::default, Preferences::from))
}

/// Whether the account wants to watch what it takes part in.
pub(crate) async fn auto_watch(conn: &mut Conn, account: Id) -> Result<bool> {
    let wanted = preferences::table
        .find(account)
        .select(preferences::auto_watch);
    let wanted: Option<bool> = run!(conn, c => wanted.first(c).await.optional())?;
    Ok(wanted.unwrap_or(Conduct::default().auto_watch))
}

impl From<Row> for Preferences {
    fn from(row: Row) -> Self {
        let size = Some(row.text_size).filter(|size| TEXT_SIZES.contains(size));
        Self {
            look: Look {
                scheme: Scheme::parse(&row.scheme).unwrap_or_default(),
                light: Palette::parse(&row.light),
                dark: Palette::parse(&row.dark),
                text_size: size.unwrap_or(TEXT_SIZE),
            },
            conduct: Conduct {
                open_sensitive: row.open_sensitive,
                still_pictures: row.still_pictures,
                by_page: row.by_page,
                single_keys: row.single_keys,
                home: Home::parse(&row.home).unwrap_or_default(),
                auto_watch: row.auto_watch,
            },
        }
    }
}
