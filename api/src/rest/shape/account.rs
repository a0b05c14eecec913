//! Accounts.

use domain::{Site, account};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::rest::id::Id;

/// An account here or elsewhere.
#[derive(Serialize, ToSchema)]
pub(crate) struct Account {
    id: Id,
    /// Its ActivityPub id.
    uri: String,
    /// Its page at home.
    url: String,
    /// Its name without a host.
    #[schema(example = "anna")]
    name: String,
    /// `anna` here, `anna@example.org` elsewhere.
    #[schema(example = "anna@example.org")]
    acct: String,
    /// Its display name, or its name where it has none.
    display_name: String,
    /// The biography as it was typed.
    bio: String,
    /// The biography as safe HTML.
    bio_html: String,
    /// Address of its picture on this server.
    avatar: Option<String>,
    /// Address of its banner on this server.
    banner: Option<String>,
    fields: Vec<Field>,
    /// Whether it says that it is a program.
    bot: bool,
    /// Whether it was suspended by the people who run this server.
    suspended: bool,
    #[schema(format = DateTime)]
    created_at: String,
    counts: Counts,
}

/// A line of a profile.
#[derive(Serialize, Deserialize, ToSchema)]
pub(crate) struct Field {
    #[schema(max_length = 255)]
    pub(crate) name: String,
    #[schema(max_length = 255)]
    pub(crate) value: String,
}

/// What belongs to an account.
#[derive(Serialize, ToSchema)]
#[schema(as = AccountCounts)]
struct Counts {
    /// Its posts held here.
    posts: i64,
    /// Its followers known here.
    followers: i64,
}

/// The caller's own account.
#[derive(Serialize, ToSchema)]
pub(crate) struct Me {
    #[serde(flatten)]
    account: Account,
    /// `member`, `moderator` or `admin` of this server.
    #[schema(example = "member")]
    role: &'static str,
    /// What the token may be used for.
    scopes: Vec<&'static str>,
}

impl Account {
    pub(crate) fn of(account: &account::Account, site: &Site) -> Self {
        Self {
            id: Id(account.id),
            uri: account.uri.clone(),
            url: account.url.clone(),
            name: account.name.clone(),
            acct: account.acct(),
            display_name: account.display_name().to_owned(),
            bio: account.about.clone(),
            bio_html: account.about_html.clone(),
            avatar: face(account.avatar.as_deref(), "320", site),
            banner: face(account.banner.as_deref(), "1280", site),
            fields: account.fields.iter().map(Field::of).collect(),
            bot: account.bot,
            suspended: account.state == account::State::Suspended,
            created_at: account.created_at.rfc3339(),
            counts: Counts {
                posts: account.post_count,
                followers: account.follower_count,
            },
        }
    }
}

impl Field {
    fn of((name, value): &(String, String)) -> Self {
        Self {
            name: name.clone(),
            value: value.clone(),
        }
    }
}

impl Me {
    pub(crate) fn of(
        account: &account::Account,
        session: &domain::session::Session,
        site: &Site,
    ) -> Self {
        Self {
            account: Account::of(account, site),
            role: session.caller.role.name(),
            scopes: session.scopes.iter().map(|scope| scope.name()).collect(),
        }
    }
}

/// The address of a picture that stands for somebody; renditions are always WebP.
pub(super) fn face(sha256: Option<&str>, rendition: &str, site: &Site) -> Option<String> {
    let sha256 = sha256?;
    Some(format!("{}/media/{sha256}/{rendition}.webp", site.origin))
}
