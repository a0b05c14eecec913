//! What pictures take, for admins: sums, the largest, and those that nothing shows.

use db::{Conn, Timestamp, run};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use diesel_async::RunQueryDsl;

use crate::page::{Page, Slice, Span};
use crate::schema::media;
use crate::{Error, Noun, Result};

/// A kept picture.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = media)]
pub struct Stored {
    /// Of its original.
    pub sha256: String,
    /// Its media type.
    pub mime: String,
    /// Of its original; renditions come on top.
    pub bytes: i64,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// How many attachments, avatars and banners show it.
    pub refs: i64,
    /// When it was last uploaded, attached or let go.
    pub touched_at: Timestamp,
}

/// Sums over all pictures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Pictures.
    pub count: i64,
    /// Bytes of their originals.
    pub bytes: i64,
}

/// Sums over all pictures: reads one index through.
///
/// # Errors
/// The database refuses.
pub async fn totals(conn: &mut Conn) -> Result<Totals> {
    // PostgreSQL sums 64-bit numbers to a type that diesel knows only with one more crate.
    let sums = media::table.select((
        diesel::dsl::count_star(),
        sql::<BigInt>("CAST(COALESCE(SUM(media.bytes), 0) AS BIGINT)"),
    ));
    let (count, bytes): (i64, i64) = run!(conn, c => sums.first(c).await)?;
    Ok(Totals { count, bytes })
}

/// One kept picture.
///
/// # Errors
/// `Missing`.
pub async fn find(conn: &mut Conn, sha256: &str) -> Result<Stored> {
    let row = media::table.find(sha256);
    let row: Option<Stored> =
        run!(conn, c => row.select(Stored::as_select()).first(c).await.optional())?;
    row.ok_or(Error::Missing(Noun::Media))
}

/// Pictures, the largest first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn largest(conn: &mut Conn, page: Page) -> Result<Slice<Stored>> {
    let (bytes, sha) = (media::bytes, media::sha256);
    let span = page.span::<(i64, String)>()?;
    let rows: Vec<Stored> = run!(conn, c => {
        let all = media::table
            .select(Stored::as_select())
            .limit(page.rows())
            .into_boxed();
        let part = match span.clone() {
            Span::Start => all.order((bytes.desc(), sha.desc())),
            Span::After((b, s)) => all
                .filter(bytes.le(b).and(bytes.lt(b).or(sha.lt(s))))
                .order((bytes.desc(), sha.desc())),
            Span::Before((b, s)) => all
                .filter(bytes.ge(b).and(bytes.gt(b).or(sha.gt(s))))
                .order((bytes.asc(), sha.asc())),
        };
        part.load(c).await
    })?;
    let key = |row: &Stored| (row.bytes, row.sha256.clone());
    Ok(Slice::cut(rows, &page, &span, key))
}

/// Pictures that nothing shows, longest unused first; the sweep takes them in time.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn unused(conn: &mut Conn, page: Page) -> Result<Slice<Stored>> {
    let (at, sha) = (media::touched_at, media::sha256);
    let span = page.span::<(i64, String)>()?;
    let rows: Vec<Stored> = run!(conn, c => {
        let all = media::table
            // A literal, so that the index of these is seen to fit.
            .filter(media::refs.eq(sql::<BigInt>("0")))
            .select(Stored::as_select())
            .limit(page.rows())
            .into_boxed();
        let part = match span.clone() {
            Span::Start => all.order((at.asc(), sha.asc())),
            Span::After((a, s)) => all
                .filter(at.ge(a).and(at.gt(a).or(sha.gt(s))))
                .order((at.asc(), sha.asc())),
            Span::Before((a, s)) => all
                .filter(at.le(a).and(at.lt(a).or(sha.lt(s))))
                .order((at.desc(), sha.desc())),
        };
        part.load(c).await
    })?;
    let key = |row: &Stored| (row.touched_at.0, row.sha256.clone());
    Ok(Slice::cut(rows, &page, &span, key))
}
