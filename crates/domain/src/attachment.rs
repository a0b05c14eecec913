//! Pictures as people attach them; the files behind them are counted, so that one file serves many posts.

pub(crate) mod attach;
mod describe;
mod fetch;
mod find;
mod purge;
pub(crate) mod refs;
mod refused;
mod sweep;
mod upload;

use db::Id;

pub use describe::{Patch, describe, discard};
pub use fetch::{failed, fetched, wanted};
pub use find::{MediaRow, by_sha, find, stored, view};
pub use purge::{Purged, purge};
pub use refs::{release, take};
pub use refused::is_refused;
pub use sweep::sweep;
pub use upload::{Meta, upload};

pub(crate) use find::of_posts;

/// Whether the file of a picture is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is.
    Ready,
    /// It is to be fetched from another server.
    Pending,
    /// It could not be fetched.
    Failed,
}

impl State {
    /// The name in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Pending => "pending",
            Self::Failed => "failed",
        }
    }

    pub(crate) fn parse(name: &str) -> Self {
        match name {
            "ready" => Self::Ready,
            "pending" => Self::Pending,
            _ => Self::Failed,
        }
    }
}

/// A picture of a post, or one that waits for its post.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// Its id.
    pub id: Id,
    /// Whether its file is here.
    pub state: State,
    /// The name of its file; `None` until it is here.
    pub sha256: Option<String>,
    /// What it is, or what the other server says it is.
    pub mime: String,
    /// Bytes of the original; 0 until it is here.
    pub bytes: i64,
    /// Pixels; `None` where nobody said.
    pub width: Option<i32>,
    /// Pixels.
    pub height: Option<i32>,
    /// 1 for still pictures.
    pub frames: i32,
    /// Alternative text.
    pub alt: String,
    /// Hide it at first.
    pub sensitive: bool,
    /// The point to keep in view, each -1 to 1.
    pub focus: (f64, f64),
    /// Base64; `None` until it is here.
    pub thumbhash: Option<String>,
    /// Ours, or what the other server says.
    pub blurhash: Option<String>,
    /// The class of its mean colour; `None` until it is here.
    pub colour: Option<String>,
    /// Smaller versions, smallest first.
    pub renditions: Vec<Rendition>,
    /// The first frame of an animation.
    pub still: Option<Rendition>,
    /// Where it came from.
    pub remote_url: Option<String>,
}

/// A smaller version of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// `320`, `640` or `1280`; `still` for the first frame of an animation.
    pub name: String,
    /// What it is.
    pub mime: String,
    /// Pixels.
    pub width: i32,
    /// Pixels.
    pub height: i32,
    /// Of its file.
    pub bytes: i64,
}

impl Attachment {
    /// The path of the original on this node; `None` until it is here.
    pub fn url(&self) -> Option<String> {
        let sha = self.sha256.as_ref()?;
        let format = media::Format::from_mime(&self.mime)?;
        Some(format!("/media/{sha}/original.{}", format.extension()))
    }

    /// The path of one of its renditions on this node; `None` until it is here.
    pub fn rendition_url(&self, rendition: &Rendition) -> Option<String> {
        let sha = self.sha256.as_ref()?;
        let format = media::Format::from_mime(&rendition.mime)?;
        let name = &rendition.name;
        Some(format!("/media/{sha}/{name}.{}", format.extension()))
    }
}
