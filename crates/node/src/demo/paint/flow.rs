//! Ribbons that follow a field of smooth noise and never cross: each keeps the room that others left.

use image::RgbImage;

use super::Size;
use super::canvas::Canvas;
use super::colour::Colour;
use super::noise::{self, Dice};

/// Pixels between two points of a ribbon.
const STEP: f32 = 3.0;
/// Pixels of a cell in the grid that remembers where ribbons are.
const CELL: f32 = 4.0;

/// What ribbons look like.
pub(crate) struct Ribbons<'a> {
    /// Colour of the ground.
    pub(crate) ground: u32,
    /// Colours of the ribbons; those named twice appear twice as often.
    pub(crate) colours: &'a [u32],
    /// Breadths of the ribbons in pixels, tried from the first to the last.
    pub(crate) breadths: &'a [f32],
    /// How much the field turns.
    pub(crate) turn: f32,
}

/// Paints ribbons.
pub(crate) fn paint(size: Size, seed: u32, look: &Ribbons<'_>) -> RgbImage {
    let (width, height) = size.reach();
    let mut dice = Dice::new(u64::from(seed));
    let ground = Colour::hex(look.ground);
    let mut canvas = Canvas::shaded(size.width, size.height, |x, y| {
        let fibre = noise::noise(x / 3.0, y / 60.0, seed) * 0.02;
        ground.scaled(1.0 + fibre)
    });
    let mut taken = Taken::new(width, height);
    for breadth in look.breadths {
        let tries = (width * height / (breadth + 6.0).powi(2) / 1.1) as usize;
        for _ in 0..tries {
            let start = (dice.between(0.0, width), dice.between(0.0, height));
            let path = walk(start, *breadth, look.turn, seed, &taken, (width, height));
            let colour = dice.pick(look.colours).copied().unwrap_or(0);
            let shade = dice.between(0.88, 1.1);
            if path.len() < 14 {
                continue;
            }
            taken.keep(&path, *breadth);
            draw(
                &mut canvas,
                &path,
                *breadth,
                Colour::hex(colour).scaled(shade),
            );
        }
    }
    canvas.finish()
}

fn draw(canvas: &mut Canvas, path: &[(f32, f32)], breadth: f32, colour: Colour) {
    for pair in path.windows(2) {
        if let [from, to] = pair {
            canvas.stroke(*from, *to, breadth, colour);
        }
    }
    if breadth < 9.0 {
        return;
    }
    // A thin light along the ribbon gives it a body.
    for pair in path.windows(2) {
        if let [(ax, ay), (bx, by)] = *pair {
            let (nx, ny) = (-(by - ay) / STEP, (bx - ax) / STEP);
            let off = breadth * 0.24;
            let from = (ax + nx * off, ay + ny * off);
            let to = (bx + nx * off, by + ny * off);
            canvas.stroke(from, to, breadth * 0.16, colour.mix(Colour([1.0; 3]), 0.22));
        }
    }
}

/// The way through the field from `start`, forward and backward, as far as it is free.
fn walk(
    start: (f32, f32),
    breadth: f32,
    turn: f32,
    seed: u32,
    taken: &Taken,
    (width, height): (f32, f32),
) -> Vec<(f32, f32)> {
    let mut path = Vec::new();
    for way in [-1.0, 1.0] {
        let (mut x, mut y) = start;
        for _ in 0..170 {
            let inside = (-40.0..width + 40.0).contains(&x) && (-40.0..height + 40.0).contains(&y);
            if !inside || taken.near(x, y, breadth / 2.0 + 3.0) {
                break;
            }
            path.push((x, y));
            let angle = noise::clouds(x / 620.0, y / 620.0, 2, seed) * turn + 0.5;
            x += angle.cos() * STEP * way;
            y += angle.sin() * STEP * way;
        }
        if way < 0.0 {
            path.reverse();
            path.pop();
        }
    }
    path
}

/// Where ribbons are already.
struct Taken {
    columns: usize,
    rows: usize,
    cells: Vec<bool>,
}

impl Taken {
    fn new(width: f32, height: f32) -> Self {
        let columns = (width / CELL) as usize + 22;
        let rows = (height / CELL) as usize + 22;
        Self {
            columns,
            rows,
            cells: vec![false; columns * rows],
        }
    }

    fn near(&self, x: f32, y: f32, reach: f32) -> bool {
        self.around(x, y, reach)
            .any(|at| self.cells.get(at).copied().unwrap_or(false))
    }

    fn keep(&mut self, path: &[(f32, f32)], breadth: f32) {
        for (x, y) in path {
            let cells: Vec<usize> = self.around(*x, *y, breadth / 2.0).collect();
            for at in cells {
                if let Some(cell) = self.cells.get_mut(at) {
                    *cell = true;
                }
            }
        }
    }

    /// The cells within `reach` of a point; the grid starts 40 pixels outside the picture.
    fn around(&self, x: f32, y: f32, reach: f32) -> impl Iterator<Item = usize> + use<> {
        let cell =
            |at: f32, most: usize| ((at + 40.0).max(0.0) / CELL).min(most as f32 - 1.0) as usize;
        let (columns, rows) = (self.columns, self.rows);
        let left = cell(x - reach, columns);
        let right = cell(x + reach, columns);
        let (top, bottom) = (cell(y - reach, rows), cell(y + reach, rows));
        (top..=bottom).flat_map(move |row| (left..=right).map(move |column| row * columns + column))
    }
}
