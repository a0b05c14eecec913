//! Makes the renditions of a picture: smaller versions in WebP, the right way up, in sRGB, animated where it is. Of an
//! animation also its first frame.
//!
//! Each size is made from the next larger one; orientation and colours are applied at 1280 pixels and not on the
//! full picture, which costs a tenth. Animations are worked through frame by frame, so that memory does not grow with
//! their length.

mod animation;
mod encode;
mod resize;

use image::metadata::Orientation;
use image::{DynamicImage, RgbaImage};

use crate::profile::ToSrgb;
use crate::strip::Clean;
use crate::{Fault, Limits, Rendition, STILL, decode};
use animation::Animation;

/// Pixels of the longest side of the largest rendition.
pub(crate) const LARGEST_RENDITION: u32 = 1280;
/// The squares that renditions fit into, largest first.
const BOXES: [u32; 3] = [LARGEST_RENDITION, 640, 320];
/// The square that the first frame of an animation fits into.
const STILL_SIDE: u32 = 640;
/// The square that placeholders are computed from.
const TINY: u32 = 64;

/// Everything that is made from the pixels of a picture.
pub(crate) struct Rendered {
    /// Smallest first, each with its file.
    pub(crate) renditions: Vec<(Rendition, Vec<u8>)>,
    /// The first frame of an animation, with its file.
    pub(crate) still: Option<(Rendition, Vec<u8>)>,
    /// The picture, or its first frame, at no more than 64 pixels.
    pub(crate) tiny: RgbaImage,
}

/// Decodes a picture completely and makes its renditions.
pub(crate) fn render(clean: &Clean, limits: &Limits) -> Result<Rendered, Fault> {
    if clean.shape.frames > 1 {
        moving(clean, limits)
    } else {
        still(clean, limits)
    }
}

fn still(clean: &Clean, limits: &Limits) -> Result<Rendered, Fault> {
    let still = decode::still(clean, limits)?;
    let to_srgb = ToSrgb::new(still.icc.as_deref());
    let mut stage = Stage::new(clean.shape.orientation, to_srgb);
    let mut current = stage.base(still.image)?;
    let mut renditions = Vec::new();
    for (name, width, height) in sizes(clean.shape.shown()) {
        current = stage.shrink(current, width, height)?;
        let bytes = encode::still(&current)?;
        renditions.push(rendition(&name.to_string(), width, height, bytes));
    }
    renditions.reverse();
    Ok(Rendered {
        tiny: stage.tiny(&current)?,
        renditions,
        still: None,
    })
}

fn moving(clean: &Clean, limits: &Limits) -> Result<Rendered, Fault> {
    let motion = decode::motion(clean, limits)?;
    let mut stage = Stage::new(clean.shape.orientation, ToSrgb::new(motion.icc.as_deref()));
    let mut outputs: Vec<_> = sizes(clean.shape.shown())
        .into_iter()
        .map(|(name, width, height)| (name, Animation::new(width, height)))
        .collect();
    let mut first = None;
    let mut tiny = None;
    let mut count = 0;
    let mut time = Time::default();
    for frame in motion.frames {
        let frame = frame?;
        let duration = time.step(frame.delay);
        let mut current = stage.base(DynamicImage::ImageRgba8(frame.image))?;
        for (side, output) in &mut outputs {
            current = stage.shrink(current, output.width, output.height)?;
            if first.is_none() && *side <= STILL_SIDE {
                let bytes = encode::still(&current)?;
                first = Some(rendition(STILL, output.width, output.height, bytes));
            }
            output.add(current.to_rgba8(), duration)?;
        }
        if tiny.is_none() {
            tiny = Some(stage.tiny(&current)?);
        }
        count += 1;
    }
    let format = clean.shape.format;
    let (Some(tiny), true) = (tiny, count == clean.shape.frames) else {
        return Err(Fault::damaged(format));
    };
    let mut renditions = Vec::new();
    for (name, output) in outputs.into_iter().rev() {
        let (width, height) = (output.width, output.height);
        let bytes = output.finish(clean.shape.plays)?;
        renditions.push(rendition(&name.to_string(), width, height, bytes));
    }
    Ok(Rendered {
        renditions,
        still: first,
        tiny,
    })
}

/// Names and sizes of the renditions of a picture, largest first.
fn sizes((width, height): (u32, u32)) -> Vec<(u32, u32, u32)> {
    let longest = width.max(height);
    let mut sizes = Vec::new();
    for side in BOXES {
        if side <= longest {
            let (width, height) = fit(width, height, side);
            sizes.push((side, width, height));
        }
    }
    if sizes.is_empty() {
        sizes.push((BOXES[BOXES.len() - 1], width, height));
    }
    sizes
}

/// The largest size of the same proportions inside a square; at least one pixel each way, never larger than before.
fn fit(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longest = u64::from(width.max(height));
    if longest <= u64::from(side) {
        return (width, height);
    }
    let scaled = |length: u32| {
        let rounded = (u64::from(length) * u64::from(side) + longest / 2) / longest;
        u32::try_from(rounded).unwrap_or(side).max(1)
    };
    (scaled(width), scaled(height))
}

fn rendition(name: &str, width: u32, height: u32, bytes: Vec<u8>) -> (Rendition, Vec<u8>) {
    let rendition = Rendition {
        name: name.to_owned(),
        mime: crate::Format::WebP.mime(),
        width,
        height,
        bytes: bytes.len() as u64,
    };
    (rendition, bytes)
}

/// The steps every frame goes through, with the buffers they share.
struct Stage {
    resizer: resize::Resize,
    orientation: Orientation,
    to_srgb: ToSrgb,
}

impl Stage {
    fn new(orientation: Orientation, to_srgb: ToSrgb) -> Self {
        Self {
            resizer: resize::Resize::default(),
            orientation,
            to_srgb,
        }
    }

    /// At most 1280 pixels, 8 bits, sRGB, the right way up.
    fn base(&mut self, image: DynamicImage) -> Result<DynamicImage, Fault> {
        let (width, height) = fit(image.width(), image.height(), LARGEST_RENDITION);
        let image = self.resizer.consume(image, width, height)?;
        let mut image = if image.color().has_alpha() {
            DynamicImage::ImageRgba8(image.into_rgba8())
        } else {
            DynamicImage::ImageRgb8(image.into_rgb8())
        };
        self.to_srgb.apply(&mut image);
        image.apply_orientation(self.orientation);
        Ok(image)
    }

    fn shrink(
        &mut self,
        image: DynamicImage,
        width: u32,
        height: u32,
    ) -> Result<DynamicImage, Fault> {
        self.resizer.consume(image, width, height)
    }

    fn tiny(&mut self, image: &DynamicImage) -> Result<RgbaImage, Fault> {
        let (width, height) = fit(image.width(), image.height(), TINY);
        let tiny = self.resizer.consume(image.clone(), width, height)?;
        Ok(tiny.into_rgba8())
    }
}

/// Turns the fractions of delays into whole milliseconds without drifting away.
#[derive(Default)]
struct Time {
    exact: f64,
    given: u64,
}

impl Time {
    /// Milliseconds the next frame stays.
    fn step(&mut self, (numerator, denominator): (u32, u32)) -> u32 {
        self.exact += f64::from(numerator) / f64::from(denominator);
        let end = self.exact.round() as u64;
        let duration = end - self.given;
        self.given = end;
        u32::try_from(duration).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn renditions_are_never_larger_than_the_picture() {
        assert_eq!(
            sizes((4000, 3000)),
            [(1280, 1280, 960), (640, 640, 480), (320, 320, 240)]
        );
        assert_eq!(sizes((100, 700)), [(640, 91, 640), (320, 46, 320)]);
        assert_eq!(sizes((20, 10)), [(320, 20, 10)]);
        assert_eq!(sizes((16_384, 1))[2], (320, 320, 1));
    }

    #[test]
    fn thirds_of_milliseconds_do_not_add_up_to_a_drift() {
        let mut time = Time::default();
        let steps: Vec<u32> = (0..6).map(|_| time.step((1000, 30))).collect();
        assert_eq!(steps.iter().sum::<u32>(), 200);
        assert!(steps.iter().all(|step| (33..=34).contains(step)));
    }
}
