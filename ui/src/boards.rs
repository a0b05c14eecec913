//! `/b`: the boards, the box that follows one from anywhere, and the form that makes one.

use axum::extract::State;
use axum::response::Response;
use domain::board::{self, Board, Draft, Order, Scope, Settings};
use domain::{Caller, Error, site};
use http::StatusCode;
use web::{Problem, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Boards, CreateBoard, Faults, Section, Tab};
use crate::visit::Visit;

/// Boards of a page.
const BOARDS: i64 = 60;

/// What the page shows beside its list.
#[derive(Default)]
pub(crate) struct Around {
    pub(crate) query: String,
    pub(crate) follow_faults: Faults,
    pub(crate) create: CreateBoard,
    pub(crate) status: StatusCode,
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let around = Around {
        query: asked.q.clone(),
        ..Around::default()
    };
    render(&pages, &visit, &asked, around).await
}

/// `POST /b`: makes a board.
pub(crate) async fn create(State(pages): State<Pages>, visit: Visit, fields: Fields) -> Answer {
    let made = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => make(&pages, caller, &fields).await,
        Err(error) => Err(error),
    };
    match made {
        Ok(path) => answer::see(&path),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            let around = Around {
                create: again(&fields, faults),
                status,
                ..Around::default()
            };
            render(&pages, &visit, &Asked::default(), around).await
        }
    }
}

/// The page.
///
/// # Errors
/// The cursor is none, or the database refuses.
pub(crate) async fn render(
    pages: &Pages,
    visit: &Visit,
    asked: &Asked,
    around: Around,
) -> Result<Response, Problem> {
    let scope = match asked.show.as_deref() {
        Some("followed") => Scope::Followed,
        Some("known") => Scope::Known,
        _ => Scope::Local,
    };
    if scope == Scope::Followed {
        visit.browser.reader()?;
    }
    let mut conn = pages.app.cx.read().await?;
    let list = board::list(
        &mut conn,
        scope,
        Order::Activity,
        &visit.viewer(),
        asked.page(BOARDS),
    )
    .await?;
    // Not in their places of the list too: they stand before it.
    let featured = match (scope, asked.is_first()) {
        (Scope::Local, true) => board::featured(&mut conn, &visit.viewer()).await?,
        _ => Vec::new(),
    };
    let makers = site::makers(&mut conn).await?;
    let may_create = visit.caller().is_some_and(|caller| makers.include(caller));
    let card = |board: &Board| present::board_card(board, visit);
    let page = Boards {
        shell: visit.shell("Boards", Section::Boards),
        tabs: tabs(scope),
        pager: present::pager(&list, base(scope), "Back", "More boards"),
        featured: featured.iter().map(card).collect(),
        boards: list
            .items
            .iter()
            .filter(|board| !(scope == Scope::Local && board.featured))
            .map(card)
            .collect(),
        query: around.query,
        follow_faults: around.follow_faults,
        create: may_create.then_some(around.create),
    };
    answer::page_with(around.status, &page)
}

async fn make(pages: &Pages, caller: &Caller, fields: &Fields) -> Result<String, Error> {
    let draft = Draft {
        name: fields.trimmed("name"),
        title: fields.trimmed("title"),
        about: fields.text("about"),
        rules: fields.text("rules"),
        settings: Settings {
            nsfw: fields.checked("nsfw"),
            dislikes: !fields.checked("no_dislikes"),
            require_alt: fields.checked("require_alt"),
            ..Settings::default()
        },
    };
    let keys = federation::key_pair().await?;
    let made = pages
        .app
        .cx
        .write(async |tx| board::create(tx, caller, draft, keys).await)
        .await?;
    Ok(made.path())
}

fn again(fields: &Fields, faults: Faults) -> CreateBoard {
    CreateBoard {
        name: fields.text("name"),
        title: fields.text("title"),
        about: fields.text("about"),
        rules: fields.text("rules"),
        nsfw: fields.checked("nsfw"),
        no_dislikes: fields.checked("no_dislikes"),
        require_alt: fields.checked("require_alt"),
        faults,
    }
}

fn tabs(current: Scope) -> Vec<Tab> {
    [
        (Scope::Local, "/b", "Local"),
        (Scope::Followed, "/b?show=followed", "Followed"),
        (Scope::Known, "/b?show=known", "Known"),
    ]
    .map(|(scope, href, text)| Tab {
        href: href.to_owned(),
        text,
        current: scope == current,
    })
    .into()
}

fn base(scope: Scope) -> &'static str {
    match scope {
        Scope::Local => "/b?",
        Scope::Followed => "/b?show=followed&",
        Scope::Known => "/b?show=known&",
    }
}
