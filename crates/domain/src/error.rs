//! What can go wrong, in few kinds. `web` turns them into HTTP in one table.

use std::borrow::Cow;
use std::fmt;

use db::Timestamp;

/// The result of a verb or query.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such thing here (404).
    #[error("no such {0}")]
    Missing(Noun),
    /// There was, and it was deleted (410).
    #[error("this {0} is gone")]
    Gone(Noun),
    /// This caller may not (403, or 401 where nobody is signed in).
    #[error("{0}")]
    Denied(Denial),
    /// Fields are wrong; all of them at once (422, or 413 and 415 for sizes and types).
    #[error("{}", .0.iter().map(|fault| fault.detail.as_str()).collect::<Vec<_>>().join(" "))]
    Invalid(Vec<Fault>),
    /// Too often (429).
    #[error("too many requests; try again in {retry_after} seconds")]
    Busy {
        /// Seconds until it may be tried again.
        retry_after: i64,
    },
    /// The node has more to do than it can, whoever asks (503).
    #[error("the server is busy; try again in {retry_after} seconds")]
    Overloaded {
        /// Seconds until it may be tried again.
        retry_after: i64,
    },
    /// It contradicts what is there (409).
    #[error("{0}")]
    Conflict(Clash),
    /// Our fault (500): logged at the edge, never shown.
    #[error("internal error")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// The things people can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Noun {
    /// An account here or elsewhere.
    Account,
    /// A board here or elsewhere.
    Board,
    /// A thread.
    Thread,
    /// A post.
    Post,
    /// A picture.
    Media,
    /// A tag.
    Tag,
    /// A session.
    Session,
    /// A server we know.
    Peer,
    /// A report.
    Report,
    /// A ban.
    Ban,
    /// A job of a queue.
    Job,
    /// A page or route.
    Page,
}

impl fmt::Display for Noun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Account => "account",
            Self::Board => "board",
            Self::Thread => "thread",
            Self::Post => "post",
            Self::Media => "picture",
            Self::Tag => "tag",
            Self::Session => "session",
            Self::Peer => "server",
            Self::Report => "report",
            Self::Ban => "ban",
            Self::Job => "job",
            Self::Page => "page",
        })
    }
}

/// Why a caller may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Nobody is signed in.
    SignedOut,
    /// Name or password is wrong; which one is not said.
    BadCredentials,
    /// The token lacks the scope.
    Scope(&'static str),
    /// Only its author may.
    NotAuthor,
    /// Only a moderator of the board, or an admin, may.
    NotModerator,
    /// Only an admin may.
    NotAdmin,
    /// Only a moderator of all of this node, or an admin, may.
    NotStaff,
    /// The thread is locked.
    Locked,
    /// Only moderators post on this board.
    ModeratorsPost,
    /// Nobody posts on this board any more.
    Archived,
    /// The account was suspended.
    Suspended,
    /// Sign-up is closed on this node.
    RegistrationClosed,
    /// The form's token is missing or old; reload the page.
    Forged,
    /// This server is suspended here.
    PeerSuspended,
    /// Dislikes are off on this board.
    NoDislikes,
    /// The account is banned from here.
    Banned(Banned),
    /// Moderators and admins are not banned or suspended by their like.
    OfStaff,
    /// Only what stands on a board of this node is decided here.
    ForeignBoard,
    /// The admins let others make boards.
    NoBoards,
}

/// A ban, as those it concerns are told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Banned {
    /// The board, as in its address; `None` for all of this node.
    pub board: Option<String>,
    /// Why.
    pub reason: String,
    /// When it ends by itself.
    pub until: Option<Timestamp>,
}

impl fmt::Display for Banned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.board {
            Some(board) => write!(f, "This account is banned from /{board}/")?,
            None => f.write_str("This account is banned from this server")?,
        }
        if let Some(until) = self.until {
            write!(f, " until {}", minute(until))?;
        }
        match self.reason.is_empty() {
            true => f.write_str("."),
            false => write!(f, ": {}", self.reason),
        }
    }
}

/// A moment to the minute, as people read it.
fn minute(at: Timestamp) -> String {
    let text = at.rfc3339();
    let (day, time) = text.split_once('T').unwrap_or((&text, ""));
    format!("{day} {} UTC", time.get(..5).unwrap_or(time))
}

impl Denial {
    /// A stable code for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::BadCredentials => "bad_credentials",
            Self::Scope(_) => "scope",
            Self::NotAuthor => "not_author",
            Self::NotModerator => "not_moderator",
            Self::NotAdmin => "not_admin",
            Self::NotStaff => "not_staff",
            Self::Locked => "locked",
            Self::ModeratorsPost => "moderators_post",
            Self::Archived => "archived",
            Self::Suspended => "suspended",
            Self::RegistrationClosed => "registration_closed",
            Self::Forged => "forged",
            Self::PeerSuspended => "peer_suspended",
            Self::NoDislikes => "no_dislikes",
            Self::Banned(_) => "banned",
            Self::OfStaff => "of_staff",
            Self::ForeignBoard => "foreign_board",
            Self::NoBoards => "no_boards",
        }
    }
}

impl fmt::Display for Denial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SignedOut => f.write_str("Sign in first."),
            Self::BadCredentials => f.write_str("The name or the password is wrong."),
            Self::Scope(scope) => write!(f, "This token lacks the scope \u{201c}{scope}\u{201d}."),
            Self::NotAuthor => f.write_str("Only its author may do this."),
            Self::NotModerator => f.write_str("Only moderators of this board may do this."),
            Self::NotAdmin => f.write_str("Only admins may do this."),
            Self::NotStaff => f.write_str("Only moderators and admins of this server may do this."),
            Self::Locked => {
                f.write_str("This thread is locked; moderators of the board can open it.")
            }
            Self::ModeratorsPost => f.write_str("Only moderators post on this board."),
            Self::Archived => {
                f.write_str("This board is archived: it is there to be read, nobody posts on it.")
            }
            Self::Suspended => f.write_str("This account is suspended."),
            Self::RegistrationClosed => f.write_str("Sign-up is closed on this server."),
            Self::Forged => {
                f.write_str("The form was not ours or is too old; send it again from its page.")
            }
            Self::PeerSuspended => f.write_str("This server is suspended here."),
            Self::NoDislikes => f.write_str("Dislikes are switched off on this board."),
            Self::Banned(banned) => banned.fmt(f),
            Self::OfStaff => f.write_str(
                "Moderators and admins are not banned or suspended; take their office from them first.",
            ),
            Self::ForeignBoard => {
                f.write_str("This board is at home on another server, whose moderators decide.")
            }
            Self::NoBoards => f.write_str(
                "This account may not make boards; the admins of this server decide who may.",
            ),
        }
    }
}

/// What a request contradicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// An account or board of this name exists.
    NameTaken,
    /// The same idempotency key is still being worked on.
    StillRunning,
    /// The picture belongs to a post already.
    Attached,
    /// The thread is on that board already, or was moved a moment ago.
    SameBoard,
    /// A worker has the job right now.
    Working,
    /// Nobody else runs the node.
    LastAdmin,
}

impl Clash {
    /// A stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::NameTaken => "name_taken",
            Self::StillRunning => "still_running",
            Self::Attached => "attached",
            Self::SameBoard => "same_board",
            Self::Working => "working",
            Self::LastAdmin => "last_admin",
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NameTaken => "This name is taken.",
            Self::StillRunning => "The same request is still running; ask again in a moment.",
            Self::Attached => "This picture belongs to a post already.",
            Self::SameBoard => "This thread is on that board already.",
            Self::Working => "This job is being worked on; ask again in a moment.",
            Self::LastAdmin => "This is the only admin; make somebody else one first.",
        })
    }
}

/// One thing wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field, as the request named it.
    pub field: Cow<'static, str>,
    /// A stable code for programs, e.g. `too_long`.
    pub code: &'static str,
    /// One sentence for people that says what would be accepted.
    pub detail: String,
}

impl Fault {
    /// A fault of `field`.
    pub fn new(
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            field: field.into(),
            code,
            detail: detail.into(),
        }
    }
}

impl Error {
    /// One faulty field.
    pub fn invalid(
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self::Invalid(vec![Fault::new(field, code, detail)])
    }

    /// Our own fault, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// `Ok` where nothing is wrong, all faults at once otherwise.
    ///
    /// # Errors
    /// [`Error::Invalid`] with the faults.
    pub fn from_faults(faults: Vec<Fault>) -> Result<()> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self::Invalid(faults))
        }
    }
}

impl From<db::Error> for Error {
    fn from(error: db::Error) -> Self {
        match error {
            db::Error::Exhausted => Self::Overloaded { retry_after: 5 },
            other => Self::internal(other),
        }
    }
}

impl From<diesel::result::Error> for Error {
    fn from(error: diesel::result::Error) -> Self {
        Self::internal(error)
    }
}

impl From<Denial> for Error {
    fn from(denial: Denial) -> Self {
        Self::Denied(denial)
    }
}
