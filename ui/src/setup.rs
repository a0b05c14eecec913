//! The three steps from an empty node to a community, shown to its admins on the front page until something was posted.

use db::Conn;
use domain::board::{self, Order, Scope};
use domain::page::Page;
use domain::site::{self, Field};
use domain::{Error, Role};

use crate::view::{Link, Step};
use crate::visit::Visit;

/// Boards that are looked at to find a foreign one among those that are followed.
const FOLLOWED: i64 = 50;

/// The steps, for admins; nobody else is shown any.
///
/// # Errors
/// The database refuses.
pub(crate) async fn steps(conn: &mut Conn, visit: &Visit) -> Result<Vec<Step>, Error> {
    if visit
        .caller()
        .is_none_or(|caller| caller.role < Role::Admin)
    {
        return Ok(Vec::new());
    }
    let settings = site::settings(conn, &visit.site).await?;
    let (viewer, by) = (visit.viewer(), Order::Activity);
    let local = board::list(conn, Scope::Local, by, &viewer, Page::first(1)).await?;
    let followed = board::list(conn, Scope::Followed, by, &viewer, Page::first(FOLLOWED)).await?;
    let step = |href: &str, text: &str, why, done| Step {
        words: Link {
            href: href.to_owned(),
            text: text.to_owned(),
        },
        why,
        done,
    };
    Ok(vec![
        step(
            "/admin/site",
            "Name the site",
            "Say what it is called, what it is for, what its rules are, and who may join.",
            settings.saved.contains(&Field::Name) || settings.saved.contains(&Field::Description),
        ),
        step(
            "/b#create",
            "Make a board",
            "People post on boards; one is enough to begin with.",
            !local.items.is_empty(),
        ),
        step(
            "/b#follow",
            "Follow a board elsewhere",
            "Type its name with its server, like photo@far.example; what is posted there appears here.",
            followed.items.iter().any(|board| !board.is_local()),
        ),
    ])
}
