//! `GET /theme/{colours}.css`: the address is the theme, so it can be kept for ever and works for everybody.
//!
//! One palette, or a light and a dark one with `_` between them. What cannot be read is mended while the sheet is made,
//! and so is what is mixed from the four: whatever stands in the address, the page can be read. People who ask
//! their system for more contrast keep the high-contrast colours of the main style sheet.

use std::fmt::Write;

use axum::response::{IntoResponse, Response};
use domain::palette::{Colour, Palette, TEXT};
use domain::preference::{Look, Scheme};
use http::{HeaderValue, header};
use web::{Path, Problem};

const CACHE: &str = "public, max-age=31536000, immutable";
/// The part of text in muted text; more where that is not enough.
const MUTED: u32 = 78;
/// Warnings, success and quotes on light pages, as the main sheet has them.
const LIGHT_SIGNALS: [(&str, Colour); 3] = [
    ("danger", Colour([0xab, 0x21, 0x18])),
    ("ok", Colour([0x1c, 0x66, 0x38])),
    ("quote", Colour([0x4a, 0x64, 0x09])),
];
/// The same on dark ones.
const DARK_SIGNALS: [(&str, Colour); 3] = [
    ("danger", Colour([0xff, 0x8f, 0x85])),
    ("ok", Colour([0x7f, 0xd6, 0xa0])),
    ("quote", Colour([0xb7, 0xd0, 0x6b])),
];

/// The address of the sheet a look needs; none where it is the site's own.
pub(crate) fn address(look: &Look) -> Option<String> {
    let name = match look.scheme {
        Scheme::Auto if look.light.is_none() && look.dark.is_none() => return None,
        Scheme::Auto => format!("{}_{}", look.light().name(), look.dark().name()),
        Scheme::Light => look.light?.name(),
        Scheme::Dark => look.dark?.name(),
    };
    Some(format!("/theme/{name}.css"))
}

pub(crate) async fn serve(Path(file): Path<String>) -> Result<Response, Problem> {
    let name = file.strip_suffix(".css");
    let sheet = name.and_then(sheet).ok_or_else(Problem::unknown_route)?;
    let mut response = sheet.into_response();
    let fixed = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, CACHE),
    ];
    for (name, value) in fixed {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

fn sheet(name: &str) -> Option<String> {
    match name.split_once('_') {
        None => Some(rules(&Palette::parse(name)?.mended())),
        Some((light, dark)) => {
            let (light, dark) = (Palette::parse(light)?, Palette::parse(dark)?);
            let dark = rules(&dark.mended());
            Some(format!(
                "{}@media (prefers-color-scheme:dark){{{dark}}}",
                rules(&light.mended())
            ))
        }
    }
}

fn rules(palette: &Palette) -> String {
    let scheme = if palette.is_dark() { "dark" } else { "light" };
    format!(
        ":root{{color-scheme:{scheme}}}@media not all and (prefers-contrast:more){{:root{{{}}}}}",
        variables(palette)
    )
}

fn variables(palette: &Palette) -> String {
    let mut text = String::new();
    let mut set = |name: &str, colour: Colour| {
        let _ = write!(text, "--{name}:{};", colour.css());
    };
    let names = ["primary", "secondary", "tertiary", "accent"];
    for (name, colour) in names.into_iter().zip(palette.colours()) {
        set(name, colour);
    }
    set("on-link", palette.on_link());
    if let Some(muted) = muted(palette) {
        set("muted", muted);
    }
    let signals = match palette.is_dark() {
        true => DARK_SIGNALS,
        false => LIGHT_SIGNALS,
    };
    let grounds = [palette.primary, palette.secondary, palette.mat()];
    for (name, colour) in signals {
        let readable = colour.readable_on(&grounds, TEXT);
        if readable != colour {
            set(name, readable);
        }
    }
    text
}

/// Muted text, where the usual mixture could not be read everywhere it stands.
fn muted(palette: &Palette) -> Option<Colour> {
    let grounds = [palette.primary, palette.secondary, palette.mat()];
    let mix = |part: u32| {
        palette
            .accent
            .mixed(f64::from(part) / 100.0, palette.secondary)
    };
    let is_readable = |colour: &Colour| grounds.iter().all(|g| colour.contrast(*g) >= TEXT);
    if is_readable(&mix(MUTED)) {
        return None;
    }
    let stronger = (MUTED + 1..100).map(mix).find(is_readable);
    Some(stronger.unwrap_or(palette.accent))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_mended_and_says_which_scheme_it_is() {
        let harbour = sheet("0d1c37-122a53-73a5f8-acc4ee").unwrap();
        assert!(harbour.starts_with(":root{color-scheme:dark}"), "{harbour}");
        assert!(harbour.contains("--tertiary:#73a5f8;"), "{harbour}");
        assert!(!harbour.contains("--muted"), "{harbour}");
        let weak = sheet("ffffff-ffffff-eeeeee-dddddd").unwrap();
        assert!(!weak.contains("--accent:#dddddd"), "{weak}");
        let both = sheet("f4f3f0-fffefb-8a4b00-22252a_0d1c37-122a53-73a5f8-acc4ee").unwrap();
        assert!(both.contains("@media (prefers-color-scheme:dark){:root{color-scheme:dark}"));
        for wrong in [
            "",
            "_",
            "f4f3f0",
            "f4f3f0-fffefb-8a4b00-22252a_",
            "f4f3f0-fffefb-8a4b00-22252a_x",
        ] {
            assert_eq!(sheet(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn muted_text_can_be_read_in_every_theme() {
        for name in [
            "ffffff-f0f0f0-0033aa-6b6b6b",
            "000000-333333-ffd24a-888888",
            "757575-757575-757575-757575",
            "ffffff-000000-808080-808080",
            "12345a-5a4312-00ff00-ff00ff",
        ] {
            let palette = Palette::parse(name).unwrap().mended();
            let usual = palette
                .accent
                .mixed(f64::from(MUTED) / 100.0, palette.secondary);
            let shown = muted(&palette).unwrap_or(usual);
            for ground in [palette.primary, palette.secondary, palette.mat()] {
                assert!(shown.contrast(ground) >= TEXT, "{name}: {shown:?}");
            }
        }
    }

    #[test]
    fn only_what_was_chosen_needs_a_sheet() {
        let mut look = Look::default();
        assert_eq!(address(&look), None);
        look.dark = Palette::parse("0d1c37-122a53-73a5f8-acc4ee");
        assert_eq!(
            address(&look).unwrap(),
            "/theme/f4f3f0-fffefb-8a4b00-22252a_0d1c37-122a53-73a5f8-acc4ee.css"
        );
        look.scheme = Scheme::Light;
        assert_eq!(address(&look), None);
        look.scheme = Scheme::Dark;
        assert_eq!(
            address(&look).unwrap(),
            "/theme/0d1c37-122a53-73a5f8-acc4ee.css"
        );
    }
}
