//! What is shown while a picture loads: ThumbHash for our pages, BlurHash for other servers.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use image::RgbaImage;

/// The ThumbHash as base64; transparency is part of it. The picture must be at most 100 pixels each way.
pub(crate) fn thumbhash(tiny: &RgbaImage) -> String {
    let (width, height) = (tiny.width() as usize, tiny.height() as usize);
    STANDARD.encode(thumbhash::rgba_to_thumb_hash(width, height, tiny))
}

/// The BlurHash of 4×3 components, transparent pixels over white because it knows no transparency.
pub(crate) fn blurhash(tiny: &RgbaImage) -> String {
    let mut opaque = tiny.clone();
    for pixel in opaque.pixels_mut() {
        let [r, g, b, a] = pixel.0;
        let over_white = |c: u8| {
            let (c, a) = (u32::from(c), u32::from(a));
            ((c * a + 255 * (255 - a) + 127) / 255) as u8
        };
        pixel.0 = [over_white(r), over_white(g), over_white(b), 255];
    }
    // Fails only for component counts outside 1 to 9.
    blurhash::encode(4, 3, opaque.width(), opaque.height(), &opaque).unwrap_or_default()
}
