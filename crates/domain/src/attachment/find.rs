//! Reading pictures.

use std::collections::HashMap;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::{Attachment, Rendition, State};
use crate::schema::{attachments, media as files, renditions};
use crate::{Error, Noun, Result, Viewer, post};

/// A file as `GET /media` needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRow {
    /// Its name.
    pub sha256: String,
    /// Of the original.
    pub mime: String,
    /// Of the original.
    pub bytes: i64,
    /// Smaller versions, smallest first.
    pub renditions: Vec<Rendition>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct Row {
    id: Id,
    post_id: Option<Id>,
    state: String,
    sha256: Option<String>,
    remote_url: Option<String>,
    alt: String,
    sensitive: bool,
    focus_x: f64,
    focus_y: f64,
    mime: String,
    width: Option<i32>,
    height: Option<i32>,
    blurhash: Option<String>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = files)]
struct File {
    mime: String,
    bytes: i64,
    width: i32,
    height: i32,
    frames: i32,
    thumbhash: String,
    blurhash: String,
    colour: String,
}

/// The renditions of one file.
#[derive(Clone, Default)]
struct Smaller {
    /// Smallest first.
    sizes: Vec<Rendition>,
    still: Option<Rendition>,
}

/// A picture by its id.
///
/// # Errors
/// `Missing`.
pub async fn find(conn: &mut Conn, id: Id) -> Result<Attachment> {
    let query = attachments::table
        .left_join(files::table.on(files::sha256.nullable().eq(attachments::sha256)))
        .filter(attachments::id.eq(id));
    let found: Option<(Row, Option<File>)> = run!(conn, c => {
        let query = query.select((Row::as_select(), Option::<File>::as_select()));
        query.first(c).await.optional()
    })?;
    let found = found.ok_or(Error::Missing(Noun::Media))?;
    let smaller = renditions_of(conn, &[&found]).await?;
    Ok(attachment(found, &smaller))
}

/// A picture by its id, as somebody may see it: one of a post as its post is seen, one that waits for its post by its
/// owner alone.
///
/// # Errors
/// `Missing`, or `Denied` where its server is suspended here.
pub async fn view(conn: &mut Conn, id: Id, viewer: &Viewer) -> Result<Attachment> {
    let query = attachments::table
        .find(id)
        .select((attachments::post_id, attachments::owner_id));
    let found: Option<(Option<Id>, Id)> = run!(conn, c => query.first(c).await.optional())?;
    match found {
        Some((Some(shown_in), _)) => {
            let media = post::find(conn, shown_in, viewer).await?.media;
            let mut media = media.into_iter();
            media
                .find(|one| one.id == id)
                .ok_or(Error::Missing(Noun::Media))
        }
        Some((None, owner)) if owner == viewer.id() => find(conn, id).await,
        _ => Err(Error::Missing(Noun::Media)),
    }
}

/// The names of all files after `after`, in order.
///
/// # Errors
/// The database refuses.
pub async fn stored(conn: &mut Conn, after: &str, limit: i64) -> Result<Vec<String>> {
    let query = files::table
        .filter(files::sha256.gt(after))
        .order(files::sha256)
        .limit(limit)
        .select(files::sha256);
    Ok(run!(conn, c => query.load(c).await)?)
}

/// A file by its name, as long as something shows it: what a moderator withdrew is gone at once, and what
/// only a suspended server shows is not served.
///
/// # Errors
/// The database refuses.
pub async fn by_sha(conn: &mut Conn, sha256: &str) -> Result<Option<MediaRow>> {
    let query = files::table
        .find(sha256)
        .filter(files::refs.gt(0))
        .filter(files::withheld.eq(false))
        .select((files::mime, files::bytes));
    let found: Option<(String, i64)> = run!(conn, c => query.first(c).await.optional())?;
    let Some((mime, bytes)) = found else {
        return Ok(None);
    };
    let smaller = load_renditions(conn, &[sha256]).await?;
    Ok(Some(MediaRow {
        sha256: sha256.to_owned(),
        mime,
        bytes,
        renditions: smaller.into_values().next().unwrap_or_default().sizes,
    }))
}

/// The pictures of these posts, in order.
pub(crate) async fn of_posts(
    conn: &mut Conn,
    posts: &[Id],
) -> Result<HashMap<Id, Vec<Attachment>>> {
    let query = attachments::table
        .left_join(files::table.on(files::sha256.nullable().eq(attachments::sha256)))
        .filter(attachments::post_id.eq_any(posts))
        .order((attachments::position, attachments::id));
    let rows: Vec<(Row, Option<File>)> = run!(conn, c => {
        let query = query.select((Row::as_select(), Option::<File>::as_select()));
        query.load(c).await
    })?;
    let smaller = renditions_of(conn, &rows.iter().collect::<Vec<_>>()).await?;
    let mut found: HashMap<Id, Vec<Attachment>> = HashMap::new();
    for row in rows {
        if let Some(post) = row.0.post_id {
            let pictures = found.entry(post).or_default();
            pictures.push(attachment(row, &smaller));
        }
    }
    Ok(found)
}

async fn renditions_of(
    conn: &mut Conn,
    rows: &[&(Row, Option<File>)],
) -> Result<HashMap<String, Smaller>> {
    let names: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.0.sha256.as_deref())
        .collect();
    if names.is_empty() {
        return Ok(HashMap::new());
    }
    load_renditions(conn, &names).await
}

async fn load_renditions(conn: &mut Conn, names: &[&str]) -> Result<HashMap<String, Smaller>> {
    let query = renditions::table
        .filter(renditions::sha256.eq_any(names))
        .order((renditions::width, renditions::height))
        .select((
            renditions::sha256,
            renditions::name,
            renditions::mime,
            (renditions::width, renditions::height, renditions::bytes),
        ));
    type Found = (String, String, String, (i32, i32, i64));
    let rows: Vec<Found> = run!(conn, c => query.load(c).await)?;
    let mut found: HashMap<String, Smaller> = HashMap::new();
    for (sha256, name, mime, (width, height, bytes)) in rows {
        let rendition = Rendition {
            name,
            mime,
            width,
            height,
            bytes,
        };
        let smaller = found.entry(sha256).or_default();
        if rendition.name == media::STILL {
            smaller.still = Some(rendition);
        } else {
            smaller.sizes.push(rendition);
        }
    }
    Ok(found)
}

fn attachment((row, file): (Row, Option<File>), smaller: &HashMap<String, Smaller>) -> Attachment {
    let smaller = row.sha256.as_ref().and_then(|sha| smaller.get(sha));
    let Smaller { sizes, still } = smaller.cloned().unwrap_or_default();
    let known = Attachment {
        id: row.id,
        state: State::parse(&row.state),
        sha256: row.sha256.clone(),
        mime: row.mime,
        bytes: 0,
        width: row.width,
        height: row.height,
        frames: 1,
        alt: row.alt,
        sensitive: row.sensitive,
        focus: (row.focus_x, row.focus_y),
        thumbhash: None,
        blurhash: row.blurhash,
        colour: None,
        renditions: sizes,
        still,
        remote_url: row.remote_url,
    };
    let Some(file) = file else { return known };
    Attachment {
        mime: file.mime,
        bytes: file.bytes,
        width: Some(file.width),
        height: Some(file.height),
        frames: file.frames,
        thumbhash: Some(file.thumbhash),
        blurhash: Some(file.blurhash),
        colour: Some(file.colour),
        ..known
    }
}
