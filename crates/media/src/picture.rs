//! What is known of a stored picture: the fields a database row and every face need.

use crate::Format;

/// A picture whose files are in the [`Store`](crate::Store), on disk for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Lower-case hexadecimal SHA-256 of the stored original, metadata already removed. Its name in the store.
    pub sha256: String,
    /// What the content is.
    pub format: Format,
    /// Bytes of the stored original.
    pub bytes: u64,
    /// Width in pixels as shown, orientation applied.
    pub width: u32,
    /// Height in pixels as shown, orientation applied.
    pub height: u32,
    /// Frames; 1 for a still picture.
    pub frames: u32,
    /// [ThumbHash](https://evanw.github.io/thumbhash/) as base64 (with padding).
    pub thumbhash: String,
    /// [BlurHash](https://github.com/woltapp/blurhash) of 4×3 components.
    pub blurhash: String,
    /// The class of the mean colour, `c0n` to `c7b` (see [`colour`](crate::colour)).
    pub colour: String,
    /// Smaller versions, smallest first; never larger than the original, never empty.
    pub renditions: Vec<Rendition>,
    /// The first frame of an animation, for lists and for those who want nothing to move; `None` for still pictures.
    pub still: Option<Rendition>,
}

/// The name of the rendition that shows the first frame of an animation: at most 640 pixels.
pub const STILL: &str = "still";

/// A smaller version of a picture, turned the right way round, with colours in sRGB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendition {
    /// `320`, `640` or `1280`: the square it fits into. A picture smaller than 320 has one of its own size, named
    /// `320`. The first frame of an animation is named [`still`](STILL). Also the variant to ask the store for.
    pub name: String,
    /// Always `image/webp`, animated where the picture is; `still` never.
    pub mime: &'static str,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Bytes of the file.
    pub bytes: u64,
}
