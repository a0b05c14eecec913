//! The page that shows components, in debug builds.

use askama::Template;

use super::{Link, Section, Shell};

/// A component in one state.
pub(crate) struct Sample {
    pub(crate) state: &'static str,
    /// Drawn by the component's own template.
    pub(crate) html: String,
}

/// `/dev/components` and its pages.
#[derive(Template)]
#[template(path = "pages/components.html")]
pub(crate) struct Components {
    pub(crate) shell: Shell,
    pub(crate) heading: String,
    pub(crate) links: Vec<Link>,
    pub(crate) samples: Vec<Sample>,
}
