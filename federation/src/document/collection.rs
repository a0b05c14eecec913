//! Ordered collections and their pages.

use serde_json::{Value, json};

/// A collection that only says how large it is: who follows whom is nobody else's business.
pub(crate) fn counted(id: &str, total: i64) -> Value {
    json!({"id": id, "type": "OrderedCollection", "totalItems": total})
}

/// A collection whose items are all here.
pub(crate) fn whole(id: &str, items: &[Value]) -> Value {
    json!({"id": id, "type": "OrderedCollection", "totalItems": items.len(), "orderedItems": items})
}

/// A collection that is read page by page from `first`.
pub(crate) fn paged(id: &str, total: i64, first: &str) -> Value {
    json!({"id": id, "type": "OrderedCollection", "totalItems": total, "first": first})
}

/// One page of a collection.
pub(crate) fn page(id: &str, part_of: &str, items: &[Value], next: Option<&str>) -> Value {
    let mut page = json!({"id": id, "type": "OrderedCollectionPage", "partOf": part_of, "orderedItems": items});
    if let Some(next) = next {
        page["next"] = next.into();
    }
    page
}
