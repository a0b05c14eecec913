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
        let veil = noise::clouds(x / 520.0, y / 90.0, 3, seed + 9);
        let cloud = noise::smooth(0.05, 0.75, veil) * noise::smooth(0.75, 0.2, y / height);
        let near = 1.0 - ((x - sun_x).hypot(y - sun_y) / (width * 0.6)).min(1.0);
        let air = sky
            .at(y / height / 0.8)
            .mix(light, cloud * 0.28)
            .plus(light.scaled(near.powi(4) * 0.22));
        let disc = (radius - (x - sun_x).hypot(y - sun_y) + 0.5).clamp(0.0, 1.0);
        air.mix(light.scaled(1.15), disc)
    });
    let ranges = ranges(size, seed, hour);
    let mist = Colour::hex(hour.mist);
    canvas.tint(|x, y, air| {
        // From the nearest range backwards, until one hides all that is behind it.
        let mut shown = air;
        let column = x as usize;
        let from = ranges
            .iter()
            .rposition(|range| y - range.edge(column) >= 0.5);
        for range in ranges.iter().skip(from.unwrap_or(0)) {
            let cover = (y - range.edge(column) + 0.5).clamp(0.0, 1.0);
            if cover > 0.0 {
                shown = shown.mix(range.shade(x, y, height, mist), cover);
            }
        }
        shown
    });
    canvas.finish()
}

/// One range.
struct Range {
    depth: f32,
    seed: u32,
    colour: Colour,
    /// Where the rock begins, per column.
    crests: Vec<f32>,
    /// How high the trees on it are, per column.
    trees: Vec<f32>,
}

/// The ranges from the farthest to the nearest.
fn ranges(size: Size, seed: u32, hour: &Hour<'_>) -> Vec<Range> {
    let (width, height) = size.reach();
    let colours = Gradient::new(hour.ranges);
    let layers = 8;
    let range = |layer: u32| {
        let depth = layer as f32 / (layers - 1) as f32;
        let seed = seed + layer * 37;
        let base = height * (0.42 + 0.5 * depth.powf(1.15));
        let rise = height * (0.26 - 0.1 * depth);
        let crest = |x: u32| {
            let far = x as f32 / (width * (0.5 + 0.25 * depth)) + 7.3;
            let mass = noise::ridges(far, 0.5, 6, seed);
            let swell = noise::noise(far * 0.6, 9.5, seed + 1);
            base - rise * (mass * 1.5 - 0.75 + swell * 0.45)
        };
        let tall = if depth > 0.7 {
            height * 0.026 * depth
        } else {
            0.0
        };
        Range {
            depth,
            seed,
            colour: colours.at(depth),
            crests: (0..size.width).map(crest).collect(),
            trees: (0..size.width)
                .map(|x| wood(x as f32, tall, seed))
                .collect(),
        }
    };
    (0..layers).map(range).collect()
}

/// A wood: points of uneven height, close together.
fn wood(x: f32, tall: f32, seed: u32) -> f32 {
    if tall <= 0.0 {
        return 0.0;
    }
    let spacing = tall * 0.42;
    let slot = (x / spacing).floor() as i32;
    let mut tallest: f32 = 0.0;
    for cell in slot - 2..=slot + 2 {
        let stem = (cell as f32 + noise::hash(cell, 1, seed)) * spacing;
        let tree = tall * (0.45 + noise::hash(cell, 2, seed));
        tallest = tallest.max(tree * (1.0 - (x - stem).abs() / (tree * 0.2)));
    }
    tallest
}

impl Range {
    /// Where its upper edge is, trees and all.
    fn edge(&self, column: usize) -> f32 {
        let crest = self.crests.get(column).copied().unwrap_or(0.0);
        crest - self.trees.get(column).copied().unwrap_or(0.0)
    }

    /// Its rock, its wood and the mist at its foot.
    fn shade(&self, x: f32, y: f32, height: f32, mist: Colour) -> Colour {
        let crest = self.crests.get(x as usize).copied().unwrap_or(y);
        let sunk = (y - crest) / (height * (0.2 + 0.05 * self.depth));
        let drift = noise::clouds(x / 260.0, y / 70.0, 2, self.seed) * 0.22;
        let fog = noise::smooth(0.0, 1.15, sunk + drift) * (0.86 - 0.5 * self.depth);
        let face = noise::ridges(x / 150.0, (y + x * 0.35) / 110.0, 2, self.seed);
        let lit = self
            .colour
            .scaled(0.86 + 0.3 * face * (0.35 + 0.65 * self.depth));
        lit.mix(mist, fog)
    }
}
