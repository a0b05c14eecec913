//! Strict reading of JSON that strangers sent.
//!
//! Before anything looks at a document it is small, shallow, unambiguous and plain: at most 1 MiB, 64 levels and
//! 10 000 values, no key twice in one object, no number beyond what the product can hold, no NUL in a text
//! (PostgreSQL cannot keep it), and none of the JSON-LD keywords with which a document can mean one thing to a reader
//! of plain JSON and another to a JSON-LD processor. Called by `fetch` for answers and by the inbox for bodies.

use std::cell::RefCell;
use std::fmt;

use serde::de::{self, DeserializeSeed, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Largest document, in bytes.
pub(crate) const MAX_BYTES: usize = 1024 * 1024;
/// Deepest nesting of arrays and objects.
pub(crate) const MAX_DEPTH: usize = 64;
/// Most values in one document, counting each scalar, array and object.
pub(crate) const MAX_NODES: usize = 10_000;
/// Largest fractional number, either side of zero; whole ones are bounded by 64 bits.
const MAX_FLOAT: f64 = 9_007_199_254_740_992.0;
/// Keywords that restructure a document for JSON-LD processors only (CVE-2026-46349, CVE-2026-42462 and others).
const FORBIDDEN_KEYS: [&str; 4] = ["@graph", "@included", "@reverse", "@nest"];
/// Names that a `@context` may not give another meaning.
const FIXED_NAMES: [&str; 6] = ["id", "type", "actor", "object", "attributedTo", "publicKey"];

/// Why a document was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JsonError {
    #[error("the document is larger than {MAX_BYTES} bytes")]
    TooLarge,
    #[error("the document is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    #[error("the document has more than {MAX_NODES} values")]
    TooMany,
    #[error("the key \"{0}\" occurs twice in one object")]
    DuplicateKey(String),
    #[error("the key \"{0}\" is not accepted: documents are read as plain JSON")]
    ForbiddenKey(String),
    #[error("the @context gives \"{0}\" another meaning")]
    Alias(String),
    #[error("a number is too large")]
    Number,
    #[error("a text contains the character NUL")]
    Nul,
    #[error("the document is not JSON: {0}")]
    Syntax(String),
}

impl JsonError {
    /// A stable name of the reason.
    pub(crate) fn code(&self) -> &'static str {
        match self {
            Self::TooLarge => "json_too_large",
            Self::TooDeep => "json_too_deep",
            Self::TooMany => "json_too_many_values",
            Self::DuplicateKey(_) => "json_duplicate_key",
            Self::ForbiddenKey(_) => "json_forbidden_key",
            Self::Alias(_) => "json_alias",
            Self::Number => "json_number",
            Self::Nul => "json_nul",
            Self::Syntax(_) => "json_syntax",
        }
    }
}

/// A document that passed, with the very text it was.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) value: Value,
    pub(crate) raw: Box<str>,
}

/// Reads one document.
///
/// # Errors
/// [`JsonError`] for whatever breaks a rule of this module first.
pub(crate) fn parse(bytes: &[u8]) -> Result<Document, JsonError> {
    if bytes.len() > MAX_BYTES {
        return Err(JsonError::TooLarge);
    }
    let raw = std::str::from_utf8(bytes).map_err(|error| JsonError::Syntax(error.to_string()))?;
    let found = RefCell::new(Found::default());
    let mut reader = serde_json::Deserializer::from_str(raw);
    let strict = Strict {
        found: &found,
        depth: 0,
        in_context: false,
    };
    let outcome = strict
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value));
    match outcome {
        Ok(value) => Ok(Document {
            value,
            raw: raw.into(),
        }),
        Err(error) => Err(found.into_inner().broken.unwrap_or_else(|| explain(&error))),
    }
}

fn explain(error: &serde_json::Error) -> JsonError {
    let text = error.to_string();
    if text.starts_with("number out of range") {
        return JsonError::Number;
    }
    if text.starts_with("recursion limit") {
        return JsonError::TooDeep;
    }
    JsonError::Syntax(text)
}

#[derive(Default)]
struct Found {
    nodes: usize,
    /// The broken rule; serde's own errors carry text only.
    broken: Option<JsonError>,
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    found: &'a RefCell<Found>,
    depth: usize,
    in_context: bool,
}

impl Strict<'_> {
    fn refuse<E: de::Error>(self, why: JsonError) -> E {
        let error = E::custom(&why);
        self.found.borrow_mut().broken = Some(why);
        error
    }

    fn count<E: de::Error>(self) -> Result<(), E> {
        let nodes = {
            let mut found = self.found.borrow_mut();
            found.nodes += 1;
            found.nodes
        };
        if nodes > MAX_NODES {
            return Err(self.refuse(JsonError::TooMany));
        }
        Ok(())
    }

    fn deeper<E: de::Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(self.refuse(JsonError::TooDeep));
        }
        Ok(Self {
            depth: self.depth + 1,
            ..self
        })
    }

    fn key<E: de::Error>(self, key: &str, so_far: &Map<String, Value>) -> Result<(), E> {
        if FORBIDDEN_KEYS.contains(&key) {
            return Err(self.refuse(JsonError::ForbiddenKey(key.to_owned())));
        }
        if key.contains('\0') {
            return Err(self.refuse(JsonError::Nul));
        }
        if so_far.contains_key(key) {
            return Err(self.refuse(JsonError::DuplicateKey(key.to_owned())));
        }
        Ok(())
    }

    /// In a `@context`, `"id": "x:y"` would give our names another meaning, and `"x": "@id"` a second name.
    fn term<E: de::Error>(self, key: &str, value: &Value) -> Result<(), E> {
        if !self.in_context || key.starts_with('@') {
            return Ok(());
        }
        let target = value
            .as_str()
            .or_else(|| value.get("@id").and_then(Value::as_str));
        let Some(target) = target else {
            return Ok(());
        };
        let own_name = target.rsplit(['#', ':', '/', '@']).next() == Some(key);
        let steals = matches!(
            target,
            "@id" | "@type" | "as:actor" | "as:object" | "as:attributedTo"
        );
        if (FIXED_NAMES.contains(&key) || steals) && !own_name {
            return Err(self.refuse(JsonError::Alias(key.to_owned())));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: de::Deserializer<'de>>(self, reader: D) -> Result<Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        self.count()?;
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        self.count()?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        self.count()?;
        Ok(Value::from(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        self.count()?;
        match i64::try_from(value) {
            Ok(value) => Ok(Value::from(value)),
            Err(_) => Err(self.refuse(JsonError::Number)),
        }
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        self.count()?;
        match Number::from_f64(value) {
            Some(number) if value.abs() <= MAX_FLOAT => Ok(Value::Number(number)),
            _ => Err(self.refuse(JsonError::Number)),
        }
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        self.count()?;
        if value.contains('\0') {
            return Err(self.refuse(JsonError::Nul));
        }
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        self.count()?;
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        self.count()?;
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            self.key(&key, &map)?;
            let in_context = inner.in_context || key == "@context";
            let value = entries.next_value_seed(Strict {
                in_context,
                ..inner
            })?;
            self.term(&key, &value)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> JsonError {
        parse(text.as_bytes()).unwrap_err()
    }

    #[test]
    fn ordinary_documents_keep_their_text_and_order() {
        let text = r#"{ "b": 1, "a": [true, null, -2.5, "x"] }"#;
        let document = parse(text.as_bytes()).unwrap();
        assert_eq!(&*document.raw, text);
        assert_eq!(
            document.value.to_string(),
            r#"{"b":1,"a":[true,null,-2.5,"x"]}"#
        );
    }

    #[test]
    fn deep_json_is_refused() {
        let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(parse(nested(MAX_DEPTH).as_bytes()).is_ok());
        assert_eq!(refused(&nested(MAX_DEPTH + 1)), JsonError::TooDeep);
        assert_eq!(refused(&nested(100_000)), JsonError::TooDeep);
        let objects = format!("{}1{}", r#"{"a":"#.repeat(65), "}".repeat(65));
        assert_eq!(refused(&objects), JsonError::TooDeep);
    }

    #[test]
    fn duplicate_keys_are_refused() {
        assert_eq!(
            refused(r#"{"id":"a","id":"b"}"#),
            JsonError::DuplicateKey("id".into())
        );
        assert_eq!(
            refused(r#"{"x":{"id":"a","\u0069d":"b"}}"#),
            JsonError::DuplicateKey("id".into())
        );
    }

    #[test]
    fn large_bodies_and_many_values_are_refused() {
        let large = format!("\"{}\"", "x".repeat(2 * 1024 * 1024));
        assert_eq!(refused(&large), JsonError::TooLarge);
        let list = |items: usize| format!("[{}]", vec!["1"; items].join(","));
        assert!(parse(list(MAX_NODES - 1).as_bytes()).is_ok());
        assert_eq!(refused(&list(MAX_NODES)), JsonError::TooMany);
    }

    #[test]
    fn json_ld_restructuring_is_refused() {
        for key in FORBIDDEN_KEYS {
            let text = format!(r#"{{"id":"x","a":[{{"{key}":[]}}]}}"#);
            assert_eq!(refused(&text), JsonError::ForbiddenKey(key.into()));
        }
    }

    #[test]
    fn a_context_may_not_rename_what_we_read() {
        let with = |terms: &str| {
            format!(r#"{{"@context":["https://www.w3.org/ns/activitystreams",{terms}],"id":"x"}}"#)
        };
        for terms in [
            r#"{"actor":"ex:other"}"#,
            r#"{"who":"@id"}"#,
            r#"{"who":{"@id":"as:actor"}}"#,
            r#"{"object":{"@id":"ex:y"}}"#,
        ] {
            assert!(
                matches!(refused(&with(terms)), JsonError::Alias(_)),
                "{terms}"
            );
        }
        for terms in [
            r#"{"id":"@id","type":"@type"}"#,
            r#"{"actor":{"@id":"as:actor","@type":"@id"}}"#,
            r#"{"toot":"http://joinmastodon.org/ns#"}"#,
        ] {
            assert!(parse(with(terms).as_bytes()).is_ok(), "{terms}");
        }
    }

    #[test]
    fn numbers_are_bounded() {
        for number in [
            "18446744073709551615",
            "9223372036854775808",
            "1e300",
            "1e999",
            "-1e17",
        ] {
            assert_eq!(
                refused(&format!("[{number}]")),
                JsonError::Number,
                "{number}"
            );
        }
        assert!(parse(b"[9223372036854775807,-71.184902]").is_ok());
        assert!(matches!(refused("[NaN]"), JsonError::Syntax(_)));
    }

    #[test]
    fn broken_text_is_refused() {
        assert_eq!(refused(r#"{"a":"\u0000"}"#), JsonError::Nul);
        assert!(matches!(refused(r#"{"a":1} x"#), JsonError::Syntax(_)));
        assert!(matches!(refused(""), JsonError::Syntax(_)));
        assert!(matches!(
            parse(b"\"\xff\"").unwrap_err(),
            JsonError::Syntax(_)
        ));
    }
}
