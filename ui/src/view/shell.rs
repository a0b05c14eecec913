//! What surrounds every page: head, header, navigation, footer.

/// The part of the site a page belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Home,
    Boards,
    Tags,
    Search,
    About,
    None,
}

/// Who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct SignedIn {
    pub(crate) name: String,
    pub(crate) href: String,
    /// Whether it runs the node.
    pub(crate) admin: bool,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    /// The page's own title; empty on the first page.
    pub(crate) title: String,
    pub(crate) site: String,
    pub(crate) section: Section,
    pub(crate) person: Option<SignedIn>,
    /// Whether they moderate all of this server.
    pub(crate) moderates: bool,
    pub(crate) csrf: String,
    /// The way to sign in and back.
    pub(crate) login: String,
    pub(crate) signup: bool,
    pub(crate) style: String,
    /// The style sheet of the colours somebody chose.
    pub(crate) theme: Option<String>,
    /// Classes of the root.
    pub(crate) root: String,
    /// Whether single keys do things.
    pub(crate) single_keys: bool,
    /// Whether lists end with a button instead of going on.
    pub(crate) by_page: bool,
    pub(crate) icon: String,
    /// Addresses of the modules this page has elements for.
    pub(crate) scripts: Vec<String>,
    /// The ActivityPub id of what the page shows.
    pub(crate) alternate: Option<String>,
}
