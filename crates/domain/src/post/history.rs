//! What a post says and said before.

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::page::{Page, Slice, Span};
use crate::post::{Post, Version, find};
use crate::schema::post_versions;
use crate::{Result, Viewer};

/// Which version comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The first one.
    Oldest,
    /// The standing one.
    Newest,
}

/// The versions of a post, the standing one among them.
///
/// # Errors
/// As [`find()`], and `Invalid` for a cursor of another list.
pub async fn history(conn: &mut Conn, id: Id, order: Order, page: Page) -> Result<Slice<Version>> {
    let post = find(conn, id, &Viewer::Visitor).await?;
    let span = page.span::<Id>()?;
    let from = match span {
        Span::Start => None,
        Span::After(key) | Span::Before(key) => Some(key),
    };
    let rises = (order == Order::Oldest) != matches!(span, Span::Before(_));
    let mut versions = earlier(conn, id, from, rises, page.rows()).await?;
    // The standing version has no row yet; its place is behind the newest of them, where the next one will be added.
    let newest = versions.iter().map(|(key, _)| *key).max().or(from);
    let standing = (newest.unwrap_or_default().saturating_add(1), standing(post));
    match (rises, from) {
        (true, _) => versions.push(standing),
        (false, None) => versions.insert(0, standing),
        (false, Some(_)) => {}
    }
    let slice = Slice::cut(versions, &page, &span, |(key, _)| *key);
    Ok(slice.map(|(_, version)| version))
}

/// The versions that an edit replaced, with their keys: rising or falling from a key on, or from that end.
async fn earlier(
    conn: &mut Conn,
    post: Id,
    from: Option<Id>,
    rises: bool,
    rows: i64,
) -> Result<Vec<(Id, Version)>> {
    let key = post_versions::id;
    type Found = (
        Id,
        (Option<String>, String, String, Option<String>),
        Timestamp,
    );
    let found: Vec<Found> = run!(conn, c => {
        let all = post_versions::table
            .filter(post_versions::post_id.eq(post))
            .select((
                key,
                (
                    post_versions::subject,
                    post_versions::body,
                    post_versions::html,
                    post_versions::content_warning,
                ),
                post_versions::created_at,
            ))
            .limit(rows)
            .into_boxed();
        let part = match (rises, from) {
            (true, None) => all.order(key.asc()),
            (true, Some(from)) => all.filter(key.gt(from)).order(key.asc()),
            (false, None) => all.order(key.desc()),
            (false, Some(from)) => all.filter(key.lt(from)).order(key.desc()),
        };
        part.load(c).await
    })?;
    let version = |(id, (subject, body, html, content_warning), at): Found| {
        let version = Version {
            subject,
            body,
            html,
            content_warning,
            at,
        };
        (id, version)
    };
    Ok(found.into_iter().map(version).collect())
}

fn standing(post: Post) -> Version {
    Version {
        at: post.edited_at.unwrap_or(post.created_at),
        subject: post.subject,
        body: post.body,
        html: post.html,
        content_warning: post.content_warning,
    }
}
