//! The demo's pictures, painted by the program itself: one style per file, the list of paintings in `gallery`.
//!
//! The same list gives the same bytes on every machine: chance comes from fixed seeds. Called by `demo` at its start.

mod bloom;
mod canvas;
mod colour;
mod coral;
mod dots;
mod exif;
mod flow;
mod gallery;
mod glass;
mod lines;
mod mountains;
mod noise;
mod plant;
mod relief;
mod stars;
mod truchet;
mod warp;

use std::collections::HashMap;
use std::sync::Arc;

use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat, ImageResult, RgbImage};
use tokio::task::JoinSet;

pub(crate) use exif::CAMERA;

/// Milliseconds that a frame of a loop is shown.
const FRAME: u32 = 60;

/// Width and height in pixels.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    width: u32,
    height: u32,
}

impl Size {
    fn reach(self) -> (f32, f32) {
        (self.width as f32, self.height as f32)
    }
}

/// A picture as a file.
#[derive(Clone, Debug)]
pub(crate) struct Painting {
    /// What it is called, with its ending.
    pub(crate) file: String,
    /// Its media type.
    pub(crate) mime: &'static str,
    /// Its content.
    pub(crate) bytes: Arc<Vec<u8>>,
}

/// How a painting is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Png,
    Jpeg,
    /// A JPEG that says where it was taken, as telephones do.
    Telephone,
    /// A loop.
    Gif,
}

/// All paintings by name.
pub(crate) struct Paintings(HashMap<&'static str, Painting>);

impl Paintings {
    /// Paints all of them, off the async threads.
    ///
    /// # Errors
    /// A picture cannot be encoded.
    pub(crate) async fn make() -> anyhow::Result<Self> {
        let mut tasks = JoinSet::new();
        for work in &gallery::WORKS {
            tasks.spawn_blocking(move || {
                let frames = (work.brush)(work.size);
                Ok::<_, image::ImageError>((work.name, work.format.painting(work.name, frames)?))
            });
        }
        let mut paintings = HashMap::new();
        while let Some(painted) = tasks.join_next().await {
            let (name, painting) = painted??;
            paintings.insert(name, painting);
        }
        Ok(Self(paintings))
    }

    /// The painting of that name.
    pub(crate) fn get(&self, name: &str) -> anyhow::Result<&Painting> {
        let found = self.0.get(name);
        found.ok_or_else(|| anyhow::anyhow!("there is no painting {name:?}"))
    }
}

impl Format {
    fn painting(self, name: &str, frames: Vec<RgbImage>) -> ImageResult<Painting> {
        let (ending, mime) = match self {
            Self::Png => ("png", "image/png"),
            Self::Jpeg | Self::Telephone => ("jpg", "image/jpeg"),
            Self::Gif => ("gif", "image/gif"),
        };
        Ok(Painting {
            file: format!("{name}.{ending}"),
            mime,
            bytes: Arc::new(self.encode(frames)?),
        })
    }

    fn encode(self, frames: Vec<RgbImage>) -> ImageResult<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Self::Gif => {
                let mut encoder = GifEncoder::new_with_speed(&mut bytes, 20);
                encoder.set_repeat(Repeat::Infinite)?;
                for frame in frames {
                    let delay = Delay::from_numer_denom_ms(FRAME, 1);
                    let frame = DynamicImage::from(frame).to_rgba8();
                    encoder.encode_frame(Frame::from_parts(frame, 0, 0, delay))?;
                }
            }
            Self::Png => {
                for frame in frames {
                    let mut file = std::io::Cursor::new(&mut bytes);
                    frame.write_to(&mut file, ImageFormat::Png)?;
                }
            }
            Self::Jpeg | Self::Telephone => {
                for frame in frames {
                    JpegEncoder::new_with_quality(&mut bytes, 90).encode_image(&frame)?;
                }
            }
        }
        if self == Self::Telephone {
            bytes = exif::with_place(&bytes);
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    const SMALL: Size = Size {
        width: 96,
        height: 72,
    };

    #[test]
    fn every_brush_paints_the_same_picture_of_the_asked_size_again() {
        for work in &gallery::WORKS {
            let (first, second) = ((work.brush)(SMALL), (work.brush)(SMALL));
            assert!(!first.is_empty(), "{} paints nothing", work.name);
            assert!(first == second, "{} differs from itself", work.name);
            for frame in &first {
                assert_eq!(frame.dimensions(), (96, 72), "{}", work.name);
            }
        }
    }

    #[test]
    fn paintings_have_names_of_their_own_and_something_to_see() {
        let names: BTreeSet<&str> = gallery::WORKS.iter().map(|work| work.name).collect();
        assert_eq!(names.len(), gallery::WORKS.len());
        // In a dish much smaller than this, nothing that reacts can live.
        let size = Size {
            width: 240,
            height: 180,
        };
        for work in &gallery::WORKS {
            let frames = (work.brush)(size);
            let colours: BTreeSet<[u8; 3]> = frames[0].pixels().map(|pixel| pixel.0).collect();
            assert!(colours.len() > 8, "{} is nearly plain", work.name);
        }
    }

    #[test]
    fn loops_move_and_are_read_back_whole() {
        let mut loops = 0;
        for work in gallery::WORKS
            .iter()
            .filter(|work| work.format == Format::Gif)
        {
            let frames = (work.brush)(SMALL);
            assert!(frames.windows(2).any(|pair| pair[0] != pair[1]));
            let bytes = Format::Gif.encode(frames.clone()).unwrap();
            let decoder = image::codecs::gif::GifDecoder::new(std::io::Cursor::new(bytes)).unwrap();
            let read = image::AnimationDecoder::into_frames(decoder)
                .collect_frames()
                .unwrap();
            assert_eq!(read.len(), frames.len(), "{}", work.name);
            loops += 1;
        }
        assert!(loops >= 1);
    }

    #[test]
    fn the_telephone_says_where_it_was_and_is_still_a_jpeg() {
        let frames = vec![RgbImage::new(8, 8)];
        let plain = Format::Jpeg.encode(frames.clone()).unwrap();
        let told = Format::Telephone.encode(frames).unwrap();
        let camera = |bytes: &[u8]| {
            bytes
                .windows(CAMERA.len())
                .any(|part| part == CAMERA.as_bytes())
        };
        assert!(camera(&told) && !camera(&plain));
        assert!(image::load_from_memory_with_format(&told, ImageFormat::Jpeg).is_ok());
    }
}
