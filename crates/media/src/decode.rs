//! Decodes pictures completely, once: the proof that they are whole, and the pixels for the renditions.
//!
//! Only memory-safe decoders see bytes from outside. They read the cleaned file, so what is proved is what is stored.

mod apng;

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageError, Rgba, RgbaImage};

use crate::strip::Clean;
use crate::{Fault, Format, Limits};

/// A still picture or the first frame, as stored: orientation and colour profile not applied.
pub(crate) struct Still {
    pub(crate) image: DynamicImage,
    pub(crate) icc: Option<Vec<u8>>,
}

/// One frame of an animation on its full canvas.
pub(crate) struct Frame {
    pub(crate) image: RgbaImage,
    /// Milliseconds it stays, as a fraction: numerator and denominator (never 0).
    pub(crate) delay: (u32, u32),
}

/// The frames of an animation, decoded one by one as they are asked for.
pub(crate) struct Motion<'a> {
    pub(crate) frames: Box<dyn Iterator<Item = Result<Frame, Fault>> + 'a>,
    pub(crate) icc: Option<Vec<u8>>,
}

/// Decodes a picture of one frame.
pub(crate) fn still(clean: &Clean, limits: &Limits) -> Result<Still, Fault> {
    let format = clean.shape.format;
    let data = Cursor::new(clean.bytes.as_slice());
    let still = match format {
        Format::Jpeg => JpegDecoder::new(data).and_then(|decoder| read(decoder, limits)),
        Format::Png => PngDecoder::new(data).and_then(|decoder| read(decoder, limits)),
        Format::Gif => GifDecoder::new(data).and_then(|decoder| read(decoder, limits)),
        Format::WebP => WebPDecoder::new(data).and_then(|decoder| read(decoder, limits)),
    };
    let still = still.map_err(|error| fault(format, &error))?;
    let claimed = (clean.shape.width, clean.shape.height);
    if (still.image.width(), still.image.height()) != claimed {
        return Err(Fault::damaged(format));
    }
    Ok(still)
}

fn read<D: ImageDecoder>(mut decoder: D, limits: &Limits) -> Result<Still, ImageError> {
    decoder.set_limits(ours(limits))?;
    // A profile that cannot be read leaves a picture that can be shown.
    let icc = decoder.icc_profile().unwrap_or_default();
    let image = DynamicImage::from_decoder(decoder)?;
    Ok(Still { image, icc })
}

/// Decodes a picture of several frames.
pub(crate) fn motion<'a>(clean: &'a Clean, limits: &Limits) -> Result<Motion<'a>, Fault> {
    let format = clean.shape.format;
    let data = Cursor::new(clean.bytes.as_slice());
    let failed = |error: ImageError| fault(format, &error);
    match format {
        Format::Gif => {
            let mut decoder = GifDecoder::new(data).map_err(failed)?;
            decoder.set_limits(ours(limits)).map_err(failed)?;
            Ok(pull(decoder, None, format))
        }
        Format::WebP => {
            let mut decoder = WebPDecoder::new(data).map_err(failed)?;
            decoder.set_limits(ours(limits)).map_err(failed)?;
            // Browsers show nothing behind an animation; without this the decoder would not clear frames at all.
            decoder.set_background_color(Rgba([0; 4])).map_err(failed)?;
            let icc = decoder.icc_profile().unwrap_or_default();
            Ok(pull(decoder, icc, format))
        }
        Format::Png => apng::frames(clean, limits),
        Format::Jpeg => Err(Fault::damaged(format)),
    }
}

fn pull<'a>(
    decoder: impl AnimationDecoder<'a>,
    icc: Option<Vec<u8>>,
    format: Format,
) -> Motion<'a> {
    let frames = decoder.into_frames().map(move |frame| {
        let frame = frame.map_err(|error| fault(format, &error))?;
        let (numerator, denominator) = frame.delay().numer_denom_ms();
        Ok(Frame {
            delay: (numerator, denominator.max(1)),
            image: frame.into_buffer(),
        })
    });
    Motion {
        frames: Box::new(frames),
        icc,
    }
}

fn ours(limits: &Limits) -> image::Limits {
    let mut ours = image::Limits::no_limits();
    ours.max_image_width = Some(limits.side);
    ours.max_image_height = Some(limits.side);
    ours.max_alloc = Some(limits.memory);
    ours
}

fn fault(format: Format, error: &ImageError) -> Fault {
    tracing::debug!(format = format.name(), %error, "a picture cannot be decoded");
    match error {
        ImageError::Unsupported(_) => Fault::unusual(format, "uses a rare variant of the format"),
        _ => Fault::damaged(format),
    }
}
