//! Pictures and forms for the tests.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use crate::node::{Answer, Call, Node};
use crate::people::Person;

const BOUNDARY: &str = "----stoa-test-boundary";

/// A picture that differs with `seed`.
pub(crate) fn png(seed: u8) -> Vec<u8> {
    let picture = RgbImage::from_fn(24, 16, |x, y| Rgb([seed, (x * 10) as u8, (y * 15) as u8]));
    let mut bytes = Vec::new();
    picture
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .unwrap();
    bytes
}

/// A film of two frames.
pub(crate) fn gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    let frames =
        [40, 200].map(|red| Frame::new(RgbaImage::from_pixel(24, 16, Rgba([red, 9, 9, 255]))));
    encoder.encode_frames(frames).unwrap();
    drop(encoder);
    bytes
}

/// A form with a file and text fields.
pub(crate) fn form(file: Option<&[u8]>, fields: &[(&str, &str)]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(file) = file {
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cat.png\"\r\n\
             Content-Type: image/png\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

impl Call<'_> {
    /// As a browser sends a form with files.
    pub(crate) fn form(self, body: Vec<u8>) -> Self {
        self.bytes(&format!("multipart/form-data; boundary={BOUNDARY}"), body)
    }
}

impl Node {
    /// An upload.
    pub(crate) async fn upload(&self, by: &Person, file: &[u8], fields: &[(&str, &str)]) -> Answer {
        let body = form(Some(file), fields);
        self.call(http::Method::POST, "/media")
            .by(by)
            .form(body)
            .send()
            .await
    }
}
