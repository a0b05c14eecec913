//! The only names from which paths of the store are made.

use crate::{Format, STILL};

/// A checked SHA-256: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy)]
pub(super) struct Sha<'a>(&'a str);

impl<'a> Sha<'a> {
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(digit)).then_some(Self(text))
    }

    pub(super) fn as_str(self) -> &'a str {
        self.0
    }

    /// The folder between root and picture, so that no folder grows beyond what file systems like.
    pub(super) fn shard(self) -> &'a str {
        &self.0[..2]
    }
}

/// A file of a picture.
#[derive(Clone, Copy)]
pub(super) enum Variant {
    Original,
    Rendition(&'static str),
}

impl Variant {
    pub(super) const ALL: [Self; 5] = [
        Self::Original,
        Self::Rendition("320.webp"),
        Self::Rendition("640.webp"),
        Self::Rendition("1280.webp"),
        Self::Rendition("still.webp"),
    ];

    pub(super) fn parse(text: &str) -> Option<Self> {
        match text {
            "original" => Some(Self::Original),
            "320" => Some(Self::Rendition("320.webp")),
            "640" => Some(Self::Rendition("640.webp")),
            "1280" => Some(Self::Rendition("1280.webp")),
            STILL => Some(Self::Rendition("still.webp")),
            _ => None,
        }
    }

    /// The names the file may have, each with its media type.
    pub(super) fn files(self) -> Vec<(String, &'static str)> {
        match self {
            Self::Original => Format::ALL
                .into_iter()
                .map(|format| (original(format), format.mime()))
                .collect(),
            Self::Rendition(name) => vec![(name.into(), Format::WebP.mime())],
        }
    }
}

pub(super) fn original(format: Format) -> String {
    format!("original.{}", format.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_hashes_and_known_variants_becomes_a_path() {
        let good = "0123456789abcdef".repeat(4);
        assert!(Sha::parse(&good).is_some());
        for bad in [
            "",
            "..",
            "../../etc/passwd",
            &good[1..],
            &good.to_uppercase(),
        ] {
            assert!(Sha::parse(bad).is_none(), "{bad}");
        }
        assert!(Sha::parse(&format!("{}/", &good[1..])).is_none());
        for bad in ["", "original.jpg", "320.webp", "../640", "100"] {
            assert!(Variant::parse(bad).is_none(), "{bad}");
        }
    }
}
