//! Resizes with a Lanczos filter, transparent pixels weighing nothing.
//!
//! Colours are premultiplied in the picture's own buffer: a copy of a large one would double the memory.

use std::io;

use fast_image_resize::{MulDiv, ResizeOptions, Resizer};
use image::DynamicImage;

use crate::Fault;

/// A resizer with buffers that are used again for the next picture.
#[derive(Default)]
pub(super) struct Resize {
    resizer: Resizer,
    alpha: MulDiv,
}

impl Resize {
    /// The picture at another size; the same picture where it has that size already.
    pub(super) fn consume(
        &mut self,
        mut image: DynamicImage,
        width: u32,
        height: u32,
    ) -> Result<DynamicImage, Fault> {
        if (image.width(), image.height()) == (width, height) {
            return Ok(image);
        }
        let transparent = image.color().has_alpha();
        if transparent {
            self.alpha
                .multiply_alpha_inplace(&mut image)
                .map_err(failed)?;
        }
        let mut smaller = DynamicImage::new(width, height, image.color());
        let options = ResizeOptions::new().use_alpha(false);
        self.resizer
            .resize(&image, &mut smaller, &options)
            .map_err(failed)?;
        if transparent {
            self.alpha
                .divide_alpha_inplace(&mut smaller)
                .map_err(failed)?;
        }
        Ok(smaller)
    }
}

/// Cannot happen for the pixel types that decoders give; the fault is ours, not the sender's.
fn failed(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::Io(io::Error::other(error))
}
