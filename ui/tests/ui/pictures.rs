//! Small pictures, made here.

use std::io::Write;

/// A PNG of that size in one colour.
pub(crate) fn png(width: u32, height: u32) -> Vec<u8> {
    let pixels = pixels(width, height, [200, 120, 60]);
    file(width, height, &[(*b"IDAT", pixels)])
}

/// An animated PNG of that size: a second in one colour, a second in another.
pub(crate) fn animated_png(width: u32, height: u32) -> Vec<u8> {
    let control = |sequence: u32| {
        let mut control = Vec::new();
        for number in [sequence, width, height, 0, 0] {
            control.extend(number.to_be_bytes());
        }
        control.extend([0, 1, 0, 1, 0, 0]);
        control
    };
    let mut second = 2_u32.to_be_bytes().to_vec();
    second.extend(pixels(width, height, [20, 60, 200]));
    let chunks = [
        (*b"acTL", [2_u32.to_be_bytes(), [0; 4]].concat()),
        (*b"fcTL", control(0)),
        (*b"IDAT", pixels(width, height, [200, 120, 60])),
        (*b"fcTL", control(1)),
        (*b"fdAT", second),
    ];
    file(width, height, &chunks)
}

fn pixels(width: u32, height: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    for _ in 0..height {
        zlib.write_all(&[0]).unwrap();
        zlib.write_all(&colour.repeat(width as usize)).unwrap();
    }
    zlib.finish().unwrap()
}

fn file(width: u32, height: u32, chunks: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 2, 0, 0, 0]);
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    put(&mut file, *b"IHDR", &header);
    for (kind, data) in chunks {
        put(&mut file, *kind, data);
    }
    put(&mut file, *b"IEND", &[]);
    file
}

fn put(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    file.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    let mut crc = flate2::Crc::new();
    crc.update(&kind);
    crc.update(data);
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}
