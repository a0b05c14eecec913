//! Boards: in a list, and as the head of their pages.

use domain::Role;
use domain::board::Board;
use domain::follow::State;

use super::{board_name, count, when};
use crate::view::{BoardCard, BoardHead, Follow, Tab};
use crate::visit::{self, Visit};

/// Characters of a description in a list.
const ABOUT: usize = 200;

/// A board in a list.
pub(crate) fn board_card(board: &Board, visit: &Visit) -> BoardCard {
    let threads = count(board.thread_count, "thread", "threads");
    let posts = count(board.post_count, "post", "posts");
    BoardCard {
        name: board_name(board),
        about: markup::excerpt(&board.about_html, ABOUT),
        facts: format!("{threads}, {posts}"),
        active: (board.post_count > 0).then(|| when(board.bumped_at)),
        followed: board.following == Some(State::Accepted),
        pending: board.following == Some(State::Pending),
        nsfw: board.settings.nsfw,
        archived: board.is_archived(),
        manage: visit
            .caller()
            .filter(|caller| caller.role == Role::Admin && board.is_local())
            .map(|_| format!("/admin/boards/{}", board.name)),
    }
}

/// The head of a board's page `current` (`""`, `/catalog`, `/gallery`, `/log`, `/bans`).
pub(crate) fn board_head(board: &Board, visit: &Visit, current: &str) -> BoardHead {
    let path = board.path();
    let tab = |end: &str, text: &'static str| Tab {
        href: format!("{path}{end}"),
        text,
        current: end == current,
    };
    let new = format!("{path}/new");
    let mut tabs = vec![
        tab("", "Threads"),
        tab("/catalog", "Catalog"),
        tab("/gallery", "Gallery"),
        tab("/log", "Log"),
    ];
    if board.moderates && board.is_local() {
        tabs.push(tab("/bans", "Bans"));
    }
    BoardHead {
        name: board_name(board),
        about: markup::link_references(&board.about_html, |_| markup::Target::Dead),
        home: (!board.is_local()).then(|| board.url.clone()),
        nsfw: board.settings.nsfw,
        archived: board.is_archived(),
        follow: follow_button(
            &path,
            &format!("/{}/", board.acct()),
            &board.uri,
            board.following,
            visit,
        ),
        tabs,
        start: board
            .settings
            .posting
            .admits(board.moderates)
            .then(|| visit.login_for(&new).unwrap_or(new)),
    }
}

/// The button that follows what is shown at `path`; `uri` is its ActivityPub id.
pub(crate) fn follow_button(
    path: &str,
    whom: &str,
    uri: &str,
    state: Option<State>,
    visit: &Visit,
) -> Follow {
    Follow {
        action: format!("{path}/follow"),
        csrf: visit.csrf(),
        on: matches!(state, Some(State::Accepted | State::Pending)),
        pending: state == Some(State::Pending),
        rejected: state == Some(State::Rejected),
        login: visit.login_for(path),
        elsewhere: Some(format!("/interact?uri={}", visit::escape(uri))),
        whom: whom.to_owned(),
    }
}
