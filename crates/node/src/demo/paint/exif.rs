//! An EXIF block with a camera's name and a place, so that the demo shows how a node takes it off again.
//!
//! TIFF 6.0 inside an APP1 segment, little-endian; the place is in the middle of the Atlantic. Used by `paint`.

/// The camera that the block names; no file that a node serves may contain it.
pub(crate) const CAMERA: &str = "Stoa demo telephone";

/// Bytes of a field of a directory.
const FIELD: usize = 12;

/// The JPEG with the block behind its first marker.
pub(super) fn with_place(jpeg: &[u8]) -> Vec<u8> {
    let Some((start, rest)) = jpeg.split_at_checked(2) else {
        return jpeg.to_vec();
    };
    let block = block();
    let mut told = start.to_vec();
    told.extend([0xFF, 0xE1]);
    let length = u16::try_from(block.len() + 2).unwrap_or(u16::MAX);
    told.extend(length.to_be_bytes());
    told.extend(block);
    told.extend(rest);
    told
}

fn block() -> Vec<u8> {
    let camera: Vec<u8> = CAMERA.bytes().chain([0]).collect();
    // Header, the first directory with two fields, the directory of the place with four, then what is longer
    // than four bytes.
    let places = 8 + 2 + 2 * FIELD + 4;
    let texts = places + 2 + 4 * FIELD + 4;
    let north = texts + camera.len() + camera.len() % 2;
    let west = north + 24;

    let mut tiff = b"II\x2A\0\x08\0\0\0".to_vec();
    tiff.extend(2_u16.to_le_bytes());
    field(&mut tiff, 0x0110, 2, camera.len(), offset(texts));
    field(&mut tiff, 0x8825, 4, 1, offset(places));
    tiff.extend([0; 4]);
    tiff.extend(4_u16.to_le_bytes());
    field(&mut tiff, 1, 2, 2, *b"N\0\0\0");
    field(&mut tiff, 2, 5, 3, offset(north));
    field(&mut tiff, 3, 2, 2, *b"W\0\0\0");
    field(&mut tiff, 4, 5, 3, offset(west));
    tiff.extend([0; 4]);
    tiff.extend(&camera);
    if !camera.len().is_multiple_of(2) {
        tiff.push(0);
    }
    for (number, of) in [(38_u32, 1_u32), (30, 1), (0, 1), (28, 1), (37, 1), (12, 1)] {
        tiff.extend(number.to_le_bytes());
        tiff.extend(of.to_le_bytes());
    }
    let mut block = b"Exif\0\0".to_vec();
    block.extend(tiff);
    block
}

fn field(tiff: &mut Vec<u8>, tag: u16, kind: u16, count: usize, value: [u8; 4]) {
    tiff.extend(tag.to_le_bytes());
    tiff.extend(kind.to_le_bytes());
    tiff.extend(offset(count));
    tiff.extend(value);
}

fn offset(at: usize) -> [u8; 4] {
    u32::try_from(at).unwrap_or(u32::MAX).to_le_bytes()
}
