//! Foreign posts: read from their documents, made safe, and put where they belong.

use domain::account::{Account, Kind};
use domain::post::{Arrival, Edit, Outcome, Place, RemoteMedia};
use domain::{Id, follow};
use markup::Rendered;
use serde_json::Value;

use crate::activity::Via;
use crate::hub::Hub;
use crate::trouble::Trouble;
use crate::wire::{AttachmentDoc, Media, NoteDoc};
use crate::{actor, origin, thread};

/// A post with an id and an author, both of one server.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) id: String,
    pub(crate) author: String,
    pub(crate) doc: NoteDoc,
}

impl Note {
    /// Reads a document as a post.
    pub(crate) fn read(hub: &Hub, document: &Value) -> Result<Self, Trouble> {
        let doc = NoteDoc::read(document, hub.cx().now())
            .map_err(|error| Trouble::refused(error.to_string()))?;
        let (Some(id), Some(author)) = (doc.id.clone(), doc.attributed_to.clone()) else {
            return Err(Trouble::refused("the post has no id or no author"));
        };
        if !origin::same_text(&id, &author) {
            return Err(Trouble::refused(
                "the post and its author are of different servers",
            ));
        }
        Ok(Self { id, author, doc })
    }

    /// What it answers; the last of several, because the first is the whole thread where several are given.
    pub(crate) fn parent(&self) -> Option<&str> {
        self.doc.in_reply_to.last().map(String::as_str)
    }

    /// Whom it is for, the board first.
    fn addressed(&self) -> impl Iterator<Item = &str> {
        let doc = &self.doc;
        doc.audience
            .iter()
            .chain(&doc.to)
            .chain(&doc.cc)
            .map(String::as_str)
    }
}

/// Reads a post from its author's own server.
pub(crate) async fn fetch(hub: &Hub, uri: &str) -> Result<Note, Trouble> {
    let url = origin::parse(uri).ok_or_else(|| Trouble::refused("the post's id is no address"))?;
    hub.admit(&url).await?;
    let fetched = hub.client.get_document(&url, Some(&hub.instance)).await?;
    Note::read(hub, &fetched.value)
}

/// Keeps a post that was fetched because somebody asked for it.
pub(crate) async fn import(hub: &Hub, document: &Value) -> Result<Id, Trouble> {
    keep(hub, &Note::read(hub, document)?).await
}

/// Keeps a post with all that it answers.
pub(crate) async fn keep(hub: &Hub, note: &Note) -> Result<Id, Trouble> {
    if let Some(parent) = note.parent() {
        thread::complete(hub, parent).await?;
    }
    store(hub, note, None, None).await
}

/// Keeps a post outside of any activity; answers its id.
pub(crate) async fn store(
    hub: &Hub,
    note: &Note,
    board: Option<&Account>,
    no: Option<i64>,
) -> Result<Id, Trouble> {
    let mut arrival = arrival(hub, note, board).await?;
    arrival.no = no;
    let kept = hub.cx().write(async |tx| {
        let outcome = domain::post::accept(tx, arrival).await?;
        if let (Outcome::Known(id), Some(no)) = (&outcome, no) {
            domain::post::number(tx, *id, no).await?;
        }
        Ok(outcome)
    });
    match kept.await? {
        Outcome::New(id) | Outcome::Known(id) => Ok(id),
        Outcome::Orphan(parent) => Err(Trouble::Orphan(parent)),
        Outcome::Deleted => Err(Trouble::Domain(domain::Error::Gone(domain::Noun::Post))),
    }
}

/// The post as the domain takes it, with its author and board known here.
pub(crate) async fn arrival(
    hub: &Hub,
    note: &Note,
    via: Option<&Account>,
) -> Result<Arrival, Trouble> {
    let author = actor::ensure(hub, &note.author).await?;
    let board = board_of(hub, note, via).await?;
    let (body, html) = text(hub, &note.doc);
    let place = match note.parent() {
        Some(parent) => Place::Reply {
            parent_uri: parent.to_owned(),
        },
        None => Place::Thread,
    };
    let doc = &note.doc;
    let url = doc
        .url
        .clone()
        .filter(|url| origin::same_text(url, &note.id));
    Ok(Arrival {
        uri: note.id.clone(),
        url: url.unwrap_or_else(|| note.id.clone()),
        author: author.id,
        board,
        place,
        no: None,
        subject: subject(note),
        body,
        html,
        media: media(doc),
        tags: tags(doc),
        sensitive: doc.sensitive,
        content_warning: warning(doc),
        language: doc.language.clone(),
        sage: doc.sage,
        published: doc.published.unwrap_or_else(|| hub.cx().now()),
        edited: doc.updated,
        activity: None,
    })
}

/// A change of a post as the domain takes it.
pub(crate) fn edit(hub: &Hub, note: &Note, activity: Option<String>) -> Edit {
    let doc = &note.doc;
    let (body, html) = text(hub, doc);
    Edit {
        subject: subject(note),
        body,
        html,
        media: media(doc),
        tags: tags(doc),
        sensitive: doc.sensitive,
        content_warning: warning(doc),
        language: doc.language.clone(),
        edited: doc.updated.unwrap_or_else(|| hub.cx().now()),
        activity,
    }
}

/// Posts that came uninvited are kept only where somebody here has to do with them.
pub(crate) async fn check_interest(hub: &Hub, note: &Note, via: &Via) -> Result<(), Trouble> {
    let mut conn = hub.cx().read().await?;
    if let Some(board) = via.board()
        && follow::has_local_followers(&mut conn, board.id).await?
    {
        return Ok(());
    }
    for uri in note.addressed() {
        let Some(account) = domain::account::by_uri(&mut conn, uri).await? else {
            continue;
        };
        let board_we_follow = account.kind == Kind::Board
            && via.board().is_none()
            && follow::has_local_followers(&mut conn, account.id).await?;
        if account.is_local() || board_we_follow {
            return Ok(());
        }
    }
    if let Some(author) = domain::account::by_uri(&mut conn, &note.author).await?
        && follow::has_local_followers(&mut conn, author.id).await?
    {
        return Ok(());
    }
    if let Some(parent) = note.parent()
        && domain::post::by_uri(&mut conn, parent).await?.is_some()
    {
        return Ok(());
    }
    Err(Trouble::Ignored("a post nobody here has to do with"))
}

/// The board a post is on: the one that passed it on, else the first board it is addressed to, else its
/// parent's (the domain puts replies there whatever stands here).
async fn board_of(hub: &Hub, note: &Note, via: Option<&Account>) -> Result<Id, Trouble> {
    if let Some(board) = via {
        return Ok(board.id);
    }
    for uri in note.addressed() {
        let known = domain::account::by_uri(&mut *hub.cx().read().await?, uri).await?;
        if let Some(board) = known.filter(|account| account.kind == Kind::Board) {
            return Ok(board.id);
        }
    }
    if let Some(parent) = note.parent() {
        let mut conn = hub.cx().read().await?;
        let Some(id) = domain::post::by_uri(&mut conn, parent).await? else {
            return Err(Trouble::Orphan(parent.to_owned()));
        };
        let parent = domain::post::find_any(&mut conn, id, &domain::Viewer::Visitor).await?;
        return Ok(parent.board.id);
    }
    let Some(audience) = note.doc.audience.as_deref().filter(|uri| !hub.is_ours(uri)) else {
        return Err(Trouble::Ignored("a post on no board"));
    };
    let board = actor::fetch(hub, audience).await?;
    if board.kind != Kind::Board {
        return Err(Trouble::Ignored("a post on no board"));
    }
    Ok(board.id)
}

/// What was typed wins over what was rendered: references, greentext and spoilers come out as they do at home.
fn text(hub: &Hub, doc: &NoteDoc) -> (String, Rendered) {
    let typed = doc
        .source
        .as_ref()
        .filter(|source| source.media_type.as_deref() == Some("text/markdown"));
    match typed {
        Some(source) => (
            source.content.clone(),
            markup::render(&source.content, &hub.site().origin),
        ),
        None => {
            let rendered = markup::foreign(doc.content.as_deref().unwrap_or_default());
            (
                markup::excerpt(&rendered.html, domain::limits::BODY),
                rendered,
            )
        }
    }
}

fn subject(note: &Note) -> Option<String> {
    let name = note
        .doc
        .name
        .as_deref()
        .filter(|_| note.parent().is_none())?;
    Some(markup::plain_line(name)).filter(|subject| !subject.is_empty())
}

/// Many use `summary` for other things; it warns where the post says it is sensitive, or comes from a board
/// like ours, which sends what was typed as well.
fn warning(doc: &NoteDoc) -> Option<String> {
    let text = doc
        .summary
        .as_deref()
        .filter(|_| doc.sensitive || doc.source.is_some())?;
    Some(markup::plain_line(text)).filter(|warning| !warning.is_empty())
}

fn tags(doc: &NoteDoc) -> Vec<String> {
    doc.hashtags.iter().map(|tag| tag.name.clone()).collect()
}

fn media(doc: &NoteDoc) -> Vec<RemoteMedia> {
    let pictures = doc
        .attachments
        .iter()
        .filter(|attachment| attachment.media == Media::Image);
    pictures.map(picture).collect()
}

fn picture(attachment: &AttachmentDoc) -> RemoteMedia {
    RemoteMedia {
        url: attachment.url.clone(),
        mime: attachment.mime.clone().unwrap_or_default(),
        alt: markup::plain_text(attachment.alt.as_deref().unwrap_or_default()),
        width: attachment.width.and_then(|width| i32::try_from(width).ok()),
        height: attachment
            .height
            .and_then(|height| i32::try_from(height).ok()),
        blurhash: attachment.blurhash.clone(),
        sensitive: attachment.sensitive,
        focus: attachment.focal.unwrap_or((0.0, 0.0)),
    }
}
