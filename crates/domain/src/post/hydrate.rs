//! Rows into posts, with a constant number of statements for any number of posts.

use std::collections::HashMap;
use std::sync::Arc;

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::account::{self, Account, State};
use crate::attachment::{self, Attachment};
use crate::post::{Backlink, BoardRef, Deletion, Post, Quote, Row, references};
use crate::schema::{posts, votes};
use crate::{Denial, Result, Viewer, tag};

diesel::alias!(posts as openings: Openings);

/// The posts with these ids, in this order; ids of nothing are left out.
///
/// # Errors
/// The database refuses.
pub async fn hydrate(conn: &mut Conn, ids: &[Id], viewer: &Viewer) -> Result<Vec<Post>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let query = posts::table
        .inner_join(openings.on(openings.field(posts::id).eq(posts::thread_id)))
        .filter(posts::id.eq_any(ids));
    let rows: Vec<(Row, Option<i64>)> = run!(conn, c => {
        let query = query.select((Row::as_select(), openings.field(posts::no)));
        query.load(c).await
    })?;
    let mut posts: HashMap<Id, Post> = dress(conn, rows, viewer)
        .await?
        .into_iter()
        .map(|post| (post.id, post))
        .collect();
    Ok(ids.iter().filter_map(|id| posts.remove(id)).collect())
}

/// All that hangs on these posts.
struct Wardrobe {
    people: HashMap<Id, Arc<Account>>,
    boards: HashMap<Id, Arc<BoardRef>>,
    media: HashMap<Id, Vec<Attachment>>,
    tags: HashMap<Id, Vec<String>>,
    quotes: HashMap<Id, Vec<Quote>>,
    quoted_by: HashMap<Id, Vec<Backlink>>,
    votes: HashMap<Id, i16>,
}

/// Rows with the numbers of their threads' opening posts as posts, in the same order.
pub(crate) async fn dress(
    conn: &mut Conn,
    rows: Vec<(Row, Option<i64>)>,
    viewer: &Viewer,
) -> Result<Vec<Post>> {
    let ids: Vec<Id> = rows.iter().map(|(row, _)| row.id).collect();
    let mut actors: Vec<Id> = rows
        .iter()
        .flat_map(|(row, _)| [row.author_id, row.board_id])
        .collect();
    actors.sort_unstable();
    actors.dedup();
    let actors = account::by_ids(conn, &actors).await?;
    let boards = rows.iter().filter_map(|(row, _)| {
        let board = actors.get(&row.board_id)?;
        Some((row.board_id, Arc::new(board_ref(board))))
    });
    let mut wardrobe = Wardrobe {
        boards: boards.collect(),
        people: actors
            .into_iter()
            .map(|(id, actor)| (id, Arc::new(actor)))
            .collect(),
        media: attachment::of_posts(conn, &ids).await?,
        tags: tag::of_posts(conn, &ids).await?,
        quotes: references::out(conn, &ids).await?,
        quoted_by: references::back(conn, &ids).await?,
        votes: votes_of(conn, &ids, viewer).await?,
    };
    let posts = rows.into_iter();
    Ok(posts
        .filter_map(|(row, thread_no)| post(row, thread_no, &mut wardrobe))
        .collect())
}

pub(crate) fn board_ref(board: &Account) -> BoardRef {
    BoardRef {
        id: board.id,
        name: board.name.clone(),
        host: board.host.clone(),
        title: board.title.clone(),
        uri: board.uri.clone(),
    }
}

fn post(row: Row, thread_no: Option<i64>, wardrobe: &mut Wardrobe) -> Option<Post> {
    let removed = row.removed_by.is_some();
    let reason = row.reason;
    let deleted = row.deleted_at.map(|at| Deletion {
        at,
        by_moderator: removed,
        reason: reason.filter(|reason| !reason.is_empty()),
        withheld: false,
    });
    let board = wardrobe.people.get(&row.board_id)?;
    let author = wardrobe.people.get(&row.author_id)?.clone();
    // What people of this node wrote is theirs, wherever they wrote it.
    let withheld =
        author.state == State::Withheld || (board.state == State::Withheld && !author.is_local());
    let post = Post {
        id: row.id,
        uri: row.uri,
        url: row.url,
        no: row.no,
        thread_id: row.thread_id,
        thread_no,
        board: wardrobe.boards.get(&row.board_id)?.clone(),
        author,
        subject: row.subject,
        body: row.body,
        html: row.html,
        media: wardrobe.media.remove(&row.id).unwrap_or_default(),
        tags: wardrobe.tags.remove(&row.id).unwrap_or_default(),
        quotes: wardrobe.quotes.remove(&row.id).unwrap_or_default(),
        quoted_by: wardrobe.quoted_by.remove(&row.id).unwrap_or_default(),
        likes: row.likes,
        dislikes: row.dislikes,
        my_vote: wardrobe.votes.get(&row.id).copied().unwrap_or_default(),
        sensitive: row.sensitive,
        content_warning: row.content_warning,
        language: row.language,
        sage: row.sage,
        parent: row.parent_id,
        created_at: row.created_at,
        edited_at: row.edited_at,
        deleted,
        is_op: row.id == row.thread_id,
    };
    Some(if withheld { withhold(post) } else { post })
}

/// What is shown of a post whose server is suspended: that there is one.
fn withhold(post: Post) -> Post {
    let author = Account::clone(&post.author).bare();
    Post {
        author: Arc::new(author),
        subject: None,
        body: String::new(),
        html: String::new(),
        media: Vec::new(),
        tags: Vec::new(),
        quotes: Vec::new(),
        content_warning: None,
        deleted: Some(Deletion {
            at: post.created_at,
            by_moderator: true,
            reason: Some(Denial::PeerSuspended.to_string()),
            withheld: true,
        }),
        ..post
    }
}

async fn votes_of(conn: &mut Conn, ids: &[Id], viewer: &Viewer) -> Result<HashMap<Id, i16>> {
    let Some(caller) = viewer.caller() else {
        return Ok(HashMap::new());
    };
    let query = votes::table
        .filter(votes::account_id.eq(caller.id))
        .filter(votes::post_id.eq_any(ids))
        .select((votes::post_id, votes::value));
    let rows: Vec<(Id, i16)> = run!(conn, c => query.load(c).await)?;
    Ok(rows.into_iter().collect())
}
