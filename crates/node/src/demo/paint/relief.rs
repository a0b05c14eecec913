//! Maps of islands that do not exist: heights of noise, tints by height, light from the north-west, contour lines.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::{Colour, Gradient};
use super::noise;

/// What a map looks like.
pub(crate) struct Sheet<'a> {
    /// The sea from the deep to the shore.
    pub(crate) sea: &'a [u32],
    /// The land from the shore to the summits.
    pub(crate) land: &'a [u32],
    /// The lines.
    pub(crate) ink: u32,
    /// Share of the heights that lies under water.
    pub(crate) flood: f32,
    /// Steps of height that have one tint; a large number is smooth.
    pub(crate) steps: u16,
}

/// Paints a map with a margin and a grid.
pub(crate) fn paint(size: Size, seed: u32, sheet: &Sheet<'_>) -> RgbImage {
    let (width, height) = size.reach();
    let scale = width.max(height) / 2.8;
    let heights: Vec<f32> = (0..size.height)
        .flat_map(|y| (0..size.width).map(move |x| (x as f32, y as f32)))
        .map(|(x, y)| {
            let (u, v) = (x / scale, y / scale);
            let bend = noise::clouds(u * 1.4, v * 1.4, 3, seed + 8) * 0.3;
            let mass = noise::clouds(u + bend, v - bend, 6, seed) * 0.5 + 0.5;
            let crests = noise::ridges(u * 1.5 + bend, v * 1.5, 6, seed + 3);
            let edge = (x / width - 0.5).abs().max((y / height - 0.5).abs()) * 2.0;
            let inland = noise::smooth(sheet.flood, sheet.flood + 0.3, mass);
            let sunk = noise::smooth(0.62, 1.0, edge) * 0.5;
            mass + crests * 0.34 * inland - sunk
        })
        .collect();
    let at = |x: f32, y: f32| {
        let column = (x.max(0.0) as u32).min(size.width - 1);
        let row = (y.max(0.0) as u32).min(size.height - 1);
        heights
            .get((row * size.width + column) as usize)
            .copied()
            .unwrap_or(0.0)
    };
    let (sea, land, ink) = (
        Gradient::new(sheet.sea),
        Gradient::new(sheet.land),
        Colour::hex(sheet.ink),
    );
    let canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let here = at(x, y);
        let level = (here - sheet.flood) / (1.16 - sheet.flood);
        let (dx, dy) = (
            at(x + 1.0, y) - at(x - 1.0, y),
            at(x, y + 1.0) - at(x, y - 1.0),
        );
        let steep = dx.hypot(dy).max(1e-5);
        let ground = if level < 0.0 {
            let depth = (here / sheet.flood).clamp(0.0, 1.0);
            let tint = sea.flat(depth.powf(1.4), sheet.steps);
            // Water lines along the coast.
            let wave = line((sheet.flood - here) / 0.022, steep / 0.022, 0.55)
                * noise::smooth(0.72, 0.97, depth);
            tint.mix(ink, wave * 0.3)
        } else {
            let light = 1.0 + (dx + dy) * -scale * 0.06;
            let tint = land.flat(level, sheet.steps).scaled(light.clamp(0.55, 1.4));
            let fine = line(level / 0.035, steep / 0.035, 0.45) * 0.22;
            let bold = line(level / 0.175, steep / 0.175, 0.75) * 0.34;
            tint.mix(ink, fine.max(bold))
        };
        let shore = noise::smooth(1.9, 0.7, (here - sheet.flood).abs() / steep * 2.0);
        margin(x, y, (width, height), ground.mix(ink, shore * 0.8), ink)
    });
    canvas.finish()
}

/// How much of a contour covers this pixel: `level` counts contours, `slope` is contours per two pixels.
fn line(level: f32, slope: f32, half: f32) -> f32 {
    let away = (level - level.round()).abs();
    let crowded = noise::smooth(0.9, 0.35, slope);
    (half + 0.5 - away / slope.max(1e-4) * 2.0).clamp(0.0, 1.0) * crowded
}

fn margin(x: f32, y: f32, (width, height): (f32, f32), ground: Colour, ink: Colour) -> Colour {
    let paper = Colour::hex(0xF4EEDD);
    let border = width.min(height) * 0.035;
    let inset = x.min(y).min(width - x).min(height - y);
    if inset < border {
        let (along, inside) = ((x / 60.0) as i32 + (y / 60.0) as i32, inset / border);
        let checks = (0.62..0.86).contains(&inside) && along % 2 == 0;
        let rule = (0.55..0.62).contains(&inside) || inside > 0.86;
        return if checks || rule { ink } else { paper };
    }
    let grid = (width.max(height) - border * 2.0) / 8.0;
    let (gx, gy) = ((x - border) / grid, (y - border) / grid);
    let cross = |at: f32| ((at - at.round()).abs() * grid) < 0.7;
    if cross(gx) || cross(gy) {
        return ground.mix(ink, 0.2);
    }
    ground
}
