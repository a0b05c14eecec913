//! `GET /u/{name}`: a person of any server, and what they posted. `/@{name}` leads here.

use axum::extract::State;
use domain::account::{self, Account, State as Standing};
use domain::{Error, Noun, board, follow};
use web::{Path, Query};

use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::name;
use crate::pages::Pages;
use crate::present::{self, Setting, Stage};
use crate::view::{Fact, Profile, Section};
use crate::visit::Visit;

/// Posts of a page.
const POSTS: i64 = 20;

pub(crate) async fn redirect(visit: Visit, Path(text): Path<String>) -> Answer {
    let handle = name::read(&text, Noun::Account, &visit)?;
    answer::moved(&format!("/u/{}", handle.acct()))
}

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Path(text): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let handle = name::read(&text, Noun::Account, &visit)?;
    if let Some(answer) = name::elsewhere(&text, &handle, |acct| format!("/u/{acct}")) {
        return answer;
    }
    let mut conn = pages.app.cx.read().await?;
    let found = match account::find(&mut conn, &handle).await {
        Err(Error::Missing(_)) => {
            // People and boards share their names; somebody may have written one for the other.
            let board = board::find(&mut conn, &handle, &visit.viewer()).await;
            let board = board.map_err(|_| Error::Missing(Noun::Account))?;
            return answer::see(&board.path());
        }
        other => other?,
    };
    let posts = account::posts(&mut conn, found.id, &visit.viewer(), asked.page(POSTS)).await?;
    let following = match visit.caller() {
        Some(caller) => follow::state(&mut conn, caller.id, found.id).await?,
        None => None,
    };
    drop(conn);
    let own = visit.caller().is_some_and(|caller| caller.id == found.id);
    let button = present::follow_button(
        &found.path(),
        &format!("@{}", found.acct()),
        following,
        &visit,
    );
    let setting = Setting::bare(&visit, Stage::Elsewhere);
    let mut shell = visit.shell(found.display_name(), Section::None);
    shell.alternate = Some(found.uri.clone());
    visit.scripts(&mut shell, &["vote"]);
    answer::page(&Profile {
        shell,
        person: present::person(&found),
        handle: format!(
            "@{}@{}",
            found.name,
            if found.is_local() {
                &visit.site.host
            } else {
                &found.host
            }
        ),
        avatar: found
            .avatar
            .as_ref()
            .map(|sha| format!("/media/{sha}/320.webp")),
        about: markup::link_references(&found.about_html, |_| markup::Target::Dead),
        fields: found.fields.clone(),
        facts: facts(&found),
        since: present::when(found.created_at),
        follow: (!own && found.state == Standing::Active).then_some(button),
        own,
        home: (!found.is_local()).then(|| found.url.clone()),
        state: standing(found.state),
        pager: present::pager(&posts, &format!("{}?", found.path()), "Newer", "Older"),
        posts: posts
            .items
            .iter()
            .map(|post| present::post(post, &setting))
            .collect(),
    })
}

fn facts(account: &Account) -> Vec<Fact> {
    vec![
        Fact {
            name: "Posts",
            value: account.post_count.to_string(),
        },
        Fact {
            name: "Followers",
            value: account.follower_count.to_string(),
        },
    ]
}

fn standing(state: Standing) -> Option<&'static str> {
    match state {
        Standing::Active => None,
        Standing::Suspended => Some("This account is suspended."),
        Standing::Deleted => Some("This account was deleted."),
    }
}
