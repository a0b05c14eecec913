//! Pictures become part of a post, and leave it.
//!
//! Called by the private insert, by edits of peers and by deletion; they keep the thread's count of pictures.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::attachment::{State, refs};
use crate::post::RemoteMedia;
use crate::schema::attachments;
use crate::{Clash, Error, Fault, Result, Tx, limits, rules};

/// Bytes of an address that is kept.
const ADDRESS: usize = 2_048;
/// Characters of a media type or blurhash that is kept.
const WORD: usize = 200;
/// Pixels of a side that are believed.
const SIDE: i32 = 100_000;

/// The pictures of a post that is being made.
pub(crate) enum Pictures {
    /// Uploads of its author, checked by [`faults`].
    Uploads(Vec<Id>),
    /// To be fetched, from [`believable`].
    Remote(Vec<RemoteMedia>),
}

impl Pictures {
    pub(crate) fn len(&self) -> i64 {
        let count = match self {
            Self::Uploads(ids) => ids.len(),
            Self::Remote(list) => list.len(),
        };
        i64::try_from(count).unwrap_or_default()
    }
}

/// All that is wrong with the uploads somebody wants to post.
pub(crate) async fn faults(
    conn: &mut Conn,
    owner: Id,
    ids: &[Id],
    require_alt: bool,
) -> Result<Vec<Fault>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = attachments::table
        .filter(attachments::id.eq_any(ids))
        .filter(attachments::owner_id.eq(owner))
        .select((
            attachments::id,
            attachments::post_id,
            attachments::state,
            attachments::alt,
        ));
    type Found = (Id, Option<Id>, String, String);
    let rows: Vec<Found> = run!(conn, c => query.load(c).await)?;
    let mut faults = Vec::new();
    for (index, id) in ids.iter().enumerate() {
        let row = rows.iter().find(|row| row.0 == *id);
        let (code, what) = match row {
            None => ("unknown", "is none of your uploads; upload it again"),
            _ if ids[..index].contains(id) => ("repeated", "is there twice"),
            Some((_, Some(_), _, _)) => ("attached", "belongs to a post already; upload it again"),
            Some((_, _, state, _)) if state != State::Ready.name() => ("not_ready", "is not here"),
            Some((_, _, _, alt)) if require_alt && alt.is_empty() => {
                ("alt_required", "needs a description on this board")
            }
            Some(_) => continue,
        };
        let detail = format!("Picture {} {what}.", index + 1);
        faults.push(Fault::new("media", code, detail));
    }
    Ok(faults)
}

/// What of a peer's list of pictures is kept.
pub(crate) fn believable(list: Vec<RemoteMedia>) -> Vec<RemoteMedia> {
    let mut kept: Vec<RemoteMedia> = Vec::new();
    for one in list {
        let fits = !one.url.is_empty() && one.url.len() <= ADDRESS && !one.url.contains('\0');
        if !fits || kept.iter().any(|other| other.url == one.url) {
            continue;
        }
        kept.push(tidy(one));
        if kept.len() == limits::FOREIGN_PICTURES {
            break;
        }
    }
    kept
}

/// Makes the pictures part of a post; answers those to be fetched.
pub(crate) async fn attach(
    tx: &mut Tx,
    owner: Id,
    post: Id,
    board: Id,
    pictures: Pictures,
) -> Result<Vec<Id>> {
    let mut wanted = Vec::new();
    match pictures {
        Pictures::Uploads(ids) => {
            for (position, id) in (0..).zip(ids) {
                place_upload(tx, (post, board), position, id).await?;
            }
        }
        Pictures::Remote(list) => {
            for (position, one) in (0..).zip(list) {
                wanted.push(place_remote(tx, owner, post, position, &one).await?);
            }
        }
    }
    Ok(wanted)
}

/// The pictures of a post become those of the list: those here by their address stay. Answers how many more there
/// are now, and those to be fetched; `None` where nothing changed.
pub(crate) async fn replace(
    tx: &mut Tx,
    owner: Id,
    post: Id,
    list: &[RemoteMedia],
) -> Result<Option<(i64, Vec<Id>)>> {
    let old = remote_of(&mut tx.conn, post).await?;
    let (mut changed, mut more, mut wanted) = (false, 0, Vec::new());
    for (position, one) in (0..).zip(list) {
        match old.iter().find(|(_, place, _)| place.url == one.url) {
            Some((id, place, at)) => {
                if *at != position || !says_the_same(place, one) {
                    describe_remote(tx, *id, position, one).await?;
                    changed = true;
                }
            }
            None => {
                wanted.push(place_remote(tx, owner, post, position, one).await?);
                more += 1;
            }
        }
    }
    for (id, place, _) in &old {
        if !list.iter().any(|one| one.url == place.url) {
            let gone = diesel::delete(attachments::table.find(*id)).returning(attachments::sha256);
            let name: Option<String> = run!(tx.conn, c => gone.get_result(c).await)?;
            refs::release_all(tx, name.into_iter().collect()).await?;
            more -= 1;
            changed = true;
        }
    }
    Ok((changed || !wanted.is_empty()).then_some((more, wanted)))
}

/// Takes all pictures from a post; answers how many there were.
pub(crate) async fn detach(tx: &mut Tx, post: Id) -> Result<i64> {
    let mine = attachments::table.filter(attachments::post_id.eq(post));
    let count: i64 = run!(tx.conn, c => mine.count().get_result(c).await)?;
    if count > 0 {
        let delete = diesel::delete(mine).returning(attachments::sha256);
        let names: Vec<Option<String>> = run!(tx.conn, c => delete.get_results(c).await)?;
        refs::release_all(tx, names.into_iter().flatten().collect()).await?;
    }
    Ok(count)
}

/// The names of the files of a post.
pub(crate) async fn files(conn: &mut Conn, post: Id) -> Result<Vec<String>> {
    let query = attachments::table
        .filter(attachments::post_id.eq(post))
        .filter(attachments::sha256.is_not_null())
        .select(attachments::sha256);
    let names: Vec<Option<String>> = run!(conn, c => query.load(c).await)?;
    Ok(names.into_iter().flatten().collect())
}

async fn place_upload(tx: &mut Tx, (post, board): (Id, Id), position: i32, id: Id) -> Result<()> {
    let loose = attachments::table
        .find(id)
        .filter(attachments::post_id.is_null());
    let update = diesel::update(loose).set((
        attachments::post_id.eq(post),
        attachments::board_id.eq(board),
        attachments::position.eq(position),
    ));
    match run!(tx.conn, c => update.execute(c).await)? {
        1 => Ok(()),
        _ => Err(Error::Conflict(Clash::Attached)),
    }
}

async fn place_remote(
    tx: &mut Tx,
    owner: Id,
    post: Id,
    position: i32,
    one: &RemoteMedia,
) -> Result<Id> {
    let id = tx.id();
    let row = (
        attachments::id.eq(id),
        attachments::post_id.eq(post),
        attachments::owner_id.eq(owner),
        attachments::position.eq(position),
        attachments::state.eq(State::Pending.name()),
        attachments::remote_url.eq(&one.url),
        attachments::alt.eq(&one.alt),
        attachments::sensitive.eq(one.sensitive),
        attachments::focus_x.eq(one.focus.0),
        attachments::focus_y.eq(one.focus.1),
        attachments::mime.eq(&one.mime),
        attachments::width.eq(one.width),
        attachments::height.eq(one.height),
        attachments::blurhash.eq(one.blurhash.as_ref()),
        attachments::created_at.eq(tx.now),
    );
    let insert = diesel::insert_into(attachments::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(id)
}

async fn describe_remote(tx: &mut Tx, id: Id, position: i32, one: &RemoteMedia) -> Result<()> {
    let update = diesel::update(attachments::table.find(id)).set((
        attachments::position.eq(position),
        attachments::alt.eq(&one.alt),
        attachments::sensitive.eq(one.sensitive),
        attachments::focus_x.eq(one.focus.0),
        attachments::focus_y.eq(one.focus.1),
    ));
    run!(tx.conn, c => update.execute(c).await)?;
    Ok(())
}

async fn remote_of(conn: &mut Conn, post: Id) -> Result<Vec<(Id, RemoteMedia, i32)>> {
    let query = attachments::table
        .filter(attachments::post_id.eq(post))
        .order((attachments::position, attachments::id))
        .select((
            attachments::id,
            attachments::position,
            attachments::remote_url,
            attachments::alt,
            attachments::sensitive,
            (attachments::focus_x, attachments::focus_y),
        ));
    type Found = (Id, i32, Option<String>, String, bool, (f64, f64));
    let rows: Vec<Found> = run!(conn, c => query.load(c).await)?;
    let of = |(id, position, url, alt, sensitive, focus): Found| {
        let one = RemoteMedia {
            url: url.unwrap_or_default(),
            alt,
            sensitive,
            focus,
            ..RemoteMedia::default()
        };
        (id, one, position)
    };
    Ok(rows.into_iter().map(of).collect())
}

fn says_the_same(one: &RemoteMedia, other: &RemoteMedia) -> bool {
    let focus = (one.focus.0 - other.focus.0).abs() + (one.focus.1 - other.focus.1).abs();
    one.alt == other.alt && one.sensitive == other.sensitive && focus < 1e-6
}

fn tidy(one: RemoteMedia) -> RemoteMedia {
    let side = |side: Option<i32>| side.filter(|side| (1..=SIDE).contains(side));
    let point = |at: f64| {
        if at.is_nan() {
            0.0
        } else {
            at.clamp(-1.0, 1.0)
        }
    };
    let word = |text: &str| {
        text.chars()
            .filter(|c| !c.is_control())
            .take(WORD)
            .collect()
    };
    RemoteMedia {
        alt: rules::post::cut(&markup::plain_text(&one.alt), limits::ALT),
        mime: word(&one.mime),
        width: side(one.width),
        height: side(one.height),
        blurhash: one
            .blurhash
            .filter(|hash| hash.len() <= WORD && hash.is_ascii())
            .map(|hash| word(&hash)),
        focus: (point(one.focus.0), point(one.focus.1)),
        ..one
    }
}
