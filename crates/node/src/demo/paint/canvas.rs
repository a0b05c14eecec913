//! What brushes paint on: pixels in linear light, with soft-edged strokes, discs and glows.
//!
//! `finish` adds a grain of half a step, so that long gradients show no bands. Used by every brush.

use image::{Rgb, RgbImage};

use super::colour::Colour;
use super::noise;

/// A painting that is not finished yet.
pub(crate) struct Canvas {
    width: u32,
    height: u32,
    pixels: Vec<Colour>,
}

impl Canvas {
    /// Where each pixel is what `shade` says of its middle, given in pixels.
    pub(crate) fn shaded(width: u32, height: u32, shade: impl Fn(f32, f32) -> Colour) -> Self {
        let mut pixels = Vec::with_capacity(width as usize * height as usize);
        for y in 0..height {
            for x in 0..width {
                pixels.push(shade(x as f32 + 0.5, y as f32 + 0.5));
            }
        }
        Self {
            width,
            height,
            pixels,
        }
    }

    /// In one colour.
    pub(crate) fn plain(width: u32, height: u32, colour: Colour) -> Self {
        Self::shaded(width, height, |_, _| colour)
    }

    /// Changes each pixel by what `shade` makes of its middle and its colour.
    pub(crate) fn tint(&mut self, shade: impl Fn(f32, f32, Colour) -> Colour) {
        let width = self.width as usize;
        for (at, pixel) in self.pixels.iter_mut().enumerate() {
            let (x, y) = ((at % width) as f32 + 0.5, (at / width) as f32 + 0.5);
            *pixel = shade(x, y, *pixel);
        }
    }

    /// A disc with a soft edge of one pixel.
    pub(crate) fn disc(&mut self, x: f32, y: f32, radius: f32, colour: Colour) {
        self.within(x - radius, y - radius, x + radius, y + radius, |px, py| {
            let away = (px - x).hypot(py - y);
            (colour, (radius - away + 0.5).clamp(0.0, 1.0))
        });
    }

    /// An ellipse that points along `angle`; darker towards one long side, as a leaf is.
    pub(crate) fn leaf(
        &mut self,
        (x, y): (f32, f32),
        (length, breadth): (f32, f32),
        angle: f32,
        colour: Colour,
    ) {
        let (sin, cos) = angle.sin_cos();
        let (mx, my) = (x + cos * length / 2.0, y + sin * length / 2.0);
        let reach = length / 2.0 + 1.0;
        self.within(mx - reach, my - reach, mx + reach, my + reach, |px, py| {
            let (dx, dy) = (px - x, py - y);
            let along = (dx * cos + dy * sin) / length;
            let across = dy * cos - dx * sin;
            // Widest before the middle, pointed at the end.
            let half = breadth
                * (along.clamp(0.0, 1.0) * std::f32::consts::PI)
                    .sin()
                    .powf(0.8)
                * (1.0 - along * 0.45);
            let cover = if (0.0..=1.0).contains(&along) {
                (half / 1.4 - across.abs() + 0.5).clamp(0.0, 1.0)
            } else {
                0.0
            };
            let vein = 1.0 - 0.25 * noise::smooth(1.2, 0.2, across.abs());
            let side = if across > 0.0 { 0.82 } else { 1.08 };
            (colour.scaled(side * vein), cover)
        });
    }

    /// A straight stroke with round ends.
    pub(crate) fn stroke(
        &mut self,
        (ax, ay): (f32, f32),
        (bx, by): (f32, f32),
        breadth: f32,
        colour: Colour,
    ) {
        let half = breadth / 2.0;
        let (dx, dy) = (bx - ax, by - ay);
        let squared = (dx * dx + dy * dy).max(1e-6);
        // A stroke thinner than a pixel is a paler stroke.
        let strength = breadth.min(1.0);
        let half = half.max(0.5);
        self.within(
            ax.min(bx) - half,
            ay.min(by) - half,
            ax.max(bx) + half,
            ay.max(by) + half,
            |px, py| {
                let along = (((px - ax) * dx + (py - ay) * dy) / squared).clamp(0.0, 1.0);
                let away = (px - ax - dx * along).hypot(py - ay - dy * along);
                (colour, (half - away + 0.5).clamp(0.0, 1.0) * strength)
            },
        );
    }

    /// Adds light that fades with the distance.
    pub(crate) fn glow(&mut self, x: f32, y: f32, radius: f32, light: Colour) {
        let bounds = self.bounds(x - radius, y - radius, x + radius, y + radius);
        for row in bounds.1.clone() {
            for column in bounds.0.clone() {
                let away = (column as f32 + 0.5 - x).hypot(row as f32 + 0.5 - y) / radius;
                let share = (1.0 - away).max(0.0).powi(3);
                let at = (row * self.width + column) as usize;
                if let Some(pixel) = self.pixels.get_mut(at) {
                    *pixel = pixel.plus(light.scaled(share));
                }
            }
        }
    }

    /// As eight bits per channel, without grain: for loops, whose few colours must stay few.
    pub(crate) fn flat(&self) -> RgbImage {
        self.encoded(|_, _| 0.5)
    }

    /// As eight bits per channel.
    pub(crate) fn finish(&self) -> RgbImage {
        self.encoded(|x, y| noise::hash(x as i32, y as i32, 77))
    }

    fn encoded(&self, grain: impl Fn(u32, u32) -> f32) -> RgbImage {
        RgbImage::from_fn(self.width, self.height, |x, y| {
            let at = (y * self.width + x) as usize;
            let colour = self.pixels.get(at).copied().unwrap_or(Colour([0.0; 3]));
            let grain = grain(x, y);
            Rgb(colour
                .encoded()
                .map(|channel| (channel + grain).clamp(0.0, 255.0) as u8))
        })
    }

    fn within(
        &mut self,
        left: f32,
        top: f32,
        right: f32,
        bottom: f32,
        cover: impl Fn(f32, f32) -> (Colour, f32),
    ) {
        let (columns, rows) = self.bounds(left, top, right, bottom);
        for row in rows {
            for column in columns.clone() {
                let (colour, share) = cover(column as f32 + 0.5, row as f32 + 0.5);
                let at = (row * self.width + column) as usize;
                if share > 0.0
                    && let Some(pixel) = self.pixels.get_mut(at)
                {
                    *pixel = pixel.mix(colour, share);
                }
            }
        }
    }

    fn bounds(
        &self,
        left: f32,
        top: f32,
        right: f32,
        bottom: f32,
    ) -> (std::ops::Range<u32>, std::ops::Range<u32>) {
        let cut = |at: f32, most: u32| (at.max(0.0) as u32).min(most);
        let columns = cut(left - 1.0, self.width)..cut(right + 2.0, self.width);
        let rows = cut(top - 1.0, self.height)..cut(bottom + 2.0, self.height);
        (columns, rows)
    }
}
