//! GIF (89a) without metadata: screen, palettes, frames, and how often they play.
//!
//! Comments, plain text and every application extension but the loop count go, and with them what follows the
//! trailer. The loop count (NETSCAPE2.0, ANIMEXTS1.0) is written anew. It counts repetitions: 3 plays four times.

use image::metadata::Orientation;

use super::Clean;
use crate::shape::{Shape, area};
use crate::walk::Walk;
use crate::{Fault, Format};

/// What was found on the walk.
#[derive(Default)]
struct Found {
    frames: u32,
    largest: u64,
    repeats: Option<u16>,
    out: Vec<u8>,
}

pub(super) fn strip(data: &[u8]) -> Result<Clean, Fault> {
    let mut walk = Walk::new(Format::Gif, data);
    walk.take(6)?;
    let (width, height) = (walk.le16()?, walk.le16()?);
    let flags = walk.take(3)?[0];
    walk.take(palette(flags))?;
    let mut found = Found {
        out: walk.since(0).to_vec(),
        ..Found::default()
    };
    // A graphic control extension belongs to whatever is drawn next, and goes with it.
    let mut control: Option<&[u8]> = None;
    loop {
        let start = walk.mark();
        match walk.u8()? {
            0x21 => match walk.u8()? {
                0xF9 => {
                    sub_blocks(&mut walk)?;
                    control = Some(walk.since(start)).filter(|block| block.len() == 8);
                }
                0xFF => application(&mut walk, &mut found)?,
                0x01 => {
                    sub_blocks(&mut walk)?;
                    control = None;
                }
                _ => {
                    sub_blocks(&mut walk)?;
                }
            },
            0x2C => {
                frame(&mut walk, &mut found)?;
                found
                    .out
                    .extend_from_slice(control.take().unwrap_or_default());
                found.out.extend_from_slice(walk.since(start));
            }
            0x3B => break,
            // A stray terminator between blocks, which decoders pass over.
            0x00 => {}
            _ => return Err(Fault::damaged(Format::Gif)),
        }
    }
    found.out.push(0x3B);
    Ok(Clean {
        shape: shape(&found, width.into(), height.into()),
        bytes: found.out,
    })
}

/// Bytes of the palette that the flags of a screen or a frame announce.
fn palette(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// Walks over a chain of sub-blocks to its end and returns the first one.
fn sub_blocks<'a>(walk: &mut Walk<'a>) -> Result<&'a [u8], Fault> {
    let mut first = None;
    loop {
        let size = walk.u8()?;
        let block = walk.take(size.into())?;
        let first = first.get_or_insert(block);
        if size == 0 {
            return Ok(first);
        }
    }
}

fn application(walk: &mut Walk<'_>, found: &mut Found) -> Result<(), Fault> {
    let size = walk.u8()?;
    let name = walk.take(size.into())?;
    if size == 0 {
        return Ok(());
    }
    let data = sub_blocks(walk)?;
    if (name == b"NETSCAPE2.0" || name == b"ANIMEXTS1.0")
        && let &[1, low, high, ..] = data
        && found.repeats.is_none()
    {
        found.repeats = Some(u16::from_le_bytes([low, high]));
        found
            .out
            .extend_from_slice(b"\x21\xFF\x0BNETSCAPE2.0\x03\x01");
        found.out.extend_from_slice(&[low, high, 0]);
    }
    Ok(())
}

fn frame(walk: &mut Walk<'_>, found: &mut Found) -> Result<(), Fault> {
    walk.take(4)?;
    let (width, height) = (walk.le16()?, walk.le16()?);
    let flags = walk.u8()?;
    walk.take(palette(flags))?;
    walk.u8()?;
    sub_blocks(walk)?;
    found.frames += 1;
    found.largest = found.largest.max(area(width.into(), height.into()));
    Ok(())
}

fn shape(found: &Found, width: u32, height: u32) -> Shape {
    let largest = area(width, height).max(found.largest);
    let each = if found.frames > 1 { 16 } else { 8 };
    Shape {
        format: Format::Gif,
        width,
        height,
        frames: found.frames,
        plays: match found.repeats {
            None => 1,
            Some(0) => 0,
            Some(more) => u32::from(more) + 1,
        },
        orientation: Orientation::NoTransforms,
        largest,
        memory: largest * each,
        pixel: 4,
    }
}
