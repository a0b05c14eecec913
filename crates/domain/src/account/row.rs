//! What the database holds of an actor's public side.

use db::{Id, Timestamp};
use diesel::prelude::*;

use crate::account::{Account, Kind, State};
use crate::schema::actors;

/// The public columns of an actor.
#[derive(Queryable, Selectable)]
#[diesel(table_name = actors)]
pub(crate) struct Row {
    id: Id,
    kind: String,
    name: String,
    host: String,
    uri: String,
    url: String,
    title: String,
    about: String,
    about_html: String,
    avatar: Option<String>,
    banner: Option<String>,
    fields: String,
    bot: bool,
    state: String,
    post_count: i64,
    follower_count: i64,
    created_at: Timestamp,
    withheld: bool,
}

impl From<Row> for Account {
    fn from(row: Row) -> Self {
        let state = State::of(&row.state, row.withheld);
        let account = Self {
            id: row.id,
            kind: Kind::read(&row.kind),
            name: row.name,
            host: row.host,
            uri: row.uri,
            url: row.url,
            title: row.title,
            about: row.about,
            about_html: row.about_html,
            avatar: row.avatar,
            banner: row.banner,
            fields: serde_json::from_str(&row.fields).unwrap_or_default(),
            bot: row.bot,
            state,
            post_count: row.post_count,
            follower_count: row.follower_count,
            created_at: row.created_at,
        };
        match state {
            State::Withheld => account.bare(),
            State::Active | State::Suspended | State::Deleted => account,
        }
    }
}
