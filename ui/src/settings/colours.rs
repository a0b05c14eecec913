//! The palettes of the form: what can be chosen, what was chosen, and how well it can be read.

use domain::palette::{Colour, PRESETS, Palette, Preset};
use domain::preference::{Look, Scheme, TEXT_SIZES};
use domain::{Error, Fault, Result};

use crate::form::Fields;
use crate::view::{ColourField, Faults, PaletteChoice, PaletteSide, ReadingLine, SettingsChoice};

/// What stands for colours of one's own among the presets.
const OWN: &str = "own";
/// The four, as people know them.
const LABELS: [&str; 4] = ["Page", "Surfaces", "Links and buttons", "Text"];
/// What one sixteenth of the size of text is, in hundredths of a percent.
const SIXTEENTH: i32 = 625;

/// What was chosen.
///
/// # Errors
/// `Invalid` on `light` or `dark` where a colour is none, on `text_size` where it is none of those offered.
pub(super) fn read(fields: &Fields) -> Result<Look> {
    let mut faults = Vec::new();
    let mut side = |name: &'static str, usual: &Preset| {
        let palette = palette(fields, name).unwrap_or_else(|fault| {
            faults.push(fault);
            usual.palette
        });
        Some(palette).filter(|palette| *palette != usual.palette)
    };
    let (light, dark) = (side("light", &PRESETS[0]), side("dark", &PRESETS[1]));
    Error::from_faults(faults)?;
    Ok(Look {
        scheme: Scheme::parse(&fields.text("scheme")).unwrap_or_default(),
        light,
        dark,
        text_size: fields.number("text_size").unwrap_or_default(),
    })
}

fn palette(fields: &Fields, side: &'static str) -> std::result::Result<Palette, Fault> {
    let chosen = fields.text(side);
    if let Some(preset) = PRESETS.iter().find(|preset| preset.key == chosen) {
        return Ok(preset.palette);
    }
    let colour = |number: usize| {
        let text = fields.text(&format!("{side}{number}"));
        Colour::parse(&text).ok_or_else(|| {
            let label = LABELS[number - 1];
            let detail = format!("{label}: a colour is written like #8a4b00.");
            Fault::new(side, "not_a_colour", detail)
        })
    };
    Ok(Palette::new([
        colour(1)?,
        colour(2)?,
        colour(3)?,
        colour(4)?,
    ]))
}

/// The schemes to choose from.
pub(super) fn schemes(look: &Look) -> Vec<SettingsChoice> {
    let words = |scheme: Scheme| match scheme {
        Scheme::Auto => "As the system has it",
        Scheme::Light => "Always light",
        Scheme::Dark => "Always dark",
    };
    let option = |scheme: Scheme| SettingsChoice {
        value: scheme.name().to_owned(),
        text: words(scheme).to_owned(),
        chosen: scheme == look.scheme,
    };
    Scheme::ALL.map(option).into()
}

/// The sizes of text to choose from.
pub(super) fn sizes(look: &Look) -> Vec<SettingsChoice> {
    let option = |size: i16| {
        let hundredths = i32::from(size) * SIXTEENTH;
        let (percent, rest) = (hundredths / 100, hundredths % 100);
        let percent = match rest {
            0 => percent.to_string(),
            rest => format!("{percent}.{}", format!("{rest:02}").trim_end_matches('0')),
        };
        SettingsChoice {
            value: size.to_string(),
            text: format!("{percent} %"),
            chosen: size == look.text_size,
        }
    };
    TEXT_SIZES.map(option).into()
}

/// The palette of light pages.
pub(super) fn light(look: &Look, faults: &Faults) -> PaletteSide {
    side("light", "Light pages", &look.light(), faults)
}

/// The palette of dark pages.
pub(super) fn dark(look: &Look, faults: &Faults) -> PaletteSide {
    side("dark", "Dark pages", &look.dark(), faults)
}

fn side(
    key: &'static str,
    legend: &'static str,
    palette: &Palette,
    faults: &Faults,
) -> PaletteSide {
    let preset = PRESETS.iter().find(|preset| preset.palette == *palette);
    let choice = |one: &Preset| PaletteChoice {
        value: one.key,
        name: one.name,
        colours: one.palette.colours().map(Colour::css),
        chosen: preset.is_some_and(|preset| preset.key == one.key),
    };
    let mut choices: Vec<PaletteChoice> = PRESETS.iter().map(choice).collect();
    choices.push(PaletteChoice {
        value: OWN,
        name: "Colours of your own",
        colours: palette.colours().map(Colour::css),
        chosen: preset.is_none(),
    });
    let fields = palette.colours().into_iter().zip(LABELS).enumerate();
    PaletteSide {
        key,
        legend,
        choices,
        fields: fields
            .map(|(index, (colour, label))| ColourField {
                name: format!("{key}{}", index + 1),
                label,
                value: colour.css(),
            })
            .collect(),
        readings: palette.readings().iter().map(reading).collect(),
        weak: !palette.is_readable(),
        fault: faults.of(key),
    }
}

fn reading(reading: &domain::palette::Reading) -> ReadingLine {
    // Rounded down: 4.49 must not look like the 4.5 that is asked for.
    let ratio = (reading.ratio * 10.0).floor() / 10.0;
    ReadingLine {
        what: reading.what,
        ratio: format!("{ratio:.1}"),
        least: reading.least.to_string(),
        enough: reading.is_enough(),
    }
}
