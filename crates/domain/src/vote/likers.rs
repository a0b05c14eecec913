//! Who likes a post. Dislikes are counted and name nobody.

use db::{Conn, Id, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::Result;
use crate::account::{self, Account};
use crate::page::{Page, Slice, falling};
use crate::schema::{actors, votes};

/// Who likes a post, the newest account first.
///
/// # Errors
/// `Invalid` for a cursor of another list.
pub async fn likers(conn: &mut Conn, post: Id, page: Page) -> Result<Slice<Account>> {
    let span = page.span::<Id>()?;
    let rows: Vec<account::Row> = run!(conn, c => {
        let likes = votes::table
            .inner_join(actors::table.on(actors::id.eq(votes::account_id)))
            .filter(votes::post_id.eq(post))
            .filter(votes::value.eq(1))
            .filter(actors::withheld.eq(false))
            .select(account::Row::as_select())
            .limit(page.rows())
            .into_boxed();
        let part = falling!(likes, votes::account_id, span);
        part.load(c).await
    })?;
    let accounts: Vec<Account> = rows.into_iter().map(Account::from).collect();
    Ok(Slice::cut(accounts, &page, &span, |account| account.id))
}
