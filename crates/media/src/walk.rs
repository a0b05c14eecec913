//! Reads numbers and slices off a file from front to back; running out of bytes is the fault «cut short».

use crate::{Fault, Format};

/// A position in the bytes of one file.
pub(crate) struct Walk<'a> {
    format: Format,
    data: &'a [u8],
    at: usize,
}

impl<'a> Walk<'a> {
    pub(crate) fn new(format: Format, data: &'a [u8]) -> Self {
        Self {
            format,
            data,
            at: 0,
        }
    }

    /// The next `count` bytes.
    pub(crate) fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let slice = self
            .at
            .checked_add(count)
            .and_then(|end| self.data.get(self.at..end))
            .ok_or_else(|| Fault::cut_short(self.format))?;
        self.at += count;
        Ok(slice)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, Fault> {
        Ok(self.take(1)?[0])
    }

    pub(crate) fn le16(&mut self) -> Result<u16, Fault> {
        let b = self.take(2)?;
        Ok(u16::from_le_bytes([b[0], b[1]]))
    }

    pub(crate) fn be16(&mut self) -> Result<u16, Fault> {
        let b = self.take(2)?;
        Ok(u16::from_be_bytes([b[0], b[1]]))
    }

    pub(crate) fn le32(&mut self) -> Result<u32, Fault> {
        let b = self.take(4)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }

    pub(crate) fn be32(&mut self) -> Result<u32, Fault> {
        let b = self.take(4)?;
        Ok(u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
    }

    /// Three bytes, little-endian: the numbers of WebP.
    pub(crate) fn le24(&mut self) -> Result<u32, Fault> {
        let b = self.take(3)?;
        Ok(u32::from_le_bytes([b[0], b[1], b[2], 0]))
    }

    /// Where the walk is now, to cut out what was walked over with [`Self::since`].
    pub(crate) fn mark(&self) -> usize {
        self.at
    }

    /// Everything from `mark` to here.
    pub(crate) fn since(&self, mark: usize) -> &'a [u8] {
        &self.data[mark..self.at]
    }

    /// Everything that is still ahead.
    pub(crate) fn rest(&self) -> &'a [u8] {
        &self.data[self.at..]
    }
}
