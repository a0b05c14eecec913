//! `/admin/media`: what pictures take, the largest first, and those that nothing shows.

use axum::extract::State;
use domain::storage::{self, Stored};
use web::{Path, Query};

use super::form::{self, Again};
use super::{Wanted, head, reader, which, writer};
use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{AdminList, AdminRow, AdminThing, Ask, Fact, Link, Section};
use crate::visit::Visit;

const PATH: &str = "/admin/media";

pub(crate) async fn list(
    State(pages): State<Pages>,
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Answer {
    reader(&visit)?;
    let idle = wanted.show == "unused";
    let mut conn = pages.app.cx.read().await?;
    let totals = storage::totals(&mut conn).await?;
    let found = if idle {
        storage::unused(&mut conn, wanted.page()).await?
    } else {
        storage::largest(&mut conn, wanted.page()).await?
    };
    let sum = format!(
        "{}, {} in all; smaller renditions come on top.",
        present::count(totals.count, "picture", "pictures"),
        present::bytes(totals.bytes)
    );
    let lead = if idle {
        "Nothing shows these; they are deleted by themselves within a day or two.".to_owned()
    } else {
        sum
    };
    answer::page(&AdminList {
        shell: visit.shell("Pictures", Section::None),
        head: head("Pictures", PATH),
        path: PATH,
        form: None,
        filters: vec![
            which(PATH, "Largest", !idle),
            which("/admin/media?show=unused", "Unused", idle),
        ],
        search: None,
        lead,
        pager: present::pager(&found, &wanted.base(PATH), "Back", "More pictures"),
        rows: found.items.iter().map(row).collect(),
        empty: "There is no picture here.".to_owned(),
    })
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(sha256): Path<String>,
) -> Answer {
    reader(&visit)?;
    render(&pages, &visit, &sha256, Again::default()).await
}

/// `POST /admin/media/{sha256}`: the picture goes with all posts that show it.
pub(crate) async fn purge(
    State(pages): State<Pages>,
    visit: Visit,
    Path(sha256): Path<String>,
    fields: Fields,
) -> Answer {
    let caller = writer(&visit, &fields.text("csrf"))?;
    let done = match form::reason(&fields) {
        Ok(reason) => web::picture::purge(&pages.app, caller, &sha256, &reason).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(_) => answer::see("/admin/audit"),
        Err(error) => {
            let again = Again::new("purge", fields, error)?;
            render(&pages, &visit, &sha256, again).await
        }
    }
}

async fn render(pages: &Pages, visit: &Visit, sha256: &str, again: Again) -> Answer {
    let picture = storage::find(&mut *pages.app.cx.read().await?, sha256).await?;
    let action = format!("{PATH}/{sha256}");
    let asks = vec![Ask::reason(
        "Everybody can read it, in the public log and in place of the posts.",
    )];
    let form = form::plain(visit, "purge", action, "Purge", "Purge picture", asks);
    let lead = "The picture goes, all posts that show it are removed here and on every server they reached, and the same \
        file is not taken again. This cannot be undone.";
    let fact = |name: &'static str, value: String| Fact { name, value };
    let page = AdminThing {
        shell: visit.shell("Picture", Section::None),
        head: head("Pictures", PATH),
        back: Link {
            href: PATH.to_owned(),
            text: "All pictures".to_owned(),
        },
        heading: "Picture".to_owned(),
        saved: false,
        facts: vec![
            fact("SHA-256", picture.sha256.clone()),
            fact("Size", present::bytes(picture.bytes)),
            fact("Kind", picture.mime.clone()),
            fact(
                "Pixels",
                format!("{} \u{d7} {}", picture.width, picture.height),
            ),
            fact("Uses", picture.refs.to_string()),
            fact("Last touched", present::when(picture.touched_at).words),
        ],
        texts: Vec::new(),
        ways: vec![Link {
            href: format!("/media/{sha256}/320.webp"),
            text: "See it".to_owned(),
        }],
        forms: vec![again.fill(form::risky(form, lead))],
    };
    answer::page_with(again.status, &page)
}

fn row(picture: &Stored) -> AdminRow {
    let uses = match picture.refs {
        0 => "Shown nowhere".to_owned(),
        uses => format!("Shown {}", present::count(uses, "time", "times")),
    };
    AdminRow {
        what: Link {
            href: format!("{PATH}/{}", picture.sha256),
            text: picture.sha256.clone(),
        },
        marks: Vec::new(),
        facts: vec![
            present::bytes(picture.bytes),
            picture.mime.clone(),
            format!("{} \u{d7} {}", picture.width, picture.height),
            uses,
        ],
        when: Some(present::when(picture.touched_at)),
        note: None,
    }
}
