//! Pictures of many posts, newest post first and in the order of each post; those of one thread in reading order.
//!
//! Only pictures that are here: one that is still to be fetched, or could not be, stands in its post alone. Pictures of
//! deleted posts are gone with them.

mod keys;

use std::collections::HashMap;
use std::sync::Arc;

use db::{Conn, Id};

use crate::attachment::Attachment;
use crate::page::{Page, Slice, Span};
use crate::post::{self, Post};
use crate::{Result, Viewer};

use keys::Key;

/// Whose pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All we hold.
    Everywhere,
    /// Those of a board.
    Board(Id),
    /// Those of the posts that carry a tag.
    Tag(Id),
    /// Those of a thread, oldest first.
    Thread(Id),
}

/// A picture and the post that shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The picture.
    pub media: Attachment,
    /// Its post.
    pub post: Arc<Post>,
}

impl Shown {
    /// Whether it is to be hidden at first: it, or its post, is sensitive or carries a note.
    pub fn is_covered(&self) -> bool {
        let note = self.post.content_warning.as_deref();
        self.media.sensitive || self.post.sensitive || note.is_some_and(|note| !note.is_empty())
    }
}

/// The pictures of a place.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn pictures(
    conn: &mut Conn,
    place: Place,
    viewer: &Viewer,
    page: Page,
) -> Result<Slice<Shown>> {
    let span = page.span::<(i64, i64)>()?;
    let keys = keys::find(conn, place, span, page.rows()).await?;
    let slice = Slice::cut(keys, &page, &span, Key::place);
    let mut ids: Vec<Id> = slice.items.iter().map(|key| key.post).collect();
    ids.dedup();
    let posts = post::hydrate(conn, &ids, viewer).await?;
    let posts: HashMap<Id, Arc<Post>> = posts
        .into_iter()
        .map(|post| (post.id, Arc::new(post)))
        .collect();
    let shown = |key: &Key| {
        let post = posts.get(&key.post)?;
        let media = post.media.iter().find(|media| media.id == key.id)?;
        Some(Shown {
            media: media.clone(),
            post: Arc::clone(post),
        })
    };
    let items = slice.items.iter().filter_map(shown).collect();
    Ok(slice.with(items))
}

/// The posts with pictures before and after this one in a place.
///
/// # Errors
/// The database refuses.
pub async fn neighbours(
    conn: &mut Conn,
    place: Place,
    post: Id,
) -> Result<(Option<Id>, Option<Id>)> {
    let before = keys::find(conn, place, Span::Before((post, -1)), 1).await?;
    let after = keys::find(conn, place, Span::After((post, i64::MAX)), 1).await?;
    let id = |keys: Vec<Key>| keys.first().map(|key| key.post);
    Ok((id(before), id(after)))
}
