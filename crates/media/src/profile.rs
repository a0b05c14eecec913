//! Colour profiles (ICC.1): whether bytes are one, and renditions brought from one to sRGB.
//!
//! Renditions carry no profile, so a wide-gamut photograph would look pale without this. Profiles that do not fit the
//! pixels (a CMYK profile of a JPEG that was decoded to RGB) are ignored.

use image::DynamicImage;
use moxcms::{ColorProfile, Layout, TransformOptions};

use crate::Limits;

/// Whether the bytes are a colour profile by signature and announced size.
pub(crate) fn is_plausible(bytes: &[u8], limits: &Limits) -> bool {
    let Some(&[a, b, c, d]) = bytes.first_chunk() else {
        return false;
    };
    let announced = u64::from(u32::from_be_bytes([a, b, c, d]));
    let length = bytes.len() as u64;
    // Some writers pad; nobody pads by more than a few bytes.
    (announced..=announced.saturating_add(3)).contains(&length)
        && length <= limits.profile
        && bytes.get(36..40) == Some(b"acsp")
}

/// A way from the colours of one picture to sRGB.
pub(crate) struct ToSrgb {
    profile: Option<ColorProfile>,
}

impl ToSrgb {
    pub(crate) fn new(icc: Option<&[u8]>) -> Self {
        let profile = icc.and_then(|icc| ColorProfile::new_from_slice(icc).ok());
        Self { profile }
    }

    /// Converts 8-bit RGB or RGBA pixels; others are left as they are.
    pub(crate) fn apply(&self, image: &mut DynamicImage) {
        let Some(profile) = &self.profile else { return };
        let layout = match image {
            DynamicImage::ImageRgb8(_) => Layout::Rgb,
            DynamicImage::ImageRgba8(_) => Layout::Rgba,
            _ => return,
        };
        let to = ColorProfile::new_srgb();
        let options = TransformOptions::default();
        let Ok(transform) = profile.create_transform_8bit(layout, &to, layout, options) else {
            return;
        };
        let pixels: &mut [u8] = match image {
            DynamicImage::ImageRgb8(rgb) => rgb,
            DynamicImage::ImageRgba8(rgba) => rgba,
            _ => return,
        };
        let mut converted = vec![0; pixels.len()];
        if transform.transform(pixels, &mut converted).is_ok() {
            pixels.copy_from_slice(&converted);
        }
    }
}
