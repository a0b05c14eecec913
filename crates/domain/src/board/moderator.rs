//! Who moderates a board.
//!
//! Those it names, wherever they live, and for boards of this node its moderators and admins too.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account, Kind, State};
use crate::board::{Board, by_id};
use crate::log::{self, Act, Line};
use crate::schema::{actors, moderators};
use crate::{
    Caller, Denial, Error, Event, Noun, Result, Role, Tx, Viewer, ban, event, limits, lock, rate,
};

/// Who moderates it, first named first.
///
/// # Errors
/// The database refuses.
pub async fn moderators(conn: &mut Conn, board: Id) -> Result<Vec<Account>> {
    let rows = moderators::table
        .inner_join(actors::table.on(actors::id.eq(moderators::account_id)))
        .filter(moderators::board_id.eq(board))
        .order((moderators::created_at, moderators::account_id))
        .limit(limits::MODERATORS);
    let rows: Vec<account::Row> =
        run!(conn, c => rows.select(account::Row::as_select()).load(c).await)?;
    Ok(rows.into_iter().map(Account::from).collect())
}

/// Makes somebody, here or elsewhere, a moderator of a board of this node; its moderators may. Repeated it changes
/// nothing.
///
/// # Errors
/// `Missing`, `Denied`, `Invalid` where there are too many, `Busy`.
pub async fn add_moderator(tx: &mut Tx, caller: &Caller, board: Id, account: Id) -> Result<()> {
    lock::board(tx, board).await?;
    let board = moderated(tx, caller, board).await?;
    let named = account::by_id(&mut tx.conn, account).await?;
    if named.kind != Kind::Person || named.state != State::Active {
        return Err(Error::Missing(Noun::Account));
    }
    let count = moderators::table
        .filter(moderators::board_id.eq(board.id))
        .count();
    let count: i64 = run!(tx.conn, c => count.get_result(c).await)?;
    if count >= limits::MODERATORS {
        let most = limits::MODERATORS;
        let detail = format!("A board has at most {most} moderators.");
        return Err(Error::invalid("name", "too_many", detail));
    }
    if is_named_moderator(&mut tx.conn, board.id, account).await? {
        return Ok(());
    }

    name(tx, board.id, account).await?;
    note(tx, board.id, account, caller.id, true).await
}

/// Takes somebody's moderatorship of a board of this node; its moderators may, also from themselves.
///
/// # Errors
/// `Missing` where they have none, `Denied`, `Busy`.
pub async fn remove_moderator(tx: &mut Tx, caller: &Caller, board: Id, account: Id) -> Result<()> {
    lock::board(tx, board).await?;
    let board = moderated(tx, caller, board).await?;
    let delete = diesel::delete(moderators::table.find((board.id, account)));
    if run!(tx.conn, c => delete.execute(c).await)? == 0 {
        return Err(Error::Missing(Noun::Account));
    }

    note(tx, board.id, account, caller.id, false).await
}

/// The home of a board elsewhere says that somebody is a moderator there now, or no more; answers whether anything
/// changed.
///
/// # Errors
/// `Missing`, `Denied` for a board of this node.
pub async fn accept_moderator(
    tx: &mut Tx,
    board: Id,
    account: Id,
    by: Id,
    value: bool,
) -> Result<bool> {
    if account::by_id(&mut tx.conn, board).await?.is_local() {
        return Err(Denial::NotModerator.into());
    }
    if is_named_moderator(&mut tx.conn, board, account).await? == value {
        return Ok(false);
    }

    if value {
        name(tx, board, account).await?;
    } else {
        let delete = diesel::delete(moderators::table.find((board, account)));
        run!(tx.conn, c => delete.execute(c).await)?;
    }
    note(tx, board, account, by, value).await?;
    Ok(true)
}

/// The line in the log, and the events.
async fn note(tx: &mut Tx, board: Id, account: Id, by: Id, value: bool) -> Result<()> {
    let act = if value { Act::Appoint } else { Act::Dismiss };
    let line = Line::new(by, act, "");
    log::write(tx, line.on(board).concerning(account)).await?;
    let changed = Event::ModeratorChanged {
        board,
        account,
        by,
        value,
    };
    event::note(tx, &changed).await?;
    event::note(tx, &Event::ActorChanged { actor: board }).await
}

/// Whether the caller moderates the board.
///
/// # Errors
/// The database refuses.
pub async fn is_moderator(conn: &mut Conn, board: Id, caller: &Caller) -> Result<bool> {
    if caller.role >= Role::Moderator {
        let local = actors::table
            .find(board)
            .filter(actors::host.eq(""))
            .select(actors::id);
        let local: Option<Id> = run!(conn, c => local.first(c).await.optional())?;
        if local.is_some() {
            return Ok(true);
        }
    }
    is_named_moderator(conn, board, caller.id).await
}

/// Whether an actor, also a foreign one, is named as a moderator of the board.
///
/// # Errors
/// The database refuses.
pub async fn is_named_moderator(conn: &mut Conn, board: Id, actor: Id) -> Result<bool> {
    let named = moderators::table
        .find((board, actor))
        .select(moderators::account_id);
    let named: Option<Id> = run!(conn, c => named.first(c).await.optional())?;
    Ok(named.is_some())
}

/// Sets the moderators of a foreign board, as its home says. Boards of this node are left alone.
///
/// # Errors
/// The database refuses.
pub async fn keep_moderators(tx: &mut Tx, board: Id, accounts: &[Id]) -> Result<()> {
    if account::by_id(&mut tx.conn, board).await?.is_local() {
        return Ok(());
    }
    let others = moderators::table
        .filter(moderators::board_id.eq(board))
        .filter(moderators::account_id.ne_all(accounts));
    let delete = diesel::delete(others);
    run!(tx.conn, c => delete.execute(c).await)?;
    let most = usize::try_from(limits::MODERATORS).unwrap_or(usize::MAX);
    for account in accounts.iter().take(most) {
        name(tx, board, *account).await?;
    }
    Ok(())
}

/// Writes that the account is a moderator of the board.
pub(super) async fn name(tx: &mut Tx, board: Id, account: Id) -> Result<()> {
    let row = (
        moderators::board_id.eq(board),
        moderators::account_id.eq(account),
        moderators::created_at.eq(tx.now),
    );
    let insert = diesel::insert_into(moderators::table)
        .values(row)
        .on_conflict_do_nothing();
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(())
}

async fn moderated(tx: &mut Tx, caller: &Caller, board: Id) -> Result<Board> {
    let viewer = Viewer::Account(caller.clone());
    let board = by_id(&mut tx.conn, board, &viewer).await?;
    if !board.moderates || !board.is_local() {
        return Err(Denial::NotModerator.into());
    }
    ban::may_act(tx, caller, Some(board.id)).await?;
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    Ok(board)
}
