//! How often somebody may do something: counted in the database, so that several processes count together.
//!
//! A fixed window per limit and person: one row, one statement. What a failed transaction took is given back with it.

use crate::{Result, Tx, limits::Rate};

/// Takes one of the times `who` may do this in the present window.
///
/// # Errors
/// [`crate::Error::Busy`] where none is left.
pub async fn take(tx: &mut Tx, rate: &Rate, who: &str) -> Result<()> {
    let _ = (tx, rate, who);
    todo!()
}
