//! Lines above lines, each hiding what is behind it: a landscape drawn with one pen.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// Paints lines in the colours of `ink`, from the farthest to the nearest, on `ground`.
pub(crate) fn paint(size: Size, seed: u32, ground: u32, ink: &[u32]) -> RgbImage {
    let (width, height) = size.reach();
    let ground = Colour::hex(ground);
    let inks = Gradient::new(ink);
    let mut canvas = Canvas::plain(size.width, size.height, ground);
    let count = 66;
    for row in 0..count {
        let depth = row as f32 / (count - 1) as f32;
        let base = height * (0.2 + 0.7 * depth);
        let crest = |x: f32| {
            let across = x / width;
            let hill = (-((across - 0.5) / 0.19).powi(2)).exp();
            let wander = noise::clouds(across * 5.0, depth * 4.6, 4, seed) * 0.5 + 0.42;
            let ripple = noise::noise(across * 34.0, depth * 20.0, seed + 4) * 0.06;
            base - height * 0.27 * hill * (wander.max(0.0).powf(1.3) + ripple) - ripple * 16.0
        };
        let (left, right) = (width * 0.1, width * 0.9);
        let points: Vec<(f32, f32)> = (0..=(right - left) as u32 / 3)
            .map(|step| left + step as f32 * 3.0)
            .map(|x| (x, crest(x)))
            .collect();
        for (x, y) in &points {
            let foot = (*x, base + height * 0.012);
            canvas.stroke((*x, *y), foot, 4.5, ground);
        }
        for pair in points.windows(2) {
            if let [from, to] = pair {
                let lift = (base - from.1) / (height * 0.26);
                canvas.stroke(*from, *to, 2.4, inks.at(lift * 0.8 + depth * 0.2));
            }
        }
    }
    canvas.finish()
}
