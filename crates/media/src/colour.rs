//! The mean colour of a picture as one of 104 classes: `c0n` (black) to `c7b`.
//!
//! Pages colour the place of a picture by such a class, because the security policy allows no inline style. The first
//! sign is the lightness in eighths, the second the hue: `n` for grey, `0` to `b` for twelve hues of 30° each, centred
//! on 15° + 30°·n, all in [OKLCH](https://bottosson.github.io/posts/oklab/). The style sheet is made from
//! [`classes`], so both sides agree.

use image::RgbaImage;

/// Signs of the hues, grey first.
const HUES: [char; 13] = [
    'n', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b',
];
const STEPS: f32 = 8.0;
/// Less chroma than this looks grey.
const GREY: f32 = 0.03;
/// Chroma that stands for a class; reduced where sRGB has none so strong.
const TYPICAL: f32 = 0.09;

/// Every class with the sRGB colour in the middle of it, in order.
pub fn classes() -> impl Iterator<Item = (String, [u8; 3])> {
    (0..STEPS as u8).flat_map(|step| {
        HUES.iter().enumerate().map(move |(index, hue)| {
            let lightness = (f32::from(step) + 0.5) / STEPS;
            let degrees = (index as f32 - 1.0) * 30.0 + 15.0;
            let colour = match index {
                0 => srgb([lightness, 0.0, 0.0]),
                _ => strongest(lightness, degrees.to_radians()),
            };
            let colour = colour.map(|c| (c.clamp(0.0, 1.0) * 255.0).round() as u8);
            (format!("c{step}{hue}"), colour)
        })
    })
}

/// The class of the mean colour; transparent pixels count for as much as they show, an invisible picture is `c7n`.
pub(crate) fn mean(tiny: &RgbaImage) -> String {
    let (mut sum, mut weight) = ([0.0_f32; 3], 0.0_f32);
    for pixel in tiny.pixels() {
        let [r, g, b, a] = pixel.0.map(|c| f32::from(c) / 255.0);
        for (sum, part) in sum.iter_mut().zip(oklab([r, g, b])) {
            *sum += part * a;
        }
        weight += a;
    }
    if weight <= 0.0 {
        return "c7n".into();
    }
    class(sum.map(|part| part / weight))
}

fn class([lightness, a, b]: [f32; 3]) -> String {
    let step = (lightness * STEPS).clamp(0.0, STEPS - 1.0) as u8;
    let hue = if a.hypot(b) < GREY {
        HUES[0]
    } else {
        let degrees = b.atan2(a).to_degrees().rem_euclid(360.0);
        HUES[1 + (degrees / 30.0) as usize % 12]
    };
    format!("c{step}{hue}")
}

/// The colour of a hue with the typical chroma, or as much of it as sRGB can show.
fn strongest(lightness: f32, hue: f32) -> [f32; 3] {
    let mut chroma = TYPICAL;
    loop {
        let colour = srgb([lightness, chroma * hue.cos(), chroma * hue.sin()]);
        let shown = colour.iter().all(|c| (-0.001..=1.001).contains(c));
        if shown || chroma < 0.005 {
            return colour;
        }
        chroma -= 0.005;
    }
}

fn oklab(srgb: [f32; 3]) -> [f32; 3] {
    let [r, g, b] = srgb.map(|c| {
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

fn srgb([lightness, a, b]: [f32; 3]) -> [f32; 3] {
    let l = (lightness + 0.396_337_78 * a + 0.215_803_76 * b).powi(3);
    let m = (lightness - 0.105_561_346 * a - 0.063_854_17 * b).powi(3);
    let s = (lightness - 0.089_484_18 * a - 1.291_485_5 * b).powi(3);
    [
        4.076_741_7 * l - 3.307_711_6 * m + 0.230_969_94 * s,
        -1.268_438 * l + 2.609_757_4 * m - 0.341_319_38 * s,
        -0.004_196_086_3 * l - 0.703_418_6 * m + 1.707_614_7 * s,
    ]
    .map(|c| {
        if c <= 0.003_130_8 {
            c * 12.92
        } else {
            1.055 * c.powf(1.0 / 2.4) - 0.055
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(colour: [u8; 4]) -> String {
        mean(&RgbaImage::from_pixel(3, 3, image::Rgba(colour)))
    }

    #[test]
    fn there_are_104_classes_and_colours_fall_into_them() {
        let all: Vec<_> = classes().collect();
        assert_eq!(all.len(), 104);
        assert_eq!(all[0].0, "c0n");
        assert_eq!(all[103].0, "c7b");
        for (name, [r, g, b]) in all {
            let found = of([r, g, b, 255]);
            // Near black and white sRGB has no chroma left to tell hues apart.
            if found.ends_with('n') {
                assert_eq!(found[..2], name[..2]);
            } else {
                assert_eq!(found, name);
            }
        }
    }

    #[test]
    fn known_colours_have_known_classes() {
        assert_eq!(of([0, 0, 0, 255]), "c0n");
        assert_eq!(of([255, 255, 255, 255]), "c7n");
        assert_eq!(of([255, 0, 0, 255]), "c50", "red: L 0.63, hue 29°");
        assert_eq!(of([0, 0, 255, 255]), "c38", "blue: L 0.45, hue 264°");
        assert_eq!(of([255, 0, 0, 0]), "c7n", "nothing to see");
    }
}
