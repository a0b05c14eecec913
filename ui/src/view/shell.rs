//! What surrounds every page: head, header, navigation, footer.

/// The part of the site a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Boards,
    About,
    None,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) name: String,
    pub(crate) href: String,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    /// The page's own title; empty on the first page.
    pub(crate) title: String,
    pub(crate) site: String,
    pub(crate) section: Section,
    pub(crate) person: Option<SignedIn>,
    pub(crate) csrf: String,
    /// The way to sign in and back.
    pub(crate) login: String,
    pub(crate) signup: bool,
    pub(crate) style: String,
    pub(crate) icon: String,
    /// Addresses of the modules this page has elements for.
    pub(crate) scripts: Vec<String>,
    /// The ActivityPub id of what the page shows.
    pub(crate) alternate: Option<String>,
}
