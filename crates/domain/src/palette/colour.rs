//! One colour in sRGB, and what is computed of it: luminance and contrast
//! ([WCAG](https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio)), mixing in [OKLab](https://bottosson.github.io/posts/oklab/).

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Reads `#0d1c37`, as colour fields send it; letters of either case.
    pub fn parse(text: &str) -> Option<Self> {
        let bare = text.trim().strip_prefix('#')?;
        Self::parse_bare(&bare.to_ascii_lowercase())
    }

    /// Reads `0d1c37`; one spelling only, because it stands in addresses.
    pub(super) fn parse_bare(text: &str) -> Option<Self> {
        let small = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() != 6 || !text.bytes().all(small) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// `0d1c37`
    pub(super) fn bare(self) -> String {
        let [red, green, blue] = self.0;
        format!("{red:02x}{green:02x}{blue:02x}")
    }

    /// `#0d1c37`
    pub fn css(self) -> String {
        format!("#{}", self.bare())
    }

    /// Relative luminance, 0 to 1.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of the two, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// This much (0 to 1) of this colour in `other`, as `color-mix(in oklab, …)` has it.
    #[must_use]
    pub fn mixed(self, part: f64, other: Self) -> Self {
        let (mine, theirs) = (self.oklab(), other.oklab());
        let mix = |at: usize| mine[at] * part + theirs[at] * (1.0 - part);
        Self::from_oklab([mix(0), mix(1), mix(2)])
    }

    /// The same hue with another lightness, 0 to 1.
    #[must_use]
    pub fn with_lightness(self, lightness: f64) -> Self {
        let [_, a, b] = self.oklab();
        Self::from_oklab([lightness, a, b])
    }

    /// 0 to 1, as the eye has it.
    pub fn lightness(self) -> f64 {
        self.oklab()[0]
    }

    /// This colour, or the one of the nearest lightness with at least this contrast on all of these.
    #[must_use]
    pub fn readable_on(self, grounds: &[Self], least: f64) -> Self {
        let fits = |colour: Self| grounds.iter().all(|on| colour.contrast(*on) >= least);
        super::mend::nearest(self, fits).unwrap_or(self)
    }

    fn oklab(self) -> [f64; 3] {
        let [red, green, blue] = self.0.map(linear);
        let l = (0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue).cbrt();
        let m = (0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue).cbrt();
        let s = (0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue).cbrt();
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }

    fn from_oklab([lightness, a, b]: [f64; 3]) -> Self {
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
        Self(
            [
                4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
                -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
                -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
            ]
            .map(shown),
        )
    }
}

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 {
        part / 12.92
    } else {
        ((part + 0.055) / 1.055).powf(2.4)
    }
}

fn shown(part: f64) -> u8 {
    let part = part.clamp(0.0, 1.0);
    let part = if part <= 0.003_130_8 {
        part * 12.92
    } else {
        1.055 * part.powf(1.0 / 2.4) - 0.055
    };
    (part * 255.0).round() as u8
}
