//! The pages of those who moderate: `/mod`, reports, bans, and the forms reached from posts and threads.

pub(crate) mod ban;
pub(crate) mod bans;
pub(crate) mod relocate;
pub(crate) mod reports;

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use domain::ban::Ban;
use domain::board::{self, Board};
use domain::{Denial, Error, Role, report as reporting};

use crate::answer::{self, Answer};
use crate::pages::Pages;
use crate::present;
use crate::report;
use crate::view::{BanLine, Mod, Section, Ward};
use crate::visit::Visit;

/// The routes of these pages, and of reporting.
pub(crate) fn routes() -> Router<Pages> {
    Router::new()
        .route("/mod", get(show))
        .route("/mod/reports", get(reports::list))
        .route(
            "/mod/reports/{id}",
            get(reports::show).post(reports::decide),
        )
        .route("/mod/bans", get(bans::of_node).post(bans::lift_on_node))
        .route(
            "/b/{board}/bans",
            get(bans::of_board).post(bans::lift_on_board),
        )
        .route(
            "/p/{id}/ban",
            get(ban::of_author).post(ban::impose_on_author),
        )
        .route("/u/{name}/ban", get(ban::of_account).post(ban::impose))
        .route("/p/{id}/move", get(relocate::ask).post(relocate::carry))
        .route("/p/{id}/report", get(report::ask).post(report::send))
        .route("/p/{id}/report/sent", get(report::sent))
        .route(
            "/u/{name}/report",
            get(report::account::ask).post(report::account::send),
        )
        .route("/u/{name}/report/sent", get(report::account::sent))
}

/// What waits for a moderator, and the boards they moderate.
async fn show(State(pages): State<Pages>, visit: Visit) -> Answer {
    let caller = visit.browser.reader()?;
    let mut conn = pages.app.cx.read().await?;
    let open = reporting::open_count(&mut conn, caller).await?;
    let open = open.ok_or(Error::from(Denial::NotModerator))?;
    let boards = board::moderated(&mut conn, caller).await?;
    answer::page(&Mod {
        shell: visit.shell("Moderation", Section::None),
        open: (open > 0).then(|| {
            let more = if open >= 100 { " or more" } else { "" };
            format!(
                "{open}{more} open {}",
                if open == 1 { "report" } else { "reports" }
            )
        }),
        boards: boards.iter().map(ward).collect(),
        of_node: caller.role >= Role::Moderator,
    })
}

fn ward(board: &Board) -> Ward {
    Ward {
        name: present::board_name(board),
        bans: format!("{}/bans", board.path()),
        log: format!("{}/log", board.path()),
    }
}

fn ban_line(ban: &Ban) -> BanLine {
    BanLine {
        whom: present::person(&ban.account),
        acct: ban.account.acct(),
        place: ban.board.as_ref().map_or_else(
            || "this server".to_owned(),
            |board| format!("/{}/", board.acct()),
        ),
        by: present::person(&ban.by),
        since: present::when(ban.at),
        until: ban.until.map(present::when),
        reason: ban.reason.clone(),
    }
}
