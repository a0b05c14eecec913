//! What the headers of a picture claim, and the check of these claims against the limits.
//!
//! The check runs before decoding, so that a small file that unfolds into gigabytes costs nothing but its bytes.

use image::metadata::Orientation;

use crate::fault::Measure;
use crate::render::LARGEST_RENDITION;
use crate::{Fault, Format, Limits};

/// A picture as its headers describe it.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    pub(crate) format: Format,
    /// Width as stored, before orientation.
    pub(crate) width: u32,
    /// Height as stored, before orientation.
    pub(crate) height: u32,
    pub(crate) frames: u32,
    /// How often an animation plays; 0 means for ever.
    pub(crate) plays: u32,
    pub(crate) orientation: Orientation,
    /// Pixels of the largest buffer decoding needs; a GIF frame may be larger than its canvas.
    pub(crate) largest: u64,
    /// Bytes of memory that decoding needs, estimated generously.
    pub(crate) memory: u64,
    /// Bytes of a decoded pixel.
    pub(crate) pixel: u64,
}

impl Shape {
    /// Refuses what is over a limit.
    pub(crate) fn check(&self, limits: &Limits) -> Result<(), Fault> {
        let area = area(self.width, self.height).max(self.largest);
        let side = self.width.max(self.height);
        if area == 0 || self.width == 0 || self.height == 0 || self.frames == 0 {
            return Err(Fault::damaged(self.format));
        }
        if area > limits.pixels {
            return Err(too_many(Measure::Picture, limits.pixels, area));
        }
        if side > limits.side {
            return Err(too_many(Measure::Side, limits.side.into(), side.into()));
        }
        if self.frames > limits.frames {
            return Err(Fault::TooManyFrames {
                limit: limits.frames,
                actual: self.frames,
            });
        }
        let total = area.saturating_mul(self.frames.into());
        if total > limits.total_pixels {
            return Err(too_many(Measure::Animation, limits.total_pixels, total));
        }
        // Resizing holds the picture with its final width and its first height for a moment.
        let resizing = half_resized(self.width, self.height) * self.pixel;
        let memory = self.memory.saturating_add(resizing);
        if memory > limits.memory {
            let fits = limits.memory / memory.div_ceil(area).max(1);
            return Err(too_many(Measure::Memory, fits, area));
        }
        Ok(())
    }

    /// Width and height as shown.
    pub(crate) fn shown(&self) -> (u32, u32) {
        match self.orientation {
            Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH => (self.height, self.width),
            _ => (self.width, self.height),
        }
    }
}

/// Width times height, without overflow.
pub(crate) fn area(width: u32, height: u32) -> u64 {
    u64::from(width) * u64::from(height)
}

/// Pixels of the picture between the two passes of resizing; none where it is small enough to stay.
fn half_resized(width: u32, height: u32) -> u64 {
    if width.max(height) > LARGEST_RENDITION {
        area(width.min(LARGEST_RENDITION), height)
    } else {
        0
    }
}

fn too_many(of: Measure, limit: u64, actual: u64) -> Fault {
    Fault::TooManyPixels { limit, actual, of }
}
