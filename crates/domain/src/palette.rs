//! The four colours of a theme: what each is for, whether text on them can be read, and how they are mended.
//!
//! Everything else on a page is mixed from them. The ratios are those of WCAG 2.2: 4.5 for text, 3 for the edges of what
//! can be operated. Mending moves lightness only, and as little of it as is enough, so a theme keeps its hues.

mod colour;
mod mend;
mod presets;

pub use colour::Colour;
pub use presets::{PRESETS, Preset};

/// Least contrast of text.
pub const TEXT: f64 = 4.5;
/// Least contrast of the edges of fields and buttons.
pub const EDGE: f64 = 3.0;

/// Four colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// The page.
    pub primary: Colour,
    /// What lies on it: posts, fields, buttons.
    pub secondary: Colour,
    /// What can be pressed.
    pub tertiary: Colour,
    /// Text and icons.
    pub accent: Colour,
}

/// A contrast that matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// Between what.
    pub what: &'static str,
    /// 1 to 21.
    pub ratio: f64,
    /// What it should be at least.
    pub least: f64,
}

impl Reading {
    /// Whether it is enough.
    pub fn is_enough(&self) -> bool {
        self.ratio >= self.least
    }
}

impl Palette {
    /// Of four colours in their order.
    pub const fn new(colours: [Colour; 4]) -> Self {
        let [primary, secondary, tertiary, accent] = colours;
        Self {
            primary,
            secondary,
            tertiary,
            accent,
        }
    }

    /// The four in their order.
    pub fn colours(&self) -> [Colour; 4] {
        [self.primary, self.secondary, self.tertiary, self.accent]
    }

    /// Reads `0d1c37-122a53-73a5f8-acc4ee`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-').map(Colour::parse_bare);
        let mut next = || parts.next().flatten();
        let palette = Self::new([next()?, next()?, next()?, next()?]);
        parts.next().is_none().then_some(palette)
    }

    /// As [`Palette::parse`] reads it: the name of the theme in addresses and in the database.
    pub fn name(&self) -> String {
        self.colours().map(Colour::bare).join("-")
    }

    /// Whether its page is a dark one, so that warnings and quotes take their light colours.
    pub fn is_dark(&self) -> bool {
        self.primary.luminance() < 0.18
    }

    /// What a pressed or pointed-at surface looks like.
    pub fn hover(&self) -> Colour {
        self.tertiary.mixed(0.12, self.secondary)
    }

    /// The thin frame around pictures.
    pub fn mat(&self) -> Colour {
        self.accent.mixed(0.05, self.secondary)
    }

    /// Text on what can be pressed: of page and text the one that is seen better there.
    pub fn on_link(&self) -> Colour {
        let page = self.primary.contrast(self.tertiary);
        if page >= self.accent.contrast(self.tertiary) {
            self.primary
        } else {
            self.accent
        }
    }

    /// The contrasts that matter.
    pub fn readings(&self) -> [Reading; 6] {
        let text = |what, on: Colour| (what, self.accent.contrast(on), TEXT);
        let link = |what, on: Colour| (what, self.tertiary.contrast(on), TEXT);
        let edge = self.accent.mixed(0.52, self.secondary);
        let edge = edge
            .contrast(self.primary)
            .min(edge.contrast(self.secondary));
        [
            text("Text on the page", self.primary),
            text("Text on surfaces", self.secondary),
            link("Links on the page", self.primary),
            link("Links on surfaces", self.secondary),
            link("Links that are pointed at", self.hover()),
            ("Edges of fields", edge, EDGE),
        ]
        .map(|(what, ratio, least)| Reading { what, ratio, least })
    }

    /// Whether all of them are enough.
    pub fn is_readable(&self) -> bool {
        self.readings().iter().all(Reading::is_enough)
    }

    /// The nearest palette that can be read; this one, where it can.
    #[must_use]
    pub fn mended(&self) -> Self {
        mend::mend(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_palette_is_named_by_its_colours() {
        let name = "0d1c37-122a53-73a5f8-acc4ee";
        assert_eq!(Palette::parse(name).unwrap().name(), name);
        for wrong in [
            "",
            "0d1c37",
            "0d1c37-122a53-73a5f8",
            "0d1c37-122a53-73a5f8-acc4ee-000000",
            "0D1C37-122a53-73a5f8-acc4ee",
            "0d1c3-122a53-73a5f8-acc4ee",
            "+d1c37-122a53-73a5f8-acc4ee",
            "\u{e9}d1c3-122a53-73a5f8-acc4ee",
        ] {
            assert_eq!(Palette::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrasts_are_those_of_the_standard() {
        let palette = Palette::parse("ffffff-ffffff-0033aa-000000").unwrap();
        let [page, .., edge] = palette.readings();
        assert!((page.ratio - 21.0).abs() < 0.01, "{}", page.ratio);
        assert!((edge.ratio - 6.58).abs() < 0.05, "{}", edge.ratio);
        assert!(!palette.is_dark());
        assert!(
            Palette::parse("0d1c37-122a53-73a5f8-acc4ee")
                .unwrap()
                .is_dark()
        );
    }
}
