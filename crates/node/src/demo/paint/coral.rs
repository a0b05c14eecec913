//! Reaction and diffusion: two substances that feed on each other grow the patterns of corals and lichen
//! (Gray–Scott, <https://www.karlsims.com/rd.html>).

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::Gradient;
use super::noise::{self, Dice};

/// Pixels of the picture per cell of the reaction.
const ZOOM: u32 = 5;

/// Paints a reef; `feed` and `kill` say what grows: 0.055 and 0.062 corals, 0.0367 and 0.0649 dots.
pub(crate) fn paint(size: Size, seed: u32, colours: &[u32], feed: f32, kill: f32) -> RgbImage {
    let columns = (size.width / ZOOM) as usize;
    let rows = (size.height / ZOOM) as usize;
    let grown = grow(columns, rows, seed, feed, kill);
    let colours = Gradient::new(colours);
    let sample = |x: f32, y: f32| {
        let (x, y) = (x / ZOOM as f32 - 0.5, y / ZOOM as f32 - 0.5);
        let (i, j) = (x.floor(), y.floor());
        let (s, t) = (x - i, y - j);
        let at = |i: f32, j: f32| {
            let column = (i.max(0.0) as usize).min(columns - 1);
            let row = (j.max(0.0) as usize).min(rows - 1);
            grown.get(row * columns + column).copied().unwrap_or(0.0)
        };
        let above = at(i, j) + (at(i + 1.0, j) - at(i, j)) * s;
        let below = at(i, j + 1.0) + (at(i + 1.0, j + 1.0) - at(i, j + 1.0)) * s;
        above + (below - above) * t
    };
    let canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let here = sample(x, y);
        let slope_x = sample(x + 3.0, y) - sample(x - 3.0, y);
        let slope_y = sample(x, y + 3.0) - sample(x, y - 3.0);
        let lit = 1.0 - (slope_x + slope_y) * 1.5;
        let hue = noise::clouds(x / 420.0, y / 420.0, 2, seed) * 0.14;
        let height = noise::smooth(0.08, 0.36, here);
        colours
            .at(height * 0.86 + hue * height)
            .scaled(lit.clamp(0.35, 1.7))
    });
    canvas.finish()
}

/// How much of the second substance is where.
fn grow(columns: usize, rows: usize, seed: u32, feed: f32, kill: f32) -> Vec<f32> {
    let mut dice = Dice::new(u64::from(seed));
    let mut food = vec![1.0_f32; columns * rows];
    let mut life = vec![0.0_f32; columns * rows];
    for _ in 0..columns * rows / 260 {
        let column = (dice.unit() * columns as f32) as usize;
        let row = (dice.unit() * rows as f32) as usize;
        for (i, j) in (0..5).flat_map(|j| (0..5).map(move |i| (i, j))) {
            let at = (row + j) % rows * columns + (column + i) % columns;
            food[at] = 0.5;
            life[at] = 0.25 + 0.1 * dice.unit();
        }
    }
    let (mut next_food, mut next_life) = (food.clone(), life.clone());
    for _ in 0..2000 {
        for row in 0..rows {
            let above = (row + rows - 1) % rows * columns;
            let below = (row + 1) % rows * columns;
            let here = row * columns;
            for column in 0..columns {
                let left = if column == 0 { columns - 1 } else { column - 1 };
                let right = if column + 1 == columns { 0 } else { column + 1 };
                let spread = |of: &[f32]| {
                    let straight = of[here + left]
                        + of[here + right]
                        + of[above + column]
                        + of[below + column];
                    let corners =
                        of[above + left] + of[above + right] + of[below + left] + of[below + right];
                    straight * 0.2 + corners * 0.05 - of[here + column]
                };
                let (a, b) = (food[here + column], life[here + column]);
                let eaten = a * b * b;
                next_food[here + column] = a + spread(&food) - eaten + feed * (1.0 - a);
                next_life[here + column] = b + 0.5 * spread(&life) + eaten - (kill + feed) * b;
            }
        }
        std::mem::swap(&mut food, &mut next_food);
        std::mem::swap(&mut life, &mut next_life);
    }
    life
}
