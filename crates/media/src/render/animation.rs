//! Writes animated WebP (RFC 9649 section 2.7) frame by frame.
//!
//! libwebp's own animation encoder, as far as its safe wrapper goes, wants all frames in memory and invents the
//! duration of the last one. Here every frame is the smallest rectangle in which something changed, encoded for
//! itself and laid over what is there.

use image::RgbaImage;

use super::encode;
use crate::{Fault, Format};

/// The largest number of 24 bits: milliseconds of one frame.
const LONGEST: u32 = (1 << 24) - 1;
const ALPHA: u8 = 0x10;
const ANIMATED: u8 = 0x02;
/// Frame flag: replace what is below instead of blending with it.
const REPLACE: u8 = 0x02;

/// An animation being written.
pub(super) struct Animation {
    pub(super) width: u32,
    pub(super) height: u32,
    /// What is shown now, to find what the next frame changes.
    shown: Option<RgbaImage>,
    /// The last frame; it waits for its duration, since frames that change nothing prolong it.
    waiting: Option<Waiting>,
    transparent: bool,
    body: Vec<u8>,
}

struct Waiting {
    place: Rectangle,
    chunks: Vec<u8>,
    duration: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Rectangle {
    x: u32,
    y: u32,
    width: u32,
    height: u32,
}

impl Animation {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            shown: None,
            waiting: None,
            transparent: false,
            body: Vec::new(),
        }
    }

    /// Adds a frame of the full size that stays for some milliseconds.
    pub(super) fn add(&mut self, image: RgbaImage, duration: u32) -> Result<(), Fault> {
        let duration = duration.min(LONGEST);
        let place = match &self.shown {
            None => Some(self.whole()),
            Some(shown) => changed(shown, &image),
        };
        let place = match (place, &mut self.waiting) {
            (None, Some(last)) if last.duration + duration <= LONGEST => {
                last.duration += duration;
                return Ok(());
            }
            // Longer than one frame can stay: the same again.
            (None, _) => self.whole(),
            (Some(place), _) => place,
        };
        self.flush();
        let file = if place == self.whole() {
            encode::rgba(&image)?
        } else {
            encode::rgba(&cut(&image, place))?
        };
        let (chunks, transparent) = bitstreams(&file)?;
        self.transparent |= transparent;
        self.waiting = Some(Waiting {
            place,
            chunks,
            duration,
        });
        self.shown = Some(image);
        Ok(())
    }

    /// The file. `plays` is how often it plays; 0 means for ever.
    pub(super) fn finish(mut self, plays: u32) -> Result<Vec<u8>, Fault> {
        self.flush();
        let alpha = if self.transparent { ALPHA } else { 0 };
        let mut head = vec![ANIMATED | alpha, 0, 0, 0];
        push24(&mut head, self.width - 1);
        push24(&mut head, self.height - 1);
        let mut control = vec![0; 4];
        let plays = u16::try_from(plays).unwrap_or(u16::MAX);
        control.extend_from_slice(&plays.to_le_bytes());

        let mut file = b"RIFF\0\0\0\0WEBP".to_vec();
        push_chunk(&mut file, *b"VP8X", &head);
        push_chunk(&mut file, *b"ANIM", &control);
        file.append(&mut self.body);
        let length = u32::try_from(file.len() - 8).map_err(|_| Fault::damaged(Format::WebP))?;
        file[4..8].copy_from_slice(&length.to_le_bytes());
        Ok(file)
    }

    fn whole(&self) -> Rectangle {
        Rectangle {
            x: 0,
            y: 0,
            width: self.width,
            height: self.height,
        }
    }

    fn flush(&mut self) {
        let Some(frame) = self.waiting.take() else {
            return;
        };
        let mut payload = Vec::with_capacity(frame.chunks.len() + 16);
        push24(&mut payload, frame.place.x / 2);
        push24(&mut payload, frame.place.y / 2);
        push24(&mut payload, frame.place.width - 1);
        push24(&mut payload, frame.place.height - 1);
        push24(&mut payload, frame.duration);
        payload.push(REPLACE);
        payload.extend_from_slice(&frame.chunks);
        push_chunk(&mut self.body, *b"ANMF", &payload);
    }
}

/// The smallest rectangle that holds every changed pixel, its corner on even numbers as the format wants.
fn changed(before: &RgbaImage, after: &RgbaImage) -> Option<Rectangle> {
    let stride = before.width() as usize * 4;
    let (mut left, mut right) = (usize::MAX, 0);
    let (mut top, mut bottom) = (None, 0);
    let rows = before.chunks_exact(stride).zip(after.chunks_exact(stride));
    for (y, (old, new)) in rows.enumerate() {
        if old == new {
            continue;
        }
        top.get_or_insert(y);
        bottom = y;
        let differs = |(a, b): (&[u8], &[u8])| a != b;
        let pixels = || old.chunks_exact(4).zip(new.chunks_exact(4));
        left = left.min(pixels().position(differs).unwrap_or(left));
        right = right.max(pixels().rposition(differs).unwrap_or(right));
    }
    let (x, y) = (left & !1, top? & !1);
    Some(Rectangle {
        x: x as u32,
        y: y as u32,
        width: (right + 1 - x) as u32,
        height: (bottom + 1 - y) as u32,
    })
}

/// A copy of a part, row by row.
fn cut(image: &RgbaImage, place: Rectangle) -> RgbaImage {
    let stride = image.width() as usize * 4;
    let (left, length) = (place.x as usize * 4, place.width as usize * 4);
    let mut part = RgbaImage::new(place.width, place.height);
    let rows = image.chunks_exact(stride).skip(place.y as usize);
    for (to, from) in part.chunks_exact_mut(length).zip(rows) {
        to.copy_from_slice(&from[left..left + length]);
    }
    part
}

/// Takes a file of one picture apart: its alpha and picture chunks, and whether it is transparent.
fn bitstreams(file: &[u8]) -> Result<(Vec<u8>, bool), Fault> {
    let mut chunks = Vec::new();
    let mut transparent = false;
    let mut rest = file.get(12..).unwrap_or_default();
    while let Some((head, after)) = rest.split_at_checked(8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let payload = after
            .get(..length)
            .ok_or_else(|| Fault::damaged(Format::WebP))?;
        if let &[a, b, c, d, ..] = head
            && matches!(&[a, b, c, d], b"ALPH" | b"VP8 " | b"VP8L")
        {
            transparent |= &[a, b, c, d] != b"VP8 ";
            push_chunk(&mut chunks, [a, b, c, d], payload);
        }
        rest = after.get(length + length % 2..).unwrap_or_default();
    }
    Ok((chunks, transparent))
}

fn push_chunk(out: &mut Vec<u8>, name: [u8; 4], payload: &[u8]) {
    out.extend_from_slice(&name);
    // Frames come from an encoder that cannot write more than 32 bits can count.
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.extend_from_slice(payload);
    if payload.len() % 2 == 1 {
        out.push(0);
    }
}

fn push24(out: &mut Vec<u8>, number: u32) {
    out.extend_from_slice(&number.to_le_bytes()[..3]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_encoded() {
        let before = RgbaImage::new(20, 10);
        let mut after = before.clone();
        assert_eq!(changed(&before, &after), None);
        after.put_pixel(7, 3, image::Rgba([1, 2, 3, 4]));
        after.put_pixel(11, 8, image::Rgba([1, 2, 3, 4]));
        let place = Rectangle {
            x: 6,
            y: 2,
            width: 6,
            height: 7,
        };
        assert_eq!(changed(&before, &after), Some(place));
    }

    #[test]
    fn frames_that_change_nothing_prolong_the_last_one() {
        let mut animation = Animation::new(4, 4);
        for duration in [100, 50, LONGEST] {
            animation.add(RgbaImage::new(4, 4), duration).unwrap();
        }
        let file = animation.finish(3).unwrap();
        let frames: Vec<usize> = (0..file.len() - 4)
            .filter(|&at| &file[at..at + 4] == b"ANMF")
            .collect();
        assert_eq!(
            frames.len(),
            2,
            "the third would be too long to join the first two"
        );
        let duration = &file[frames[0] + 20..][..3];
        assert_eq!(duration, [150, 0, 0]);
    }
}
