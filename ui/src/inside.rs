//! Where pictures are leafed through: everything, a board, a tag or a thread, as `?in=` names it.
//!
//! `b/photo`, `b/photo@far.example`, `b/photo/12`, `t/film`; nothing means all pictures. What names nothing is a page
//! that is not there.

use db::Conn;
use domain::gallery::Place;
use domain::{Error, Handle, Noun, board, tag, thread};

use crate::visit::{Visit, escape};

/// A place that was found.
#[derive(Clone, Debug)]
pub(crate) struct Inside {
    pub(crate) place: Place,
    /// As `?in=` says it; empty for everything.
    pub(crate) word: String,
    /// The page it is of.
    pub(crate) path: String,
    /// For people, like `/photo/` or `#film`.
    pub(crate) name: String,
}

impl Inside {
    /// All pictures.
    pub(crate) fn everything() -> Self {
        Self {
            place: Place::Everywhere,
            word: String::new(),
            path: "/".to_owned(),
            name: "Everything".to_owned(),
        }
    }

    /// Those of a board.
    pub(crate) fn board(board: &board::Board) -> Self {
        Self {
            place: Place::Board(board.id),
            word: format!("b/{}", board.acct()),
            path: board.path(),
            name: format!("/{}/", board.acct()),
        }
    }

    /// Those of a thread of a board.
    pub(crate) fn thread(board: &board::Board, no: i64, id: domain::Id) -> Self {
        Self {
            place: Place::Thread(id),
            word: format!("b/{}/{no}", board.acct()),
            path: format!("{}/{no}", board.path()),
            name: format!("No.{no} of /{}/", board.acct()),
        }
    }

    /// Those of a tag.
    pub(crate) fn tag(tag: &tag::Tag) -> Self {
        Self {
            place: Place::Tag(tag.id),
            word: format!("t/{}", tag.name),
            path: format!("/t/{}", escape(&tag.name)),
            name: format!("#{}", tag.name),
        }
    }

    /// What `?in=` names.
    ///
    /// # Errors
    /// `Missing` or `Gone`.
    pub(crate) async fn read(conn: &mut Conn, word: &str, visit: &Visit) -> Result<Self, Error> {
        let mut parts = word.trim_matches('/').splitn(3, '/');
        match (parts.next(), parts.next(), parts.next()) {
            (Some("") | None, ..) => Ok(Self::everything()),
            (Some("t"), Some(name), None) => Ok(Self::tag(&tag::seen(conn, name).await?)),
            (Some("b"), Some(name), no) => {
                let handle = Handle::parse(name, &visit.site);
                let handle = handle.ok_or(Error::Missing(Noun::Board))?;
                let found = board::find(conn, &handle, &visit.viewer()).await?;
                let Some(no) = no else {
                    return Ok(Self::board(&found));
                };
                let no = no.parse().map_err(|_| Error::Missing(Noun::Thread))?;
                let id = thread::by_no(conn, &handle, no).await?;
                Ok(Self::thread(&found, no, id))
            }
            _ => Err(Error::Missing(Noun::Page)),
        }
    }

    /// The page of a post's pictures, leafing through this place.
    pub(crate) fn picture(&self, post: domain::Id) -> String {
        match self.word.as_str() {
            "" => format!("/p/{post}?in=/"),
            word => format!("/p/{post}?in={}", escape(word)),
        }
    }

    /// The page that shows one picture at a time.
    pub(crate) fn swipe(&self) -> String {
        match (self.place, self.word.as_str()) {
            (Place::Everywhere, _) => "/swipe".to_owned(),
            (Place::Board(_), _) => format!("{}/swipe", self.path),
            (_, word) => format!("/swipe?in={}", escape(word)),
        }
    }
}
