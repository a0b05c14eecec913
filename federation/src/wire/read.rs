//! The lenient readers of single values, of which all documents are made.

use serde_json::Value;

use crate::origin;
use crate::wire::PUBLIC;

/// The values of a property: none, the one, or those of the list.
pub(crate) fn many<'a>(document: &'a Value, key: &str) -> &'a [Value] {
    one_or_many(document.get(key))
}

/// A value that may be absent, single or a list.
pub(crate) fn one_or_many(value: Option<&Value>) -> &[Value] {
    match value {
        None | Some(Value::Null) => &[],
        Some(Value::Array(list)) => list,
        Some(one) => std::slice::from_ref(one),
    }
}

/// The id a value names: an address as text, an object with `id`, a link with `href`, or the first such of a list.
pub(crate) fn id_of(value: &Value) -> Option<&str> {
    match value {
        Value::String(id) => origin::parse(id).map(|_| id.as_str()),
        Value::Object(object) => object
            .get("id")
            .or_else(|| object.get("href"))
            .filter(|id| id.is_string())
            .and_then(id_of),
        Value::Array(list) => list.iter().filter(|item| !item.is_array()).find_map(id_of),
        _ => None,
    }
}

/// The id a property names.
pub(crate) fn id_at(document: &Value, key: &str) -> Option<String> {
    document.get(key).and_then(id_of).map(str::to_owned)
}

/// The ids a property names, each once, at most `cap`.
pub(crate) fn ids(document: &Value, key: &str, cap: usize) -> Vec<String> {
    collect(many(document, key).iter().filter_map(id_of), cap)
}

/// The addresses of `to`, `cc` or `audience`, with the three spellings of "everybody" as one.
pub(crate) fn addresses(document: &Value, key: &str, cap: usize) -> Vec<String> {
    collect(many(document, key).iter().filter_map(address), cap)
}

fn address(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) if is_public(text) => Some(PUBLIC),
        other => id_of(other),
    }
}

/// Whether an address means everybody.
pub(crate) fn is_public(address: &str) -> bool {
    matches!(address, PUBLIC | "as:Public" | "Public")
}

/// Text of several lines, at most `cap` bytes, without control characters.
pub(crate) fn text(value: Option<&Value>, cap: usize) -> Option<String> {
    let mut end = 0;
    let text = value?.as_str()?;
    for (at, letter) in text.char_indices() {
        if at + letter.len_utf8() > cap {
            break;
        }
        end = at + letter.len_utf8();
    }
    let (kept, _) = text.split_at(end);
    Some(
        kept.chars()
            .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
            .collect(),
    )
}

/// Text of one line, at most `cap` characters, without control characters and without those that turn the direction of
/// writing, with which a name can pose as another. `None` where nothing is left.
pub(crate) fn line(value: Option<&Value>, cap: usize) -> Option<String> {
    let text = value?.as_str()?;
    let mut line = String::new();
    let mut length = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        let word: String = word.chars().filter(|c| !turns_direction(*c)).collect();
        if word.is_empty() {
            continue;
        }
        let room = cap.saturating_sub(length + usize::from(length > 0));
        if room == 0 {
            break;
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        line.extend(word.chars().take(room));
        length += word.chars().count().min(room);
    }
    (!line.is_empty()).then_some(line)
}

/// Text, or the text of the preferred language of a `…Map`.
pub(crate) fn translated(document: &Value, key: &str, map: &str, cap: usize) -> Option<String> {
    text(document.get(key), cap).or_else(|| {
        let languages = document.get(map)?.as_object()?;
        languages.values().find_map(|value| text(Some(value), cap))
    })
}

/// A flag; `"true"` as text occurs.
pub(crate) fn flag(document: &Value, key: &str) -> Option<bool> {
    match document.get(key)? {
        Value::Bool(flag) => Some(*flag),
        Value::String(text) if text == "true" => Some(true),
        Value::String(text) if text == "false" => Some(false),
        _ => None,
    }
}

/// A whole number from 0 to `most`; `None` for anything else.
pub(crate) fn whole(value: Option<&Value>, most: i64) -> Option<i64> {
    let number = match value? {
        Value::Number(number) => number.as_i64()?,
        Value::String(digits) if digits.len() <= 18 => digits.parse().ok()?,
        _ => return None,
    };
    (0..=most).contains(&number).then_some(number)
}

fn collect<'a>(found: impl Iterator<Item = &'a str>, cap: usize) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in found {
        if ids.len() == cap {
            break;
        }
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    ids
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn one_or_many_is_a_list() {
        let document = json!({"one": "https://a.example/1", "list": [1, 2], "null": null});
        assert_eq!(many(&document, "one").len(), 1);
        assert_eq!(many(&document, "list").len(), 2);
        assert!(many(&document, "null").is_empty() && many(&document, "absent").is_empty());
    }

    #[test]
    fn ids_are_found_in_text_objects_links_and_lists() {
        let id = "https://a.example/1";
        for value in [
            json!(id),
            json!({"id": id}),
            json!({"type": "Link", "href": id}),
            json!([null, {"id": id}]),
            json!([id]),
        ] {
            assert_eq!(id_of(&value), Some(id), "{value}");
        }
        for value in [
            json!("Anonymous"),
            json!(10_000),
            json!({"id": 5}),
            json!({}),
            json!([]),
            json!([[id]]),
            json!({"id": {"id": id}}),
        ] {
            assert_eq!(id_of(&value), None, "{value}");
        }
    }

    #[test]
    fn everybody_has_three_spellings() {
        let document =
            json!({"to": ["Public", "as:Public", PUBLIC, "https://a.example/b", "nonsense"]});
        assert_eq!(
            addresses(&document, "to", 9),
            [PUBLIC, "https://a.example/b"]
        );
        assert_eq!(addresses(&json!({"to": "as:Public"}), "to", 9), [PUBLIC]);
        assert_eq!(addresses(&document, "to", 1), [PUBLIC]);
    }

    #[test]
    fn texts_are_cut_and_cleaned() {
        assert_eq!(text(Some(&json!("aé\u{7}\nb")), 3).as_deref(), Some("aé"));
        assert_eq!(text(Some(&json!("a\u{7}\nb")), 99).as_deref(), Some("a\nb"));
        assert_eq!(
            line(Some(&json!("  a\n\u{202e}b  c ")), 99).as_deref(),
            Some("a b c")
        );
        assert_eq!(line(Some(&json!("ab cd")), 4).as_deref(), Some("ab c"));
        assert_eq!(line(Some(&json!("ab cd")), 3).as_deref(), Some("ab"));
        assert_eq!(line(Some(&json!("\u{202e} ")), 9), None);
        assert_eq!(line(Some(&json!(5)), 9), None);
    }

    #[test]
    fn numbers_and_flags_are_bounded() {
        assert_eq!(whole(Some(&json!(7)), 10), Some(7));
        assert_eq!(whole(Some(&json!("7")), 10), Some(7));
        for wrong in [json!(-1), json!(11), json!(1.5), json!("x"), json!(null)] {
            assert_eq!(whole(Some(&wrong), 10), None, "{wrong}");
        }
        let document = json!({"a": true, "b": "false", "c": 1});
        assert_eq!(
            (
                flag(&document, "a"),
                flag(&document, "b"),
                flag(&document, "c")
            ),
            (Some(true), Some(false), None)
        );
    }
}
