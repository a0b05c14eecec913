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
        self.media.sensitive || self.post.sensitive || self.post.warning().is_some()
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
    let places: Vec<(Id, Id)> = slice.items.iter().map(|key| (key.post, key.id)).collect();
    Ok(slice.with(shown(conn, &places, viewer).await?))
}

/// Pictures with their posts, in the order of these ids of posts and pictures.
pub(crate) async fn shown(
    conn: &mut Conn,
    places: &[(Id, Id)],
    viewer: &Viewer,
) -> Result<Vec<Shown>> {
    let mut ids: Vec<Id> = places.iter().map(|(post, _)| *post).collect();
    ids.dedup();
    let posts = post::hydrate(conn, &ids, viewer).await?;
    let posts: HashMap<Id, Arc<Post>> = posts
        .into_iter()
        .map(|post| (post.id, Arc::new(post)))
        .collect();
    let shown = |(post, media): &(Id, Id)| {
        let post = posts.get(post)?;
        let media = post.media.iter().find(|found| found.id == *media)?;
        Some(Shown {
            media: media.clone(),
            post: Arc::clone(post),
        })
    };
    Ok(places.iter().filter_map(shown).collect())
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
