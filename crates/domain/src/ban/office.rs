//! Who has an office, and therefore bans or is not banned.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::ban::Place;
use crate::rules::ban::{Office, may};
use crate::schema::logins;
use crate::{Caller, Denial, Result, Role, board, post};

/// Whether the caller may ban from this place: its board's moderators and those of this node, admins too.
///
/// # Errors
/// `Missing` board, or `Denied`, also where the board is one of another server.
pub async fn may_impose(conn: &mut Conn, caller: &Caller, place: Place) -> Result<()> {
    let (may_here, missing) = right(conn, caller, place).await?;
    let office = Office {
        may: may_here,
        of_staff: false,
    };
    Ok(may(office, missing)?)
}

/// [`may_impose`] on this very account.
pub(super) async fn allow(
    conn: &mut Conn,
    caller: &Caller,
    place: Place,
    account: Id,
) -> Result<()> {
    let (may_here, missing) = right(conn, caller, place).await?;
    let named = match place {
        Place::Board(board) => board::is_named_moderator(conn, board, account).await?,
        Place::Node => false,
    };
    let office = Office {
        may: may_here,
        of_staff: named || is_staff(conn, account).await?,
    };
    Ok(may(office, missing)?)
}

/// Whether an account is a moderator or an admin of this node.
pub(crate) async fn is_staff(conn: &mut Conn, account: Id) -> Result<bool> {
    let role = logins::table.find(account).select(logins::role);
    let role: Option<String> = run!(conn, c => role.first(c).await.optional())?;
    let role = role.and_then(|role| Role::parse(&role)).unwrap_or_default();
    Ok(role >= Role::Moderator)
}

/// Whether the caller decides about a place, and what they lack where they do not.
async fn right(conn: &mut Conn, caller: &Caller, place: Place) -> Result<(bool, Denial)> {
    let Place::Board(board) = place else {
        return Ok((caller.role >= Role::Moderator, Denial::NotAdmin));
    };
    let ground = post::ground(conn, board, caller.id).await?;
    let ground = ground.seen_by(caller);
    if ground.moderates && !ground.is_local() {
        return Ok((false, Denial::ForeignBoard));
    }
    Ok((ground.moderates, Denial::NotModerator))
}
