//! Flower heads: petals set by the golden angle, as in sunflowers (Vogel's spiral), opening and closing in a loop.

use std::f32::consts::{PI, TAU};

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// The golden angle in radians.
const GOLDEN: f32 = 2.399_963;

/// What a flower looks like.
pub(crate) struct Flower<'a> {
    /// The ground behind it, from its middle to the corners.
    pub(crate) ground: &'a [u32],
    /// The petals from the outermost to the innermost.
    pub(crate) petals: &'a [u32],
    /// How many.
    pub(crate) count: u32,
    /// Length of the outermost petals, as a share of the picture.
    pub(crate) length: f32,
}

/// Paints one flower.
pub(crate) fn paint(size: Size, seed: u32, flower: &Flower<'_>) -> RgbImage {
    let mut canvas = ground(size, seed, flower);
    head(&mut canvas, size, flower, 1.0);
    canvas.finish()
}

/// A loop in which the flower breathes.
pub(crate) fn breathe(size: Size, seed: u32, flower: &Flower<'_>, frames: u32) -> Vec<RgbImage> {
    let breath = |frame: u32| {
        let phase = frame as f32 / frames as f32 * TAU;
        let mut canvas = ground(size, seed, flower);
        head(&mut canvas, size, flower, 0.86 + 0.14 * phase.cos());
        canvas.flat()
    };
    (0..frames).map(breath).collect()
}

fn ground(size: Size, seed: u32, flower: &Flower<'_>) -> Canvas {
    let (width, height) = size.reach();
    let colours = Gradient::new(flower.ground);
    Canvas::shaded(size.width, size.height, |x, y| {
        let away = (x / width - 0.5).hypot(y / height - 0.5) * 1.4;
        let blur = noise::clouds(x / width * 3.0, y / height * 3.0, 3, seed) * 0.14;
        colours.at(away + blur)
    })
}

fn head(canvas: &mut Canvas, size: Size, flower: &Flower<'_>, open: f32) {
    let (width, height) = size.reach();
    let reach = width.min(height) * 0.33 * open;
    let petals = Gradient::new(flower.petals);
    let longest = width.min(height) * flower.length;
    for petal in 0..flower.count {
        // From the outside inwards, so that the younger petals lie on the older ones.
        let age = 1.0 - petal as f32 / flower.count as f32;
        let angle = petal as f32 * GOLDEN + (1.0 - open) * 1.6 * age;
        let away = reach * age.powf(0.62);
        let (sin, cos) = angle.sin_cos();
        let at = (
            width / 2.0 + cos * away * 0.8,
            height / 2.0 + sin * away * 0.8,
        );
        let length = longest * (0.22 + 0.78 * age);
        let light = 0.8 + 0.28 * (angle + PI * 0.75).cos();
        let grain = noise::hash(petal as i32, 3, 5) * 0.16;
        let colour = petals.at(1.0 - age + grain - 0.08);
        let under = Colour([0.0; 3]).mix(colour, 0.32);
        canvas.leaf(
            (at.0 + 1.5, at.1 + 3.0),
            (length * 1.04, length * 0.36),
            angle,
            under,
        );
        canvas.leaf(at, (length, length * 0.34), angle, colour.scaled(light));
    }
    let heart = petals.at(0.94);
    canvas.disc(width / 2.0, height / 2.0, longest * 0.13, heart.scaled(0.8));
    for seed in 0..90_u32 {
        let (sin, cos) = (seed as f32 * GOLDEN).sin_cos();
        let away = longest * 0.013 * (seed as f32).sqrt();
        let at = (width / 2.0 + cos * away, height / 2.0 + sin * away);
        let dark = 0.55 + 0.4 * noise::hash(seed as i32, 8, 2);
        canvas.disc(at.0, at.1, longest * 0.0085, heart.scaled(dark));
    }
}
