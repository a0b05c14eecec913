//! Chance that repeats: a generator of numbers, and smooth noise over the plane.
//!
//! Own code of a few lines, because a painting must be the same on every machine and with every version of a crate.

/// Numbers that look random and are the same for the same seed (SplitMix64).
pub(crate) struct Dice(u64);

impl Dice {
    /// The same seed throws the same numbers.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(1))
    }

    /// From 0 up to, but not including, 1.
    pub(crate) fn unit(&mut self) -> f32 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        (mixed >> 40) as f32 / 16_777_216.0
    }

    /// Between two numbers.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// One of them; `None` where there are none.
    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        from.get((self.unit() * from.len() as f32) as usize)
    }
}

/// A number from 0 to 1 that belongs to a cell of the grid.
pub(crate) fn hash(x: i32, y: i32, seed: u32) -> f32 {
    let mut mixed = (x as u32)
        .wrapping_mul(0x9E37_79B1)
        .wrapping_add((y as u32).wrapping_mul(0x85EB_CA77))
        .wrapping_add(seed.wrapping_mul(0xC2B2_AE3D));
    mixed = (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D);
    mixed = (mixed ^ (mixed >> 12)).wrapping_mul(0x297A_2D39);
    mixed ^= mixed >> 15;
    (mixed >> 8) as f32 / 16_777_216.0
}

/// Gradient noise, about -1 to 1, one bump per unit.
pub(crate) fn noise(x: f32, y: f32, seed: u32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let (u, v) = (x - left, y - top);
    let (i, j) = (left as i32, top as i32);
    let slope = |di: i32, dj: i32| {
        const DIRECTIONS: [(f32, f32); 8] = [
            (1.0, 0.0),
            (0.707, 0.707),
            (0.0, 1.0),
            (-0.707, 0.707),
            (-1.0, 0.0),
            (-0.707, -0.707),
            (0.0, -1.0),
            (0.707, -0.707),
        ];
        let which = (hash(i + di, j + dj, seed) * 8.0) as usize & 7;
        let (a, b) = DIRECTIONS[which];
        a * (u - di as f32) + b * (v - dj as f32)
    };
    let ease = |t: f32| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (s, t) = (ease(u), ease(v));
    let above = slope(0, 0) + (slope(1, 0) - slope(0, 0)) * s;
    let below = slope(0, 1) + (slope(1, 1) - slope(0, 1)) * s;
    (above + (below - above) * t) * 1.5
}

/// Noise upon finer noise, about -1 to 1.
pub(crate) fn clouds(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut size, mut scale, mut all) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves {
        sum += noise(x * scale, y * scale, seed.wrapping_add(octave * 101)) * size;
        all += size;
        size *= 0.5;
        scale *= 2.03;
    }
    sum / all * 1.3
}

/// Noise with sharp crests, 0 to 1.
pub(crate) fn ridges(x: f32, y: f32, octaves: u32, seed: u32) -> f32 {
    let (mut sum, mut size, mut scale, mut all) = (0.0, 1.0, 1.0, 0.0);
    for octave in 0..octaves {
        let crest = 1.0 - noise(x * scale, y * scale, seed.wrapping_add(octave * 101)).abs();
        sum += crest * crest * size;
        all += size;
        size *= 0.5;
        scale *= 2.07;
    }
    sum / all
}

/// 0 below `low`, 1 above `high`, smooth between.
pub(crate) fn smooth(low: f32, high: f32, at: f32) -> f32 {
    let t = ((at - low) / (high - low)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}
