//! The node itself.

use domain::{account, limits, site};
use serde::Serialize;
use utoipa::ToSchema;
use web::App;

/// A node.
#[derive(Serialize, ToSchema)]
pub(crate) struct Instance {
    name: String,
    description: String,
    /// What stands behind the `@` of its handles.
    host: String,
    /// Its front page.
    url: String,
    /// Always `stoa`.
    software: &'static str,
    version: &'static str,
    registration: Registered,
    rules: Vec<String>,
    /// What the site says about itself; empty where it says nothing.
    about_html: String,
    /// What it says about privacy; empty where it says nothing.
    privacy_html: String,
    /// How to reach its admins: an address, a link or a handle.
    contact: Option<String>,
    /// Who may make boards: `accounts`, `moderators` or `admins` of this server.
    board_makers: &'static str,
    limits: Limits,
    statistics: Statistics,
}

/// How people come to an account.
#[derive(Serialize, ToSchema)]
#[schema(as = Registration)]
struct Registered {
    /// `open` or `closed`.
    mode: &'static str,
}

/// What a client must know before it sends something. Texts are counted in characters.
#[derive(Serialize, ToSchema)]
struct Limits {
    name: usize,
    display_name: usize,
    bio: usize,
    profile_fields: usize,
    profile_field: usize,
    password_min: usize,
    password_max: usize,
    board_title: usize,
    board_description: usize,
    board_rules: usize,
    subject: usize,
    body: usize,
    content_warning: usize,
    /// Pictures of one post.
    media: usize,
    alt: usize,
    tags: usize,
    reason: usize,
    /// Items of a list at most.
    page: i64,
    /// Bytes of a picture.
    picture_bytes: u64,
    /// Width times height of a picture.
    picture_pixels: u64,
    /// Pixels of a picture's longest side.
    picture_side: u32,
    /// Frames of an animation.
    picture_frames: u32,
    /// Media types of pictures.
    picture_types: Vec<&'static str>,
    /// Hours an uploaded picture waits for its post.
    loose_media_hours: i64,
}

/// What the node holds.
#[derive(Serialize, ToSchema)]
struct Statistics {
    /// Of this node.
    accounts: i64,
    /// Of this node.
    boards: i64,
    /// On its boards.
    threads: i64,
    /// Of its accounts.
    posts: i64,
    /// Servers it knows.
    peers: i64,
}

impl Instance {
    pub(crate) fn of(app: &App, settings: site::Settings, counts: account::InstanceCounts) -> Self {
        let site = &app.cx.site;
        let html = |text: &str| markup::render(text, &site.origin).html;
        Self {
            about_html: html(&settings.about),
            privacy_html: html(&settings.privacy),
            contact: Some(settings.contact).filter(|contact| !contact.is_empty()),
            board_makers: settings.makers.name(),
            name: settings.name,
            description: settings.description,
            host: site.host.clone(),
            url: format!("{}/", site.origin),
            software: "stoa",
            version: app.version,
            registration: Registered {
                mode: settings.registration.name(),
            },
            rules: settings.rules,
            limits: Limits::of(app),
            statistics: Statistics {
                accounts: counts.accounts,
                boards: counts.boards,
                threads: counts.threads,
                posts: counts.posts,
                peers: counts.peers,
            },
        }
    }
}

impl Limits {
    fn of(app: &App) -> Self {
        let pictures = app.ingest.limits();
        Self {
            name: limits::NAME,
            display_name: limits::TITLE,
            bio: limits::ABOUT,
            profile_fields: limits::FIELDS,
            profile_field: limits::FIELD,
            password_min: *limits::PASSWORD.start(),
            password_max: *limits::PASSWORD.end(),
            board_title: limits::TITLE,
            board_description: limits::ABOUT,
            board_rules: limits::RULES,
            subject: limits::SUBJECT,
            body: limits::BODY,
            content_warning: limits::CONTENT_WARNING,
            media: app.cx.site.pictures,
            alt: limits::ALT,
            tags: limits::TAGS,
            reason: limits::REASON,
            page: limits::PAGE_MOST,
            picture_bytes: pictures.bytes,
            picture_pixels: pictures.pixels,
            picture_side: pictures.side,
            picture_frames: pictures.frames,
            picture_types: media::Format::ALL.map(media::Format::mime).to_vec(),
            loose_media_hours: limits::LOOSE_MEDIA_HOURS,
        }
    }
}
