//! Pictures.

use domain::{Site, attachment};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rest::id::Id;

/// A picture of a post, or one that waits for its post.
#[derive(Serialize, ToSchema)]
pub(crate) struct Media {
    id: Id,
    /// `image`, or `animation` where it moves.
    kind: &'static str,
    /// `ready`; `pending` while a foreign picture is being fetched; `failed` where it could not be.
    state: &'static str,
    #[schema(example = "image/jpeg")]
    mime: String,
    /// Of the original; 0 until it is here.
    bytes: i64,
    /// Pixels.
    width: Option<i32>,
    /// Pixels.
    height: Option<i32>,
    /// 1 for still pictures.
    frames: i32,
    /// Alternative text; may be empty.
    alt: String,
    /// To be hidden at first.
    sensitive: bool,
    focus: Focus,
    /// Base64; null until it is here.
    thumbhash: Option<String>,
    blurhash: Option<String>,
    /// Smaller versions, smallest first.
    renditions: Vec<Rendition>,
    /// The first frame of an animation, at most 640 pixels, for lists and for those who want nothing to move; null for
    /// still pictures, and for animations taken in by an earlier version.
    still: Option<Rendition>,
    /// Address of the original on this server, without metadata; null until it is here.
    url: Option<String>,
}

/// The point of a picture to keep in view; 0, 0 is its middle.
#[derive(Clone, Copy, Serialize, Deserialize, ToSchema)]
pub(crate) struct Focus {
    /// -1 is the left edge, 1 the right one.
    #[schema(minimum = -1, maximum = 1)]
    pub(crate) x: f64,
    /// -1 is the lower edge, 1 the upper one.
    #[schema(minimum = -1, maximum = 1)]
    pub(crate) y: f64,
}

/// A smaller version of a picture.
#[derive(Serialize, ToSchema)]
struct Rendition {
    /// `320`, `640` or `1280`: the square it fits into; `still` for the first frame of an animation.
    name: String,
    /// Address on this server.
    url: String,
    mime: String,
    /// Pixels.
    width: i32,
    /// Pixels.
    height: i32,
    bytes: i64,
}

impl Media {
    pub(crate) fn of(media: &attachment::Attachment, site: &Site) -> Self {
        let absolute = |path: String| format!("{}{path}", site.origin);
        let rendition = |found: &attachment::Rendition| {
            Some(Rendition {
                name: found.name.clone(),
                url: absolute(media.rendition_url(found)?),
                mime: found.mime.clone(),
                width: found.width,
                height: found.height,
                bytes: found.bytes,
            })
        };
        Self {
            id: Id(media.id),
            kind: if media.frames > 1 {
                "animation"
            } else {
                "image"
            },
            state: media.state.name(),
            mime: media.mime.clone(),
            bytes: media.bytes,
            width: media.width,
            height: media.height,
            frames: media.frames,
            alt: media.alt.clone(),
            sensitive: media.sensitive,
            focus: Focus {
                x: media.focus.0,
                y: media.focus.1,
            },
            thumbhash: media.thumbhash.clone(),
            blurhash: media.blurhash.clone(),
            renditions: media.renditions.iter().filter_map(rendition).collect(),
            still: media.still.as_ref().and_then(rendition),
            url: media.url().map(absolute),
        }
    }
}
