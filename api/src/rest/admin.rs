//! What admins do: all under `/admin`, all with the scope `admin` and the role.

pub(crate) mod accounts;
pub(crate) mod audit;
pub(crate) mod decisions;
pub(crate) mod jobs;
pub(crate) mod peers;
pub(crate) mod site;

use domain::{Caller, Denial, Error, Role};
use serde::Deserialize;
use utoipa::ToSchema;

/// Why an admin does something.
#[derive(Deserialize, ToSchema)]
pub(crate) struct Because {
    /// Other admins read it in the audit log.
    #[schema(min_length = 1, max_length = 1000)]
    reason: String,
}

/// Only admins go on.
fn only_admins(caller: &Caller) -> Result<(), Error> {
    if caller.role < Role::Admin {
        return Err(Denial::NotAdmin.into());
    }
    Ok(())
}
