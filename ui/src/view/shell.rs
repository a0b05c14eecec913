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

/// What other sites show where somebody links to a page, besides its title and description.
#[derive(Clone, Debug)]
pub(crate) struct Preview {
    /// `website`, `article` or `profile`.
    pub(crate) kind: &'static str,
    /// The page's own whole address.
    pub(crate) address: String,
    /// The whole address of a picture that everybody may see, and its description.
    pub(crate) picture: Option<(String, String)>,
}

/// The frame of a page.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    /// The page's own title; empty on the first page.
    pub(crate) title: String,
    pub(crate) site: String,
    /// A sentence about the page, for search engines; the site's own where the page has none. May be empty.
    pub(crate) about: String,
    /// `None` where nobody would link to it.
    pub(crate) preview: Option<Preview>,
    pub(crate) section: Section,
    pub(crate) person: Option<SignedIn>,
    /// In how many threads they watch something is new, like `3` or `99+`; `None` where it is none.
    pub(crate) unread: Option<String>,
    /// Whether they moderate a board, or all of this server.
    pub(crate) moderates: bool,
    /// How many reports wait for them, like `3` or `99+`; `None` where none does.
    pub(crate) reports: Option<String>,
    pub(crate) csrf: String,
    /// The way to sign in and back.
    pub(crate) login: String,
    pub(crate) signup: bool,
    /// The way to a new account and back.
    pub(crate) join: String,
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
    /// Address of the module that hides posts, where there are some.
    pub(crate) hiding: Option<&'static str>,
    /// The ActivityPub id of what the page shows.
    pub(crate) alternate: Option<String>,
}
