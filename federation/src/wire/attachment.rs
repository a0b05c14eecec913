//! Pictures and other files of a post, from all the shapes in which software sends them, as one list.
//!
//! Image, Document, Attachment (FChannel) or Link (Lemmy); `url` as text, as a link, or as a list of links; the type in
//! `mediaType`, in `mediatype` or only in the file's name. A link to a page is no file: it comes out as the post's link.

use serde_json::Value;

use crate::wire::{limits, read, type_of};

/// What a file is, as far as its sender says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Media {
    Image,
    Video,
    Audio,
    Other,
}

/// A file of a post. Nothing here is proven until the bytes have been looked at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AttachmentDoc {
    pub(crate) url: String,
    pub(crate) media: Media,
    /// Lower case, without parameters.
    pub(crate) mime: Option<String>,
    /// The alternative text.
    pub(crate) alt: Option<String>,
    pub(crate) width: Option<i64>,
    pub(crate) height: Option<i64>,
    pub(crate) blurhash: Option<String>,
    /// Where to look, each from -1 to 1.
    pub(crate) focal: Option<(f64, f64)>,
    pub(crate) sensitive: bool,
    /// Bytes.
    pub(crate) size: Option<i64>,
    /// Multibase multihash of the bytes (FEP-1311).
    pub(crate) digest: Option<String>,
}

/// The files of one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Files {
    pub(super) attachments: Vec<AttachmentDoc>,
    /// The page a link post points at.
    pub(super) link: Option<String>,
    /// A small picture of the whole, where there is one besides the attachments.
    pub(super) thumbnail: Option<AttachmentDoc>,
}

/// Reads the files of a post.
pub(super) fn files(document: &Value) -> Files {
    let mut files = Files::default();
    if matches!(
        type_of(document),
        Some("Image" | "Video" | "Audio" | "Document")
    ) {
        files
            .attachments
            .extend(file(document).filter(|file| file.media != Media::Other));
    }
    for entry in read::many(document, "attachment")
        .iter()
        .take(limits::ATTACHMENTS)
    {
        match file(entry) {
            Some(file) if files.attachments.iter().any(|known| known.url == file.url) => {}
            Some(file) => files.attachments.push(file),
            None if files.link.is_none() => files.link = page(entry),
            None => {}
        }
    }
    files.attachments.truncate(limits::ATTACHMENTS);
    let image = picture(document, "image");
    // Older Lemmy sends the picture of a picture post as `image` alone.
    if files.attachments.is_empty() && files.link.is_none() && document.get("url").is_none() {
        files.attachments.extend(image);
        return files;
    }
    files.thumbnail = image
        .or_else(|| picture(document, "icon"))
        .or_else(|| picture(document, "preview"));
    files
}

/// The largest picture of a property such as `icon` or `image`.
pub(super) fn picture(document: &Value, key: &str) -> Option<AttachmentDoc> {
    let pictures = read::many(document, key)
        .iter()
        .take(limits::ATTACHMENTS)
        .filter_map(|entry| match entry {
            Value::String(_) => file_at(entry, entry),
            Value::Object(_) => file_at(entry, entry.get("url").or_else(|| entry.get("href"))?),
            _ => None,
        });
    let pictures = pictures.filter(|file| matches!(file.media, Media::Image | Media::Other));
    // The first of equals, so that a list without sizes keeps its order.
    pictures.reduce(|best, next| if next.width > best.width { next } else { best })
}

fn file(entry: &Value) -> Option<AttachmentDoc> {
    match type_of(entry) {
        Some("Image" | "Document" | "Video" | "Audio" | "Attachment") => {
            file_at(entry, entry.get("url").or_else(|| entry.get("href"))?)
        }
        Some("Link") => {
            file_at(entry, entry.get("href")?).filter(|file| file.media != Media::Other)
        }
        _ if entry.is_string() => file_at(entry, entry).filter(|file| file.media != Media::Other),
        None => file_at(entry, entry.get("url")?).filter(|file| file.media != Media::Other),
        Some(_) => None,
    }
}

/// The page that a link entry points at.
fn page(entry: &Value) -> Option<String> {
    match type_of(entry) {
        Some("Link") => read::id_at(entry, "href"),
        _ => None,
    }
}

fn file_at(entry: &Value, place: &Value) -> Option<AttachmentDoc> {
    let (url, linked_mime) = best_link(place)?;
    let mime = ["mediaType", "mediatype"]
        .iter()
        .find_map(|key| mime(entry.get(*key)));
    let mime = linked_mime.or(mime);
    let media = media(type_of(entry), mime.as_deref(), &url);
    Some(AttachmentDoc {
        media,
        mime,
        alt: alt(entry),
        width: side(entry, "width"),
        height: side(entry, "height"),
        blurhash: blurhash(entry),
        focal: focal(entry),
        sensitive: read::flag(entry, "sensitive").unwrap_or(false),
        size: read::whole(entry.get("size"), i64::MAX),
        digest: read::line(entry.get("digestMultibase"), 200),
        url,
    })
}

/// The address of the file among text, link or list of links: the first that says it is a picture, a film or a sound.
fn best_link(place: &Value) -> Option<(String, Option<String>)> {
    let links = read::one_or_many(Some(place))
        .iter()
        .take(limits::ATTACHMENTS * 2)
        .filter_map(|link| {
            let url = read::id_of(link)?.to_owned();
            Some((url, mime(link.get("mediaType"))))
        });
    let links: Vec<_> = links.collect();
    let playable = links
        .iter()
        .find(|(_, mime)| mime.as_deref().is_some_and(is_playable));
    playable
        .or_else(|| links.iter().find(|(_, mime)| mime.is_none()))
        .or_else(|| links.first())
        .cloned()
}

fn is_playable(mime: &str) -> bool {
    ["image/", "video/", "audio/"]
        .iter()
        .any(|kind| mime.starts_with(kind))
}

fn mime(value: Option<&Value>) -> Option<String> {
    let essence = value?
        .as_str()?
        .split(';')
        .next()?
        .trim()
        .to_ascii_lowercase();
    let letters = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '+' | '-' | '.' | '_');
    let proper = essence.len() <= 100 && essence.contains('/') && essence.chars().all(letters);
    proper.then_some(essence)
}

fn media(kind: Option<&str>, mime: Option<&str>, url: &str) -> Media {
    match (mime.and_then(|mime| mime.split('/').next()), kind) {
        (Some("image"), _) => Media::Image,
        (Some("video"), _) => Media::Video,
        (Some("audio"), _) => Media::Audio,
        (Some(_), _) => Media::Other,
        (None, Some("Image")) => Media::Image,
        (None, Some("Video")) => Media::Video,
        (None, Some("Audio")) => Media::Audio,
        (None, _) => by_name(url),
    }
}

fn by_name(url: &str) -> Media {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let extension = path
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    match extension.as_deref() {
        Some("jpg" | "jpeg" | "png" | "gif" | "webp" | "avif") => Media::Image,
        Some("mp4" | "webm" | "mov" | "m4v") => Media::Video,
        Some("mp3" | "ogg" | "opus" | "flac" | "m4a" | "wav") => Media::Audio,
        _ => Media::Other,
    }
}

/// GoToSocial puts the alternative text into `summary` and may put the file's name into `name`.
fn alt(entry: &Value) -> Option<String> {
    let text = |key| {
        read::text(entry.get(key), limits::ALT * 4)
            .map(|text| text.chars().take(limits::ALT).collect::<String>())
    };
    ["summary", "name"]
        .into_iter()
        .filter_map(text)
        .map(|text| text.trim().to_owned())
        .find(|text| !text.is_empty())
}

fn side(entry: &Value, key: &str) -> Option<i64> {
    read::whole(entry.get(key), limits::SIDE).filter(|side| *side > 0)
}

fn blurhash(entry: &Value) -> Option<String> {
    let hash = entry.get("blurhash")?.as_str()?;
    let proper =
        (6..=164).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_graphic());
    proper.then(|| hash.to_owned())
}

fn focal(entry: &Value) -> Option<(f64, f64)> {
    let [x, y] = entry.get("focalPoint")?.as_array()?.as_slice() else {
        return None;
    };
    let within = |value: &Value| value.as_f64().filter(|at| (-1.0..=1.0).contains(at));
    Some((within(x)?, within(y)?))
}
