//! Tags of posts: stored normalised, counted; people of this node follow and mute them.
//!
//! A tag is the same on every server: whoever wrote it, whatever the spelling, it is one row and one page.

mod attach;
mod list;
mod mark;
mod posts;
mod related;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::tags;
use crate::{Error, Noun, Result, Site};

pub use list::list;
pub use mark::{Mark, followers, mark, mark_of, marks, unmark};
pub use posts::posts;
pub use related::related;

pub(crate) use attach::{clear, of_post, of_posts, replace};
pub(crate) use mark::{Marks, marked};

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Its id; 0 for one that nobody has used yet.
    pub id: Id,
    /// Normalised.
    pub name: String,
    /// Posts that carry it.
    pub post_count: i64,
}

impl Tag {
    /// Its page.
    pub fn path(&self) -> String {
        format!("/t/{}", self.name)
    }
}

/// The one form of a tag's name; what stands behind an `@` is a server, and tags are the same on all of them.
pub fn normal(name: &str) -> Option<String> {
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    markup::normalise_tag(name)
}

/// The tag of this name, normalised or not.
///
/// # Errors
/// `Missing` where nobody has used it.
pub async fn find(conn: &mut Conn, name: &str) -> Result<Tag> {
    let tag = seen(conn, name).await?;
    match tag.id {
        0 => Err(Error::Missing(Noun::Tag)),
        _ => Ok(tag),
    }
}

/// The tag of this name, whether somebody has used it or not.
///
/// # Errors
/// `Missing` for what can be no tag.
pub async fn seen(conn: &mut Conn, name: &str) -> Result<Tag> {
    let name = normal(name).ok_or(Error::Missing(Noun::Tag))?;
    let query = tags::table
        .filter(tags::name.eq(&name))
        .select((tags::id, tags::post_count));
    let found: Option<(Id, i64)> = run!(conn, c => query.first(c).await.optional())?;
    let (id, post_count) = found.unwrap_or_default();
    Ok(Tag {
        id,
        name,
        post_count,
    })
}

/// The tag whose page on this node has this address, whether somebody has used it or not; `None` for all other
/// addresses.
///
/// # Errors
/// `Missing` for what can be no tag.
pub async fn at(conn: &mut Conn, address: &str, site: &Site) -> Result<Option<Tag>> {
    match markup::tag_at(address, &site.origin) {
        Some(name) => seen(conn, &name).await.map(Some),
        None => Ok(None),
    }
}
