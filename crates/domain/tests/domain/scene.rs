//! People who post: the shortest way to a thread, a reply, a picture or something that arrives.

use domain::attachment::{self, Meta};
use domain::post::{self, Arrival, Draft, Edit, Outcome, Place, Post, RemoteMedia};
use domain::thread::{self, Thread};
use domain::vote::{self, Ballot};
use domain::{Caller, Error, Handle, Id, Result, Timestamp, Viewer};
use markup::Rendered;
use media::{Format, Picture, Rendition};

use crate::world::World;

/// A thread of text.
pub async fn open(world: &World, who: &Caller, board: &str, body: &str) -> Id {
    try_open(world, who, board, opening(body)).await.unwrap()
}

/// A thread, or why not.
pub async fn try_open(
    world: &World,
    who: &Caller,
    board: &str,
    draft: thread::Draft,
) -> Result<Id> {
    let board = Handle::parse(board, &world.cx.site).unwrap();
    world
        .write(async |tx| thread::start(tx, who, &board, draft).await)
        .await
}

/// An opening post of text.
pub fn opening(body: &str) -> thread::Draft {
    thread::Draft {
        body: body.to_owned(),
        ..thread::Draft::default()
    }
}

/// A reply of text.
pub async fn answer(world: &World, who: &Caller, thread: Id, body: &str) -> Id {
    try_answer(world, who, thread, reply(body)).await.unwrap()
}

/// A reply, or why not.
pub async fn try_answer(world: &World, who: &Caller, thread: Id, draft: Draft) -> Result<Id> {
    world
        .write(async |tx| post::submit(tx, who, thread, draft).await)
        .await
}

/// A reply of text.
pub fn reply(body: &str) -> Draft {
    Draft {
        body: body.to_owned(),
        ..Draft::default()
    }
}

/// A post or tombstone.
pub async fn see(world: &World, id: Id) -> Post {
    let mut conn = world.read().await;
    post::find_any(&mut conn, id, &Viewer::Visitor)
        .await
        .unwrap()
}

/// A thread.
pub async fn visit(world: &World, id: Id) -> Thread {
    let mut conn = world.read().await;
    thread::view(&mut conn, id, &Viewer::Visitor).await.unwrap()
}

/// Deletes a post.
pub async fn delete(world: &World, who: &Caller, id: Id) -> Result<()> {
    world
        .write(async |tx| post::delete(tx, who, id).await)
        .await
}

/// Changes the text of a post.
pub async fn rewrite(world: &World, who: &Caller, id: Id, body: &str) -> Result<()> {
    let patch = post::Patch {
        body: Some(body.to_owned()),
        ..post::Patch::default()
    };
    world
        .write(async |tx| post::edit(tx, who, id, patch).await)
        .await
}

/// Votes.
pub async fn vote(world: &World, who: &Caller, id: Id, value: i16) -> Result<vote::Tally> {
    world
        .write(async |tx| vote::set(tx, who, id, value).await)
        .await
}

/// What `media` would say of a picture; each seed is another file.
pub fn picture(seed: u8) -> Picture {
    let rendition = |name: &str, side| Rendition {
        name: name.to_owned(),
        mime: "image/webp",
        width: side,
        height: side,
        bytes: 1_000,
    };
    Picture {
        sha256: format!("{seed:02x}").repeat(32),
        format: Format::Png,
        bytes: 12_345,
        width: 800,
        height: 600,
        frames: 1,
        thumbhash: "3OcRJYB4d3h/iIeHeEh3eIhw+j2w".to_owned(),
        blurhash: "LEHV6nWB2yk8pyo0adR*.7kCMdnj".to_owned(),
        colour: "c3n".to_owned(),
        renditions: vec![rendition("320", 320), rendition("640", 640)],
        still: None,
    }
}

/// An upload with a description.
pub async fn upload(world: &World, who: &Caller, seed: u8) -> Id {
    let meta = Meta {
        alt: format!("picture {seed}"),
        ..Meta::default()
    };
    world
        .write(async |tx| attachment::upload(tx, who, picture(seed), meta).await)
        .await
        .unwrap()
}

/// A post of another server that opens a thread; one second old.
pub fn arrival(world: &World, uri: &str, author: Id, board: Id, body: &str) -> Arrival {
    Arrival {
        uri: uri.to_owned(),
        url: uri.to_owned(),
        author,
        board,
        place: Place::Thread,
        no: None,
        subject: None,
        body: body.to_owned(),
        html: rendered(body),
        media: Vec::new(),
        tags: Vec::new(),
        sensitive: false,
        content_warning: None,
        language: None,
        sage: false,
        published: world.cx.now().plus(-db::SECOND),
        edited: None,
        activity: Some(format!("{{\"id\":\"{uri}/create\"}}")),
    }
}

/// The same as an answer.
pub fn answering(arrival: Arrival, parent_uri: &str) -> Arrival {
    Arrival {
        place: Place::Reply {
            parent_uri: parent_uri.to_owned(),
        },
        ..arrival
    }
}

/// A change of such a post.
pub fn change(body: &str, edited: Timestamp) -> Edit {
    Edit {
        subject: None,
        body: body.to_owned(),
        html: rendered(body),
        media: Vec::new(),
        tags: Vec::new(),
        sensitive: false,
        content_warning: None,
        language: None,
        edited,
        activity: None,
    }
}

/// Foreign HTML of one paragraph.
pub fn rendered(body: &str) -> Rendered {
    let escaped = body.replace('&', "&amp;").replace('<', "&lt;");
    markup::foreign(&format!("<p>{}</p>", escaped.replace('>', "&gt;")))
}

/// A picture of another server.
pub fn remote_picture(url: &str) -> RemoteMedia {
    RemoteMedia {
        url: url.to_owned(),
        mime: "image/jpeg".to_owned(),
        alt: "from afar".to_owned(),
        width: Some(640),
        height: Some(480),
        ..RemoteMedia::default()
    }
}

/// Keeps what another server sent.
pub async fn receive(world: &World, arrival: Arrival) -> Result<Outcome> {
    world
        .write(async |tx| post::accept(tx, arrival).await)
        .await
}

/// Keeps what another server sent and answers its id.
pub async fn received(world: &World, arrival: Arrival) -> Id {
    match receive(world, arrival).await.unwrap() {
        Outcome::New(id) => id,
        other => panic!("not new: {other:?}"),
    }
}

/// A vote of another server.
pub async fn ballot(world: &World, voter: Id, post: Id, value: i16, at: Timestamp) -> Result<bool> {
    let uri = format!("https://far.example/votes/{voter}/{post}/{}/{value}", at.0);
    let ballot = Ballot {
        voter,
        post,
        value,
        uri,
        at,
        activity: None,
    };
    world.write(async |tx| vote::accept(tx, ballot).await).await
}

/// The codes of the faults by field.
pub fn codes<T: std::fmt::Debug>(result: Result<T>) -> Vec<(String, &'static str)> {
    match result {
        Err(Error::Invalid(faults)) => faults
            .into_iter()
            .map(|fault| (fault.field.into_owned(), fault.code))
            .collect(),
        other => panic!("not invalid: {other:?}"),
    }
}
