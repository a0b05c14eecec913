//! Pictures made by the tests themselves, and the pieces of their containers.

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::webp::WebPEncoder;
use image::{Delay, DynamicImage, ExtendedColorType, Frame, ImageFormat, Rgb, RgbImage, RgbaImage};

/// A smooth picture with a red corner at the top left, so that turning it shows.
pub(crate) fn picture(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x < width / 3 && y < height / 3 {
            Rgb([220, 30, 30])
        } else {
            let across = (x * 200 / width.max(1)) as u8;
            let down = (y * 200 / height.max(1)) as u8;
            Rgb([40, 40 + across, 40 + down])
        }
    })
}

pub(crate) fn jpeg(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 90)
        .encode_image(&picture(width, height))
        .unwrap();
    out
}

pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    encode(
        &DynamicImage::ImageRgb8(picture(width, height)),
        ImageFormat::Png,
    )
}

pub(crate) fn gif(width: u32, height: u32) -> Vec<u8> {
    let frame = DynamicImage::ImageRgb8(picture(width, height)).into_rgba8();
    let mut out = Vec::new();
    // Speed 30 looks for a palette in a few of the pixels only.
    GifEncoder::new_with_speed(&mut out, 30)
        .encode_frame(Frame::new(frame))
        .unwrap();
    out
}

/// Lossless, since that is what there is an encoder for here.
pub(crate) fn webp(width: u32, height: u32) -> Vec<u8> {
    let mut out = Vec::new();
    WebPEncoder::new_lossless(&mut out)
        .encode(
            &picture(width, height),
            width,
            height,
            ExtendedColorType::Rgb8,
        )
        .unwrap();
    out
}

pub(crate) fn encode(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image.write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// One picture of each format, all of the same size.
pub(crate) fn all(width: u32, height: u32) -> [(&'static str, Vec<u8>); 4] {
    [
        ("JPEG", jpeg(width, height)),
        ("PNG", png(width, height)),
        ("GIF", gif(width, height)),
        ("WebP", webp(width, height)),
    ]
}

/// The frames of a small film: a light square that walks over a dark ground.
pub(crate) fn film(width: u32, height: u32, count: u32) -> Vec<RgbaImage> {
    (0..count)
        .map(|step| {
            RgbaImage::from_fn(width, height, |x, y| {
                let left = step * width / (count + 1);
                let inside = (left..left + width / 4).contains(&x) && y < height / 2;
                image::Rgba(if inside {
                    [250, 240, 90, 255]
                } else {
                    [30, 30, 80, 255]
                })
            })
        })
        .collect()
}

/// A GIF that shows each frame for the given hundredths of a second.
pub(crate) fn animated_gif(frames: &[RgbaImage], delays: &[u32], repeat: Repeat) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut out, 30);
    encoder.set_repeat(repeat).unwrap();
    for (frame, delay) in frames.iter().zip(delays) {
        let delay = Delay::from_numer_denom_ms(delay * 10, 1);
        encoder
            .encode_frame(Frame::from_parts(frame.clone(), 0, 0, delay))
            .unwrap();
    }
    drop(encoder);
    out
}

/// An animated WebP built by hand from lossless pictures; durations in milliseconds.
pub(crate) fn animated_webp(frames: &[RgbaImage], durations: &[u32], plays: u16) -> Vec<u8> {
    let (width, height) = frames[0].dimensions();
    let mut body = b"WEBP".to_vec();
    let mut head = vec![0x12, 0, 0, 0];
    head.extend(&(width - 1).to_le_bytes()[..3]);
    head.extend(&(height - 1).to_le_bytes()[..3]);
    riff_chunk(&mut body, b"VP8X", &head);
    let mut control = vec![0; 4];
    control.extend(plays.to_le_bytes());
    riff_chunk(&mut body, b"ANIM", &control);
    for (frame, duration) in frames.iter().zip(durations) {
        let mut file = Vec::new();
        WebPEncoder::new_lossless(&mut file)
            .encode(frame, width, height, ExtendedColorType::Rgba8)
            .unwrap();
        let mut payload = vec![0; 6];
        payload.extend(&(width - 1).to_le_bytes()[..3]);
        payload.extend(&(height - 1).to_le_bytes()[..3]);
        payload.extend(&duration.to_le_bytes()[..3]);
        payload.push(0);
        payload.extend(&file[12..]);
        riff_chunk(&mut body, b"ANMF", &payload);
    }
    riff(&body)
}

pub(crate) fn riff(body: &[u8]) -> Vec<u8> {
    let mut file = b"RIFF".to_vec();
    file.extend((body.len() as u32).to_le_bytes());
    file.extend(body);
    file
}

pub(crate) fn riff_chunk(out: &mut Vec<u8>, name: &[u8; 4], payload: &[u8]) {
    out.extend(name);
    out.extend((payload.len() as u32).to_le_bytes());
    out.extend(payload);
    if payload.len() % 2 == 1 {
        out.push(0);
    }
}

/// Puts segments into a JPEG, right behind its start.
pub(crate) fn with_segments(jpeg: &[u8], segments: &[(u8, Vec<u8>)]) -> Vec<u8> {
    let mut out = jpeg[..2].to_vec();
    for (code, payload) in segments {
        out.extend([0xFF, *code]);
        out.extend((payload.len() as u16 + 2).to_be_bytes());
        out.extend(payload);
    }
    out.extend(&jpeg[2..]);
    out
}

/// The segments of a JPEG up to its first scan: code and payload.
pub(crate) fn segments(jpeg: &[u8]) -> Vec<(u8, Vec<u8>)> {
    let mut found = Vec::new();
    let mut at = 2;
    loop {
        assert_eq!(jpeg[at], 0xFF);
        let length = usize::from(u16::from_be_bytes([jpeg[at + 2], jpeg[at + 3]]));
        found.push((jpeg[at + 1], jpeg[at + 4..at + 2 + length].to_vec()));
        if jpeg[at + 1] == 0xDA {
            return found;
        }
        at += 2 + length;
    }
}

/// The chunks of a PNG: name and payload.
pub(crate) fn chunks(png: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut rest = &png[8..];
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let name = String::from_utf8(rest[4..8].to_vec()).unwrap();
        found.push((name, rest[8..8 + length].to_vec()));
        rest = &rest[12 + length..];
    }
    found
}

/// Puts a chunk into a PNG, right behind its header.
pub(crate) fn with_chunk(png: &[u8], name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut out = png[..33].to_vec();
    out.extend(chunk(name, payload));
    out.extend(&png[33..]);
    out
}

pub(crate) fn chunk(name: &[u8; 4], payload: &[u8]) -> Vec<u8> {
    let mut out = (payload.len() as u32).to_be_bytes().to_vec();
    out.extend(name);
    out.extend(payload);
    let mut sum = u32::MAX;
    for &byte in &out[4..] {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
        }
    }
    out.extend((!sum).to_be_bytes());
    out
}

/// An EXIF block (TIFF, little-endian) with orientation, camera, place (GPS) and a thumbnail.
pub(crate) fn exif(orientation: u16) -> Vec<u8> {
    let entry = |tag: u16, kind: u16, count: u32, value: u32| {
        let mut out = Vec::new();
        out.extend(tag.to_le_bytes());
        out.extend(kind.to_le_bytes());
        out.extend(count.to_le_bytes());
        out.extend(value.to_le_bytes());
        out
    };
    let thumbnail = jpeg(16, 16);
    let (first, gps, second) = (8_u32, 8 + 2 + 36 + 4, 8 + 2 + 36 + 4 + 2 + 24 + 4);
    let camera = second + 2 + 24 + 4;
    let place = camera + 16;
    let small = place + 24;
    let mut out = b"II\x2A\0".to_vec();
    out.extend(first.to_le_bytes());
    out.extend(3_u16.to_le_bytes());
    out.extend(entry(0x010F, 2, 16, camera));
    out.extend(entry(0x0112, 3, 1, u32::from(orientation)));
    out.extend(entry(0x8825, 4, 1, gps));
    out.extend(second.to_le_bytes());
    out.extend(2_u16.to_le_bytes());
    out.extend(entry(0x0001, 2, 2, u32::from(b'N')));
    out.extend(entry(0x0002, 5, 3, place));
    out.extend(0_u32.to_le_bytes());
    out.extend(2_u16.to_le_bytes());
    out.extend(entry(0x0201, 4, 1, small));
    out.extend(entry(0x0202, 4, 1, thumbnail.len() as u32));
    out.extend(0_u32.to_le_bytes());
    out.extend(b"SECRET-CAMERA-1\0");
    out.extend(b"SECRET-PLACE-52N-13E-000");
    out.extend(thumbnail);
    out
}

/// Whether bytes occur in other bytes.
pub(crate) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}
