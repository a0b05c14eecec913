//! Threads in short: on the index of their board, in a catalog, in the home grid.

use domain::attachment::Attachment;
use domain::gallery::Shown;
use domain::post::Post;
use domain::preference::Conduct;
use domain::thread::Summary;

use super::picture::{Loading, face, fit_card};
use super::post::{Setting, Stage, post, post_path, thread_path};
use super::{board_ref_name, count, when};
use crate::view::{self, Card, Face, Mark, ProfilePicture, Tile};
use crate::visit::Visit;

/// Characters of a title made of the text.
const TITLE: usize = 60;
/// Pictures that are seen without scrolling, more or less.
const FIRST: usize = 6;
/// Characters of an excerpt.
const EXCERPT: usize = 240;

/// A thread on the index of its board.
pub(crate) fn summary(
    thread: &Summary,
    visit: &Visit,
    moderates: bool,
    dislikes: bool,
) -> Option<view::Summary> {
    let (opening, replies) = thread.posts.split_first()?;
    let setting = Setting {
        visit,
        stage: Stage::Index,
        opener: Some(opening.author.id),
        moderates,
        dislikes,
        locked: thread.locked,
        pinned: thread.pinned,
        part: &[],
    };
    Some(view::Summary {
        href: path(thread),
        opening: post(opening, &setting),
        omitted: omitted(thread),
        replies: replies.iter().map(|reply| post(reply, &setting)).collect(),
    })
}

/// A thread in the home grid.
pub(crate) fn tile(thread: &Summary, visit: &Visit, loading: Loading) -> Option<Tile> {
    let opening = thread.posts.first()?;
    let face = face_of(opening, loading, &visit.chosen.conduct);
    let path = path(thread);
    Some(Tile {
        href: match face {
            Face::Picture(_) => opening.path(),
            _ => path.clone(),
        },
        thread: path,
        board: board_ref_name(&thread.board),
        face,
        title: title(opening),
        excerpt: excerpt(opening),
        replies: count(thread.reply_count, "reply", "replies"),
    })
}

/// A thread in a catalog.
pub(crate) fn card(thread: &Summary, visit: &Visit, loading: Loading) -> Option<Card> {
    let opening = thread.posts.first()?;
    let mut marks = Vec::new();
    if thread.pinned {
        marks.push(Mark {
            icon: "pin",
            text: "Pinned",
        });
    }
    if thread.locked {
        marks.push(Mark {
            icon: "lock",
            text: "Locked",
        });
    }
    let subject = opening
        .subject
        .as_ref()
        .is_some_and(|subject| !subject.is_empty());
    let text = excerpt(opening);
    let title = title(opening);
    let mut face = face_of(opening, loading, &visit.chosen.conduct);
    if let Face::Picture(image) = &mut face {
        fit_card(image);
    }
    Some(Card {
        thread: path(thread),
        hue: domain::board::hue(&thread.board.uri),
        face,
        excerpt: if subject || text.chars().count() > TITLE {
            text
        } else {
            String::new()
        },
        title,
        replies: count(thread.reply_count, "reply", "replies"),
        pictures: count(thread.media_count, "picture", "pictures"),
        bumped: when(thread.bumped_at),
        marks,
    })
}

/// What a thread is called: its subject, or its first words.
pub(crate) fn title(opening: &Post) -> String {
    if opening.deleted.is_some() {
        return "Deleted post".to_owned();
    }
    let subject = opening
        .subject
        .as_deref()
        .map(str::trim)
        .filter(|subject| !subject.is_empty());
    if let Some(subject) = subject {
        return subject.to_owned();
    }
    let words = opening
        .warning()
        .map_or_else(|| markup::excerpt(&opening.html, TITLE), str::to_owned);
    match (words.is_empty(), opening.no) {
        (false, _) => words,
        (true, Some(no)) => format!("No.{no}"),
        (true, None) => "Untitled".to_owned(),
    }
}

/// The pictures at the top of a page come with it, the others when they come near.
pub(crate) fn loading(index: usize) -> Loading {
    if index < FIRST {
        Loading::Early
    } else {
        Loading::Late
    }
}

/// A picture among others of the same person.
pub(crate) fn profile_picture(shown: &Shown, visit: &Visit, loading: Loading) -> ProfilePicture {
    let (picture, post) = (&shown.media, &*shown.post);
    let face = match post.warning() {
        Some(warning) => Face::Hidden(warning.to_owned()),
        None => face_with(picture, post, loading, &visit.chosen.conduct),
    };
    ProfilePicture {
        href: format!("{}#{}", post.path(), picture.id),
        board: board_ref_name(&post.board),
        face,
        thread: post_path(post),
        when: when(post.created_at),
    }
}

fn path(thread: &Summary) -> String {
    thread_path(&thread.board, thread.no, thread.id)
}

/// What is covered in its post is covered here too.
fn excerpt(opening: &Post) -> String {
    match opening.warning() {
        Some(warning) => warning.to_owned(),
        None => markup::excerpt(&opening.html, EXCERPT),
    }
}

fn face_of(opening: &Post, loading: Loading, conduct: &Conduct) -> Face {
    if let Some(warning) = opening.warning() {
        return Face::Hidden(warning.to_owned());
    }
    let Some(first) = opening.media.first() else {
        return Face::Words;
    };
    face_with(first, opening, loading, conduct)
}

/// A picture where there is room for nothing but it.
fn face_with(picture: &Attachment, post: &Post, loading: Loading, conduct: &Conduct) -> Face {
    let sensitive = post.sensitive || picture.sensitive;
    if sensitive && !conduct.open_sensitive {
        return Face::Hidden("Sensitive picture".to_owned());
    }
    match face(picture, loading, conduct) {
        Some(image) => Face::Picture(image),
        None => Face::Hidden("This picture is not here yet".to_owned()),
    }
}

fn omitted(thread: &Summary) -> Option<String> {
    let replies = count(thread.replies_omitted, "reply", "replies");
    let pictures = count(thread.media_omitted, "picture", "pictures");
    match (thread.replies_omitted, thread.media_omitted) {
        (0, _) => None,
        (_, 0) => Some(format!("{replies} omitted.")),
        _ => Some(format!("{replies} and {pictures} omitted.")),
    }
}
