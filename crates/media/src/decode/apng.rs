//! Animated PNG, frame by frame on its canvas (PNG third edition, section 13.2 and annex on APNG).
//!
//! Written here because the decoder of `image` knows neither 16-bit nor interlaced animations and panics when the
//! first frame asks to be replaced by its predecessor. A default picture that is no frame is decoded and left out.

use std::io::Cursor;

use image::RgbaImage;
use png::{BlendOp, ColorType, DisposeOp, FrameControl};

use super::{Frame, Motion};
use crate::strip::Clean;
use crate::{Fault, Format, Limits};

type Reader<'a> = png::Reader<Cursor<&'a [u8]>>;

pub(super) fn frames<'a>(clean: &'a Clean, limits: &Limits) -> Result<Motion<'a>, Fault> {
    let limits = png::Limits {
        bytes: usize::try_from(limits.memory).unwrap_or(usize::MAX),
    };
    let data = Cursor::new(clean.bytes.as_slice());
    let mut decoder = png::Decoder::new_with_limits(data, limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let reader = decoder.read_info().map_err(|error| fault(&error))?;
    let icc = reader.info().icc_profile.as_ref().map(|icc| icc.to_vec());
    let size = reader
        .output_buffer_size()
        .ok_or_else(|| Fault::damaged(Format::Png))?;
    let mut canvas = Canvas {
        image: RgbaImage::new(clean.shape.width, clean.shape.height),
        dispose: Dispose::Nothing,
        started: false,
        raw: vec![0; size],
        reader,
    };
    if canvas.reader.info().frame_control().is_none() {
        canvas.read()?;
    }
    let frames = (0..clean.shape.frames).map(move |_| canvas.next());
    Ok(Motion {
        frames: Box::new(frames),
        icc,
    })
}

/// What happens to the last frame before the next one is drawn.
enum Dispose {
    Nothing,
    Clear(FrameControl),
    Restore(FrameControl, Vec<u8>),
}

struct Canvas<'a> {
    reader: Reader<'a>,
    image: RgbaImage,
    dispose: Dispose,
    /// Whether a frame was drawn already.
    started: bool,
    /// The frame as the decoder writes it; as large as the canvas.
    raw: Vec<u8>,
}

impl Canvas<'_> {
    fn read(&mut self) -> Result<png::OutputInfo, Fault> {
        self.reader
            .next_frame(&mut self.raw)
            .map_err(|error| fault(&error))
    }

    fn next(&mut self) -> Result<Frame, Fault> {
        match std::mem::replace(&mut self.dispose, Dispose::Nothing) {
            Dispose::Nothing => {}
            Dispose::Clear(region) => self.rows(region, |_, row| row.fill(0)),
            Dispose::Restore(region, saved) => {
                let line = region.width as usize * 4;
                self.rows(region, |y, row| {
                    row.copy_from_slice(&saved[y * line..][..line]);
                });
            }
        }
        let info = self.read()?;
        let control = *self
            .reader
            .info()
            .frame_control()
            .ok_or_else(|| Fault::damaged(Format::Png))?;
        self.dispose = match control.dispose_op {
            DisposeOp::None => Dispose::Nothing,
            DisposeOp::Previous if self.started => Dispose::Restore(control, self.save(control)),
            // On the first frame, «previous» means an empty canvas.
            DisposeOp::Background | DisposeOp::Previous => Dispose::Clear(control),
        };
        self.started = true;
        self.draw(control, &info);
        let denominator = match control.delay_den {
            0 => 100,
            other => u32::from(other),
        };
        Ok(Frame {
            image: self.image.clone(),
            delay: (u32::from(control.delay_num) * 1000, denominator),
        })
    }

    /// Calls `with` for each row of a region: its number within the region, its pixels on the canvas.
    fn rows(&mut self, region: FrameControl, mut with: impl FnMut(usize, &mut [u8])) {
        let stride = self.image.width() as usize * 4;
        let (left, width) = (region.x_offset as usize * 4, region.width as usize * 4);
        let lines = self.image.chunks_exact_mut(stride);
        let lines = lines.skip(region.y_offset as usize);
        for (y, line) in lines.take(region.height as usize).enumerate() {
            with(y, &mut line[left..left + width]);
        }
    }

    fn save(&mut self, region: FrameControl) -> Vec<u8> {
        let mut saved = Vec::with_capacity(region.width as usize * region.height as usize * 4);
        self.rows(region, |_, row| saved.extend_from_slice(row));
        saved
    }

    fn draw(&mut self, control: FrameControl, info: &png::OutputInfo) {
        let samples = info.color_type.samples();
        // Interlaced frames are laid out as if they were as wide as the canvas.
        let stride = if self.reader.info().interlaced {
            self.image.width() as usize * samples
        } else {
            info.line_size
        };
        let raw = std::mem::take(&mut self.raw);
        self.rows(control, |y, row| {
            let line = &raw[y * stride..];
            for (below, above) in row.chunks_exact_mut(4).zip(line.chunks_exact(samples)) {
                let pixel = rgba(info.color_type, above);
                match control.blend_op {
                    BlendOp::Source => below.copy_from_slice(&pixel),
                    BlendOp::Over => over(below, pixel),
                }
            }
        });
        self.raw = raw;
    }
}

fn rgba(colour: ColorType, sample: &[u8]) -> [u8; 4] {
    match (colour, sample) {
        (ColorType::Grayscale, &[l]) => [l, l, l, 255],
        (ColorType::GrayscaleAlpha, &[l, a]) => [l, l, l, a],
        (ColorType::Rgb, &[r, g, b]) => [r, g, b, 255],
        (_, &[r, g, b, a]) => [r, g, b, a],
        _ => [0; 4],
    }
}

/// Draws one pixel over another, neither premultiplied (PNG, «Alpha channel processing»).
fn over(below: &mut [u8], above: [u8; 4]) {
    let alpha = u32::from(above[3]);
    if alpha == 0 {
        return;
    }
    let covered = alpha * 255;
    let shining = (255 - alpha) * u32::from(below[3]);
    let whole = covered + shining;
    for (below, above) in below.iter_mut().zip(&above[..3]) {
        let mixed = u32::from(*above) * covered + u32::from(*below) * shining;
        *below = ((mixed + whole / 2) / whole) as u8;
    }
    below[3] = ((whole + 127) / 255) as u8;
}

fn fault(error: &png::DecodingError) -> Fault {
    tracing::debug!(%error, "an animated PNG cannot be decoded");
    Fault::damaged(Format::Png)
}
