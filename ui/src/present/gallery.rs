//! Pictures of many posts: in a grid, and one a screen.

use domain::attachment::Attachment;
use domain::gallery::Shown;
use domain::post::Post;
use domain::preference::Conduct;

use super::picture::{Loading, face, screen};
use super::{board_ref_name, person, post_path, title};
use crate::inside::Inside;
use crate::view::{Face, Focus, Shot};
use crate::visit::Visit;

/// A picture in a gallery.
pub(crate) fn shot(
    shown: &Shown,
    inside: &Inside,
    visit: &Visit,
    loading: Loading,
) -> Option<Shot> {
    let post = &shown.post;
    let conduct = &visit.chosen.conduct;
    Some(Shot {
        href: format!("{}#{}", inside.picture(post.id), shown.media.id),
        place: post_path(post),
        board: board_ref_name(&post.board),
        face: match cover(shown, conduct) {
            Some(why) => Face::Hidden(why),
            None => Face::Picture(face(&shown.media, loading, conduct)?),
        },
        title: title(post),
        by: person(&post.author).name,
    })
}

/// A picture on a screen of its own.
pub(crate) fn slide(
    media: &Attachment,
    post: &Post,
    loading: Loading,
    conduct: &Conduct,
) -> Option<Focus> {
    screen(media, post, loading, conduct)
}

/// What a picture is hidden behind at first: the post's warning, or that it is sensitive.
pub(crate) fn cover(shown: &Shown, conduct: &Conduct) -> Option<String> {
    let warning = shown.post.warning();
    if conduct.open_sensitive {
        return warning.map(str::to_owned);
    }
    shown
        .is_covered()
        .then(|| warning.unwrap_or("Sensitive picture").to_owned())
}
