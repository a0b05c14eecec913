//! What can go wrong, in few kinds. `web` turns them into HTTP in one table.

use std::borrow::Cow;
use std::fmt;

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
            Self::Page => "page",
        })
    }
}

/// Why a caller may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The thread is locked.
    Locked,
    /// Only moderators post on this board.
    ModeratorsPost,
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
}

impl Denial {
    /// A stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::BadCredentials => "bad_credentials",
            Self::Scope(_) => "scope",
            Self::NotAuthor => "not_author",
            Self::NotModerator => "not_moderator",
            Self::NotAdmin => "not_admin",
            Self::Locked => "locked",
            Self::ModeratorsPost => "moderators_post",
            Self::Suspended => "suspended",
            Self::RegistrationClosed => "registration_closed",
            Self::Forged => "forged",
            Self::PeerSuspended => "peer_suspended",
            Self::NoDislikes => "no_dislikes",
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
            Self::Locked => {
                f.write_str("This thread is locked; moderators of the board can open it.")
            }
            Self::ModeratorsPost => f.write_str("Only moderators post on this board."),
            Self::Suspended => f.write_str("This account is suspended."),
            Self::RegistrationClosed => f.write_str("Sign-up is closed on this server."),
            Self::Forged => {
                f.write_str("The form was not ours or is too old; send it again from its page.")
            }
            Self::PeerSuspended => f.write_str("This server is suspended here."),
            Self::NoDislikes => f.write_str("Dislikes are switched off on this board."),
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
}

impl Clash {
    /// A stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::NameTaken => "name_taken",
            Self::StillRunning => "still_running",
            Self::Attached => "attached",
        }
    }
}

impl fmt::Display for Clash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NameTaken => "This name is taken.",
            Self::StillRunning => "The same request is still running; ask again in a moment.",
            Self::Attached => "This picture belongs to a post already.",
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
            db::Error::Exhausted => Self::Busy { retry_after: 5 },
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
