//! `GET /search`: posts by their words, boards and accounts by their names, tags by how they begin.

use axum::extract::State;
use domain::search::{self, Query as Search};
use domain::tag;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};
use web::{App, Paging, Query, Result, Viewer};

use super::list::{List, Listed, Part};
use super::refusal::{self, Fields};
use super::shape::{Account, Board, Hit, Post, Tag};

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Asked {
    /// Words, all of which must be found; each finds the words that begin with it. Posts are narrowed by `tag:film`,
    /// `user:anna@example.org`, `board:art`, `host:example.org` and `has:alt`.
    #[serde(default)]
    #[param(max_length = 300)]
    q: String,
    /// `posts` when not given.
    #[serde(default)]
    #[param(inline)]
    r#type: Type,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Type {
    /// By their subjects, texts, content warnings and descriptions of pictures; newest first.
    #[default]
    Posts,
    /// By their names, titles and descriptions.
    Boards,
    /// By their names and display names.
    Accounts,
    /// By how their names begin.
    Tags,
}

/// Posts, boards, accounts or tags
#[utoipa::path(
    get, path = "/search", tag = "search", params(Asked, Part), security((), ("bearer" = ["read"])),
    responses((status = 200, description = "A part of what was found", body = List<Hit>), refusal::Viewer, Fields)
)]
pub(crate) async fn find(
    State(app): State<App>,
    viewer: Viewer,
    Query(asked): Query<Asked>,
    paging: Paging,
) -> Result<Listed<Hit>> {
    let (site, who, page) = (&app.cx.site, &viewer.who, paging.page.clone());
    let query = Search::read(&asked.q, site)?;
    let mut conn = app.cx.read().await?;
    Ok(match asked.r#type {
        Type::Posts => {
            let found = search::posts(&mut conn, &query, who, page).await?;
            Listed::new(&app, &paging, found, |post| Hit {
                r#type: "post",
                post: Some(Post::of(post, site)),
                ..Hit::default()
            })
        }
        Type::Boards => {
            let found = search::boards(&mut conn, &query, who, page).await?;
            Listed::new(&app, &paging, found, |board| Hit {
                r#type: "board",
                board: Some(Board::of(board, site)),
                ..Hit::default()
            })
        }
        Type::Accounts => {
            let found = search::accounts(&mut conn, &query, page).await?;
            Listed::new(&app, &paging, found, |account| Hit {
                r#type: "account",
                account: Some(Account::of(account, site)),
                ..Hit::default()
            })
        }
        Type::Tags => {
            let found = tag::list(&mut conn, &asked.q, page).await?;
            Listed::new(&app, &paging, found, |tag| Hit {
                r#type: "tag",
                tag: Some(Tag::of(tag, site)),
                ..Hit::default()
            })
        }
    })
}
