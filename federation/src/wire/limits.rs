//! How much of a document is read. More is left out silently: a long list is no reason to refuse a post.

/// Characters of a subject or display name.
pub(crate) const NAME: usize = 200;
/// Characters of a summary, which is mostly a content warning.
pub(crate) const SUMMARY: usize = 500;
/// Bytes of a content, HTML or source.
pub(crate) const CONTENT: usize = 64 * 1024;
/// Bytes of an actor's description.
pub(crate) const DESCRIPTION: usize = 20 * 1024;
/// Characters of an alt text.
pub(crate) const ALT: usize = 10_000;
/// Characters of a user name.
pub(crate) const USERNAME: usize = 200;
/// Entries of `tag`.
pub(crate) const TAGS: usize = 64;
/// Entries of `attachment`.
pub(crate) const ATTACHMENTS: usize = 16;
/// Addresses in `to` and in `cc`, each.
pub(crate) const ADDRESSES: usize = 250;
/// Entries of `inReplyTo`.
pub(crate) const PARENTS: usize = 32;
/// Entries of `object`.
pub(crate) const OBJECTS: usize = 50;
/// Items of a collection or page.
pub(crate) const ITEMS: usize = 200;
/// Keys of an actor.
pub(crate) const KEYS: usize = 10;
/// Profile fields of an actor.
pub(crate) const FIELDS: usize = 16;
/// Entries of `alsoKnownAs`.
pub(crate) const ALIASES: usize = 64;
/// Largest width or height that is believed.
pub(crate) const SIDE: i64 = 100_000;
/// Numbers that a `Move` gives.
pub(crate) const NUMBERS: usize = 2_000;
