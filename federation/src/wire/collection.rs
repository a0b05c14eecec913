//! A collection or one page of it: outbox, followers, moderators, replies.

use serde_json::Value;

use crate::wire::{Object, WireError, limits, read, type_of};

/// A collection or a page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CollectionDoc {
    pub(crate) id: Option<String>,
    /// Whether the order means something.
    pub(crate) ordered: bool,
    /// Whether it is one page of another collection.
    pub(crate) page: bool,
    pub(crate) total: Option<i64>,
    pub(crate) items: Vec<Object>,
    /// The first page, by id or embedded.
    pub(crate) first: Option<Object>,
    pub(crate) next: Option<String>,
    pub(crate) part_of: Option<String>,
    /// The owner of a `context` (FEP-7888).
    pub(crate) attributed_to: Option<String>,
}

impl CollectionDoc {
    /// Reads a collection; FChannel sends threads without a type.
    ///
    /// # Errors
    /// [`WireError::NoType`] where it is no collection.
    pub(crate) fn read(value: &Value) -> Result<Self, WireError> {
        if !value.is_object() {
            return Err(WireError::NotAnObject);
        }
        let (ordered, page) = match type_of(value) {
            Some("Collection") => (false, false),
            Some("OrderedCollection") => (true, false),
            Some("CollectionPage") => (false, true),
            Some("OrderedCollectionPage") => (true, true),
            _ if value.get("orderedItems").is_some() => (true, false),
            _ => return Err(WireError::NoType),
        };
        let items = read::many(value, "orderedItems")
            .iter()
            .chain(read::many(value, "items"));
        Ok(Self {
            id: super::id(value),
            ordered,
            page,
            total: read::whole(value.get("totalItems"), i64::MAX),
            items: items.take(limits::ITEMS).filter_map(Object::read).collect(),
            first: value.get("first").and_then(Object::read),
            next: read::id_at(value, "next"),
            part_of: read::id_at(value, "partOf"),
            attributed_to: read::id_at(value, "attributedTo"),
        })
    }
}
