//! Draws that repeat: each thing has its own source, made from the seed, what it is and its number.

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// A source of its own for the `number`-th of a kind.
pub(crate) fn source(seed: u64, kind: u64, number: usize) -> StdRng {
    let number = u64::try_from(number).unwrap_or_default();
    StdRng::seed_from_u64(seed ^ (kind << 56) ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// One of `most` things, the first ones far more often: a tenth of them gets about half of the draws.
pub(crate) fn skewed(rng: &mut impl Rng, most: usize) -> usize {
    let at = rng.random::<f64>().powf(3.3);
    // Less than `most`, because the draw is less than one.
    ((at * most as f64) as usize).min(most.saturating_sub(1))
}

/// A number with a long tail: mostly 0 to 3, rarely hundreds; at most `most`.
pub(crate) fn long_tailed(rng: &mut impl Rng, most: u32) -> u32 {
    let draw = 1.0 - rng.random::<f64>();
    ((draw.powf(-0.7) - 1.0) as u32).min(most)
}
