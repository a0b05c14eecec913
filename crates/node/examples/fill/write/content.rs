//! What was posted: threads, posts, references, tags, pictures, votes.

use rand::Rng;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::Fixed;
use crate::community::chance::source;
use crate::community::plan::{MEDIA, POST, Plan, Post};
use crate::community::sink::Sink;
use crate::community::text;

/// Thumbhash and blurhash of a picture that is mostly sky.
const THUMBHASH: &str = "1QcSHQRnh493V4dIh4eXh1h4kJUI";
const BLURHASH: &str = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";

pub(super) async fn threads(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("threads").await?;
    for thread in &plan.threads {
        let opening = &plan.posts[thread.opening as usize];
        let board = &plan.boards[thread.board as usize];
        let row = json!({
            "id": opening.id,
            "board_id": board.id,
            "author_id": plan.people[opening.author as usize].id,
            "local": board.host.is_empty(),
            "reply_count": thread.replies,
            "media_count": thread.pictures,
            "likes": opening.likes,
            "bumped_at": thread.bumped_at.0,
            "revision": thread.replies + 1,
        });
        sink.row(&row).await?;
    }
    Ok(())
}

pub(super) async fn posts(plan: &Plan, fixed: &Fixed, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("posts").await?;
    for (number, post) in plan.posts.iter().enumerate() {
        sink.row(&post_row(plan, fixed, number, post)).await?;
    }
    Ok(())
}

fn post_row(plan: &Plan, fixed: &Fixed, number: usize, post: &Post) -> Value {
    let thread = &plan.threads[post.thread as usize];
    let author = &plan.people[post.author as usize];
    let opens = thread.opening as usize == number;
    let mut rng = source(plan.seed, POST, number + (1 << 40));
    let subject = (opens && rng.random_ratio(4, 5)).then(|| text::subject(&mut rng));
    let (body, html) = body(plan, fixed, number, post, &mut rng);
    let uri = format!("{}/p/{}", fixed.origin_of(&author.host), post.id);
    json!({
        "id": post.id,
        "thread_id": plan.posts[thread.opening as usize].id,
        "board_id": plan.boards[thread.board as usize].id,
        "author_id": author.id,
        "no": post.no,
        "uri": uri,
        "url": uri,
        "parent_id": (!opens).then(|| plan.posts[post.parent as usize].id),
        "subject": subject,
        "body": body,
        "html": html,
        "language": "en",
        "sensitive": rng.random_ratio(1, 50),
        "sage": post.sage,
        "likes": post.likes,
        "dislikes": post.dislikes,
        "created_at": post.at.0,
    })
}

/// Text and HTML of a post: its reference, its paragraphs, its tags.
fn body(
    plan: &Plan,
    fixed: &Fixed,
    number: usize,
    post: &Post,
    rng: &mut StdRng,
) -> (String, String) {
    let mut lines = text::paragraphs(rng);
    let mut html: Vec<String> = lines.iter().map(|line| format!("<p>{line}</p>")).collect();
    if let Some(no) = referred(plan, number, post) {
        lines.insert(0, format!(">>{no}"));
        html.insert(
            0,
            format!("<p><a class=\"ref\" data-ref=\"{no}\">&gt;&gt;{no}</a></p>"),
        );
    }
    let tags = plan.tags_of(number);
    if !tags.is_empty() {
        let names: Vec<&String> = tags.iter().map(|tag| &plan.tags[*tag].name).collect();
        let plain: Vec<String> = names.iter().map(|name| format!("#{name}")).collect();
        let links: Vec<String> = names
            .iter()
            .map(|name| {
                let origin = &fixed.origin;
                format!("<a href=\"{origin}/t/{name}\" class=\"hashtag\" rel=\"nofollow noopener ugc\">#{name}</a>")
            })
            .collect();
        lines.push(plain.join(" "));
        html.push(format!("<p>{}</p>", links.join(" ")));
    }
    (lines.join("\n\n"), html.join("\n"))
}

/// The number a post refers to: that of the post it answers, unless that opens the thread.
fn referred(plan: &Plan, number: usize, post: &Post) -> Option<u32> {
    let opening = plan.threads[post.thread as usize].opening;
    let answers = post.parent != opening && post.parent as usize != number;
    answers.then(|| plan.posts[post.parent as usize].no)
}

pub(super) async fn references(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("refs").await?;
    for (number, post) in plan.posts.iter().enumerate() {
        let Some(no) = referred(plan, number, post) else {
            continue;
        };
        let board = &plan.boards[plan.threads[post.thread as usize].board as usize];
        let row = json!({
            "id": post.id,
            "from_post": post.id,
            "written": format!(">>{no}"),
            "to_host": board.host,
            "to_board": board.name,
            "to_no": no,
        });
        sink.row(&row).await?;
    }
    Ok(())
}

pub(super) async fn tagged(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("post_tags").await?;
    for (number, post) in plan.posts.iter().enumerate() {
        for tag in plan.tags_of(number) {
            let opens = plan.threads[post.thread as usize].opening as usize == number;
            let row = json!({"post_id": post.id, "tag_id": plan.tags[tag].id, "opens": opens});
            sink.row(&row).await?;
        }
    }
    Ok(())
}

/// A picture as it follows from its number.
struct Picture {
    sha256: String,
    mime: &'static str,
    width: i32,
    height: i32,
    bytes: i64,
    colour: String,
}

impl Picture {
    fn draw(plan: &Plan, number: usize) -> Self {
        let mut rng = source(plan.seed, MEDIA, number);
        let digits: Vec<String> = (0..4)
            .map(|_| format!("{:016x}", rng.random::<u64>()))
            .collect();
        let mime = match rng.random_range(0..100) {
            0..70 => "image/jpeg",
            70..90 => "image/png",
            90..97 => "image/webp",
            _ => "image/gif",
        };
        let width = rng.random_range(400..4000);
        let height = rng.random_range(400..4000);
        let lightness = rng.random_range(0..8);
        let hue = ["n", "a", "b", "c", "d", "e"][rng.random_range(0..6)];
        Self {
            sha256: digits.concat(),
            mime,
            width,
            height,
            bytes: i64::from(width) * i64::from(height) / 6,
            colour: format!("c{lightness}{hue}"),
        }
    }
}

pub(super) async fn media(plan: &Plan, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("media").await?;
    for (number, refs) in plan.media.iter().enumerate() {
        let picture = Picture::draw(plan, number);
        let row = json!({
            "sha256": picture.sha256,
            "mime": picture.mime,
            "bytes": picture.bytes,
            "width": picture.width,
            "height": picture.height,
            "frames": 1,
            "thumbhash": THUMBHASH,
            "blurhash": BLURHASH,
            "colour": picture.colour,
            "refs": refs,
            "touched_at": plan.until.0,
        });
        sink.row(&row).await?;
    }
    sink.table("renditions").await?;
    for number in 0..plan.media.len() {
        let picture = Picture::draw(plan, number);
        for side in [320, 640, 1280] {
            if side > picture.width.max(picture.height) {
                continue;
            }
            let longer = picture.width.max(picture.height);
            let row = json!({
                "sha256": picture.sha256,
                "name": side.to_string(),
                "mime": "image/webp",
                "width": (picture.width * side / longer).max(1),
                "height": (picture.height * side / longer).max(1),
                "bytes": i64::from(side) * i64::from(side) / 10,
            });
            sink.row(&row).await?;
        }
    }
    Ok(())
}

pub(super) async fn attachments(plan: &Plan, fixed: &Fixed, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("attachments").await?;
    for post in &plan.posts {
        let author = &plan.people[post.author as usize];
        for position in 0..post.pictures {
            let attachment = post.first_picture + position;
            let file = plan.pictures[attachment as usize] as usize;
            let mut rng = source(plan.seed, MEDIA, attachment as usize + (1 << 40));
            let picture = Picture::draw(plan, file);
            let remote = (!author.host.is_empty())
                .then(|| format!("{}/media/{attachment}", fixed.origin_of(&author.host)));
            let alt = if rng.random_ratio(3, 5) {
                text::sentence(&mut rng)
            } else {
                String::new()
            };
            let row = json!({
                "id": post.id + i64::from(position) + 1,
                "post_id": post.id,
                "owner_id": author.id,
                "board_id": plan.boards[plan.threads[post.thread as usize].board as usize].id,
                "position": position,
                "state": "ready",
                "sha256": picture.sha256,
                "remote_url": remote,
                "alt": alt,
                "mime": picture.mime,
                "width": picture.width,
                "height": picture.height,
                "blurhash": BLURHASH,
                "created_at": post.at.0,
            });
            sink.row(&row).await?;
        }
    }
    Ok(())
}

pub(super) async fn votes(plan: &Plan, fixed: &Fixed, sink: &mut Sink) -> anyhow::Result<()> {
    sink.table("votes").await?;
    for (number, post) in plan.posts.iter().enumerate() {
        let mut rng = source(plan.seed, POST, number + (1 << 41));
        let first = rng.random_range(0..plan.people.len());
        for at in 0..post.likes + post.dislikes {
            let voter = &plan.people[(first + at as usize) % plan.people.len()];
            let value = if at < post.likes { 1 } else { -1 };
            let row = json!({
                "post_id": post.id,
                "account_id": voter.id,
                "value": value,
                "uri": format!("{}/votes/{}-{}", fixed.origin_of(&voter.host), post.id, voter.id),
                "updated_at": post.at.plus(i64::from(at) * 60_000_000).0,
            });
            sink.row(&row).await?;
        }
    }
    Ok(())
}
