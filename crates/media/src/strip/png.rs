//! PNG (third edition, animation included) without metadata: a list of chunks that show the picture.
//!
//! Chunks of fixed size are kept only at that size, so that they are no hiding place. An animation that does not hold
//! together is refused rather than shown in part.

use image::metadata::Orientation;

use super::{Clean, exif};
use crate::shape::{Shape, area};
use crate::walk::Walk;
use crate::{Fault, Format, Limits};

const SIGNATURE: usize = 8;
/// Length and type in front of the data, checksum behind it.
const OVERHEAD: usize = 12;

/// What was found on the walk.
#[derive(Default)]
struct Found {
    header: Option<Header>,
    orientation: Option<Orientation>,
    transparent: bool,
    /// Frames and plays as `acTL` announces them, if it stands before the picture.
    announced: Option<(u32, u32)>,
    frames: u32,
    picture: bool,
}

#[derive(Clone, Copy)]
struct Header {
    width: u32,
    height: u32,
    depth: u8,
    colour: u8,
}

pub(super) fn strip(data: &[u8], limits: &Limits) -> Result<Clean, Fault> {
    let mut walk = Walk::new(Format::Png, data);
    let mut out = walk.take(SIGNATURE)?.to_vec();
    let mut found = Found::default();
    let mut after_header = 0;
    loop {
        let start = walk.mark();
        let length = walk.be32()? as usize;
        let name = walk.take(4)?;
        let payload = walk.take(length)?;
        walk.take(4)?;
        if name == b"IHDR" {
            if found.header.is_some() {
                return Err(damaged());
            }
            found.header = Some(header(payload)?);
            out.extend_from_slice(walk.since(start));
            after_header = out.len();
            continue;
        }
        let header = found.header.ok_or_else(damaged)?;
        if keeps(name, payload, header, &mut found, limits)? {
            out.extend_from_slice(walk.since(start));
        }
        if name == b"IEND" {
            break;
        }
    }
    if let Some(tiff) = found.orientation.and_then(exif::minimal) {
        out.splice(after_header..after_header, chunk(*b"eXIf", &tiff));
    }
    Ok(Clean {
        shape: shape(&found)?,
        bytes: out,
    })
}

fn header(payload: &[u8]) -> Result<Header, Fault> {
    let mut walk = Walk::new(Format::Png, payload);
    let header = Header {
        width: walk.be32()?,
        height: walk.be32()?,
        depth: walk.u8()?,
        colour: walk.u8()?,
    };
    if payload.len() != 13 {
        return Err(damaged());
    }
    Ok(header)
}

/// Whether the chunk is kept; notes what it says.
fn keeps(
    name: &[u8],
    payload: &[u8],
    header: Header,
    found: &mut Found,
    limits: &Limits,
) -> Result<bool, Fault> {
    let length = payload.len();
    Ok(match name {
        b"PLTE" => length <= 768,
        b"tRNS" => {
            found.transparent = true;
            length <= 256
        }
        b"IDAT" => {
            found.picture = true;
            true
        }
        b"IEND" => length == 0,
        b"gAMA" | b"cICP" => length == 4,
        b"cHRM" => length == 32,
        b"sRGB" => length == 1,
        b"pHYs" => length == 9,
        b"bKGD" => length <= 6,
        b"sBIT" => length <= 4,
        b"iCCP" => length as u64 <= limits.profile,
        b"eXIf" => {
            found
                .orientation
                .get_or_insert_with(|| exif::orientation(payload));
            false
        }
        b"acTL" => announce(payload, found)?,
        b"fcTL" => count_frame(payload, header, found)?,
        b"fdAT" => found.announced.is_some(),
        // An upper-case first letter says that the picture cannot be shown without this chunk.
        _ if name[0].is_ascii_uppercase() => {
            return Err(Fault::unusual(
                Format::Png,
                "uses an extension of the format",
            ));
        }
        _ => false,
    })
}

fn announce(payload: &[u8], found: &mut Found) -> Result<bool, Fault> {
    if found.picture {
        return Ok(false);
    }
    if found.announced.is_some() || payload.len() != 8 {
        return Err(damaged());
    }
    let mut walk = Walk::new(Format::Png, payload);
    found.announced = Some((walk.be32()?, walk.be32()?));
    Ok(true)
}

fn count_frame(payload: &[u8], header: Header, found: &mut Found) -> Result<bool, Fault> {
    if found.announced.is_none() {
        return Ok(false);
    }
    let mut walk = Walk::new(Format::Png, payload);
    walk.be32()?;
    let (width, height) = (walk.be32()?, walk.be32()?);
    let (x, y) = (walk.be32()?, walk.be32()?);
    let inside = |offset: u32, size: u32, canvas: u32| {
        size > 0 && offset.checked_add(size).is_some_and(|end| end <= canvas)
    };
    if payload.len() != 26 || !inside(x, width, header.width) || !inside(y, height, header.height) {
        return Err(damaged());
    }
    found.frames += 1;
    Ok(true)
}

fn shape(found: &Found) -> Result<Shape, Fault> {
    let header = found.header.ok_or_else(damaged)?;
    let (frames, plays) = found.announced.unwrap_or((1, 0));
    if !found.picture || (found.announced.is_some() && frames != found.frames) {
        return Err(damaged());
    }
    let pixel = pixel(header, found, frames);
    // An animation needs the canvas, the frame and copies of both.
    let copies = if frames > 1 { 4 } else { 1 };
    Ok(Shape {
        format: Format::Png,
        width: header.width,
        height: header.height,
        frames,
        plays,
        orientation: found.orientation.unwrap_or(Orientation::NoTransforms),
        largest: 0,
        memory: area(header.width, header.height).saturating_mul(pixel * copies),
        pixel,
    })
}

/// Bytes of a decoded pixel: a still picture keeps its own kind, frames of an animation are RGBA.
fn pixel(header: Header, found: &Found, frames: u32) -> u64 {
    let channels = match header.colour {
        0 => 1 + u64::from(found.transparent),
        2 | 3 => 3 + u64::from(found.transparent),
        4 => 2,
        _ => 4,
    };
    match (frames, header.depth) {
        (2.., _) => 4,
        (_, 16) => channels * 2,
        _ => channels,
    }
}

fn chunk(name: [u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(payload.len() + OVERHEAD);
    out.extend_from_slice(&(payload.len() as u32).to_be_bytes());
    out.extend_from_slice(&name);
    out.extend_from_slice(payload);
    let sum = checksum(&out[4..]);
    out.extend_from_slice(&sum.to_be_bytes());
    out
}

/// CRC-32 of the PNG specification, annex D; bit by bit, for the few bytes written here.
fn checksum(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |sum, &byte| {
        (0..8).fold(sum ^ u32::from(byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

fn damaged() -> Fault {
    Fault::damaged(Format::Png)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_the_standard() {
        // The end chunk has the same checksum in every PNG there is.
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
    }
}
