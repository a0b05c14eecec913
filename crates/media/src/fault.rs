//! Why a file was not taken, each reason with a stable code and one sentence for the person who sent it.
//!
//! The sentences name what would be accepted. Causes inside decoders are logged, never shown.

use std::io;

use crate::Format;

/// Why a picture was refused.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The file has too many bytes.
    #[error("The file has {}, but at most {} are accepted.", size(*actual), size(*limit))]
    TooLarge {
        /// Bytes accepted.
        limit: u64,
        /// Bytes sent, or as many as had arrived when the limit was passed.
        actual: u64,
    },
    /// The file is no picture of a kind that is taken.
    #[error("This is {found}. Pictures must be JPEG, PNG, GIF or WebP.")]
    Type {
        /// What the content looks like, with its article: `a PDF document`.
        found: String,
    },
    /// The picture has too many pixels in one of the ways of [`Measure`].
    #[error("{}", pixels(*of, *limit, *actual))]
    TooManyPixels {
        /// Pixels accepted.
        limit: u64,
        /// Pixels found.
        actual: u64,
        /// What was measured.
        of: Measure,
    },
    /// The animation has too many frames.
    #[error("The animation has {actual} frames, but at most {limit} are accepted.")]
    TooManyFrames {
        /// Frames accepted.
        limit: u32,
        /// Frames found.
        actual: u32,
    },
    /// The file is damaged, cut short or of an unusual variant; the text is a sentence.
    #[error("{0}")]
    Broken(String),
    /// Reading or writing on this machine failed; not the sender's fault.
    #[error("The picture could not be stored on this server; please try again later.")]
    Io(#[from] io::Error),
}

/// What [`Fault::TooManyPixels`] counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Width times height.
    Picture,
    /// The longest side.
    Side,
    /// All frames of an animation together.
    Animation,
    /// Width times height, for a kind of picture that needs more memory per pixel than others.
    Memory,
}

impl Fault {
    /// A name of the reason that never changes, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::Type { .. } => "unsupported_type",
            Self::TooManyPixels { .. } => "too_many_pixels",
            Self::TooManyFrames { .. } => "too_many_frames",
            Self::Broken(_) => "broken_picture",
            Self::Io(_) => "storage_failed",
        }
    }

    pub(crate) fn cut_short(format: Format) -> Self {
        Self::Broken(format!(
            "The {} ends too early: part of the file is missing. Please send it again.",
            format.name()
        ))
    }

    pub(crate) fn damaged(format: Format) -> Self {
        Self::Broken(format!(
            "The {0} is damaged and cannot be shown. Please send an intact {0}.",
            format.name()
        ))
    }

    pub(crate) fn unusual(format: Format, what: &str) -> Self {
        Self::Broken(format!(
            "The {0} {what}, which is not supported. Please save it again as an ordinary {0}.",
            format.name()
        ))
    }
}

fn pixels(of: Measure, limit: u64, actual: u64) -> String {
    let (has, most) = (millions(actual), millions(limit));
    match of {
        Measure::Picture => {
            format!("The picture has {has} pixels, but at most {most} are accepted.")
        }
        Measure::Side => format!(
            "The longest side of the picture has {actual} pixels, but at most {limit} are accepted."
        ),
        Measure::Animation => format!(
            "The frames of the animation have {has} pixels in all, but at most {most} are accepted."
        ),
        Measure::Memory => format!(
            "The picture has {has} pixels, but at most {most} are accepted for a picture stored in this way."
        ),
    }
}

/// A number of pixels as people say it: `12.5 million`.
fn millions(count: u64) -> String {
    if count < 1_000_000 {
        return count.to_string();
    }
    let tenths = count / 100_000;
    match tenths % 10 {
        0 => format!("{} million", tenths / 10),
        rest => format!("{}.{rest} million", tenths / 10),
    }
}

/// A number of bytes as people say it: `16 MiB`. Never rounds 16 MiB and one byte down to the limit itself.
fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 2] = [(1 << 20, "MiB"), (1 << 10, "KiB")];
    for (unit, name) in UNITS {
        if bytes >= unit {
            let tenths = (bytes * 10).div_ceil(unit);
            return match tenths % 10 {
                0 => format!("{} {name}", tenths / 10),
                rest => format!("{}.{rest} {name}", tenths / 10),
            };
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_name_what_is_accepted() {
        let large = Fault::TooLarge {
            limit: 16 << 20,
            actual: (16 << 20) + 1,
        };
        assert_eq!(
            large.to_string(),
            "The file has 16.1 MiB, but at most 16 MiB are accepted."
        );
        let pixels = Fault::TooManyPixels {
            limit: 50_000_000,
            actual: 900_000_000,
            of: Measure::Picture,
        };
        assert_eq!(
            pixels.to_string(),
            "The picture has 900 million pixels, but at most 50 million are accepted."
        );
        let kind = Fault::Type {
            found: "a PDF document".into(),
        };
        assert_eq!(
            kind.to_string(),
            "This is a PDF document. Pictures must be JPEG, PNG, GIF or WebP."
        );
    }
}
