//! Pictures: how one stands in a post, with its mat, its caption, its description and what hides it.

use askama::Template;

/// The `img` alone, with its size known before it loads and its mean colour in its place.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/image.html")]
pub(crate) struct Image {
    pub(crate) src: String,
    /// A sharper file for denser screens.
    pub(crate) sharper: Option<Sharper>,
    /// How wide it is shown (the `sizes` of HTML), where that is known: the browser then takes the smallest file that is
    /// sharp enough. Without it every dense screen takes the sharper one.
    pub(crate) sizes: Option<String>,
    /// Shown instead under reduced motion, for pictures that move.
    pub(crate) still: Option<String>,
    /// Whether it is the first frame of a picture that moves.
    pub(crate) moves: bool,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) alt: String,
    /// Class of the mean colour, `c0n` to `c7b`.
    pub(crate) colour: String,
    /// Class of the ratio, `r3` to `r24`.
    pub(crate) ratio: &'static str,
    /// Whether it is at the top of the page, where waiting would show.
    pub(crate) early: bool,
}

/// The same picture with more pixels.
#[derive(Clone, Debug)]
pub(crate) struct Sharper {
    pub(crate) src: String,
    /// Pixels.
    pub(crate) width: u32,
}

/// Why there is no image to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Waiting {
    /// On its way from its own server.
    Fetching,
    /// It could not be had.
    Failed,
}

/// A picture of a post.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/picture.html")]
pub(crate) struct Picture {
    /// The picture's own page.
    pub(crate) href: String,
    /// `None` while it is not here.
    pub(crate) image: Option<Image>,
    pub(crate) waiting: Option<Waiting>,
    /// Where it lies on its own server, for pictures that are not here.
    pub(crate) away: Option<String>,
    pub(crate) alt: String,
    pub(crate) described: bool,
    /// Like `1600×1200, 412 KB`.
    pub(crate) facts: String,
    pub(crate) sensitive: bool,
    /// Whether a sensitive one is open from the beginning.
    pub(crate) opened: bool,
    pub(crate) moving: bool,
    /// Whether a moving one waits to be opened.
    pub(crate) still: bool,
}
