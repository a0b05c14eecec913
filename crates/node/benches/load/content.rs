//! A thread as people write them: answers with references, quotes and tags, every fifth with a picture.

use axum::body::Bytes;
use domain::attachment::{self, Meta};
use domain::{Handle, Id, post, thread};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

use crate::place::Place;

/// Opens a thread of `posts` posts, the first `pictures` times every fifth with a picture; answers its id.
pub(crate) async fn thread(place: &Place, posts: usize, pictures: usize) -> Id {
    let draft = thread::Draft {
        subject: Some("What did you draw today?".into()),
        body: "Show it here, whatever it is.\n\n**Finished or not.** #sketch #today".into(),
        media: picture(place, 0, pictures).await,
        ..thread::Draft::default()
    };
    let board = Handle::local("art");
    let opened = place
        .cx()
        .write(async |tx| thread::start(tx, &place.caller, &board, draft).await);
    let thread = opened.await.unwrap();
    for number in 1..posts {
        let media = picture(place, number, pictures).await;
        answer(place, thread, number, media).await;
    }
    thread
}

/// One more answer in the thread.
pub(crate) async fn answer(place: &Place, thread: Id, number: usize, media: Vec<Id>) -> Id {
    let draft = post::Draft {
        body: text(number),
        media,
        ..post::Draft::default()
    };
    let answered = place
        .cx()
        .write(async |tx| post::submit(tx, &place.caller, thread, draft).await);
    answered.await.unwrap()
}

fn text(number: usize) -> String {
    let before = number.max(2) - 1;
    format!(
        ">>{before}\n>the light in the upper corner\nThis is answer number {number} of the thread. I tried the same \
         with a *softer* pencil and more patience, and it came out better than I feared; the hands still look like \
         gloves, as they always do.\n\nNext time with ink. #sketch"
    )
}

/// Every fifth post has one, as long as there are any left.
async fn picture(place: &Place, number: usize, pictures: usize) -> Vec<Id> {
    if !number.is_multiple_of(5) || number / 5 >= pictures {
        return Vec::new();
    }
    let shade = u8::try_from(number * 2 % 256).unwrap_or_default();
    let pixels = RgbImage::from_fn(480, 360, |x, y| {
        let (across, down) = ((x / 2 % 256) as u8, (y / 2 % 256) as u8);
        Rgb([across, down.wrapping_add(shade), shade])
    });
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 90)
        .encode_image(&pixels)
        .unwrap();
    let kept = place.app.ingest.bytes(Bytes::from(file)).await.unwrap();
    let meta = Meta {
        alt: format!("Drawing number {number}"),
        ..Meta::default()
    };
    let id = place
        .cx()
        .write(async |tx| attachment::upload(tx, &place.caller, kept, meta).await);
    vec![id.await.unwrap()]
}
