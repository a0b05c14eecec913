//! Pictures that were purged are not taken again, from whomever they come.

use db::{Conn, run};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::schema::banned_media;
use crate::{Error, Result};

/// Whether an admin purged the picture of this SHA-256.
///
/// # Errors
/// The database refuses.
pub async fn is_refused(conn: &mut Conn, sha256: &str) -> Result<bool> {
    let found = diesel::select(diesel::dsl::exists(banned_media::table.find(sha256)));
    Ok(run!(conn, c => found.get_result(c).await)?)
}

/// Nothing where the picture may be kept.
pub(crate) async fn admit(conn: &mut Conn, sha256: &str) -> Result<()> {
    if is_refused(conn, sha256).await? {
        let detail = "The admins of this server removed this picture for good; send another one.";
        return Err(Error::invalid("file", "refused", detail));
    }
    Ok(())
}
