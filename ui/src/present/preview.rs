//! What a page says of itself to search engines, chats and other sites that show where a link leads.
//!
//! What is covered on the page is covered there too: of a post with a content warning only the warning is told, and a
//! picture is shown only where everybody sees it without a further click.

use domain::account::{Account, State};
use domain::attachment::Attachment;
use domain::board::Board;
use domain::post::Post;

use super::picture;
use crate::view::{Preview, Shell};
use crate::visit::Visit;

/// Characters of a description: about what search engines show.
const WORDS: usize = 160;

/// A text somebody wrote, as a description.
pub(crate) fn short(text: &str) -> String {
    markup::shorten(&markup::plain_line(text), WORDS)
}

/// The site as a whole, where it says something of itself.
pub(crate) fn site(shell: &mut Shell, visit: &Visit) {
    shell.preview = Some(preview("website", "/", visit));
}

/// A board, at its page `path`.
pub(crate) fn board(shell: &mut Shell, board: &Board, path: &str, visit: &Visit) {
    describe(shell, markup::excerpt(&board.about_html, WORDS));
    shell.preview = Some(preview("website", path, visit));
}

/// A thread or a post of it, at its page `path`.
pub(crate) fn post(shell: &mut Shell, post: &Post, board: &Board, path: &str, visit: &Visit) {
    if post.deleted.is_some() {
        return;
    }
    let words = match post.warning() {
        Some(warning) => short(&format!("Content warning: {warning}")),
        None => markup::excerpt(&post.html, WORDS),
    };
    describe(shell, words);
    let mut preview = preview("article", path, visit);
    let open = !board.settings.nsfw && !post.sensitive && post.warning().is_none();
    let shown = post.media.iter().find(|media| open && !media.sensitive);
    preview.picture = shown.and_then(|media| absolute(media, visit));
    shell.preview = Some(preview);
}

/// Somebody, at their page.
pub(crate) fn account(shell: &mut Shell, account: &Account, visit: &Visit) {
    if account.state != State::Active {
        return;
    }
    describe(shell, markup::excerpt(&account.about_html, WORDS));
    let mut preview = preview("profile", &account.path(), visit);
    preview.picture = account.avatar.as_ref().map(|sha| {
        let address = format!("{}/media/{sha}/320.webp", visit.site.origin);
        (address, String::new())
    });
    shell.preview = Some(preview);
}

/// In place of what the site says of itself.
fn describe(shell: &mut Shell, words: String) {
    if !words.is_empty() {
        shell.about = words;
    }
}

fn preview(kind: &'static str, path: &str, visit: &Visit) -> Preview {
    Preview {
        kind,
        address: format!("{}{path}", visit.site.origin),
        picture: None,
    }
}

fn absolute(media: &Attachment, visit: &Visit) -> Option<(String, String)> {
    let path = picture::preview(media)?;
    let address = format!("{}{path}", visit.site.origin);
    Some((address, media.alt.clone()))
}
