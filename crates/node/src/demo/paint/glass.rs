//! Stained glass: the cells of scattered points (Voronoi), each a pane in its colour, with lead between them.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// Paints a window; `colours` from its light to its rim, `pane` is the pixels of a pane.
pub(crate) fn paint(size: Size, seed: u32, colours: &[u32], pane: f32) -> RgbImage {
    let (width, height) = size.reach();
    let colours = Gradient::new(colours);
    let lead = Colour::hex(0x0B0A0C);
    let canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let (owner, gap) = nearest(x / pane, y / pane, seed);
        let (cx, cy) = (owner.0 * pane, owner.1 * pane);
        let away = (cx / width - 0.5).hypot((cy - height * 0.36) / width);
        let chance = noise::hash((owner.0 * 97.0) as i32, (owner.1 * 89.0) as i32, seed);
        let colour = colours.at(away * 1.35 + (chance - 0.5) * 0.24);
        let bubbles = noise::clouds(x / 26.0, y / 26.0, 3, seed + 4) * 0.1;
        let streak = noise::noise(x / 9.0, (y + x * 0.3) / 120.0, seed + 5) * 0.06;
        let lamp = 1.25 - 0.75 * ((x / width - 0.5).hypot((y - height * 0.36) / width)).min(1.2);
        let rim = noise::smooth(0.0, 26.0, gap * pane);
        let lit =
            colour.scaled((lamp + bubbles + streak) * (0.62 + 0.38 * rim) * (0.8 + 0.4 * chance));
        let solder = noise::smooth(3.0, 5.0, gap * pane);
        let shine = 0.09 * noise::smooth(3.4, 0.0, (gap * pane - 1.2).abs());
        lead.plus(Colour([shine; 3])).mix(lit, solder)
    });
    canvas.finish()
}

/// The point whose cell this is, and the distance to the cell's edge.
fn nearest(x: f32, y: f32, seed: u32) -> ((f32, f32), f32) {
    let (column, row) = (x.floor() as i32, y.floor() as i32);
    let point = |i: i32, j: i32| {
        let dx = 0.12 + 0.76 * noise::hash(i, j, seed);
        let dy = 0.12 + 0.76 * noise::hash(i, j, seed + 1);
        (i as f32 + dx, j as f32 + dy)
    };
    let around = |far: i32| (-far..=far).flat_map(move |j| (-far..=far).map(move |i| (i, j)));
    let mut best = ((x, y), f32::MAX);
    for (i, j) in around(1) {
        let at = point(column + i, row + j);
        let away = (at.0 - x).powi(2) + (at.1 - y).powi(2);
        if away < best.1 {
            best = (at, away);
        }
    }
    let (owner, _) = best;
    let mut gap = f32::MAX;
    for (i, j) in around(2) {
        let at = point(column + i, row + j);
        let (dx, dy) = (at.0 - owner.0, at.1 - owner.1);
        let apart = dx.hypot(dy);
        if apart > 1e-4 {
            let (mx, my) = (f32::midpoint(at.0, owner.0), f32::midpoint(at.1, owner.1));
            gap = gap.min(((mx - x) * dx + (my - y) * dy) / apart);
        }
    }
    (owner, gap)
}
