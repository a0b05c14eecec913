//! What people chose, where it is kept: with their account, or in a cookie where they have none.
//!
//! The cookie is made of words with dots between them and read word by word; what makes no sense is as if it was never
//! chosen.

use domain::palette::Palette;
use domain::preference::{self, Conduct, Home, Look, Preferences, Scheme, TEXT_SIZE, TEXT_SIZES};
use domain::session::Session;
use domain::{Error, Site};
use http::HeaderMap;
use web::cookie;

use crate::pages::Pages;

/// Stands for what was not chosen.
const NONE: &str = "0";

/// What the visitor of this request chose.
///
/// # Errors
/// The database refuses.
pub(crate) async fn of(
    pages: &Pages,
    session: Option<&Session>,
    headers: &HeaderMap,
) -> Result<Preferences, Error> {
    match session {
        Some(session) => {
            let mut conn = pages.app.cx.read().await?;
            preference::of(&mut conn, session.caller.id).await
        }
        None => Ok(in_cookie(&pages.app.cx.site, headers)),
    }
}

/// The cookie's value.
pub(crate) fn write(chosen: &Preferences) -> String {
    let Preferences { look, conduct } = chosen;
    let palette = |palette: Option<Palette>| palette.map_or(NONE.to_owned(), |p| p.name());
    let switches = [
        conduct.open_sensitive,
        conduct.still_pictures,
        conduct.by_page,
        conduct.single_keys,
    ];
    let switches: String = switches
        .map(|on| if on { '1' } else { '0' })
        .iter()
        .collect();
    format!(
        "{}.{}.{}.{}.{switches}.{}",
        look.scheme.name(),
        look.text_size,
        palette(look.light),
        palette(look.dark),
        conduct.home.name(),
    )
}

fn in_cookie(site: &Site, headers: &HeaderMap) -> Preferences {
    cookie::choices(site, headers).map_or_else(Preferences::default, read)
}

fn read(text: &str) -> Preferences {
    let mut words = text.split('.');
    let mut word = || words.next().unwrap_or_default();
    let scheme = Scheme::parse(word()).unwrap_or_default();
    let size = word().parse().ok().filter(|size| TEXT_SIZES.contains(size));
    let readable = |text: &str| Palette::parse(text).filter(Palette::is_readable);
    let look = Look {
        scheme,
        text_size: size.unwrap_or(TEXT_SIZE),
        light: readable(word()),
        dark: readable(word()),
    };
    let usual = Conduct::default();
    let switches = word().as_bytes().to_owned();
    let switch = |at: usize, usual: bool| match switches.get(at) {
        Some(b'1') => true,
        Some(b'0') => false,
        _ => usual,
    };
    let conduct = Conduct {
        open_sensitive: switch(0, usual.open_sensitive),
        still_pictures: switch(1, usual.still_pictures),
        by_page: switch(2, usual.by_page),
        single_keys: switch(3, usual.single_keys),
        home: Home::parse(word()).unwrap_or_default(),
        auto_watch: usual.auto_watch,
    };
    Preferences { look, conduct }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_says_what_was_chosen() {
        let chosen = Preferences {
            look: Look {
                scheme: Scheme::Dark,
                light: None,
                dark: Palette::parse("0d1c37-122a53-73a5f8-acc4ee"),
                text_size: 20,
            },
            conduct: Conduct {
                still_pictures: true,
                single_keys: false,
                home: Home::Local,
                ..Conduct::default()
            },
        };
        let text = write(&chosen);
        assert_eq!(text, "dark.20.0.0d1c37-122a53-73a5f8-acc4ee.0100.local");
        assert_eq!(read(&text), chosen);
        assert_eq!(
            read(&write(&Preferences::default())),
            Preferences::default()
        );
    }

    #[test]
    fn nonsense_is_the_usual() {
        for text in [
            "",
            ".....",
            "x.99.ffffff-ffffff-ffffff-ffffff.0.2222.nowhere",
            "\u{e9}",
        ] {
            assert_eq!(read(text), Preferences::default(), "{text}");
        }
    }
}
