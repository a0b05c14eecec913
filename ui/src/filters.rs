//! The filters of a list as its address carries them, what they mean to the domain, and the box that sets them.
//!
//! Everything stands in the address (`?tag=film&type=still&board=photo&note=without`), so a filtered page can be
//! linked, kept and read without scripts. A name that is not here lets nothing through, which is what was asked for.

use db::Conn;
use domain::filter::{Filter, Kind, Note};
use domain::page::Page;
use domain::{Error, Handle, Id, Noun, board, tag};

use crate::asked::Asked;
use crate::view::{Choice, Link, Prefs};
use crate::visit::{Visit, escape};

/// Tags that the box offers.
const TAGS: i64 = 12;
/// What no row has for an id.
const NOTHING: Id = 0;

const KINDS: [(&str, &str, Option<Kind>); 4] = [
    ("", "Any", None),
    ("animated", "Animated pictures", Some(Kind::Animated)),
    ("still", "Still pictures", Some(Kind::Still)),
    ("text", "Text alone", Some(Kind::Text)),
];
const NOTES: [(&str, &str, Option<Note>); 3] = [
    ("", "Closed until opened", None),
    ("without", "Leave them out", Some(Note::Without)),
    ("only", "Only those", Some(Note::Only)),
];

/// The filters of one request.
#[derive(Debug, Default)]
pub(crate) struct Filters {
    pub(crate) filter: Filter,
    tag: String,
    board: String,
    kind: &'static str,
    note: &'static str,
}

/// A page that can be filtered.
pub(crate) struct Place<'a> {
    /// Its path.
    pub(crate) path: &'a str,
    /// What else its address says: names and values.
    pub(crate) rest: &'a [(&'static str, &'a str)],
    /// Whether the page is of one board, or of one tag, and so has no filter by it.
    pub(crate) of: Of,
}

/// What a page is of already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    Everything,
    Board,
    Tag,
}

/// Reads the filters of an address.
///
/// # Errors
/// The database refuses.
pub(crate) async fn read(
    conn: &mut Conn,
    asked: &Asked,
    visit: &Visit,
    of: Of,
) -> Result<Filters, Error> {
    let (kind, _, wanted) = chosen(&KINDS, &asked.kind);
    let (note, _, noted) = chosen(&NOTES, &asked.note);
    let mut filters = Filters {
        kind,
        note,
        ..Filters::default()
    };
    filters.filter.kind = wanted;
    filters.filter.note = noted;
    let name = asked.tag.trim();
    if of != Of::Tag && !name.is_empty() {
        let found = tag::seen(conn, name).await.map(|tag| tag.id);
        filters.filter.tag = Some(or_nothing(found)?);
        name.clone_into(&mut filters.tag);
    }
    let name = asked.board.trim().trim_matches('/');
    if of != Of::Board && !name.is_empty() {
        let found = match Handle::parse(name, &visit.site) {
            Some(handle) => board::find(conn, &handle, &visit.viewer()).await,
            None => Err(Error::Missing(Noun::Board)),
        };
        filters.filter.board = Some(or_nothing(found.map(|board| board.id))?);
        name.clone_into(&mut filters.board);
    }
    Ok(filters)
}

fn or_nothing(found: Result<Id, Error>) -> Result<Id, Error> {
    match found {
        Err(Error::Missing(_) | Error::Gone(_)) => Ok(NOTHING),
        found => found,
    }
}

impl Filters {
    /// How many are on.
    pub(crate) fn count(&self) -> usize {
        self.pairs().len()
    }

    /// The page's address with its filters, ending in `?` or `&`.
    pub(crate) fn base(&self, place: &Place<'_>) -> String {
        address(place, &self.pairs())
    }

    /// The page's beginning, as a link.
    pub(crate) fn href(&self, place: &Place<'_>) -> String {
        let base = self.base(place);
        base.trim_end_matches(['?', '&']).to_owned()
    }

    /// The box.
    ///
    /// # Errors
    /// The database refuses.
    pub(crate) async fn prefs(&self, conn: &mut Conn, place: &Place<'_>) -> Result<Prefs, Error> {
        let popular = match place.of {
            Of::Tag => Vec::new(),
            _ => tag::list(conn, "", Page::first(TAGS)).await?.items,
        };
        let link = |tag: &tag::Tag| {
            let others = self.pairs().into_iter().filter(|(key, _)| *key != "tag");
            let pairs: Vec<_> = others.chain([("tag", tag.name.as_str())]).collect();
            let base = address(place, &pairs);
            Link {
                href: base.trim_end_matches(['?', '&']).to_owned(),
                text: format!("#{}", tag.name),
            }
        };
        let clear = address(place, &[]);
        Ok(Prefs {
            action: place.path.to_owned(),
            hidden: place
                .rest
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
            tag: (place.of != Of::Tag).then(|| self.tag.clone()),
            board: (place.of != Of::Board).then(|| self.board.clone()),
            kinds: KINDS
                .map(|(value, text, _)| choice(value, text, self.kind))
                .into(),
            notes: NOTES
                .map(|(value, text, _)| choice(value, text, self.note))
                .into(),
            tags: popular.iter().map(link).collect(),
            active: self.count(),
            clear: clear.trim_end_matches(['?', '&']).to_owned(),
        })
    }

    fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("tag", self.tag.as_str()),
            ("type", self.kind),
            ("board", self.board.as_str()),
            ("note", self.note),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect()
    }
}

fn chosen<T: Copy>(
    choices: &[(&'static str, &'static str, Option<T>)],
    word: &str,
) -> (&'static str, &'static str, Option<T>) {
    let found = choices.iter().find(|(value, ..)| *value == word);
    *found.unwrap_or(&choices[0])
}

fn choice(value: &'static str, text: &'static str, current: &str) -> Choice {
    Choice {
        value,
        text,
        chosen: value == current,
    }
}

fn address(place: &Place<'_>, filters: &[(&'static str, &str)]) -> String {
    let mut base = format!("{}?", place.path);
    for (name, value) in place.rest.iter().chain(filters) {
        base.extend([*name, "=", &escape(value), "&"]);
    }
    base
}
