//! Ranges of mountains behind each other, each paler than the one before it, with mist in the valleys.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// What the hour looks like.
pub(crate) struct Hour<'a> {
    /// The sky from its top to the horizon.
    pub(crate) sky: &'a [u32],
    /// The ranges from the farthest to the nearest.
    pub(crate) ranges: &'a [u32],
    /// The mist.
    pub(crate) mist: u32,
    /// The light of sun or moon, and where it stands, as shares of the width and the height.
    pub(crate) light: (u32, f32, f32),
}

/// Paints mountains.
pub(crate) fn paint(size: Size, seed: u32, hour: &Hour<'_>) -> RgbImage {
    let (width, height) = size.reach();
    let sky = Gradient::new(hour.sky);
    let (light, sun_x, sun_y) = (Colour::hex(hour.light.0), hour.light.1, hour.light.2);
    let (sun_x, sun_y) = (sun_x * width, sun_y * height);
    let radius = width.min(height) * 0.055;
    let mut canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let veil = noise::clouds(x / 520.0, y / 90.0, 4, seed + 9);
        let cloud = noise::smooth(0.05, 0.75, veil) * noise::smooth(0.75, 0.2, y / height);
        let near = 1.0 - ((x - sun_x).hypot(y - sun_y) / (width * 0.6)).min(1.0);
        let air = sky
            .at(y / height / 0.8)
            .mix(light, cloud * 0.28)
            .plus(light.scaled(near.powi(3) * 0.38));
        let disc = (radius - (x - sun_x).hypot(y - sun_y) + 0.5).clamp(0.0, 1.0);
        air.mix(light.scaled(1.15), disc)
    });
    let ranges = Gradient::new(hour.ranges);
    let mist = Colour::hex(hour.mist);
    let layers = 8;
    for layer in 0..layers {
        let depth = layer as f32 / (layers - 1) as f32;
        let range = Range {
            base: height * (0.42 + 0.5 * depth.powf(1.15)),
            rise: height * (0.26 - 0.1 * depth),
            width: width * (0.5 + 0.25 * depth),
            seed: seed + layer * 37,
            trees: if depth > 0.7 {
                height * 0.026 * depth
            } else {
                0.0
            },
        };
        let crest: Vec<f32> = (0..size.width).map(|x| range.crest(x as f32)).collect();
        let colour = ranges.at(depth);
        canvas.tint(|x, y, behind| {
            let top = crest.get(x as usize).copied().unwrap_or(y);
            let cover = (y - top + 0.5).clamp(0.0, 1.0);
            if cover <= 0.0 {
                return behind;
            }
            let sunk = (y - top) / (height * (0.2 + 0.05 * depth));
            let drift = noise::clouds(x / 260.0, y / 70.0, 3, seed + layer * 5) * 0.22;
            let fog = noise::smooth(0.0, 1.15, sunk + drift) * (0.86 - 0.5 * depth);
            let face = noise::ridges(x / 150.0, (y + x * 0.35) / 110.0, 3, range.seed);
            let lit = colour.scaled(0.86 + 0.3 * face * (0.35 + 0.65 * depth));
            behind.mix(lit.mix(mist, fog), cover)
        });
    }
    canvas.finish()
}

/// One range.
struct Range {
    base: f32,
    rise: f32,
    width: f32,
    seed: u32,
    trees: f32,
}

impl Range {
    /// Where its upper edge is.
    fn crest(&self, x: f32) -> f32 {
        let far = x / self.width + 7.3;
        let mass = noise::ridges(far, 0.5, 6, self.seed);
        let swell = noise::noise(far * 0.6, 9.5, self.seed + 1);
        let mut crest = self.base - self.rise * (mass * 1.5 - 0.75 + swell * 0.45);
        if self.trees > 0.0 {
            // A wood: points of uneven height, close together.
            let mut tallest: f32 = 0.0;
            let spacing = self.trees * 0.42;
            let slot = (x / spacing).floor() as i32;
            for cell in slot - 2..=slot + 2 {
                let stem = (cell as f32 + noise::hash(cell, 1, self.seed)) * spacing;
                let tall = self.trees * (0.45 + noise::hash(cell, 2, self.seed));
                let slim = tall * 0.2;
                tallest = tallest.max(tall * (1.0 - (x - stem).abs() / slim));
            }
            crest -= tallest;
        }
        crest
    }
}
