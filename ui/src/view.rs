//! What the templates are given: plain words and addresses, decided beforehand.
//!
//! One struct per component, so that the same post is drawn by the same template everywhere. Nothing here knows the
//! database; `present` makes these from what the domain says. A component escapes what it is given, therefore it may
//! stand in another template as it is.

mod admin;
mod board;
#[cfg(debug_assertions)]
mod components;
mod compose;
mod filters;
mod form;
mod gallery;
mod moderation;
mod name;
mod page;
mod pager;
mod picture;
mod post;
mod profile;
mod settings;
mod shell;
mod summary;
mod tag;
mod text;
mod tile;
mod vote;
mod watch;
mod when;

pub(crate) use admin::*;
pub(crate) use board::{BoardCard, BoardHead, Fact, Follow};
#[cfg(debug_assertions)]
pub(crate) use components::{Components, Sample};
pub(crate) use compose::{Compose, Faults, Kept, Kind, Slot};
pub(crate) use filters::{Choice, Prefs};
pub(crate) use form::{Ask, Entry, Form};
pub(crate) use gallery::{Shot, Slide};
pub(crate) use moderation::*;
pub(crate) use name::{BoardName, Person};
pub(crate) use page::*;
pub(crate) use pager::{Pager, Tab};
pub(crate) use picture::{Image, Picture, Sharper, Waiting};
pub(crate) use post::{Act, Backlink, Level, Link, Mark, Post};
pub(crate) use profile::{Banner, Likes, Menu, Part, Profile};
pub(crate) use settings::*;
pub(crate) use shell::{Preview, Section, Shell, SignedIn};
pub(crate) use summary::Summary;
pub(crate) use tag::TagLine;
pub(crate) use text::*;
pub(crate) use tile::{Card, Face, ProfilePicture, Tile};
pub(crate) use vote::Vote;
pub(crate) use watch::{Watch, WatchLine, Watching};
pub(crate) use when::When;

/// Marks templates as safe to stand in another one: they escaped their own parts.
macro_rules! components {
    ($($name:ty),+ $(,)?) => {
        $(impl askama::filters::HtmlSafe for $name {})+
    };
}

components!(
    AdminHead,
    BoardCard,
    BoardHead,
    BoardName,
    Card,
    Compose,
    Follow,
    Form,
    Image,
    Pager,
    Person,
    Picture,
    Post,
    Prefs,
    ProfilePicture,
    Shot,
    Summary,
    Tile,
    Vote,
    Watch,
    When,
);
