//! Pages of lists: which part is wanted, and what was found with the way to its neighbours.
//!
//! Only keyset cursors: a cursor holds the sort key of an item, so a page costs the same at any depth and does not
//! shift when something is added. `after` and `before` mean the list's own order, whatever that is: [`Slice::next`] goes
//! into `after`, [`Slice::prev`] into `before`. Called by every list of the domain.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::{Error, Result, limits};

/// The place of an item in its list; its text means something only to the list that gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// What a client sent back.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text that clients send back.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The cursor of the item with this key.
    pub(crate) fn of<K: Key>(key: &K) -> String {
        URL_SAFE_NO_PAD.encode(key.write())
    }

    fn key<K: Key>(&self) -> Option<K> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(&self.0).ok()?).ok()?;
        // No key holds one, and PostgreSQL takes no text with NUL.
        if text.contains(char::is_control) {
            return None;
        }
        K::read(&text)
    }
}

/// Which part of a list is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// At most so many items; 1 to [`limits::PAGE_MOST`].
    pub limit: i64,
    /// Only what stands before this in the list's order.
    pub before: Option<Cursor>,
    /// Only what stands after this; wins over `before`.
    pub after: Option<Cursor>,
}

impl Default for Page {
    fn default() -> Self {
        Self::first(limits::PAGE)
    }
}

impl Page {
    /// The beginning of a list.
    pub fn first(limit: i64) -> Self {
        Self {
            limit,
            before: None,
            after: None,
        }
    }

    /// What a request asked for; the limit is brought into its range.
    pub fn asked(limit: Option<i64>, before: Option<&str>, after: Option<&str>) -> Self {
        let cursor = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(Cursor::new);
        Self {
            limit: limit.unwrap_or(limits::PAGE),
            before: cursor(before),
            after: cursor(after),
        }
    }

    /// Rows to fetch: one more than shown, to see whether there are more.
    pub(crate) fn rows(&self) -> i64 {
        self.shown() + 1
    }

    /// Items to show.
    pub(crate) fn shown(&self) -> i64 {
        self.limit.clamp(1, limits::PAGE_MOST)
    }

    /// Where to look, in the list's own sort key.
    ///
    /// # Errors
    /// The cursor is none of this list.
    pub(crate) fn span<K: Key>(&self) -> Result<Span<K>> {
        let (field, cursor) = match (&self.after, &self.before) {
            (Some(after), _) => ("after", after),
            (None, Some(before)) => ("before", before),
            (None, None) => return Ok(Span::Start),
        };
        match cursor.key() {
            Some(key) if field == "after" => Ok(Span::After(key)),
            Some(key) => Ok(Span::Before(key)),
            None => Err(Error::invalid(
                field,
                "bad_cursor",
                format!("\u{201c}{field}\u{201d} must be a cursor that this list gave."),
            )),
        }
    }
}

/// Where in a list to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span<K> {
    /// From its beginning.
    Start,
    /// What comes after this key, nearest first.
    After(K),
    /// What comes before this key; fetched nearest first, that is backwards.
    Before(K),
}

/// The part of a boxed list that a span names, where the list is sorted by one key that falls: newest first.
macro_rules! falling {
    ($all:expr, $key:expr, $span:expr) => {
        match $span {
            $crate::page::Span::Start => $all.order($key.desc()),
            $crate::page::Span::After(key) => $all.filter($key.lt(key)).order($key.desc()),
            $crate::page::Span::Before(key) => $all.filter($key.gt(key)).order($key.asc()),
        }
    };
}

pub(crate) use falling;

/// A part of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slice<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// For `after`: there are more.
    pub next: Option<String>,
    /// For `before`: there are some before these.
    pub prev: Option<String>,
}

impl<T> Slice<T> {
    /// What was fetched for `page` ([`Page::rows`] of it, nearest first) as a part of the list.
    pub(crate) fn cut<K: Key>(
        mut rows: Vec<T>,
        page: &Page,
        span: &Span<K>,
        key: impl Fn(&T) -> K,
    ) -> Self {
        let shown = usize::try_from(page.shown()).unwrap_or(usize::MAX);
        let more = rows.len() > shown;
        rows.truncate(shown);
        let backwards = matches!(span, Span::Before(_));
        if backwards {
            rows.reverse();
        }
        let (has_next, has_prev) = match span {
            Span::Start => (more, false),
            Span::After(_) => (more, true),
            Span::Before(_) => (true, more),
        };
        let place = |item: Option<&T>| item.map(|item| Cursor::of(&key(item)));
        Self {
            next: place(rows.last()).filter(|_| has_next),
            prev: place(rows.first()).filter(|_| has_prev),
            items: rows,
        }
    }

    /// As [`Slice::cut`], of a list that was looked through up to `last` for what a filter lets pass. Where that did
    /// not fill the page and there is `more`, the list goes on behind it; from an empty part one also comes back.
    pub(crate) fn cut_at(
        rows: Vec<T>,
        page: &Page,
        span: &Span<T>,
        last: Option<&T>,
        more: bool,
    ) -> Self
    where
        T: Key + Copy + PartialEq,
    {
        let full = i64::try_from(rows.len()).unwrap_or(i64::MAX) > page.shown();
        let mut slice = Self::cut(rows, page, span, |key| *key);
        let Some(last) = last.filter(|_| !full).map(Cursor::of) else {
            return slice;
        };
        let lost = slice.items.is_empty() && *span != Span::Start;
        let (onward, back) = match span {
            Span::Before(_) => (&mut slice.prev, &mut slice.next),
            Span::Start | Span::After(_) => (&mut slice.next, &mut slice.prev),
        };
        if more {
            *onward = Some(last.clone());
        }
        if lost {
            *back = Some(last);
        }
        slice
    }

    /// The same part with each item turned into another.
    pub(crate) fn map<U>(self, turn: impl FnMut(T) -> U) -> Slice<U> {
        let (items, places) = self.into_parts();
        places.with(items.into_iter().map(turn).collect())
    }

    /// The items, and the part without them.
    pub(crate) fn into_parts(self) -> (Vec<T>, Slice<()>) {
        let places = Slice {
            items: Vec::new(),
            next: self.next,
            prev: self.prev,
        };
        (self.items, places)
    }

    /// The same part with other items in its places.
    pub(crate) fn with<U>(self, items: Vec<U>) -> Slice<U> {
        Slice {
            items,
            next: self.next,
            prev: self.prev,
        }
    }
}

/// The sort key of a list, as its cursors hold it.
pub(crate) trait Key: Sized {
    fn write(&self) -> String;
    fn read(text: &str) -> Option<Self>;
}

impl Key for i64 {
    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Key for String {
    fn write(&self) -> String {
        self.clone()
    }

    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }
}

impl Key for (i64, i64) {
    fn write(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    fn read(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('.')?;
        Some((first.parse().ok()?, second.parse().ok()?))
    }
}

impl Key for (i64, String) {
    fn write(&self) -> String {
        format!("{}.{}", self.0, self.1)
    }

    fn read(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('.')?;
        Some((first.parse().ok()?, second.to_owned()))
    }
}

impl Key for (bool, i64, i64) {
    fn write(&self) -> String {
        format!("{}.{}.{}", u8::from(self.0), self.1, self.2)
    }

    fn read(text: &str) -> Option<Self> {
        let (first, rest) = text.split_once('.')?;
        let (second, third) = Key::read(rest)?;
        match first {
            "0" => Some((false, second, third)),
            "1" => Some((true, second, third)),
            _ => None,
        }
    }
}

impl Key for (String, String) {
    fn write(&self) -> String {
        format!("{}@{}", self.0, self.1)
    }

    fn read(text: &str) -> Option<Self> {
        let (first, second) = text.split_once('@')?;
        Some((first.to_owned(), second.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn again<K: Key + Clone + PartialEq + std::fmt::Debug>(key: K) {
        let cursor = Cursor::new(Cursor::of(&key));
        assert_eq!(cursor.key::<K>(), Some(key));
        let text = cursor.as_str();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
        assert!(
            text.chars().all(plain),
            "{text} needs no quoting in an address"
        );
    }

    #[test]
    fn cursors_come_back_as_they_went() {
        again(i64::MIN);
        again("far.example:8443".to_owned());
        again((-5, 7));
        again((-5, "a.b".to_owned()));
        again((true, 5, -7));
        again(("far.example:8443".to_owned(), "art".to_owned()));
        again((String::new(), "art".to_owned()));
    }

    #[test]
    fn what_is_no_cursor_of_the_list_is_said_by_field() {
        let number = Cursor::of(&7_i64);
        for text in ["x", "%%%", "", &number] {
            let page = Page {
                before: Some(Cursor::new(text)),
                ..Page::default()
            };
            let Err(Error::Invalid(faults)) = page.span::<(i64, i64)>() else {
                panic!("{text} is no cursor of two numbers");
            };
            assert_eq!(faults[0].field, "before");
        }
        let empty = Page::asked(Some(5), Some(""), Some(""));
        assert_eq!(empty.span::<i64>().unwrap(), Span::Start);
    }

    #[test]
    fn text_that_no_database_keeps_is_no_key() {
        for key in ["\0", "far.example\0", "a\r\nb"] {
            let cursor = Cursor::new(Cursor::of(&key.to_owned()));
            assert_eq!(cursor.key::<String>(), None, "{key:?}");
            let pair = ("far.example".to_owned(), key.to_owned());
            let cursor = Cursor::new(Cursor::of(&pair));
            assert_eq!(cursor.key::<(String, String)>(), None, "{key:?}");
        }
    }

    proptest! {
        #[test]
        fn every_key_comes_back_and_every_other_text_is_none(
            (a, b) in any::<(i64, i64)>(),
            pinned in any::<bool>(),
            host in "[a-z0-9.:-]{0,20}",
            name in "[A-Za-z0-9_.]{1,20}",
            text in any::<String>(),
        ) {
            again(a);
            again((a, b));
            again((pinned, a, b));
            again((a, name.clone()));
            again(host.clone());
            again((host, name));
            for cursor in [Cursor::new(text.clone()), Cursor::new(Cursor::of(&text))] {
                if let Some(key) = cursor.key::<(bool, i64, i64)>() {
                    again(key);
                }
                if let Some(key) = cursor.key::<(i64, String)>() {
                    again(key);
                }
            }
        }
    }

    #[test]
    fn limits_are_brought_into_range() {
        for (asked, shown) in [(-1, 1), (0, 1), (7, 7), (1_000_000, limits::PAGE_MOST)] {
            assert_eq!(Page::first(asked).shown(), shown);
        }
    }
}
