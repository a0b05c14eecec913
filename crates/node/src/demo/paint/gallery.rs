//! The list of paintings: name, size, how it is kept, and which brush paints it in which colours.

use image::RgbImage;

use super::bloom::{self, Flower};
use super::flow::{self, Ribbons};
use super::mountains::{self, Hour};
use super::plant::{self, Bed, Rule};
use super::relief::{self, Sheet};
use super::truchet::{self, Band};
use super::{Format, Size, coral, dots, glass, lines, stars, warp};

/// One painting.
pub(super) struct Work {
    /// What posts call it.
    pub(super) name: &'static str,
    /// How large it is painted.
    pub(super) size: Size,
    /// How it is kept.
    pub(super) format: Format,
    /// Paints it; more than one frame only for loops.
    pub(super) brush: fn(Size) -> Vec<RgbImage>,
}

const fn work(
    name: &'static str,
    (width, height): (u32, u32),
    format: Format,
    brush: fn(Size) -> Vec<RgbImage>,
) -> Work {
    Work {
        name,
        size: Size { width, height },
        format,
        brush,
    }
}

/// All of them.
pub(super) static WORKS: [Work; 26] = [
    work("ribbons", (880, 1120), Format::Jpeg, |size| {
        let look = Ribbons {
            ground: 0xF3EAD8,
            colours: &[
                0xD1495B, 0xEDAE49, 0x00798C, 0x30638E, 0x003D5B, 0xEDAE49, 0xE9D8C0,
            ],
            breadths: &[46.0, 26.0, 13.0, 6.0],
            turn: 3.4,
        };
        vec![flow::paint(size, 11, &look)]
    }),
    work("currents", (1120, 720), Format::Jpeg, |size| {
        let look = Ribbons {
            ground: 0x10151F,
            colours: &[0x3FD0C9, 0x2E86AB, 0xF6F5AE, 0xF26419, 0x86BBD8, 0x1B4965],
            breadths: &[22.0, 10.0, 5.0],
            turn: 5.2,
        };
        vec![flow::paint(size, 4, &look)]
    }),
    work("weave", (900, 900), Format::Png, |size| {
        let band = Band {
            ground: 0x1B1725,
            colours: &[0xFF5E5B, 0xFFB000, 0xFFED66, 0x00CECB, 0x4059AD],
            tile: 112.0,
            breadth: 0.34,
            strands: 1.0,
        };
        vec![truchet::paint(size, 21, &band)]
    }),
    work("rope", (760, 1020), Format::Png, |size| {
        let band = Band {
            ground: 0xE9E1D0,
            colours: &[0x17324D, 0x1F6F78, 0x8AB17D, 0xE9C46A, 0xE76F51],
            tile: 160.0,
            breadth: 0.62,
            strands: 3.0,
        };
        vec![truchet::paint(size, 8, &band)]
    }),
    work("rose_window", (800, 1040), Format::Jpeg, |size| {
        let colours = [0xFFF3B0, 0xFFB627, 0xE8505B, 0xA01A58, 0x3F2E8C, 0x14213D];
        vec![glass::paint(size, 5, &colours, 92.0)]
    }),
    work("lagoon_window", (960, 720), Format::Jpeg, |size| {
        let colours = [0xF6FFD9, 0x8FE3CF, 0x2BB3C0, 0x256D9B, 0x20336B, 0x120F2E];
        vec![glass::paint(size, 13, &colours, 74.0)]
    }),
    work("agate", (1040, 760), Format::Jpeg, |size| {
        let colours = [
            0x0B132B, 0x1C4E80, 0x3AA6B9, 0xF1E3C6, 0xE08E45, 0x7A2E1D, 0x1E0B0B,
        ];
        vec![warp::paint(size, 3, &colours, 0xFFF1D6)]
    }),
    work("rose_quartz", (720, 960), Format::Jpeg, |size| {
        let colours = [
            0x2B0F33, 0x7B2D5B, 0xD96C8A, 0xF7C6C5, 0xFFF4EC, 0xC4A7C7, 0x4A3B6B,
        ];
        vec![warp::paint(size, 40, &colours, 0xF5D08A)]
    }),
    work("one_pen", (800, 960), Format::Png, |size| {
        vec![lines::paint(
            size,
            6,
            0x14161B,
            &[0x5C6B8A, 0xB9C6DD, 0xFFFFFF, 0xFFD9A0],
        )]
    }),
    work("ripple", (420, 420), Format::Gif, |size| {
        dots::ripple(
            size,
            0x141022,
            &[0x2D2A6E, 0x7B3FA0, 0xE85D75, 0xFFC15E, 0xFFF3C7],
            24,
        )
    }),
    work("first_light", (1200, 760), Format::Jpeg, |size| {
        let hour = Hour {
            sky: &[0x3B5B8C, 0x88A2C0, 0xF2C9A1, 0xFBE3C0],
            ranges: &[0xC6B7BF, 0x8E92AC, 0x54688C, 0x2C4264, 0x15233B, 0x0B1424],
            mist: 0xF4DCC6,
            light: (0xFFE9BF, 0.68, 0.34),
        };
        vec![mountains::paint(size, 2, &hour)]
    }),
    work("last_light", (1120, 800), Format::Telephone, |size| {
        let hour = Hour {
            sky: &[0x2A1B4E, 0x7A2F6B, 0xE8615A, 0xFFB25B],
            ranges: &[0xD9705F, 0x9C4468, 0x5D2D62, 0x331D4C, 0x1A1033, 0x0C081C],
            mist: 0xF08A5D,
            light: (0xFFE3A0, 0.36, 0.4),
        };
        vec![mountains::paint(size, 31, &hour)]
    }),
    work("moonrise", (800, 1000), Format::Jpeg, |size| {
        let hour = Hour {
            sky: &[0x060B18, 0x0F2036, 0x28506A, 0x5C8C96],
            ranges: &[0x4E7C8A, 0x2F5A6E, 0x1C3F55, 0x12293D, 0x0A1726, 0x050B14],
            mist: 0x7FB0B2,
            light: (0xF3F6E4, 0.62, 0.2),
        };
        vec![mountains::paint(size, 77, &hour)]
    }),
    work("green_valley", (1200, 720), Format::Jpeg, |size| {
        let hour = Hour {
            sky: &[0x7FB2D6, 0xBBD9E6, 0xF3F1DF],
            ranges: &[0xA9C3BF, 0x7FA79A, 0x55866F, 0x35644E, 0x1F4536, 0x102A22],
            mist: 0xEFF4E6,
            light: (0xFFFBE8, 0.24, 0.16),
        };
        vec![mountains::paint(size, 58, &hour)]
    }),
    work("river_of_stars", (1120, 800), Format::Jpeg, |size| {
        let nebula = [0x03040A, 0x0B1030, 0x2B2A78, 0x8A4F9E, 0xF0A58F, 0xFFF1D0];
        vec![stars::paint(size, 9, &nebula, 0xC2185B)]
    }),
    work("green_night", (800, 1040), Format::Jpeg, |size| {
        let nebula = [0x02060A, 0x06202B, 0x0B4F57, 0x1FA187, 0xB8F2C0, 0xFFFFF0];
        vec![stars::paint(size, 23, &nebula, 0x3F51B5)]
    }),
    work("fern", (720, 960), Format::Jpeg, |size| {
        let bed = Bed {
            air: &[0xF5EFDD, 0xEFE6CC, 0xE4D6B4],
            green: &[0x3A2E1E, 0x2F5233, 0x4F7942, 0x9DBF5E],
            blossoms: &[],
            plants: &[(0.3, 0.62, -0.12), (0.74, 0.55, 0.1), (0.52, 0.86, 0.16)],
            rule: Rule::Fern,
        };
        vec![plant::paint(size, 14, &bed)]
    }),
    work("meadow", (1120, 760), Format::Jpeg, |size| {
        let bed = Bed {
            air: &[0x23395B, 0x6C7FA6, 0xE8A598, 0xFBE0B5, 0xC9A66B],
            green: &[0x10201A, 0x1B3A2B, 0x2F5D43, 0x5E8C4A],
            blossoms: &[0xF4F1DE, 0xE07A5F, 0xF2CC8F, 0xC77DFF],
            plants: &[
                (0.1, 0.5, 0.05),
                (0.3, 0.72, -0.06),
                (0.47, 0.42, 0.12),
                (0.62, 0.62, 0.02),
                (0.78, 0.8, -0.03),
                (0.93, 0.48, -0.1),
            ],
            rule: Rule::Bush,
        };
        vec![plant::paint(size, 3, &bed)]
    }),
    work("dahlia", (880, 880), Format::Jpeg, |size| {
        let flower = Flower {
            ground: &[0x2E4A3F, 0x16302B, 0x0A1B1B],
            petals: &[0x6A0F2B, 0xB3193E, 0xE8505B, 0xF9A26C, 0xFFE29A],
            count: 520,
            length: 0.22,
        };
        vec![bloom::paint(size, 7, &flower)]
    }),
    work("blue_aster", (800, 1040), Format::Jpeg, |size| {
        let flower = Flower {
            ground: &[0xFDF3E1, 0xF3DFC6, 0xDDBFA0],
            petals: &[0x27306F, 0x4054B2, 0x6C8AE4, 0xA9C5F5, 0xF9E27D, 0xE0A030],
            count: 640,
            length: 0.26,
        };
        vec![bloom::paint(size, 19, &flower)]
    }),
    work("breathing", (400, 400), Format::Gif, |size| {
        let flower = Flower {
            ground: &[0x20323A, 0x0E1A20],
            petals: &[0x5B2A86, 0x9A4EAE, 0xE77FB3, 0xFFC8A2, 0xFFF3B0],
            count: 210,
            length: 0.24,
        };
        bloom::breathe(size, 2, &flower, 24)
    }),
    work("lichen", (960, 720), Format::Jpeg, |size| {
        let colours = [0x22313A, 0x3E5C58, 0x7FA37A, 0xD7CE93, 0xF4EBD0];
        vec![coral::paint(size, 4, &colours, 0.0545, 0.062)]
    }),
    work("seeds", (700, 920), Format::Jpeg, |size| {
        let colours = [0x3C1642, 0x6B2D5C, 0xF0386B, 0xFF9F6B, 0xF8F4A6];
        vec![coral::paint(size, 9, &colours, 0.034, 0.0618)]
    }),
    work("archipelago", (1120, 800), Format::Png, |size| {
        let sheet = Sheet {
            sea: &[0x1B4B72, 0x2F79A3, 0x62A9C4, 0xA6D4DA, 0xD6EDE4],
            land: &[
                0xE9E3B4, 0xB5CC82, 0x7FA65B, 0xA89F63, 0xA07B55, 0xC9B8A8, 0xFFFFFF,
            ],
            ink: 0x2B3A42,
            flood: 0.53,
            steps: 60,
        };
        vec![relief::paint(size, 17, &sheet)]
    }),
    work("old_chart", (960, 960), Format::Png, |size| {
        let sheet = Sheet {
            sea: &[0xC2B280, 0xD3C49A, 0xE2D6B2, 0xEDE4C8],
            land: &[0xF1E3B8, 0xE2C489, 0xCFA15E, 0xB17A44, 0x8D5A36, 0x6D4530],
            ink: 0x4A3420,
            flood: 0.5,
            steps: 9,
        };
        vec![relief::paint(size, 90, &sheet)]
    }),
    work("red_planet", (1120, 720), Format::Png, |size| {
        let sheet = Sheet {
            sea: &[0x2A1A2E, 0x43233A, 0x642F40, 0x8A4242],
            land: &[0x9C4A3C, 0xC2683F, 0xDE9151, 0xEDBE7D, 0xF8E6C0, 0xFFFFFF],
            ink: 0x1E1020,
            flood: 0.42,
            steps: 80,
        };
        vec![relief::paint(size, 41, &sheet)]
    }),
];
