//! Names in paths: what they mean here, and the one address each thing has.

use axum::response::Response;
use domain::{Error, Handle, Noun};
use web::Problem;

use crate::answer;
use crate::visit::Visit;

/// What the name in a path means.
///
/// # Errors
/// Nothing can have that name.
pub(crate) fn read(text: &str, noun: Noun, visit: &Visit) -> Result<Handle, Problem> {
    Handle::parse(text, &visit.site).ok_or_else(|| Error::Missing(noun).into())
}

/// The way to the same page under its own address: `/b/Photo@here` is `/b/photo`.
pub(crate) fn elsewhere(
    text: &str,
    handle: &Handle,
    path: impl Fn(&str) -> String,
) -> Option<Result<Response, Problem>> {
    let acct = handle.acct();
    (text != acct).then(|| answer::moved(&path(&acct)))
}
