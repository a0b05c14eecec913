//! Truchet tiles: squares of two quarter circles, turned by chance, that join into one endless band.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// What the band looks like.
pub(crate) struct Band<'a> {
    /// The ground.
    pub(crate) ground: u32,
    /// The band's colours across the picture.
    pub(crate) colours: &'a [u32],
    /// Pixels of a tile.
    pub(crate) tile: f32,
    /// Share of the tile that the band takes.
    pub(crate) breadth: f32,
    /// Strands the band is made of.
    pub(crate) strands: f32,
}

/// Paints a band.
pub(crate) fn paint(size: Size, seed: u32, band: &Band<'_>) -> RgbImage {
    let (width, height) = size.reach();
    let colours = Gradient::new(band.colours);
    let ground = Colour::hex(band.ground);
    let canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let (u, v) = (x / band.tile, y / band.tile);
        let (column, row) = (u.floor() as i32, v.floor() as i32);
        let (u, v) = (u - column as f32, v - row as f32);
        let chance = noise::hash(column, row, seed);
        let place = (x / width + y / height) * 0.36
            + 0.14
            + noise::clouds(x / 500.0, y / 500.0, 2, seed) * 0.42;
        let colour = colours.at(place);
        // Only a single strand can pass below itself without a break.
        if band.strands < 2.0 && chance < 0.14 {
            return crossing(u, v, band, colour, ground);
        }
        let u = if chance < 0.57 { u } else { 1.0 - u };
        let nearest = u.hypot(v).min((1.0 - u).hypot(1.0 - v));
        strand((nearest - 0.5).abs(), band, colour, ground)
    });
    canvas.finish()
}

/// A tile on which the band crosses itself.
fn crossing(u: f32, v: f32, band: &Band<'_>, colour: Colour, ground: Colour) -> Colour {
    let (over, under) = ((u - 0.5).abs(), (v - 0.5).abs());
    let edge = band.breadth / 2.0;
    if over < edge + 0.05 {
        let shown = strand(over, band, colour, ground);
        let below = strand(under, band, colour.scaled(0.5), ground);
        let cover = ((edge - over) * band.tile + 0.5).clamp(0.0, 1.0);
        return below.scaled(0.45).mix(shown, cover);
    }
    let dimmed = noise::smooth(edge, edge + 0.22, over);
    strand(under, band, colour.scaled(0.4 + 0.6 * dimmed), ground)
}

/// The colour at this distance from the middle of the band, in tiles.
fn strand(away: f32, band: &Band<'_>, colour: Colour, ground: Colour) -> Colour {
    let half = band.breadth / 2.0;
    let shadow = 0.62 + 0.38 * noise::smooth(half, half + 0.2, away);
    let cover = ((half - away) * band.tile + 0.5).clamp(0.0, 1.0);
    // Each strand is round: bright in its middle, dark at its sides.
    let across = (away / half * band.strands / 2.0 + (band.strands + 1.0) % 2.0 * 0.5).fract();
    let round = (1.0 - (across * 2.0 - 1.0).powi(2)).max(0.0).sqrt();
    let round = if band.strands < 2.0 {
        (1.0 - (away / half).powi(2)).max(0.0).sqrt()
    } else {
        round
    };
    let gleam = Colour([1.0; 3]).scaled(0.3 * round.powi(12));
    let lit = colour.scaled(0.3 + 0.75 * round).plus(gleam);
    ground.scaled(shadow).mix(lit, cover)
}
