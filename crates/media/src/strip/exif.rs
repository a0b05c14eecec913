//! The one tag of EXIF that is kept: which way up the picture is (Exif 2.32, tag 0x0112).
//!
//! Without it photographs of telephones would lie on their side, since their pixels are never rewritten.

use image::metadata::Orientation;

const PREFIX: &[u8] = b"Exif\0\0";

/// The orientation in an EXIF block, with or without its `Exif` prefix; upright where it says nothing sensible.
pub(super) fn orientation(block: &[u8]) -> Orientation {
    let tiff = block.strip_prefix(PREFIX).unwrap_or(block);
    Orientation::from_exif_chunk(tiff).unwrap_or(Orientation::NoTransforms)
}

/// A TIFF block that says nothing but the orientation; `None` when the picture is upright and none is needed.
pub(super) fn minimal(orientation: Orientation) -> Option<[u8; 26]> {
    if orientation == Orientation::NoTransforms {
        return None;
    }
    let mut tiff = *b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    tiff[19] = orientation.to_exif();
    Some(tiff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minimal_block_says_what_was_read() {
        for value in 2..=8 {
            let wanted = Orientation::from_exif(value).unwrap();
            let block = minimal(wanted).unwrap();
            assert_eq!(orientation(&block), wanted);
            assert_eq!(orientation(&[PREFIX, &block].concat()), wanted);
        }
        assert_eq!(minimal(Orientation::NoTransforms), None);
        assert_eq!(orientation(b"junk"), Orientation::NoTransforms);
    }
}
