//! A grid of dots that swell and shrink as waves from two stones in a pond pass below them: an endless loop.

use std::f32::consts::TAU;

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};

/// Pixels between dots.
const GAP: f32 = 15.0;

/// Paints the frames of the loop.
pub(crate) fn ripple(size: Size, ground: u32, colours: &[u32], frames: u32) -> Vec<RgbImage> {
    let colours = Gradient::new(colours);
    let (width, height) = size.reach();
    let frame = |number: u32| {
        let phase = number as f32 / frames as f32 * TAU;
        let mut canvas = Canvas::plain(size.width, size.height, Colour::hex(ground));
        let (columns, rows) = ((width / GAP) as u32, (height / GAP) as u32);
        for row in 0..rows {
            for column in 0..columns {
                let x = (column as f32 + 0.5) * width / columns as f32;
                let y = (row as f32 + 0.5) * height / rows as f32;
                let wave = |cx: f32, cy: f32| {
                    ((x - width * cx).hypot(y - height * cy) / 17.0 - phase).sin()
                };
                let swell = (wave(0.3, 0.36) + wave(0.72, 0.68)) * 0.25 + 0.5;
                let colour = colours.flat(swell, 24);
                canvas.disc(x, y, GAP * (0.1 + 0.42 * swell), colour);
            }
        }
        canvas.flat()
    };
    (0..frames).map(frame).collect()
}
