//! Style, scripts and the icon: inside the binary, named by their content, so a browser keeps them for ever.
//!
//! The style sheet is one file made of those in `assets/style` in the order of their names and of the 104 colour
//! classes of `media::colour`. Each file is compressed once, when it is first asked for that way.

use std::fmt::Write;
use std::sync::{LazyLock, OnceLock};

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use web::{Path, Problem};

mod squeeze;

#[derive(rust_embed::RustEmbed)]
#[folder = "assets"]
struct Files;

struct Asset {
    /// `stoa.0123456789.css`
    file: String,
    path: String,
    /// `stoa.css`
    name: String,
    mime: &'static str,
    plain: Bytes,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let mut assets = vec![asset(
        "stoa.css",
        "text/css; charset=utf-8",
        style_sheet().into_bytes(),
    )];
    for name in Files::iter() {
        let Some(content) = Files::get(&name) else {
            continue;
        };
        let content = content.data.into_owned();
        if let Some(short) = name.strip_prefix("script/") {
            let content = squeeze::js(&String::from_utf8_lossy(&content)).into_bytes();
            assets.push(asset(short, "text/javascript; charset=utf-8", content));
        } else if let Some(short) = name.strip_prefix("image/") {
            assets.push(asset(short, "image/svg+xml", content));
        }
    }
    assets
});

/// The address of the style sheet.
pub(crate) fn style() -> &'static str {
    path("stoa.css")
}

/// The address of the site's icon.
pub(crate) fn icon() -> &'static str {
    path("icon.svg")
}

/// The address of the picture that stands for an animation under reduced motion.
pub(crate) fn still() -> &'static str {
    path("still.svg")
}

/// The address of a module.
pub(crate) fn script(name: &str) -> &'static str {
    path(&format!("{name}.js"))
}

/// `GET /assets/{name}`
pub(crate) async fn serve(
    Path(file): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.file == file)
        .ok_or_else(Problem::unknown_route)?;
    let accepted = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let (coding, body) = if accepts(accepted, "br") {
        (
            "br",
            asset.brotli.get_or_init(|| squeeze::brotli(&asset.plain)),
        )
    } else if accepts(accepted, "gzip") {
        (
            "gzip",
            asset.gzip.get_or_init(|| squeeze::gzip(&asset.plain)),
        )
    } else {
        ("identity", &asset.plain)
    };
    let mut response = body.clone().into_response();
    let fixed = [
        (header::CONTENT_TYPE, asset.mime),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "Accept-Encoding"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ),
    ];
    for (name, value) in fixed {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    if coding != "identity" {
        response
            .headers_mut()
            .insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Ok(response)
}

/// Whether an `Accept-Encoding` names a coding and does not rule it out.
fn accepts(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let weight = weight.trim().strip_prefix("q=").unwrap_or("1");
        name.trim() == coding && weight.parse() != Ok(0_f32)
    })
}

fn path(name: &str) -> &'static str {
    let found = ASSETS.iter().find(|asset| asset.name == name);
    found.map_or("/assets/missing", |asset| &asset.path)
}

fn asset(name: &str, mime: &'static str, content: Vec<u8>) -> Asset {
    let hash = hex::encode(&Sha256::digest(&content)[..5]);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let file = format!("{stem}.{hash}.{ending}");
    Asset {
        path: format!("/assets/{file}"),
        file,
        name: name.to_owned(),
        mime,
        plain: content.into(),
        brotli: OnceLock::new(),
        gzip: OnceLock::new(),
    }
}

fn style_sheet() -> String {
    let mut names: Vec<_> = Files::iter()
        .filter(|name| name.starts_with("style/"))
        .collect();
    names.sort();
    let mut sheet = String::new();
    for name in names {
        if let Some(content) = Files::get(&name) {
            sheet.push_str(&squeeze::css(&String::from_utf8_lossy(&content.data)));
        }
    }
    sheet.push_str("@layer tokens{");
    for (class, [red, green, blue]) in media::colour::classes() {
        let _ = write!(
            sheet,
            ".{class}{{background:#{red:02x}{green:02x}{blue:02x}}}"
        );
    }
    sheet.push('}');
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    const KILOBYTE: usize = 1024;

    #[test]
    fn the_style_sheet_and_the_scripts_keep_their_budgets() {
        let size = |asset: &Asset| squeeze::gzip(&asset.plain).len();
        let of = |ending: &str| {
            ASSETS
                .iter()
                .filter(|asset| asset.name.ends_with(ending))
                .map(size)
                .sum::<usize>()
        };
        assert!(
            of(".css") > KILOBYTE && of(".css") <= 12 * KILOBYTE,
            "style: {}",
            of(".css")
        );
        assert!(
            of(".js") > KILOBYTE && of(".js") <= 20 * KILOBYTE,
            "scripts: {}",
            of(".js")
        );
    }

    #[test]
    fn a_coding_that_is_ruled_out_is_not_used() {
        for (accepted, expected) in [
            ("br", true),
            ("gzip, deflate, br;q=0.8", true),
            ("gzip, br;q=0", false),
            ("br; q=0.000", false),
            ("brotli", false),
            ("", false),
        ] {
            assert_eq!(accepts(accepted, "br"), expected, "{accepted}");
        }
    }

    #[test]
    fn every_file_a_page_names_exists() {
        let scripts = [
            "vote", "time", "keys", "quote", "feed", "compose", "send", "reply", "tags", "theme",
            "watch", "hide",
        ];
        for path in [style(), icon(), still()]
            .into_iter()
            .chain(scripts.map(script))
        {
            let file = path.strip_prefix("/assets/").unwrap();
            assert!(ASSETS.iter().any(|asset| asset.file == file), "{path}");
        }
    }

    #[test]
    fn all_colour_classes_are_in_the_sheet() {
        let sheet = style_sheet();
        assert!(sheet.contains(".c0n{background:#") && sheet.contains(".c7b{background:#"));
    }
}
