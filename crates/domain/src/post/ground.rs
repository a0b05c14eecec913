//! What must be known of a board and an author before something is posted, edited or deleted there.

use db::{Conn, Id, Timestamp, run};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::board::Posting;
use crate::rules::post::Facts;
use crate::schema::{actors, boards, moderators};
use crate::{Caller, Denial, Error, Noun, Result, Role, Tx, ban};

/// A board, and whether somebody moderates it.
#[derive(Clone, Debug)]
pub(crate) struct Ground {
    pub(crate) board: Id,
    pub(crate) host: String,
    pub(crate) name: String,
    pub(crate) posting: Posting,
    pub(crate) dislikes: bool,
    pub(crate) require_alt: bool,
    pub(crate) bump_limit: i64,
    pub(crate) bumped_at: Timestamp,
    pub(crate) moderates: bool,
}

impl Ground {
    pub(crate) fn is_local(&self) -> bool {
        self.host.is_empty()
    }

    /// `art` here, `art@host` elsewhere.
    pub(crate) fn acct(&self) -> String {
        crate::handle::acct(&self.name, &self.host)
    }

    /// The same board for a caller, whose role counts on boards of this node.
    pub(crate) fn seen_by(mut self, caller: &Caller) -> Self {
        self.moderates |= self.is_local() && caller.role >= Role::Moderator;
        self
    }

    pub(crate) fn facts(&self, suspended: bool, locked: bool) -> Facts {
        Facts {
            suspended,
            moderates: self.moderates,
            posting: self.posting,
            locked,
        }
    }
}

/// The board as `actor` finds it.
///
/// # Errors
/// `Missing` or `Gone` board, `Denied` where its server is suspended here.
pub(crate) async fn ground(conn: &mut Conn, board: Id, actor: Id) -> Result<Ground> {
    let (ground, withheld) = read(conn, board, actor).await?;
    match withheld {
        true => Err(Denial::PeerSuspended.into()),
        false => Ok(ground),
    }
}

/// The same, also where the board's server is suspended here: for what only takes away.
///
/// # Errors
/// `Missing` or `Gone` board.
pub(crate) async fn any_ground(conn: &mut Conn, board: Id, actor: Id) -> Result<Ground> {
    Ok(read(conn, board, actor).await?.0)
}

async fn read(conn: &mut Conn, board: Id, actor: Id) -> Result<(Ground, bool)> {
    let moderates = moderators::table
        .filter(moderators::board_id.eq(board))
        .filter(moderators::account_id.eq(actor));
    let query = boards::table
        .inner_join(actors::table.on(actors::id.eq(boards::actor_id)))
        .filter(boards::actor_id.eq(board))
        .select((
            (actors::host, actors::name, actors::state, actors::withheld),
            (boards::posting, boards::dislikes, boards::require_alt),
            (boards::bump_limit, boards::bumped_at),
            exists(moderates),
        ));
    type Found = (
        (String, String, String, bool),
        (String, bool, bool),
        (i64, Timestamp),
        bool,
    );
    let found: Option<Found> = run!(conn, c => query.first(c).await.optional())?;
    let Some(((host, name, state, withheld), rules, (bump_limit, bumped_at), moderates)) = found
    else {
        return Err(Error::Missing(Noun::Board));
    };
    if state == "deleted" {
        return Err(Error::Gone(Noun::Board));
    }
    let ground = Ground {
        board,
        host,
        name,
        posting: Posting::parse(&rules.0).unwrap_or_default(),
        dislikes: rules.1,
        require_alt: rules.2,
        bump_limit,
        bumped_at,
        moderates,
    };
    Ok((ground, withheld))
}

/// Whether somebody of this node decides on a board, as they see it: they moderate it, and may act.
///
/// # Errors
/// `Denied`.
pub(crate) async fn may_moderate(tx: &mut Tx, ground: &Ground, caller: &Caller) -> Result<()> {
    match ground.moderates {
        true => ban::may_act(tx, caller, Some(ground.board)).await,
        false => Err(Denial::NotModerator.into()),
    }
}

/// Whether a board takes what somebody elsewhere decided on it. One elsewhere has decided by itself; one of this node
/// listens to the moderators it named, as long as they may act.
///
/// # Errors
/// `Denied`.
pub(crate) async fn may_decide(tx: &mut Tx, ground: &Ground, by: Id) -> Result<()> {
    if !ground.is_local() {
        return Ok(());
    }
    let stopped = is_suspended(&mut tx.conn, by).await? != Some(false);
    match ground.moderates && !stopped {
        true => ban::check(&mut tx.conn, by, Some(ground.board), tx.now).await,
        false => Err(Denial::NotModerator.into()),
    }
}

/// Whether this actor may act: `Some(true)` for one that was suspended, `None` for none.
pub(crate) async fn is_suspended(conn: &mut Conn, actor: Id) -> Result<Option<bool>> {
    let state = actors::table
        .find(actor)
        .select((actors::state, actors::withheld));
    let state: Option<(String, bool)> = run!(conn, c => state.first(c).await.optional())?;
    Ok(state.map(|(state, withheld)| withheld || state != "active"))
}
