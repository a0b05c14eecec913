//! Palettes to choose from.

use super::{Colour, Palette};

/// A palette with a name.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// For forms.
    pub key: &'static str,
    /// For people.
    pub name: &'static str,
    /// Its colours.
    pub palette: Palette,
}

const fn preset(key: &'static str, name: &'static str, colours: [[u8; 3]; 4]) -> Preset {
    let [primary, secondary, tertiary, accent] = colours;
    let colours = [
        Colour(primary),
        Colour(secondary),
        Colour(tertiary),
        Colour(accent),
    ];
    Preset {
        key,
        name,
        palette: Palette::new(colours),
    }
}

/// All of them: the first is what light pages look like, the second what dark ones do.
pub const PRESETS: [Preset; 7] = [
    preset(
        "paper",
        "Paper",
        [
            [0xf4, 0xf3, 0xf0],
            [0xff, 0xfe, 0xfb],
            [0x8a, 0x4b, 0x00],
            [0x22, 0x25, 0x2a],
        ],
    ),
    preset(
        "darkroom",
        "Darkroom",
        [
            [0x15, 0x16, 0x18],
            [0x1f, 0x21, 0x24],
            [0xf0, 0xa9, 0x5b],
            [0xe9, 0xe6, 0xdf],
        ],
    ),
    preset(
        "harbour",
        "Harbour",
        [
            [0x0d, 0x1c, 0x37],
            [0x12, 0x2a, 0x53],
            [0x73, 0xa5, 0xf8],
            [0xac, 0xc4, 0xee],
        ],
    ),
    preset(
        "classic",
        "Classic",
        [
            [0xff, 0xfb, 0xee],
            [0xf3, 0xe6, 0xd8],
            [0x8a, 0x1c, 0x12],
            [0x3b, 0x1b, 0x14],
        ],
    ),
    preset(
        "tomorrow",
        "Tomorrow",
        [
            [0x1d, 0x1f, 0x21],
            [0x28, 0x2a, 0x2e],
            [0x8f, 0xb3, 0xd3],
            [0xc9, 0xcc, 0xd0],
        ],
    ),
    preset(
        "contrast_light",
        "High contrast, light",
        [
            [0xff, 0xff, 0xff],
            [0xff, 0xff, 0xff],
            [0x00, 0x33, 0xaa],
            [0x00, 0x00, 0x00],
        ],
    ),
    preset(
        "contrast_dark",
        "High contrast, dark",
        [
            [0x00, 0x00, 0x00],
            [0x0a, 0x0a, 0x0a],
            [0xff, 0xd2, 0x4a],
            [0xff, 0xff, 0xff],
        ],
    ),
];
