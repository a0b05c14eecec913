//! Who asks.

use db::Id;

/// What an account may do on this node as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Reads and posts.
    #[default]
    Member,
    /// Moderates every board of this node.
    Moderator,
    /// Runs the node.
    Admin,
}

impl Role {
    /// The name in the database and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Moderator => "moderator",
            Self::Admin => "admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "member" => Some(Self::Member),
            "moderator" => Some(Self::Moderator),
            "admin" => Some(Self::Admin),
            _ => None,
        }
    }
}

/// A signed-in account of this node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Its actor's id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
}

impl Caller {
    /// Whether they may remove posts from a board that they moderate, or do not. Admins may everywhere: what they
    /// remove from a board of another server is gone on this node alone, unless that board named them.
    pub fn may_remove(&self, moderates: bool) -> bool {
        moderates || self.role == Role::Admin
    }

    /// Whether they may take the files of pictures: those are gone from all boards, so who moderates one may not.
    pub fn may_withdraw(&self) -> bool {
        self.role >= Role::Moderator
    }
}

/// Whoever looks at something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Viewer {
    /// Not signed in.
    #[default]
    Visitor,
    /// Signed in.
    Account(Caller),
}

impl Viewer {
    /// The signed-in account.
    pub fn caller(&self) -> Option<&Caller> {
        match self {
            Self::Visitor => None,
            Self::Account(caller) => Some(caller),
        }
    }

    /// The id of the signed-in account, or one that no row has: for joins.
    pub fn id(&self) -> Id {
        self.caller().map_or(0, |caller| caller.id)
    }
}
