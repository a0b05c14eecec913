//! Pictures: which rendition is shown where, and what is said of one.

use domain::attachment::{Attachment, Rendition, State};
use domain::post::Post;
use domain::preference::Conduct;

use super::bytes;
use crate::assets;
use crate::view::{Focus, Image, Picture, Sharper, Waiting};

/// When a picture is fetched. What is hidden at first is always late: a closed picture is never fetched unasked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Loading {
    /// With the page.
    Early,
    /// When it comes near.
    Late,
}

use Loading::{Early, Late};

/// Said where nobody described the picture.
const NO_DESCRIPTION: &str = "Picture without description";
/// How wide the pictures of a catalog are on a phone, in hundredths of its width: two cards side by side, less what
/// surrounds them (`.catalog` and `.card` of the style sheet).
const CARD_SHARE: u32 = 40;
/// How wide they are elsewhere, in CSS pixels: what a column has at least, less what surrounds it, and some of what it
/// may have more.
const CARD_WIDTH: u32 = 176;
/// Classes of ratios: width to height in hundredths from which each is taken. A picture as high as it may be is as wide
/// as its class says, therefore never the next one: it would be too high.
const RATIOS: [(i64, &str); 14] = [
    (230, "r24"),
    (198, "r21"),
    (176, "r18"),
    (165, "r17"),
    (148, "r15"),
    (132, "r13"),
    (120, "r12"),
    (99, "r10"),
    (88, "r9"),
    (74, "r8"),
    (65, "r7"),
    (55, "r6"),
    (45, "r4"),
    (0, "r3"),
];

/// A picture in a post.
pub(super) fn picture(
    media: &Attachment,
    post: &Post,
    loading: Loading,
    conduct: &Conduct,
) -> Picture {
    let hidden = post.sensitive || media.sensitive;
    let closed =
        (hidden && !conduct.open_sensitive) || (media.frames > 1 && conduct.still_pictures);
    let image = image(media, "320", "640", if closed { Late } else { loading });
    let waiting = match (&image, media.state) {
        (Some(_), _) => None,
        (None, State::Failed) => Some(Waiting::Failed),
        (None, _) => Some(Waiting::Fetching),
    };
    Picture {
        href: format!("{}#{}", post.path(), media.id),
        away: media.remote_url.clone().filter(|_| image.is_none()),
        image,
        waiting,
        alt: media.alt.clone(),
        described: !media.alt.is_empty(),
        facts: facts(media),
        sensitive: hidden,
        opened: conduct.open_sensitive,
        moving: media.frames > 1,
        still: conduct.still_pictures,
    }
}

/// The pictures of a post that are not here.
pub(crate) fn missing(post: &Post, conduct: &Conduct) -> Vec<Picture> {
    let absent = post.media.iter().filter(|media| !is_shown(media));
    absent
        .map(|media| picture(media, post, Late, conduct))
        .collect()
}

/// Whether it can be shown.
fn is_shown(media: &Attachment) -> bool {
    media.state == State::Ready && media.url().is_some()
}

/// A picture on its own page.
pub(crate) fn focus(media: &Attachment, post: &Post, conduct: &Conduct) -> Option<Focus> {
    let image = image(media, "1280", "1280", Early)?;
    Some(Focus {
        id: media.id,
        image,
        original: media.url()?,
        described: !media.alt.is_empty(),
        facts: format!("{}, {}", facts(media), kind(media)),
        sensitive: post.sensitive || media.sensitive,
        opened: conduct.open_sensitive,
        moving: media.frames > 1,
        still: conduct.still_pictures,
    })
}

/// A picture on a screen of its own, fetched with the page where it is the first.
pub(super) fn screen(
    media: &Attachment,
    post: &Post,
    loading: Loading,
    conduct: &Conduct,
) -> Option<Focus> {
    let mut focus = focus(media, post, conduct)?;
    focus.image.early = loading == Early;
    Some(focus)
}

/// A picture among others, as the face of its thread for example. Animations show their first frame there: they would
/// pull the eye from one to the other, and have fifty times the bytes.
pub(super) fn face(media: &Attachment, loading: Loading, conduct: &Conduct) -> Option<Image> {
    let image = image(media, "320", "640", loading)?;
    let rests = media.still.is_some() || conduct.still_pictures;
    let Some(still) = image.still.clone().filter(|_| rests) else {
        return Some(image);
    };
    Some(Image {
        src: still,
        sharper: None,
        still: None,
        moves: true,
        ..image
    })
}

/// Says how wide the picture is in a card of the catalog: a box of 4:3 that it is wholly seen in. Many stand on a screen,
/// so that the sharper files of all of them would make a phone wait for nothing.
pub(super) fn fit_card(image: &mut Image) {
    let box_share = |whole: u32| (whole * 3 * image.width).div_ceil(4 * image.height.max(1));
    let fit = |whole: u32| box_share(whole).clamp(1, whole);
    image.sizes = Some(format!(
        "(max-width: 26rem) {}vw, {}px",
        fit(CARD_SHARE),
        fit(CARD_WIDTH)
    ));
}

/// The path of a picture as other sites show it beside a link.
pub(super) fn preview(media: &Attachment) -> Option<String> {
    let first = media.still.as_ref();
    let first = first.and_then(|first| media.rendition_url(first));
    first.or_else(|| Some(image(media, "640", "640", Late)?.src))
}

/// A picture that waits in a form for its post.
pub(crate) fn image_for_form(media: &Attachment) -> Option<(Image, String)> {
    let image = image(media, "320", "640", Late)?;
    Some((image, format!("{}, {}", kind(media), bytes(media.bytes))))
}

fn image(media: &Attachment, name: &str, sharper: &str, loading: Loading) -> Option<Image> {
    if !is_shown(media) {
        return None;
    }
    let found = named(media, name).or_else(|| media.renditions.last());
    let (src, width, height) = match found {
        Some(rendition) => (
            media.rendition_url(rendition)?,
            rendition.width,
            rendition.height,
        ),
        None => (media.url()?, media.width?, media.height?),
    };
    let denser =
        named(media, sharper).filter(|other| found.is_some_and(|found| other.width > found.width));
    Some(Image {
        src,
        sharper: denser.and_then(|rendition| {
            Some(Sharper {
                src: media.rendition_url(rendition)?,
                width: rendition.width.unsigned_abs(),
            })
        }),
        sizes: None,
        still: (media.frames > 1).then(|| still(media)),
        moves: false,
        width: width.unsigned_abs(),
        height: height.unsigned_abs(),
        alt: if media.alt.is_empty() {
            NO_DESCRIPTION.to_owned()
        } else {
            media.alt.clone()
        },
        colour: media.colour.clone().unwrap_or_else(|| "c5n".to_owned()),
        ratio: ratio(width, height),
        early: loading == Early,
    })
}

/// What is shown of an animation where nothing is to move: its first frame, or a sign where an earlier version of this
/// software took it in and kept none.
fn still(media: &Attachment) -> String {
    let first = media.still.as_ref();
    first
        .and_then(|first| media.rendition_url(first))
        .unwrap_or_else(|| assets::still().to_owned())
}

fn named<'a>(media: &'a Attachment, name: &str) -> Option<&'a Rendition> {
    media
        .renditions
        .iter()
        .find(|rendition| rendition.name == name)
}

fn ratio(width: i32, height: i32) -> &'static str {
    let hundredths = i64::from(width) * 100 / i64::from(height.max(1));
    let found = RATIOS.iter().find(|(least, _)| hundredths >= *least);
    found.map_or("r10", |(_, class)| class)
}

fn facts(media: &Attachment) -> String {
    let size = bytes(media.bytes);
    match (media.width, media.height) {
        (Some(width), Some(height)) if media.bytes > 0 => format!("{width}\u{d7}{height}, {size}"),
        (Some(width), Some(height)) => format!("{width}\u{d7}{height}"),
        _ if media.bytes > 0 => size,
        _ => kind(media).to_owned(),
    }
}

fn kind(media: &Attachment) -> &'static str {
    media::Format::from_mime(&media.mime).map_or("Picture", media::Format::name)
}

#[cfg(test)]
mod tests {
    use super::ratio;

    #[test]
    fn ratios_fall_into_their_classes() {
        for (width, height, class) in [
            (1, 10, "r3"),
            (9, 16, "r6"),
            (213, 320, "r7"),
            (3, 4, "r8"),
            (4, 5, "r8"),
            (1, 1, "r10"),
            (5, 4, "r12"),
            (4, 3, "r13"),
            (3, 2, "r15"),
            (16, 9, "r18"),
            (2, 1, "r21"),
            (10, 1, "r24"),
            (10, 0, "r24"),
        ] {
            assert_eq!(ratio(width, height), class, "{width}:{height}");
        }
    }
}
