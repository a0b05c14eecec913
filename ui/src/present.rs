//! From what the domain knows to what a template shows: words, addresses, and which acts are offered to whom.
//!
//! Nothing here reads the database. What is offered here is decided again by the domain's rules when it is done.

mod board;
mod faults;
mod gallery;
mod name;
mod picture;
mod post;
pub(crate) mod preview;
mod thread;
mod words;

pub(crate) use board::{board_card, board_head, follow_button};
pub(crate) use faults::faults;
pub(crate) use gallery::{cover, shot, slide};
pub(crate) use name::{board_name, board_ref_name, person};
pub(crate) use picture::{focus, image_for_form, missing};
pub(crate) use post::{Setting, Stage, post, post_path, thread_path};
pub(crate) use thread::{card, loading, profile_picture, summary, tile, title};
pub(crate) use words::{bytes, count, pager, span, when};
