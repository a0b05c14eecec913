//! Removes everything from a picture that is not needed to show it, without touching its pixel data.
//!
//! Each format lists what is *kept*; what a list does not name goes, so that a kind of metadata nobody here has heard
//! of goes too, and so does whatever follows the end of the picture (a ZIP archive, a page, a second picture). The
//! same walk reads the headers, so a file is checked against the limits before it is decoded.

mod exif;
mod gif;
mod jpeg;
mod png;
mod webp;

use crate::shape::Shape;
use crate::{Fault, Format, Limits};

/// A picture without metadata, and what its headers say.
pub(crate) struct Clean {
    /// The file as it will be stored.
    pub(crate) bytes: Vec<u8>,
    pub(crate) shape: Shape,
}

/// The file without metadata. Nothing is decoded; memory stays below three times the size of the file.
pub(crate) fn strip(format: Format, data: &[u8], limits: &Limits) -> Result<Clean, Fault> {
    let clean = match format {
        Format::Jpeg => jpeg::strip(data, limits),
        Format::Png => png::strip(data, limits),
        Format::Gif => gif::strip(data),
        Format::WebP => webp::strip(data, limits),
    }?;
    clean.shape.check(limits)?;
    Ok(clean)
}
