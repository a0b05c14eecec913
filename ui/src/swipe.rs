//! `GET /b/{board}/swipe` and `/swipe?in=`: one picture a screen, by scrolling alone.
//!
//! The style sheet makes the screens snap; without it, or without scripts, it is a list of large pictures. The next
//! part is one link at the end.

use axum::extract::State;
use db::Conn;
use domain::gallery::{self, Shown};
use domain::{Noun, board};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::inside::Inside;
use crate::pages::Pages;
use crate::view::{Link, Section, Slide, Swipe};
use crate::visit::Visit;
use crate::{name, present};

/// Screens of a page.
const SCREENS: i64 = 20;

/// `GET /b/{board}/swipe`
pub(crate) async fn of_board(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Board, &visit)?;
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/b/{acct}/swipe")) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let board = board::find(&mut conn, &handle, &visit.viewer()).await?;
    render(&mut conn, &Inside::board(&board), &visit, &asked).await
}

/// `GET /swipe?in=`
pub(crate) async fn inside(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let inside = Inside::read(&mut conn, &asked.inside, &visit).await?;
    render(&mut conn, &inside, &visit, &asked).await
}

async fn render(conn: &mut Conn, inside: &Inside, visit: &Visit, asked: &Asked) -> Answer {
    let page = asked.page(SCREENS);
    let list = gallery::pictures(conn, inside.place, &visit.viewer(), page).await?;
    let swipe = inside.swipe();
    let mark = if swipe.contains('?') { '&' } else { '?' };
    let slides = list.items.iter().enumerate();
    answer::page(&Swipe {
        shell: visit.shell(format!("Pictures of {}", inside.name), Section::None),
        back: Link {
            href: inside.path.clone(),
            text: inside.name.clone(),
        },
        slides: slides
            .filter_map(|(index, shown)| slide(shown, inside, visit, index))
            .collect(),
        pager: present::pager(&list, &format!("{swipe}{mark}"), "Back", "More pictures"),
    })
}

fn slide(shown: &Shown, inside: &Inside, visit: &Visit, index: usize) -> Option<Slide> {
    let post = &shown.post;
    let conduct = &visit.chosen.conduct;
    let covered = present::cover(shown, conduct);
    let loading = present::loading(if index == 0 && covered.is_none() {
        0
    } else {
        usize::MAX
    });
    Some(Slide {
        focus: present::slide(&shown.media, post, loading, conduct)?,
        covered,
        href: inside.picture(post.id),
        thread: present::post_path(post),
        title: present::title(post),
        by: present::person(&post.author),
        board: present::board_ref_name(&post.board),
    })
}
