//! JPEG (ITU-T T.81) without metadata: the segments that carry the picture, its colour profile and its orientation.
//!
//! Kept are tables, frame, scans, ICC profile (APP2) and Adobe's colour transform (APP14); JFIF is written anew
//! without its thumbnail. EXIF, XMP, IPTC, comments, multi-picture and maker data go, and with them what follows the
//! end marker (gain maps, motion photos, archives).

use image::metadata::Orientation;

use super::{Clean, exif};
use crate::shape::{Shape, area};
use crate::walk::Walk;
use crate::{Fault, Format, Limits, profile};

const SOI: [u8; 2] = [0xFF, 0xD8];
const EOI: [u8; 2] = [0xFF, 0xD9];
const ICC: &[u8] = b"ICC_PROFILE\0";

/// What was found on the walk.
#[derive(Default)]
struct Found<'a> {
    jfif: Option<&'a [u8]>,
    adobe: Option<&'a [u8]>,
    orientation: Option<Orientation>,
    /// Payloads of ICC segments: sequence number, count, part of the profile.
    icc: Vec<&'a [u8]>,
    frame: Option<Frame>,
    scans: u32,
    /// Tables, frame and scans as they were.
    body: Vec<u8>,
}

/// The frame header (T.81 B.2.2).
struct Frame {
    progressive: bool,
    width: u16,
    height: u16,
    /// Horizontal and vertical sampling factor of each component.
    sampling: Vec<(u8, u8)>,
}

impl Frame {
    /// Bytes of a decoded pixel: grey or RGB.
    fn pixel(&self) -> u64 {
        if self.sampling.len() == 1 { 1 } else { 3 }
    }
}

pub(super) fn strip(data: &[u8], limits: &Limits) -> Result<Clean, Fault> {
    let mut walk = Walk::new(Format::Jpeg, data);
    walk.take(SOI.len())?;
    let mut found = Found::default();
    loop {
        match marker(&mut walk)? {
            0xD9 => break,
            // Start of image, restart, temporary: no length follows, and they mean nothing here.
            0x01 | 0xD0..=0xD8 => {}
            code => segment(code, &mut walk, &mut found, limits)?,
        }
    }
    let shape = shape(&found)?;
    Ok(Clean {
        bytes: assemble(&found, limits),
        shape,
    })
}

/// The next marker code. Bytes between segments that belong to none are passed over, as decoders do.
fn marker(walk: &mut Walk<'_>) -> Result<u8, Fault> {
    loop {
        while walk.u8()? != 0xFF {}
        let mut code = walk.u8()?;
        while code == 0xFF {
            code = walk.u8()?;
        }
        if code != 0 {
            return Ok(code);
        }
    }
}

fn segment<'a>(
    code: u8,
    walk: &mut Walk<'a>,
    found: &mut Found<'a>,
    limits: &Limits,
) -> Result<(), Fault> {
    let start = walk.mark();
    let length = usize::from(walk.be16()?);
    let payload = walk.take(length.checked_sub(2).ok_or_else(damaged)?)?;
    match code {
        0xC0..=0xC2 => {
            if found.frame.is_some() {
                return Err(damaged());
            }
            found.frame = Some(frame(code, payload)?);
            keep(found, code, walk.since(start));
        }
        // Huffman and quantisation tables, number of lines, restart interval.
        0xC4 | 0xDB | 0xDC | 0xDD => keep(found, code, walk.since(start)),
        0xDA => {
            found.scans += 1;
            if found.scans > limits.scans {
                return Err(Fault::unusual(Format::Jpeg, "has too many scans"));
            }
            skip_scan(walk)?;
            keep(found, code, walk.since(start));
        }
        0xC3 | 0xC5..=0xCF => {
            return Err(Fault::unusual(
                Format::Jpeg,
                "uses lossless, hierarchical or arithmetic coding",
            ));
        }
        0xE0 if payload.starts_with(b"JFIF\0") && payload.len() >= 12 => {
            found.jfif.get_or_insert(&payload[..12]);
        }
        0xE1 if payload.starts_with(b"Exif\0") => {
            found
                .orientation
                .get_or_insert_with(|| exif::orientation(payload));
        }
        0xE2 if payload.starts_with(ICC) => found.icc.push(&payload[ICC.len()..]),
        0xEE if payload.starts_with(b"Adobe") && payload.len() >= 12 => {
            found.adobe.get_or_insert(&payload[..12]);
        }
        _ => {}
    }
    Ok(())
}

fn keep(found: &mut Found<'_>, code: u8, segment: &[u8]) {
    found.body.extend_from_slice(&[0xFF, code]);
    found.body.extend_from_slice(segment);
}

/// Walks over entropy-coded data to the marker that ends it; stuffed zeros and restart markers belong to the data.
fn skip_scan(walk: &mut Walk<'_>) -> Result<(), Fault> {
    loop {
        let rest = walk.rest();
        let next = rest
            .iter()
            .position(|&byte| byte == 0xFF)
            .ok_or_else(|| Fault::cut_short(Format::Jpeg))?;
        match rest.get(next + 1) {
            None => return Err(Fault::cut_short(Format::Jpeg)),
            Some(0x00 | 0xD0..=0xD7) => walk.take(next + 2)?,
            Some(0xFF) => walk.take(next + 1)?,
            Some(_) => {
                walk.take(next)?;
                return Ok(());
            }
        };
    }
}

fn frame(code: u8, payload: &[u8]) -> Result<Frame, Fault> {
    let mut walk = Walk::new(Format::Jpeg, payload);
    let precision = walk.u8()?;
    if precision != 8 {
        return Err(Fault::unusual(
            Format::Jpeg,
            "has more than 8 bits per colour",
        ));
    }
    let (height, width) = (walk.be16()?, walk.be16()?);
    let mut sampling = Vec::new();
    for _ in 0..walk.u8()? {
        let component = walk.take(3)?;
        sampling.push((component[1] >> 4, component[1] & 15));
    }
    if sampling.is_empty() || sampling.iter().any(|&(h, v)| h == 0 || v == 0) {
        return Err(damaged());
    }
    Ok(Frame {
        progressive: code == 0xC2,
        width,
        height,
        sampling,
    })
}

fn shape(found: &Found<'_>) -> Result<Shape, Fault> {
    let frame = found.frame.as_ref().ok_or_else(damaged)?;
    if found.scans == 0 {
        return Err(damaged());
    }
    let (width, height) = (u32::from(frame.width), u32::from(frame.height));
    Ok(Shape {
        format: Format::Jpeg,
        width,
        height,
        frames: 1,
        plays: 0,
        orientation: found.orientation.unwrap_or(Orientation::NoTransforms),
        largest: 0,
        memory: memory(frame, found.scans, area(width, height)),
        pixel: frame.pixel(),
    })
}

/// Pixels as they come out, and where the scans are not in one, the coefficients (16 bits) that wait for the others.
fn memory(frame: &Frame, scans: u32, area: u64) -> u64 {
    let waiting = if frame.progressive || scans > 1 {
        let most = |of: fn(&(u8, u8)) -> u8| frame.sampling.iter().map(of).max().unwrap_or(1);
        let whole = u64::from(most(|s| s.0)) * u64::from(most(|s| s.1));
        let parts: u64 = frame
            .sampling
            .iter()
            .map(|&(h, v)| u64::from(h) * u64::from(v))
            .sum();
        (area * 2 * parts).div_ceil(whole)
    } else {
        0
    };
    area * frame.pixel() + waiting
}

fn assemble(found: &Found<'_>, limits: &Limits) -> Vec<u8> {
    let mut out = SOI.to_vec();
    if let Some(jfif) = found.jfif {
        // Thumbnail of 0 by 0 pixels.
        write(&mut out, 0xE0, &[jfif, &[0, 0]]);
    }
    if let Some(tiff) = found.orientation.and_then(exif::minimal) {
        write(&mut out, 0xE1, &[b"Exif\0\0", &tiff]);
    }
    if is_profile(&found.icc, limits) {
        for part in &found.icc {
            write(&mut out, 0xE2, &[ICC, part]);
        }
    }
    if let Some(adobe) = found.adobe {
        write(&mut out, 0xEE, &[adobe]);
    }
    out.extend_from_slice(&found.body);
    out.extend_from_slice(&EOI);
    out
}

fn write(out: &mut Vec<u8>, code: u8, parts: &[&[u8]]) {
    let length: usize = 2 + parts.iter().map(|part| part.len()).sum::<usize>();
    out.extend_from_slice(&[0xFF, code]);
    // Every part was cut out of a segment, so the sum fits its 16 bits again.
    out.extend_from_slice(&(length as u16).to_be_bytes());
    for part in parts {
        out.extend_from_slice(part);
    }
}

/// Whether the ICC segments really make up a colour profile, and not a hiding place.
fn is_profile(parts: &[&[u8]], limits: &Limits) -> bool {
    let mut ordered: Vec<_> = parts.iter().filter(|part| part.len() >= 2).collect();
    ordered.sort_by_key(|part| part[0]);
    let whole: Vec<u8> = ordered
        .iter()
        .flat_map(|part| &part[2..])
        .copied()
        .collect();
    ordered.len() == parts.len() && profile::is_plausible(&whole, limits)
}

fn damaged() -> Fault {
    Fault::damaged(Format::Jpeg)
}
