//! Moderators and admins decide about a report, or take their decision back.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::report::{State, list, submit};
use crate::schema::reports;
use crate::{Caller, Error, Result, Tx, ban, limits, rate, rules};

/// What is decided; what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decision {
    /// How far it is now.
    pub state: Option<State>,
    /// For the others who decide.
    pub note: Option<String>,
    /// Whether the servers of the author and of the board are told now; they are told once.
    pub forward: bool,
}

/// Decides about a report.
///
/// # Errors
/// `Missing`, also where the caller has no say in it; `Denied` where they are kept out of its board; `Invalid` on `note`,
/// and on `forward` where everything it is about is of this node; `Busy`.
pub async fn decide(tx: &mut Tx, caller: &Caller, id: Id, decision: Decision) -> Result<()> {
    rate::take(tx, &limits::RATE_MODERATION, &caller.id.to_string()).await?;
    let report = list::find(&mut tx.conn, caller, id).await?;
    ban::may_act(tx, caller, report.board.as_ref().map(|board| board.id)).await?;
    check(decision.note.as_deref().unwrap_or(&report.note))?;
    let note = decision.note.as_deref().map(markup::plain_text);
    let note = note.unwrap_or_else(|| report.note.clone());
    if decision.forward && report.origins().is_empty() {
        let detail = "All of this is of this server; there is nobody else to tell.";
        return Err(Error::invalid("forward", "nobody", detail));
    }

    let state = decision.state.unwrap_or(report.state);
    let decided = state != State::Open;
    let set = diesel::update(reports::table.find(id)).set((
        reports::state.eq(state.name()),
        reports::note.eq(&note),
        reports::decided_by.eq(decided.then_some(caller.id)),
        reports::decided_at.eq(decided.then_some(tx.now)),
    ));
    run!(tx.conn, c => set.execute(c).await)?;
    match decision.forward && report.forwarded_at.is_none() {
        true => submit::forwarded(tx, id).await,
        false => Ok(()),
    }
}

fn check(note: &str) -> Result<()> {
    let most = limits::REASON;
    if rules::length::of(note) > most {
        let detail = format!("The note may have up to {most} characters.");
        return Err(Error::invalid("note", "too_long", detail));
    }
    Ok(())
}
