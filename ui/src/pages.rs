//! The state of the router: the node's parts, and the look-up of foreign things.

use axum::extract::FromRef;
use federation::Remote;
use web::App;

/// What every handler may use.
#[derive(Clone)]
pub(crate) struct Pages {
    pub(crate) app: App,
    pub(crate) remote: Remote,
}

impl FromRef<Pages> for App {
    fn from_ref(pages: &Pages) -> Self {
        pages.app.clone()
    }
}
