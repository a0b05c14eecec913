//! Noise whose places are moved by noise, twice: marble, agate, smoke (after <https://iquilezles.org/articles/warp/>).

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// Paints a stone; `vein` is the colour of its veins.
pub(crate) fn paint(size: Size, seed: u32, colours: &[u32], vein: u32) -> RgbImage {
    let (width, height) = size.reach();
    let scale = width.max(height) / 2.6;
    let colours = Gradient::new(colours);
    let vein = Colour::hex(vein);
    let canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let (u, v) = (x / scale, y / scale);
        let qx = noise::clouds(u, v, 3, seed);
        let qy = noise::clouds(u + 5.2, v + 1.3, 3, seed + 1);
        let rx = noise::clouds(u + 1.9 * qx + 1.7, v + 1.9 * qy + 9.2, 4, seed + 2);
        let ry = noise::clouds(u + 1.9 * qx + 8.3, v + 1.9 * qy + 2.8, 4, seed + 3);
        let stone = noise::clouds(u + 1.6 * rx, v + 1.6 * ry, 5, seed + 4);
        let place = 0.5 + 0.48 * stone + 0.2 * qx * ry;
        let fold = 1.0 - noise::smooth(0.0, 0.085, (stone + 0.35 * rx).abs());
        let sheen = 0.86 + 0.3 * noise::smooth(-0.6, 0.8, ry + qx * 0.4);
        colours.at(place).scaled(sheen).mix(vein, fold * 0.55)
    });
    canvas.finish()
}
