//! Making a palette readable by lightness alone.
//!
//! Text and links move first. Where no lightness of theirs would do, because page and surface are too far apart, the
//! surface comes nearer to the page; where the page itself is of the middle grey nothing can be read on, both go to the
//! nearer end. At that end every hue has a lightness that works, so this always ends.

use super::{Colour, EDGE, Palette, TEXT};

/// Steps between the darkest and the lightest.
const STEPS: i32 = 100;
/// Steps of moving a surface.
const MOVES: i32 = 20;

pub(super) fn mend(palette: &Palette) -> Palette {
    let mut grounds = nearer_surfaces(palette).chain(farther_pages(palette));
    let mended = grounds.find_map(|(page, surface)| {
        Some(Palette {
            primary: page,
            secondary: surface,
            tertiary: link(palette.tertiary, page, surface)?,
            accent: text(palette.accent, page, surface)?,
        })
    });
    mended.unwrap_or(*palette)
}

/// The palette's own page with its surface, then with surfaces ever nearer to the page.
fn nearer_surfaces(palette: &Palette) -> impl Iterator<Item = (Colour, Colour)> {
    let (page, surface) = (palette.primary, palette.secondary);
    (0..=MOVES).map(move |step| (page, moved(surface, page.lightness(), step)))
}

/// Pages ever darker or lighter, with the surface beside them.
fn farther_pages(palette: &Palette) -> impl Iterator<Item = (Colour, Colour)> {
    let (page, surface) = (palette.primary, palette.secondary);
    let end = if palette.is_dark() { 0.0 } else { 1.0 };
    (1..=MOVES).map(move |step| (moved(page, end, step), moved(surface, end, step)))
}

fn moved(colour: Colour, to: f64, step: i32) -> Colour {
    if step == 0 {
        return colour;
    }
    let from = colour.lightness();
    colour.with_lightness(from + (to - from) * f64::from(step) / f64::from(MOVES))
}

fn link(link: Colour, page: Colour, surface: Colour) -> Option<Colour> {
    nearest(link, |link| {
        let hover = link.mixed(0.12, surface);
        [page, surface, hover]
            .iter()
            .all(|ground| link.contrast(*ground) >= TEXT)
    })
}

fn text(text: Colour, page: Colour, surface: Colour) -> Option<Colour> {
    nearest(text, |text| {
        let edge = text.mixed(0.52, surface);
        [page, surface]
            .iter()
            .all(|ground| text.contrast(*ground) >= TEXT && edge.contrast(*ground) >= EDGE)
    })
}

/// The colour itself, or with the nearest lightness that fits.
pub(super) fn nearest(colour: Colour, fits: impl Fn(Colour) -> bool) -> Option<Colour> {
    if fits(colour) {
        return Some(colour);
    }
    let own = colour.lightness();
    (1..=STEPS)
        .flat_map(|step| [f64::from(step), f64::from(-step)])
        .map(|step| own + step / f64::from(STEPS))
        .map(|lightness| colour.with_lightness(lightness.clamp(0.0, 1.0)))
        .find(|colour| fits(*colour))
}

#[cfg(test)]
mod tests {
    use super::super::PRESETS;
    use super::*;

    #[test]
    fn what_can_be_read_stays_as_it_is() {
        for preset in &PRESETS {
            assert!(preset.palette.is_readable(), "{}", preset.name);
            assert_eq!(preset.palette.mended(), preset.palette, "{}", preset.name);
        }
    }

    #[test]
    fn every_palette_can_be_mended_and_stays_mended() {
        let ends = [0_u8, 60, 117, 128, 190, 255];
        let mut tried = 0;
        for page in ends {
            for surface in ends {
                for ink in ends {
                    let hues = Palette::new([
                        Colour([page, page / 2, 255 - page]),
                        Colour([surface, surface, 255 - surface / 2]),
                        Colour([ink, 200, 30]),
                        Colour([90, ink, ink]),
                    ]);
                    let mended = hues.mended();
                    assert!(
                        mended.is_readable(),
                        "{} {:?}",
                        hues.name(),
                        mended.readings()
                    );
                    assert_eq!(mended.mended(), mended);
                    tried += 1;
                }
            }
        }
        assert_eq!(tried, 216);
        let grey = Palette::new([Colour([117; 3]); 4]);
        assert!(grey.mended().is_readable());
    }

    #[test]
    fn mending_text_leaves_page_and_surface_alone() {
        let weak = Palette::parse("0d1c37-122a53-3a5f98-5c749e").unwrap();
        let mended = weak.mended();
        assert!(!weak.is_readable() && mended.is_readable());
        assert_eq!(
            (mended.primary, mended.secondary),
            (weak.primary, weak.secondary)
        );
        let near = weak.tertiary.with_lightness(mended.tertiary.lightness());
        assert_eq!(near, mended.tertiary, "only its lightness moved");
    }
}
