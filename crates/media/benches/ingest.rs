//! How much a picture costs from bytes to files on disk, against merely decoding it.
//!
//! Run with `cargo bench -p media`; the ratio of the two figures is what to watch.

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use media::{Ingest, Limits, Store};

/// 4000×3000 pixels with as much detail as a photograph has.
fn photograph() -> Vec<u8> {
    let mut noise = 1_u32;
    let image = RgbImage::from_fn(4000, 3000, |x, y| {
        noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (noise >> 28) as u8;
        let wave = ((x as f32 / 37.0).sin() + (y as f32 / 53.0).cos()) * 50.0 + 110.0;
        Rgb([
            wave as u8 + grain,
            (x / 20) as u8 + grain / 2,
            (y / 15) as u8 + grain / 2,
        ])
    });
    let mut out = Vec::new();
    JpegEncoder::new_with_quality(&mut out, 90)
        .encode_image(&image)
        .unwrap_or_else(|error| panic!("the sample cannot be made: {error}"));
    out
}

fn ingest(criterion: &mut Criterion) {
    let file = Bytes::from(photograph());
    let mut group = criterion.benchmark_group("12 megapixels");
    group.sample_size(10);

    group.bench_function("decode only", |bench| {
        bench.iter(|| image::load_from_memory(black_box(&file)).map(|image| image.width()));
    });

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .build()
        .unwrap_or_else(|error| panic!("no runtime: {error}"));
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let store = Store::open(folder.path()).unwrap_or_else(|error| panic!("no store: {error}"));
    let ingest = Ingest::new(store, Limits::default());
    group.bench_function("ingest", |bench| {
        bench.iter(|| runtime.block_on(ingest.bytes(black_box(file.clone()))));
    });
    group.finish();
}

criterion_group!(benches, ingest);
criterion_main!(benches);
