//! Encodes pixels as lossy WebP.

use std::io;

use image::{DynamicImage, RgbaImage};
use webp::{Encoder, PixelLayout, WebPConfig, WebPMemory};

use crate::Fault;

/// Looks like the original on a screen at about a third of the bytes of a JPEG.
const QUALITY: f32 = 78.0;
/// libwebp's trade of time for bytes: 2 costs 10 % more bytes than 4 and a third of the time.
const METHOD: i32 = 2;

/// A complete file of one picture.
pub(super) fn still(image: &DynamicImage) -> Result<Vec<u8>, Fault> {
    match image {
        DynamicImage::ImageRgb8(rgb) => {
            let memory = encode(rgb, PixelLayout::Rgb, rgb.width(), rgb.height())?;
            Ok(memory.to_vec())
        }
        other => Ok(rgba(&other.to_rgba8())?.to_vec()),
    }
}

/// A complete file of one frame, to be taken apart for an animation. Without alpha plane where all is opaque.
pub(super) fn rgba(image: &RgbaImage) -> Result<WebPMemory, Fault> {
    encode(image, PixelLayout::Rgba, image.width(), image.height())
}

fn encode(
    pixels: &[u8],
    layout: PixelLayout,
    width: u32,
    height: u32,
) -> Result<WebPMemory, Fault> {
    let mut config = WebPConfig::new()
        .map_err(|()| Fault::Io(io::Error::other("libwebp of another version")))?;
    config.quality = QUALITY;
    config.method = METHOD;
    Encoder::new(pixels, layout, width, height)
        .encode_advanced(&config)
        .map_err(|error| Fault::Io(io::Error::other(format!("WebP encoder: {error:?}"))))
}
