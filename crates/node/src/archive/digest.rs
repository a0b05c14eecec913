//! Hashes of what passes by.

use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Reads from another reader and keeps count and hash of what was read.
pub(super) struct Counting<R> {
    from: R,
    hash: Sha256,
    pub(super) bytes: u64,
}

impl<R: Read> Counting<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from,
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    /// The hash of all that was read.
    pub(super) fn sum(self) -> String {
        hex::encode(self.hash.finalize())
    }
}

impl<R: Read> Read for Counting<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.from.read(buffer)?;
        self.hash.update(&buffer[..count]);
        self.bytes += u64::try_from(count).unwrap_or_default();
        Ok(count)
    }
}

/// The hash of a sequence of files: of their names and hashes, however many there are.
#[derive(Default)]
pub(super) struct Sequence(Sha256);

impl Sequence {
    pub(super) fn add(&mut self, name: &str, sum: &str) {
        self.0.update(format!("{name} {sum}\n"));
    }

    pub(super) fn sum(self) -> String {
        hex::encode(self.0.finalize())
    }
}
