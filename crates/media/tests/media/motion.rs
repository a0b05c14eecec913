//! Animations stay animations: same frames, same timing, same number of plays, in the file and in every rendition.

use std::io::Cursor;

use image::codecs::gif::{GifDecoder, Repeat};
use image::codecs::webp::WebPDecoder;
use image::metadata::LoopCount;
use image::{AnimationDecoder, Rgba, RgbaImage};
use media::{Format, STILL};

use crate::house::House;
use crate::samples;

/// Frames, milliseconds of each, and plays (0 for ever) of an animated WebP.
fn webp(file: &[u8]) -> (Vec<RgbaImage>, Vec<u32>, u32) {
    let decoder = WebPDecoder::new(Cursor::new(file)).unwrap();
    assert!(decoder.has_animation());
    let plays = match decoder.loop_count() {
        LoopCount::Infinite => 0,
        LoopCount::Finite(count) => count.get(),
    };
    let frames = decoder.into_frames().collect_frames().unwrap();
    let delays = frames
        .iter()
        .map(|f| f.delay().numer_denom_ms().0)
        .collect();
    let images = frames.into_iter().map(image::Frame::into_buffer).collect();
    (images, delays, plays)
}

/// Whether two pictures look alike.
fn alike(a: &RgbaImage, b: &RgbaImage) -> bool {
    let sum: u64 = a
        .iter()
        .zip(b.iter())
        .map(|(a, b)| u64::from(a.abs_diff(*b)))
        .sum();
    a.dimensions() == b.dimensions() && sum / (a.len() as u64) < 8
}

#[tokio::test]
async fn an_animated_gif_stays_animated_with_its_timing() {
    let house = House::new();
    let film = samples::film(700, 400, 5);
    for (repeat, plays) in [(Repeat::Infinite, 0), (Repeat::Finite(3), 4)] {
        let file = samples::animated_gif(&film, &[10, 20, 3, 50, 7], repeat);
        let picture = house.take(file).await.unwrap();
        assert_eq!((picture.format, picture.frames), (Format::Gif, 5));
        let names: Vec<_> = picture.renditions.iter().map(|r| r.name.as_str()).collect();
        assert_eq!(names, ["320", "640"]);
        for (name, size) in [("320", (320, 183)), ("640", (640, 366))] {
            let (frames, delays, found) = webp(&house.read(&picture, name).await);
            assert_eq!(delays, [100, 200, 30, 500, 70], "{name}");
            assert_eq!(found, plays, "3 repetitions are 4 plays");
            assert_eq!(frames[0].dimensions(), size);
        }
        let original = house.original(&picture).await;
        let kept = GifDecoder::new(Cursor::new(original)).unwrap();
        assert_eq!(kept.into_frames().count(), 5);
    }
}

#[tokio::test]
async fn the_first_frame_of_an_animation_is_kept_by_itself() {
    let house = House::new();
    for (size, kept) in [((1400, 700), (640, 320)), ((90, 60), (90, 60))] {
        let film = samples::film(size.0, size.1, 3);
        let file = samples::animated_webp(&film, &[40; 3], 0);
        let picture = house.take(file.clone()).await.unwrap();
        let still = picture.still.clone().unwrap();
        assert_eq!(
            (still.name.as_str(), (still.width, still.height)),
            (STILL, kept)
        );
        let bytes = house.read(&picture, STILL).await;
        assert_eq!(still.bytes, bytes.len() as u64);
        assert!(
            !WebPDecoder::new(Cursor::new(&bytes))
                .unwrap()
                .has_animation()
        );
        let variant = if size.0 > 320 { "640" } else { "320" };
        let (frames, _, _) = webp(&house.read(&picture, variant).await);
        let shown = house.shown(&picture, STILL).await.into_rgba8();
        assert!(alike(&shown, &frames[0]));
        assert!(!alike(&shown, &frames[2]));

        // What an earlier version took in has none until it comes again.
        let kept = house
            .root()
            .join(&picture.sha256[..2])
            .join(&picture.sha256);
        std::fs::remove_file(kept.join("still.webp")).unwrap();
        house.take(file).await.unwrap();
        assert_eq!(house.read(&picture, STILL).await, bytes);
    }
    let still = house.take(samples::animated_gif(
        &samples::film(40, 30, 1),
        &[10],
        Repeat::Infinite,
    ));
    assert_eq!(still.await.unwrap().still, None);
}

#[tokio::test]
async fn frames_of_a_rendition_show_what_the_frames_of_the_picture_show() {
    let house = House::new();
    let film = samples::film(240, 160, 6);
    let file = samples::animated_webp(&film, &[40; 6], 0);
    let picture = house.take(file).await.unwrap();
    let (frames, _, _) = webp(&house.read(&picture, "320").await);
    assert_eq!(frames.len(), film.len());
    for (index, (found, wanted)) in frames.iter().zip(&film).enumerate() {
        assert!(alike(found, wanted), "frame {index}");
    }
}

#[tokio::test]
async fn an_animated_webp_stays_animated_with_its_timing() {
    let house = House::new();
    let film = samples::film(64, 48, 4);
    let file = samples::animated_webp(&film, &[17, 1000, 33, 250], 2);
    let picture = house.take(file.clone()).await.unwrap();
    assert_eq!((picture.format, picture.frames), (Format::WebP, 4));
    assert_eq!(house.original(&picture).await, file, "nothing to remove");
    let (_, delays, plays) = webp(&house.read(&picture, "320").await);
    assert_eq!((delays, plays), (vec![17, 1000, 33, 250], 2));
}

/// One frame of an animated PNG: place and size, pixels, what follows it, how it is drawn, its delay.
struct Step {
    place: (u32, u32, u32, u32),
    pixel: [u8; 4],
    dispose: png::DisposeOp,
    blend: png::BlendOp,
    delay: (u16, u16),
}

fn apng(size: u32, steps: &[Step], plays: u32, with_default: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, size, size);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_animated(steps.len() as u32, plays).unwrap();
    encoder.set_sep_def_img(with_default).unwrap();
    let mut writer = encoder.write_header().unwrap();
    if with_default {
        let grey = [128_u8, 128, 128, 255].repeat((size * size) as usize);
        writer.write_image_data(&grey).unwrap();
    }
    for step in steps {
        let (x, y, width, height) = step.place;
        writer.set_frame_dimension(width, height).unwrap();
        writer.set_frame_position(x, y).unwrap();
        writer.set_dispose_op(step.dispose).unwrap();
        writer.set_blend_op(step.blend).unwrap();
        writer.set_frame_delay(step.delay.0, step.delay.1).unwrap();
        let data = step.pixel.repeat((width * height) as usize);
        writer.write_image_data(&data).unwrap();
    }
    writer.finish().unwrap();
    out
}

fn steps() -> Vec<Step> {
    use png::{BlendOp, DisposeOp};
    let step = |place, pixel, dispose, blend, delay| Step {
        place,
        pixel,
        dispose,
        blend,
        delay,
    };
    let whole = (0, 0, 64, 64);
    let corner = (0, 0, 32, 32);
    vec![
        step(
            whole,
            [0, 0, 200, 255],
            DisposeOp::None,
            BlendOp::Source,
            (1, 10),
        ),
        step(
            corner,
            [200, 0, 0, 255],
            DisposeOp::Previous,
            BlendOp::Source,
            (1, 30),
        ),
        step(
            corner,
            [0, 0, 0, 0],
            DisposeOp::None,
            BlendOp::Over,
            (1, 30),
        ),
        step(
            corner,
            [255, 255, 0, 128],
            DisposeOp::Background,
            BlendOp::Over,
            (1, 30),
        ),
        step(
            (32, 32, 32, 32),
            [0, 200, 0, 255],
            DisposeOp::None,
            BlendOp::Source,
            (5, 0),
        ),
    ]
}

#[tokio::test]
async fn an_animated_png_stays_animated_with_its_timing_and_drawing() {
    let house = House::new();
    for with_default in [false, true] {
        let picture = house
            .take(apng(64, &steps(), 7, with_default))
            .await
            .unwrap();
        assert_eq!((picture.format, picture.frames), (Format::Png, 5));
        let (frames, delays, plays) = webp(&house.read(&picture, "320").await);
        assert_eq!(plays, 7);
        // The third frame draws nothing over what the second gave back: in the film it is a change, in time a third.
        assert_eq!(delays, [100, 33, 34, 33, 50]);
        let seen = |frame: usize, x, y| frames[frame].get_pixel(x, y).0;
        let near = |found: [u8; 4], wanted: [u8; 4]| {
            assert!(
                found.iter().zip(wanted).all(|(a, b)| a.abs_diff(b) < 24),
                "{found:?} for {wanted:?}"
            );
        };
        near(seen(0, 10, 10), [0, 0, 200, 255]);
        near(seen(1, 10, 10), [200, 0, 0, 255]);
        near(seen(2, 10, 10), [0, 0, 200, 255]);
        near(seen(3, 10, 10), [128, 128, 100, 255]);
        assert_eq!(seen(4, 10, 10)[3], 0, "cleared");
        near(seen(4, 50, 50), [0, 200, 0, 255]);
        near(seen(4, 50, 10), [0, 0, 200, 255]);
    }
}

#[tokio::test]
async fn the_first_frame_may_ask_for_its_predecessor() {
    let house = House::new();
    let mut steps = steps();
    steps[0].dispose = png::DisposeOp::Previous;
    let picture = house.take(apng(64, &steps, 0, false)).await.unwrap();
    let (frames, _, _) = webp(&house.read(&picture, "320").await);
    assert_eq!(
        frames[1].get_pixel(50, 50).0[3],
        0,
        "the first frame is gone"
    );
}

#[tokio::test]
async fn deep_animated_pngs_are_taken() {
    let house = House::new();
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, 20, 20);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Sixteen);
    encoder.set_animated(2, 0).unwrap();
    let mut writer = encoder.write_header().unwrap();
    for value in [0x4000_u16, 0xC000] {
        let data = value.to_be_bytes().repeat(20 * 20 * 3);
        writer.write_image_data(&data).unwrap();
    }
    writer.finish().unwrap();
    let picture = house.take(out).await.unwrap();
    let (frames, _, _) = webp(&house.read(&picture, "320").await);
    assert!(alike(
        &frames[0],
        &RgbaImage::from_pixel(20, 20, Rgba([64, 64, 64, 255]))
    ));
    assert!(alike(
        &frames[1],
        &RgbaImage::from_pixel(20, 20, Rgba([192, 192, 192, 255]))
    ));
}

#[tokio::test]
async fn transparent_animations_stay_transparent() {
    let house = House::new();
    let frames: Vec<_> = (0..3)
        .map(|step| {
            RgbaImage::from_fn(40, 40, |x, _| {
                if x / 10 == step {
                    Rgba([255, 0, 0, 255])
                } else {
                    Rgba([0, 0, 0, 0])
                }
            })
        })
        .collect();
    let mut file = samples::animated_webp(&frames, &[100; 3], 0);
    // Each frame replaces the last one.
    let starts: Vec<_> = (0..file.len() - 4)
        .filter(|&at| &file[at..at + 4] == b"ANMF")
        .collect();
    for at in starts {
        file[at + 8 + 15] = 2;
    }
    let picture = house.take(file).await.unwrap();
    let (shown, _, _) = webp(&house.read(&picture, "320").await);
    for (step, frame) in shown.iter().enumerate() {
        for column in 0..4 {
            let alpha = frame.get_pixel(column * 10 + 5, 20).0[3];
            assert_eq!(
                alpha == 255,
                column as usize == step,
                "frame {step}, column {column}"
            );
        }
    }
}

#[tokio::test]
async fn an_animation_of_one_frame_is_a_still_picture() {
    let house = House::new();
    let film = samples::film(50, 40, 1);
    for file in [
        samples::animated_gif(&film, &[10], Repeat::Infinite),
        samples::animated_webp(&film, &[100], 0),
    ] {
        let picture = house.take(file).await.unwrap();
        assert_eq!(picture.frames, 1);
        let shown = house.shown(&picture, "320").await.into_rgba8();
        assert!(alike(&shown, &film[0]));
    }
}
