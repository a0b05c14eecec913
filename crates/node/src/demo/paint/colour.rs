//! Colours of paintings: linear light while painting, sRGB at the very end, and gradients that stay vivid in between.
//!
//! Gradients are mixed in Oklab (<https://bottosson.github.io/posts/oklab/>), where the middle of two colours looks
//! like their middle. Used by every brush.

use std::sync::LazyLock;

/// Steps of the table of sRGB's curve.
const CURVE: u16 = 1024;

/// sRGB from 0 to 255 by the root of linear light: raising each pixel to a power would take longer than painting it.
static ENCODED: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let encode = |step: u16| {
        let linear = (f32::from(step) / f32::from(CURVE)).powi(2);
        let encoded = if linear <= 0.003_130_8 {
            linear * 12.92
        } else {
            1.055 * linear.powf(1.0 / 2.4) - 0.055
        };
        encoded * 255.0
    };
    (0..=CURVE).map(encode).collect()
});

/// A colour in linear light, each channel usually 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Colour(pub(crate) [f32; 3]);

impl Colour {
    /// From `0xRRGGBB` in sRGB.
    pub(crate) fn hex(code: u32) -> Self {
        Self([16, 8, 0].map(|shift| {
            let [channel, ..] = (code >> shift).to_le_bytes();
            let encoded = f32::from(channel) / 255.0;
            if encoded <= 0.04045 {
                encoded / 12.92
            } else {
                ((encoded + 0.055) / 1.055).powf(2.4)
            }
        }))
    }

    /// This colour where `share` is 0, `other` where it is 1.
    pub(crate) fn mix(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        let [r, g, b] = self.0;
        let [x, y, z] = other.0;
        Self([
            r + (x - r) * share,
            g + (y - g) * share,
            b + (z - b) * share,
        ])
    }

    /// Brighter or darker.
    pub(crate) fn scaled(self, factor: f32) -> Self {
        Self(self.0.map(|channel| channel * factor))
    }

    /// Light on light.
    pub(crate) fn plus(self, other: Self) -> Self {
        let [r, g, b] = self.0;
        let [x, y, z] = other.0;
        Self([r + x, g + y, b + z])
    }

    /// As sRGB from 0 to 255, not rounded yet.
    pub(crate) fn encoded(self) -> [f32; 3] {
        self.0.map(|channel| {
            // The table is over the root, where the curve is nearly straight.
            let at = channel.clamp(0.0, 1.0).sqrt() * f32::from(CURVE);
            let (from, share) = (at as usize, at.fract());
            let low = ENCODED.get(from).copied().unwrap_or(255.0);
            let high = ENCODED.get(from + 1).copied().unwrap_or(255.0);
            low + (high - low) * share
        })
    }

    fn oklab(self) -> [f32; 3] {
        let [r, g, b] = self.0;
        let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
        let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
        let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
        [
            0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
            1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
            0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
        ]
    }

    fn from_oklab([lightness, a, b]: [f32; 3]) -> Self {
        let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
        let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
        let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
        Self([
            (4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s).max(0.0),
            (-1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s).max(0.0),
            (-0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s).max(0.0),
        ])
    }
}

/// Steps of a gradient's table.
const STEPS: u16 = 512;

/// Colours from 0 to 1.
pub(crate) struct Gradient(Vec<Colour>);

impl Gradient {
    /// Through these sRGB colours, evenly spaced; at least one.
    pub(crate) fn new(codes: &[u32]) -> Self {
        let stops: Vec<[f32; 3]> = codes
            .iter()
            .map(|code| Colour::hex(*code).oklab())
            .collect();
        let spans = stops.len().saturating_sub(1);
        let colour = |step: u16| {
            let at = f32::from(step) / f32::from(STEPS - 1) * spans as f32;
            let from = (at as usize).min(spans.saturating_sub(1));
            let share = at - from as f32;
            let black = [0.0; 3];
            let [l, a, b] = stops.get(from).copied().unwrap_or(black);
            let [x, y, z] = stops.get(from + 1).copied().unwrap_or([l, a, b]);
            Colour::from_oklab([
                l + (x - l) * share,
                a + (y - a) * share,
                b + (z - b) * share,
            ])
        };
        Self((0..STEPS).map(colour).collect())
    }

    /// The colour at `place`, 0 to 1; beyond that, the ends.
    pub(crate) fn at(&self, place: f32) -> Colour {
        let step = (place.clamp(0.0, 1.0) * f32::from(STEPS - 1)) as usize;
        self.0.get(step).copied().unwrap_or(Colour([0.0; 3]))
    }

    /// As [`Gradient::at`], in a few flat steps, as a print would have it.
    pub(crate) fn flat(&self, place: f32, steps: u16) -> Colour {
        let steps = f32::from(steps.max(2));
        let step = (place.clamp(0.0, 0.999) * steps).floor();
        self.at(step / (steps - 1.0))
    }
}
