//! The documents we show to peers, one module per kind of thing.

pub(crate) mod actor;
pub(crate) mod collection;
pub(crate) mod note;

use serde_json::Value;

use crate::vocabulary::CONTEXT;

/// Puts our context in front of a document that stands on its own.
pub(crate) fn with_context(document: Value) -> Value {
    let mut whole = serde_json::Map::new();
    whole.insert("@context".to_owned(), CONTEXT.clone());
    if let Value::Object(fields) = document {
        whole.extend(fields);
    }
    Value::Object(whole)
}
