//! Lists of which a filter lets nearly nothing through: a page looks at a bounded part of them and goes on from there,
//! forwards and backwards, and each thread is found exactly once.

use domain::board::{self, Board, Sort};
use domain::feed::{self, Scope};
use domain::filter::{Filter, Note};
use domain::page::{Page, Slice};
use domain::{Caller, Id, Viewer, limits};

use crate::scene::{opening, try_open};
use crate::world::World;

const NOTED: Filter = Filter {
    tag: None,
    board: None,
    kind: None,
    note: Some(Note::Only),
};

/// More threads than one page looks at; the first, one in the middle and the last but one carry a note.
async fn fill(world: &World, anna: &Caller) -> Vec<Id> {
    let most = usize::try_from(limits::LOOKED_AT).unwrap() + 8;
    let mut noted = Vec::new();
    for n in 0..most {
        let mut draft = opening("x");
        let carries = [0, most / 2, most - 2].contains(&n);
        draft.content_warning = carries.then(|| "heights".to_owned());
        let id = try_open(world, anna, "art", draft).await.unwrap();
        if carries {
            noted.push(id);
        }
    }
    noted.reverse();
    noted
}

/// Walks a list from its beginning to its end and back again; answers both walks and the pages of the first.
macro_rules! walk {
    ($limit:expr, $page:ident => $ask:expr) => {{
        let (mut there, mut back, mut pages) = (Vec::<Id>::new(), Vec::<Id>::new(), 0);
        let (mut next, mut prev) = (None::<String>, None::<String>);
        loop {
            let $page = Page::asked(Some($limit), None, next.as_deref());
            let part: Slice<_> = $ask.await.unwrap();
            there.extend(part.items.iter().map(|thread| thread.id));
            pages += 1;
            prev = part.prev.or(prev);
            next = part.next;
            if next.is_none() {
                break;
            }
        }
        while let Some(before) = prev.take() {
            let $page = Page::asked(Some($limit), Some(&before), None);
            let part: Slice<_> = $ask.await.unwrap();
            back.splice(0..0, part.items.iter().map(|thread| thread.id));
            assert!(part.next.is_some(), "there is a way forwards again");
            prev = part.prev;
        }
        (there, back, pages)
    }};
}

async fn of_board(world: &World, art: &Board, noted: &[Id]) {
    let mut conn = world.read().await;
    for sort in [Sort::Bump, Sort::New, Sort::Replies, Sort::Votes] {
        for limit in [1, 2, 20] {
            let (there, back, _) = walk!(limit, page => board::catalog_filtered(
                &mut conn, art, sort, &NOTED, &Viewer::Visitor, page
            ));
            assert_eq!(there, noted, "{sort:?} by {limit}");
            assert!(noted.starts_with(&back), "{sort:?} by {limit}: {back:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_looks_at_a_bounded_part_of_its_list() {
    for mut world in World::each().await {
        world.set(|site| site.rate_limits = false);
        let anna = world.admin("anna").await;
        let art = world.board("art", &anna).await;
        let noted = fill(&world, &anna).await;
        of_board(&world, &art, &noted).await;
        world
            .write(async |tx| domain::follow::set(tx, &anna, art.id).await)
            .await
            .unwrap();
        let mut conn = world.read().await;
        let (there, back, pages) = walk!(20, page => feed::filtered(
            &mut conn, Scope::All, &NOTED, &Viewer::Visitor, page
        ));
        assert_eq!((there, pages), (noted.clone(), 2), "not all in one page");
        assert_eq!(back, noted[..2]);
        let on_board = Filter {
            board: Some(art.id),
            ..NOTED
        };
        for filter in [NOTED, on_board] {
            let (there, back, _) =
                walk!(2, page => feed::home_filtered(&mut conn, &anna, &filter, page));
            assert_eq!(there, noted, "{filter:?}");
            assert_eq!(back, noted[..2], "{filter:?}");
        }
        let (nobodys, ..) = walk!(20, page => feed::filtered(
            &mut conn, Scope::Local, &Filter { note: Some(Note::Without), ..on_board }, &Viewer::Visitor, page
        ));
        let all = usize::try_from(limits::LOOKED_AT).unwrap() + 8;
        assert_eq!(nobodys.len(), all - noted.len());
    }
}
