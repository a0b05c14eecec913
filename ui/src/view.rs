//! What the templates are given: plain words and addresses, decided beforehand.
//!
//! One struct per component, so that the same post is drawn by the same template everywhere. Nothing here knows the
//! database; `present` makes these from what the domain says. A component escapes what it is given, therefore it may
//! stand in another template as it is.

mod board;
mod compose;
mod name;
mod page;
mod pager;
mod picture;
mod post;
mod shell;
mod summary;
mod tile;
mod vote;
mod when;

pub(crate) use board::{BoardCard, BoardHead, Fact, Follow};
pub(crate) use compose::{Compose, Faults, Kept, Kind, Slot};
pub(crate) use name::{BoardName, Person};
pub(crate) use page::*;
pub(crate) use pager::{Pager, Tab};
pub(crate) use picture::{Image, Picture, Waiting};
pub(crate) use post::{Act, Backlink, Level, Link, Mark, Post};
pub(crate) use shell::{Section, Shell, SignedIn};
pub(crate) use summary::Summary;
pub(crate) use tile::{Card, Face, Tile};
pub(crate) use vote::Vote;
pub(crate) use when::When;

/// Marks templates as safe to stand in another one: they escaped their own parts.
macro_rules! components {
    ($($name:ty),+ $(,)?) => {
        $(impl askama::filters::HtmlSafe for $name {})+
    };
}

components!(
    BoardHead, BoardName, Card, Compose, Follow, Image, Pager, Person, Picture, Post, Summary,
    Tile, Vote, When,
);
