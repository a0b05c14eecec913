//! Somebody here reports something.

use db::{Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Kind};
use crate::report::{State, Target};
use crate::schema::{actors, posts, reports};
use crate::{Caller, Error, Event, Noun, Result, Tx, ban, event, limits, rate, rules};

diesel::alias!(actors as homes: Homes);

/// A report as typed.
#[derive(Clone, Debug)]
pub struct Draft {
    /// What it is about.
    pub target: Target,
    /// What is wrong with it.
    pub reason: String,
    /// Whether the servers of the author and of the board shall hear of it too; they are not told who reports.
    pub forward: bool,
}

/// What is reported, as its row names it.
pub(super) struct Subject {
    pub(super) account: Id,
    pub(super) post: Option<Id>,
    pub(super) board: Option<Id>,
    /// Whether its author or its board is of another server.
    pub(super) foreign: bool,
    /// Whether its author or its board is of this node.
    pub(super) local: bool,
}

/// Reports a post or an account. Who reports the same thing again adds to nothing: the open report stands.
///
/// # Errors
/// `Missing` or `Gone`; `Denied` where the caller is suspended or banned from there; `Invalid` on `reason`; `Busy`.
pub async fn submit(tx: &mut Tx, caller: &Caller, draft: Draft) -> Result<Id> {
    rate::take(tx, &limits::RATE_REPORTS, &caller.id.to_string()).await?;
    let subject = subject(tx, draft.target).await?;
    ban::may_act(tx, caller, subject.board).await?;
    let reason = markup::plain_text(&draft.reason);
    check(&draft.reason, &reason)?;
    if let Some(open) = standing(tx, &subject, caller.id).await? {
        return Ok(open);
    }

    let forward = draft.forward && subject.foreign;
    let id = put(tx, &subject, caller.id, &reason).await?;
    if forward {
        forwarded(tx, id).await?;
    }
    Ok(id)
}

/// Notes that the servers concerned are told.
pub(super) async fn forwarded(tx: &mut Tx, report: Id) -> Result<()> {
    let set = diesel::update(reports::table.find(report)).set(reports::forwarded_at.eq(tx.now));
    run!(tx.conn, c => set.execute(c).await)?;

    event::note(tx, &Event::ReportForwarded { report }).await
}

/// The facts of what is reported.
pub(super) async fn subject(tx: &mut Tx, target: Target) -> Result<Subject> {
    match target {
        Target::Post(id) => of_post(tx, id).await,
        Target::Account(id) => {
            let account = account::by_id(&mut tx.conn, id).await?;
            if account.kind != Kind::Person {
                return Err(Error::Missing(Noun::Account));
            }
            Ok(Subject {
                account: id,
                post: None,
                board: None,
                foreign: !account.is_local(),
                local: account.is_local(),
            })
        }
    }
}

async fn of_post(tx: &mut Tx, id: Id) -> Result<Subject> {
    let query = posts::table
        .inner_join(actors::table.on(actors::id.eq(posts::author_id)))
        .inner_join(homes.on(homes.field(actors::id).eq(posts::board_id)))
        .filter(posts::id.eq(id))
        .select((
            posts::author_id,
            posts::board_id,
            posts::deleted_at.is_not_null(),
            actors::host,
            homes.field(actors::host),
        ));
    let found: Option<(Id, Id, bool, String, String)> =
        run!(tx.conn, c => query.first(c).await.optional())?;
    let (account, board, deleted, author, home) = found.ok_or(Error::Missing(Noun::Post))?;
    if deleted {
        return Err(Error::Gone(Noun::Post));
    }
    Ok(Subject {
        account,
        post: Some(id),
        board: Some(board),
        foreign: !author.is_empty() || !home.is_empty(),
        local: author.is_empty() || home.is_empty(),
    })
}

/// The open report of the same thing by the same reporter.
pub(super) async fn standing(tx: &mut Tx, subject: &Subject, reporter: Id) -> Result<Option<Id>> {
    let open = reports::table
        .filter(reports::state.eq(State::Open.name()))
        .filter(reports::reporter_id.eq(reporter))
        .filter(reports::account_id.eq(subject.account))
        .order(reports::id.desc())
        .select(reports::id);
    let found: Option<Id> = match subject.post {
        Some(post) => {
            let of_post = open.filter(reports::post_id.eq(post));
            run!(tx.conn, c => of_post.first(c).await.optional())?
        }
        None => {
            let of_account = open.filter(reports::post_id.is_null());
            run!(tx.conn, c => of_account.first(c).await.optional())?
        }
    };
    Ok(found)
}

/// Writes a report.
pub(super) async fn put(tx: &mut Tx, subject: &Subject, reporter: Id, reason: &str) -> Result<Id> {
    let id = tx.id();
    let row = (
        reports::id.eq(id),
        reports::account_id.eq(subject.account),
        reports::post_id.eq(subject.post),
        reports::board_id.eq(subject.board),
        reports::reporter_id.eq(reporter),
        reports::reason.eq(reason),
    );
    let insert = diesel::insert_into(reports::table).values(row);
    run!(tx.conn, c => insert.execute(c).await)?;
    Ok(id)
}

/// What was typed, and what is kept of it.
fn check(typed: &str, reason: &str) -> Result<()> {
    let most = limits::REPORT;
    if reason.is_empty() {
        let detail = "Say what is wrong with it.";
        return Err(Error::invalid("reason", "required", detail));
    }
    if rules::length::of(typed) > most {
        let detail = format!("The reason may have up to {most} characters.");
        return Err(Error::invalid("reason", "too_long", detail));
    }
    Ok(())
}
