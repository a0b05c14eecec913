//! What the database holds of a board, and what a viewer sees of it.

use std::collections::HashSet;

use db::{Conn, Id, Timestamp, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::board::{Board, Posting, Settings};
use crate::schema::{actors, boards, moderators};
use crate::{Result, Role, Viewer, follow};

#[derive(Queryable, Selectable)]
pub(super) struct Row {
    #[diesel(select_expression = actors::id)]
    pub(super) id: Id,
    #[diesel(select_expression = actors::name)]
    pub(super) name: String,
    #[diesel(select_expression = actors::host)]
    pub(super) host: String,
    #[diesel(embed)]
    actor: Actor,
    #[diesel(embed)]
    facts: Facts,
    #[diesel(select_expression = boards::bumped_at)]
    pub(super) bumped_at: Timestamp,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = actors)]
pub(super) struct Actor {
    uri: String,
    url: String,
    title: String,
    about: String,
    about_html: String,
    avatar: Option<String>,
    banner: Option<String>,
    follower_count: i64,
    created_at: Timestamp,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = boards)]
pub(super) struct Facts {
    rules: String,
    nsfw: bool,
    dislikes: bool,
    require_alt: bool,
    bump_limit: i64,
    posting: String,
    featured: bool,
    thread_count: i64,
    post_count: i64,
}

/// Rows into boards as the viewer sees them, with two more statements for any number of boards.
pub(super) async fn hydrate(
    conn: &mut Conn,
    rows: Vec<Row>,
    viewer: &Viewer,
) -> Result<Vec<Board>> {
    let mut boards: Vec<Board> = rows.into_iter().map(board).collect();
    let Some(caller) = viewer.caller() else {
        return Ok(boards);
    };
    let ids: Vec<Id> = boards.iter().map(|board| board.id).collect();
    let follows = follow::states(conn, caller.id, &ids).await?;
    let named = moderators::table
        .filter(moderators::account_id.eq(caller.id))
        .filter(moderators::board_id.eq_any(&ids))
        .select(moderators::board_id);
    let named: Vec<Id> = run!(conn, c => named.load(c).await)?;
    let named: HashSet<Id> = named.into_iter().collect();
    for board in &mut boards {
        board.following = follows.get(&board.id).copied();
        let of_node = board.is_local() && caller.role >= Role::Moderator;
        board.moderates = of_node || named.contains(&board.id);
    }
    Ok(boards)
}

fn board(row: Row) -> Board {
    let Row { actor, facts, .. } = row;
    Board {
        id: row.id,
        name: row.name,
        host: row.host,
        uri: actor.uri,
        url: actor.url,
        title: actor.title,
        about: actor.about,
        about_html: actor.about_html,
        rules: facts.rules,
        avatar: actor.avatar,
        banner: actor.banner,
        settings: Settings {
            nsfw: facts.nsfw,
            dislikes: facts.dislikes,
            require_alt: facts.require_alt,
            bump_limit: facts.bump_limit,
            posting: Posting::parse(&facts.posting).unwrap_or_default(),
        },
        featured: facts.featured,
        thread_count: facts.thread_count,
        post_count: facts.post_count,
        follower_count: actor.follower_count,
        bumped_at: row.bumped_at,
        created_at: actor.created_at,
        following: None,
        moderates: false,
    }
}
