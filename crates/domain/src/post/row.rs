//! A post as the database keeps it.

use db::{Id, Timestamp};
use diesel::prelude::*;

use crate::schema::posts;

/// A row of `posts`.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = posts)]
pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) thread_id: Id,
    pub(crate) board_id: Id,
    pub(crate) author_id: Id,
    pub(crate) no: Option<i64>,
    pub(crate) uri: String,
    pub(crate) url: String,
    pub(crate) parent_id: Option<Id>,
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) html: String,
    pub(crate) sensitive: bool,
    pub(crate) content_warning: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) sage: bool,
    pub(crate) likes: i64,
    pub(crate) dislikes: i64,
    pub(crate) created_at: Timestamp,
    pub(crate) edited_at: Option<Timestamp>,
    pub(crate) deleted_at: Option<Timestamp>,
    pub(crate) removed_by: Option<Id>,
    pub(crate) reason: Option<String>,
}
