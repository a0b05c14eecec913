//! WebP (RFC 9649) without metadata: bitstreams, alpha, frames, loop count, colour profile and orientation.
//!
//! The container's header is written anew, its flags saying what is really there. Sizes inside bitstreams must be
//! those of the container, because decoders believe the bitstream: a frame of 4 by 4 could otherwise unfold into
//! 16383 by 16383.

use image::metadata::Orientation;

use super::{Clean, exif};
use crate::shape::{Shape, area};
use crate::walk::Walk;
use crate::{Fault, Format, Limits, profile};

const ALPHA: u8 = 0x10;
const ANIMATED: u8 = 0x02;
const HAS_PROFILE: u8 = 0x20;
const HAS_EXIF: u8 = 0x08;

/// What was found on the walk.
#[derive(Default)]
struct Found<'a> {
    /// Flags, width and height of the extended header.
    extended: Option<(u8, u32, u32)>,
    profile: Option<&'a [u8]>,
    orientation: Option<Orientation>,
    /// Payload of the ANIM chunk.
    animation: Option<&'a [u8]>,
    frames: u32,
    alpha: Option<&'a [u8]>,
    /// The first bitstream outside of frames: its chunk name, payload and size.
    still: Option<Bitstream<'a>>,
    /// ANMF chunks, cleaned.
    moving: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Bitstream<'a> {
    name: &'a [u8],
    payload: &'a [u8],
    width: u32,
    height: u32,
}

pub(super) fn strip(data: &[u8], limits: &Limits) -> Result<Clean, Fault> {
    let mut outer = Walk::new(Format::WebP, data);
    outer.take(4)?;
    let length = outer.le32()? as usize;
    let mut walk = Walk::new(Format::WebP, outer.take(length)?);
    walk.take(4)?;
    let mut found = Found::default();
    while !walk.rest().is_empty() {
        let (name, payload) = chunk(&mut walk)?;
        match name {
            b"VP8X" if found.extended.is_none() => found.extended = Some(extended(payload)?),
            b"ICCP" if profile::is_plausible(payload, limits) => found.profile = Some(payload),
            b"EXIF" => {
                found
                    .orientation
                    .get_or_insert_with(|| exif::orientation(payload));
            }
            b"ANIM" if payload.len() >= 6 => found.animation = Some(&payload[..6]),
            b"ANMF" => frame(payload, &mut found)?,
            b"ALPH" => found.alpha = found.alpha.or(Some(payload)),
            b"VP8 " | b"VP8L" if found.still.is_none() => {
                found.still = Some(bitstream(name, payload)?);
            }
            _ => {}
        }
    }
    assemble(&found)
}

/// The next chunk; the byte that evens out its length may be missing at the very end.
fn chunk<'a>(walk: &mut Walk<'a>) -> Result<(&'a [u8], &'a [u8]), Fault> {
    let name = walk.take(4)?;
    let length = walk.le32()? as usize;
    let payload = walk.take(length)?;
    if length % 2 == 1 && !walk.rest().is_empty() {
        walk.take(1)?;
    }
    Ok((name, payload))
}

fn extended(payload: &[u8]) -> Result<(u8, u32, u32), Fault> {
    let mut walk = Walk::new(Format::WebP, payload);
    let flags = walk.u8()?;
    walk.take(3)?;
    Ok((flags, walk.le24()? + 1, walk.le24()? + 1))
}

/// Reads the size out of a bitstream (RFC 6386 section 9.1, RFC 9649 section 3.4).
fn bitstream<'a>(name: &'a [u8], payload: &'a [u8]) -> Result<Bitstream<'a>, Fault> {
    let mut walk = Walk::new(Format::WebP, payload);
    let (width, height) = if name == b"VP8L" {
        if walk.u8()? != 0x2F {
            return Err(damaged());
        }
        let bits = walk.le32()?;
        ((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1)
    } else {
        let key_frame = walk.take(3)?[0] & 1 == 0;
        if !key_frame || walk.take(3)? != b"\x9D\x01\x2A" {
            return Err(damaged());
        }
        (
            u32::from(walk.le16()? & 0x3FFF),
            u32::from(walk.le16()? & 0x3FFF),
        )
    };
    Ok(Bitstream {
        name,
        payload,
        width,
        height,
    })
}

/// Cleans one frame: its head, at most one alpha plane, one bitstream of the announced size.
fn frame<'a>(payload: &'a [u8], found: &mut Found<'a>) -> Result<(), Fault> {
    let (_, canvas_width, canvas_height) = found.extended.ok_or_else(damaged)?;
    let mut walk = Walk::new(Format::WebP, payload);
    let (x, y) = (walk.le24()? * 2, walk.le24()? * 2);
    let (width, height) = (walk.le24()? + 1, walk.le24()? + 1);
    walk.take(4)?;
    let mut out = walk.since(0).to_vec();
    let mut picture = None;
    while !walk.rest().is_empty() && picture.is_none() {
        let (name, payload) = chunk(&mut walk)?;
        match name {
            b"ALPH" if out.len() == 16 => push(&mut out, b"ALPH", payload),
            b"VP8 " | b"VP8L" => picture = Some(bitstream(name, payload)?),
            _ => {}
        }
    }
    let picture = picture.ok_or_else(damaged)?;
    if (picture.width, picture.height) != (width, height)
        || x + width > canvas_width
        || y + height > canvas_height
    {
        return Err(damaged());
    }
    push(&mut out, picture.name, picture.payload);
    push(&mut found.moving, b"ANMF", &out);
    found.frames += 1;
    Ok(())
}

fn assemble(found: &Found<'_>) -> Result<Clean, Fault> {
    let mut body = b"WEBP".to_vec();
    let exif = found.orientation.and_then(exif::minimal);
    let shape = match found.extended {
        None => {
            let still = found.still.ok_or_else(damaged)?;
            push(&mut body, still.name, still.payload);
            shape(found, still.width, still.height, Orientation::NoTransforms)
        }
        Some((flags, width, height)) => {
            let mut kept = flags & (ALPHA | ANIMATED);
            kept |= if found.profile.is_some() {
                HAS_PROFILE
            } else {
                0
            };
            kept |= if exif.is_some() { HAS_EXIF } else { 0 };
            push(&mut body, b"VP8X", &head(kept, width, height));
            if let Some(profile) = found.profile {
                push(&mut body, b"ICCP", profile);
            }
            pictures(found, flags, width, height, &mut body)?;
            if let Some(tiff) = exif {
                push(&mut body, b"EXIF", &tiff);
            }
            let upright = Orientation::NoTransforms;
            shape(found, width, height, found.orientation.unwrap_or(upright))
        }
    };
    let mut bytes = b"RIFF".to_vec();
    bytes.extend_from_slice(&(body.len() as u32).to_le_bytes());
    bytes.append(&mut body);
    Ok(Clean { bytes, shape })
}

/// Payload of the extended header.
fn head(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let mut head = vec![flags, 0, 0, 0];
    head.extend_from_slice(&(width - 1).to_le_bytes()[..3]);
    head.extend_from_slice(&(height - 1).to_le_bytes()[..3]);
    head
}

fn pictures(
    found: &Found<'_>,
    flags: u8,
    width: u32,
    height: u32,
    body: &mut Vec<u8>,
) -> Result<(), Fault> {
    if flags & ANIMATED != 0 {
        push(body, b"ANIM", found.animation.ok_or_else(damaged)?);
        body.extend_from_slice(&found.moving);
        return Ok(());
    }
    let still = found.still.ok_or_else(damaged)?;
    if (still.width, still.height) != (width, height) {
        return Err(damaged());
    }
    if let Some(alpha) = found.alpha {
        push(body, b"ALPH", alpha);
    }
    push(body, still.name, still.payload);
    Ok(())
}

fn push(out: &mut Vec<u8>, name: &[u8], payload: &[u8]) {
    out.extend_from_slice(name);
    out.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    out.extend_from_slice(payload);
    if payload.len() % 2 == 1 {
        out.push(0);
    }
}

fn shape(found: &Found<'_>, width: u32, height: u32, orientation: Orientation) -> Shape {
    let moving = found
        .extended
        .is_some_and(|(flags, ..)| flags & ANIMATED != 0);
    let frames = if moving { found.frames } else { 1 };
    let plays = found
        .animation
        .map_or(0, |anim| u16::from_le_bytes([anim[4], anim[5]]));
    let each = if frames > 1 { 16 } else { 8 };
    Shape {
        format: Format::WebP,
        width,
        height,
        frames,
        plays: plays.into(),
        orientation,
        largest: 0,
        memory: area(width, height) * each,
        pixel: 4,
    }
}

fn damaged() -> Fault {
    Fault::damaged(Format::WebP)
}
