//! What somebody typed into the search box: words, and operators that narrow.
//!
//! `tag:film user:ann@far.example board:photo host:far.example has:alt`. What is no operator is words; nothing that can
//! be typed is an error but too much of it.

use crate::{Error, Handle, Result, Site, limits, tag};

/// A search, read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// All of them; each finds the words that begin with it.
    pub words: Vec<String>,
    /// Normalised; all of them.
    pub tags: Vec<String>,
    /// Who wrote it.
    pub user: Option<Handle>,
    /// Where it was posted.
    pub board: Option<Handle>,
    /// The server of its author; empty for this node.
    pub host: Option<String>,
    /// Whether it has a picture with a description.
    pub has_alt: bool,
    /// Whether an operator names what cannot be: nothing is found then.
    pub impossible: bool,
}

impl Query {
    /// Reads what was typed.
    ///
    /// # Errors
    /// `Invalid` on `q` where it is too long.
    pub fn read(text: &str, site: &Site) -> Result<Self> {
        if text.chars().count() > limits::SEARCH {
            let most = limits::SEARCH;
            let detail = format!("A search may have up to {most} characters.");
            return Err(Error::invalid("q", "too_long", detail));
        }
        let mut query = Self::default();
        let mut rest = String::new();
        for part in text.split_whitespace() {
            if !query.operator(part, site) {
                rest.push_str(part);
                rest.push(' ');
            }
        }
        query.words = markup::asked_words(&rest);
        query.words.truncate(limits::SEARCH_WORDS);
        Ok(query)
    }

    /// Whether there is anything to look for.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Narrows by a tag.
    pub fn with_tag(&mut self, name: &str) {
        match tag::normal(name) {
            Some(name) if self.tags.len() < limits::SEARCH_TAGS => {
                if !self.tags.contains(&name) {
                    self.tags.push(name);
                }
            }
            Some(_) => {}
            None => self.impossible = true,
        }
    }

    /// Narrows to a board.
    pub fn with_board(&mut self, name: &str, site: &Site) {
        self.board = Handle::parse(name, site);
        self.impossible |= self.board.is_none();
    }

    fn operator(&mut self, part: &str, site: &Site) -> bool {
        if let Some(name) = part.strip_prefix('#')
            && tag::normal(name).is_some()
        {
            self.with_tag(name);
            return true;
        }
        let Some((operator, value)) = part.split_once(':') else {
            return false;
        };
        match operator.to_ascii_lowercase().as_str() {
            _ if value.is_empty() => return false,
            "tag" => self.with_tag(value),
            "board" => self.with_board(value.trim_matches('/'), site),
            "user" => {
                self.user = Handle::parse(value.trim_start_matches('@'), site);
                self.impossible |= self.user.is_none();
            }
            "host" => {
                let host = value.to_lowercase();
                self.host = Some(if site.is_local(&host) {
                    String::new()
                } else {
                    host
                });
            }
            "has" if value.eq_ignore_ascii_case("alt") => self.has_alt = true,
            _ => return false,
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Query {
        Query::read(text, &Site::new("https://pics.example")).unwrap()
    }

    #[test]
    fn operators_narrow_and_the_rest_is_words() {
        let query = read(
            "Night #Film tag:snow user:@ann@far.example board:/art/ host:PICS.example has:ALT sky",
        );
        assert_eq!(query.words, ["night", "sky"]);
        assert_eq!(query.tags, ["film", "snow"]);
        assert_eq!(query.user.unwrap().acct(), "ann@far.example");
        assert_eq!(query.board.unwrap().acct(), "art");
        assert_eq!((query.host.as_deref(), query.has_alt), (Some(""), true));
        assert_eq!(read("a: note: http://x").words, ["a", "note", "http", "x"]);
        assert!(read("board:!! x").impossible && read("tag:--").impossible);
        assert!(read(" \u{202e} \"*\" ").is_empty());
    }

    #[test]
    fn there_is_a_limit() {
        let site = Site::new("https://pics.example");
        assert!(Query::read(&"a".repeat(limits::SEARCH), &site).is_ok());
        assert!(Query::read(&"a".repeat(limits::SEARCH + 1), &site).is_err());
        let many: String = (0..50)
            .map(|n| format!("w{n} tag:t{n} "))
            .take(20)
            .collect();
        let query = read(&many);
        assert_eq!(query.words.len(), limits::SEARCH_WORDS);
        assert_eq!(query.tags.len(), limits::SEARCH_TAGS);
    }
}
