//! All limits on pictures in one place.
//!
//! They hold per picture. The memory of the whole process is bounded by `memory` times the number of pictures
//! [`Ingest`](crate::Ingest) works on at once.

/// What one picture may cost. Everything is checked against headers, before decoding.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the uploaded file. Default 16 MiB, what Mastodon takes too.
    pub bytes: u64,
    /// Pixels of one picture or one frame, width times height. Default 50 million.
    pub pixels: u64,
    /// Pixels of the longest side. Default 16384.
    pub side: u32,
    /// Frames of an animation. Default 600.
    pub frames: u32,
    /// Pixels of all frames together. Default 400 million, some ten seconds of work for one core.
    pub total_pixels: u64,
    /// Bytes of memory that decoding one picture may take, estimated from its headers. Default 256 MiB.
    pub memory: u64,
    /// Scans of one JPEG. Default 100: real files have about ten, and each one costs a pass over the whole picture
    /// however few bytes it has.
    pub scans: u32,
    /// Bytes of a colour profile. Larger ones are dropped, not refused. Default 1 MiB.
    pub profile: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            pixels: 50_000_000,
            side: 16_384,
            frames: 600,
            total_pixels: 400_000_000,
            memory: 256 << 20,
            scans: 100,
            profile: 1 << 20,
        }
    }
}
