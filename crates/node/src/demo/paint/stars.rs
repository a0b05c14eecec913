//! Stars before a nebula: clouds of light warped by clouds, and stars few of which are bright.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise::{self, Dice};

/// Paints a sky; `nebula` are its colours from the dark to the brightest.
pub(crate) fn paint(size: Size, seed: u32, nebula: &[u32], second: u32) -> RgbImage {
    let (width, height) = size.reach();
    let colours = Gradient::new(nebula);
    let second = Colour::hex(second);
    let scale = width.max(height) / 2.4;
    let mut canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let (u, v) = (x / scale, y / scale);
        let (a, b) = (
            noise::clouds(u, v, 4, seed + 1),
            noise::clouds(u + 5.2, v + 1.3, 4, seed + 2),
        );
        let gas = noise::clouds(u + a * 0.9, v + b * 0.9, 6, seed);
        let lane = ((y / height - 0.5) - (x / width - 0.5) * 0.55 + a * 0.16).abs();
        let band = (1.0 - lane * 2.1).max(0.0);
        let dense = (band * 0.62 + gas * 0.5).clamp(0.0, 1.0);
        let dust = noise::ridges(u * 2.2 + b, v * 2.2 + a, 5, seed + 3);
        let dark = 1.0 - 0.72 * noise::smooth(0.55, 0.86, dust) * band;
        let other = noise::smooth(0.1, 0.75, b) * band;
        colours
            .at(dense.powf(1.25))
            .plus(second.scaled(other * 0.34))
            .scaled(dark)
    });
    scatter(
        &mut canvas,
        &mut Dice::new(u64::from(seed)),
        (width, height),
    );
    canvas.finish()
}

fn scatter(canvas: &mut Canvas, dice: &mut Dice, (width, height): (f32, f32)) {
    let tints = [0xFFFFFF, 0xCFE0FF, 0xFFE9C9, 0xFFD0B0, 0xBFD4FF].map(Colour::hex);
    for _ in 0..(width * height / 520.0) as usize {
        let (x, y) = (dice.between(0.0, width), dice.between(0.0, height));
        let tint = dice.pick(&tints).copied().unwrap_or(Colour([1.0; 3]));
        let bright = dice.unit().powi(9);
        canvas.glow(x, y, 1.2 + bright * 3.0, tint.scaled(0.25 + bright * 2.5));
    }
    for _ in 0..16 {
        let (x, y) = (dice.between(0.0, width), dice.between(0.0, height));
        let tint = dice.pick(&tints).copied().unwrap_or(Colour([1.0; 3]));
        let power = dice.between(0.25, 1.0).powi(2);
        canvas.glow(x, y, 12.0 + 60.0 * power, tint.scaled(0.32 * power));
        canvas.glow(x, y, 3.0 + 7.0 * power, tint.scaled(1.6));
        let ray = 14.0 + 62.0 * power;
        for step in 0..ray as i32 {
            let away = step as f32;
            let light = tint.scaled(0.75 * (1.0 - away / ray).powi(3));
            for (px, py) in [(away, 0.0), (-away, 0.0), (0.0, away), (0.0, -away)] {
                canvas.glow(x + px, y + py, 1.6, light);
            }
        }
    }
}
