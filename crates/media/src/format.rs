//! The four kinds of picture that are taken, known by their first bytes.
//!
//! Names and declared types are never asked: a PNG called `cat.jpg` is a PNG. Other well-known kinds are recognised
//! only to tell people what they sent.

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// ITU-T T.81, baseline or progressive.
    Jpeg,
    /// PNG, animated (APNG) too.
    Png,
    /// GIF87a or GIF89a.
    Gif,
    /// WebP (RFC 9649), lossy, lossless or animated.
    WebP,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Gif, Self::WebP];

    /// The media type to serve it with.
    pub fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Gif => "image/gif",
            Self::WebP => "image/webp",
        }
    }

    /// The file extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Gif => "gif",
            Self::WebP => "webp",
        }
    }

    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "JPEG",
            Self::Png => "PNG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
        }
    }

    /// The format of a media type, parameters ignored; `None` for types that are not taken.
    pub fn from_mime(mime: &str) -> Option<Self> {
        let essence = mime.split(';').next().unwrap_or_default().trim();
        match essence.to_ascii_lowercase().as_str() {
            "image/jpeg" | "image/jpg" => Some(Self::Jpeg),
            "image/png" | "image/apng" => Some(Self::Png),
            "image/gif" => Some(Self::Gif),
            "image/webp" => Some(Self::WebP),
            _ => None,
        }
    }

    /// The format of a file by its first bytes (twelve are enough).
    pub fn sniff(start: &[u8]) -> Option<Self> {
        if start.starts_with(JPEG) {
            Some(Self::Jpeg)
        } else if start.starts_with(PNG) {
            Some(Self::Png)
        } else if start.starts_with(b"GIF87a") || start.starts_with(b"GIF89a") {
            Some(Self::Gif)
        } else if start.starts_with(b"RIFF") && start.get(8..12) == Some(b"WEBP") {
            Some(Self::WebP)
        } else {
            None
        }
    }
}

const JPEG: &[u8] = b"\xFF\xD8\xFF";
const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";

/// What a file that is not taken looks like, with its article, for the sentence of [`Fault::Type`](crate::Fault).
pub(crate) fn describe(data: &[u8]) -> &'static str {
    const STARTS: [(&[u8], &str); 14] = [
        (b"%PDF", "a PDF document"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (b"II*\0", "a TIFF picture"),
        (b"MM\0*", "a TIFF picture"),
        (b"BM", "a BMP picture"),
        (b"8BPS", "a Photoshop document"),
        (b"\0\0\x01\0", "an icon"),
        (b"\xFF\x0A", "a JPEG XL picture"),
        (b"\0\0\0\x0CJXL ", "a JPEG XL picture"),
        (b"\0\0\0\x0CjP  ", "a JPEG 2000 picture"),
        (b"\x1A\x45\xDF\xA3", "a WebM or Matroska video"),
        (b"ID3", "a sound file"),
        (b"OggS", "an Ogg file"),
        (b"DDS ", "a DDS texture"),
    ];
    if data.is_empty() {
        return "an empty file";
    }
    if let Some((_, name)) = STARTS.iter().find(|(start, _)| data.starts_with(start)) {
        return name;
    }
    if data.get(4..8) == Some(b"ftyp") {
        return match data.get(8..12) {
            Some(b"avif" | b"avis") => "an AVIF picture",
            Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"heim" | b"hevc") => "a HEIC picture",
            _ => "an MP4 or QuickTime video",
        };
    }
    let text = String::from_utf8_lossy(&data[..data.len().min(512)]).to_ascii_lowercase();
    if text.contains("<svg") {
        "an SVG drawing"
    } else if text.contains("<html") || text.contains("<!doctype html") {
        "an HTML page"
    } else {
        "a file of an unknown kind"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_content_and_by_media_type() {
        for format in Format::ALL {
            assert_eq!(Format::from_mime(format.mime()), Some(format));
        }
        assert_eq!(Format::from_mime("IMAGE/JPG; q=1"), Some(Format::Jpeg));
        assert_eq!(Format::from_mime("image/apng"), Some(Format::Png));
        assert_eq!(Format::from_mime("image/svg+xml"), None);
        assert_eq!(Format::sniff(b"RIFF\x10\0\0\0WAVE"), None);
        assert_eq!(Format::sniff(b""), None);
    }

    #[test]
    fn strangers_are_described() {
        assert_eq!(describe(b""), "an empty file");
        assert_eq!(describe(b"\0\0\0\x1Cftypavif"), "an AVIF picture");
        assert_eq!(
            describe(b"<?xml version=\"1.0\"?><SVG xmlns=''>"),
            "an SVG drawing"
        );
        assert_eq!(describe(b"hello"), "a file of an unknown kind");
    }
}
