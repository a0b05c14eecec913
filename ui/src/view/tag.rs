//! A tag in a list.

/// A tag and how often it is used.
#[derive(Clone, Debug)]
pub(crate) struct TagLine {
    pub(crate) href: String,
    /// Without `#`.
    pub(crate) name: String,
    /// Like `12 posts`.
    pub(crate) count: String,
}
