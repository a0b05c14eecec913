//! NodeInfo: what this server says of itself, and what peers say of themselves.
//!
//! Spec: <https://nodeinfo.diaspora.software/>, FEP-f1d5 and FEP-0151. A peer's index may point anywhere, so the document
//! must be on the same host or below it (Fedify CVE-2026-62857). Builders serve `/.well-known/nodeinfo` and
//! `/nodeinfo/{version}`; [`probe`] tells delivery whether a silent peer is back, and what software it runs.

use serde_json::{Value, json};
use url::Url;

use crate::fetch::{Client, FetchError, Plain};
use crate::origin;
use crate::wire::read;

/// Schema of 2.0, as `rel` of the index.
const SCHEMA_2_0: &str = "http://nodeinfo.diaspora.software/ns/schema/2.0";
/// Schema of 2.1.
const SCHEMA_2_1: &str = "http://nodeinfo.diaspora.software/ns/schema/2.1";

const ANSWER: Plain = Plain {
    accept: "application/json",
    types: &["application/json", "application/activity+json"],
    cap: 64 * 1024,
};

/// Versions of the document that are served.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    V2_0,
    V2_1,
}

impl Version {
    /// As in the path and in the document.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }

    /// Reads the last part of the path.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        [Self::V2_0, Self::V2_1]
            .into_iter()
            .find(|version| version.as_str() == text)
    }

    /// The content type of the document.
    pub(crate) fn content_type(self) -> String {
        format!(
            "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{}#\"",
            self.as_str()
        )
    }
}

/// What this server says of itself.
#[derive(Clone, Debug, Default)]
pub(crate) struct About {
    pub(crate) version: String,
    pub(crate) repository: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) open_registrations: bool,
    pub(crate) users: i64,
    pub(crate) active_month: i64,
    pub(crate) active_half_year: i64,
    pub(crate) local_posts: i64,
    pub(crate) local_comments: i64,
    /// Ids of the actors of the staff.
    pub(crate) staff: Vec<String>,
}

/// The index at `/.well-known/nodeinfo`.
pub(crate) fn index(origin: &str) -> Value {
    let origin = origin.trim_end_matches('/');
    json!({"links": [
        {"rel": SCHEMA_2_0, "href": format!("{origin}/nodeinfo/2.0")},
        {"rel": SCHEMA_2_1, "href": format!("{origin}/nodeinfo/2.1")},
    ]})
}

/// The document of one version.
pub(crate) fn document(version: Version, about: &About) -> Value {
    let mut software = json!({"name": "stoa", "version": about.version});
    if version == Version::V2_1 {
        software["repository"] = json!(about.repository);
    }
    json!({
        "version": version.as_str(),
        "software": software,
        "protocols": ["activitypub"],
        "services": {"inbound": [], "outbound": []},
        "openRegistrations": about.open_registrations,
        "usage": {
            "users": {"total": about.users, "activeMonth": about.active_month, "activeHalfyear": about.active_half_year},
            "localPosts": about.local_posts,
            "localComments": about.local_comments,
        },
        "metadata": {
            "nodeName": about.name,
            "nodeDescription": about.description,
            "staffAccounts": about.staff,
            "federation": {"enabled": true},
        },
    })
}

/// The software of a peer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Software {
    /// Lower case, e.g. `mastodon`.
    pub(crate) name: String,
    pub(crate) version: Option<String>,
}

/// Asks a peer what it runs. `site` is any address on it.
///
/// # Errors
/// [`FetchError`]; [`FetchError::NotFound`] also where the index names no document of the peer's own.
pub(crate) async fn probe(client: &Client, site: &Url) -> Result<Software, FetchError> {
    let index = site
        .join("/.well-known/nodeinfo")
        .map_err(|_| FetchError::NotFound)?;
    let links = client.get_plain(&index, ANSWER).await?;
    let document = newest(&links.value, site).ok_or(FetchError::NotFound)?;
    let answer = client.get_plain(&document, ANSWER).await?;
    software(&answer.value).ok_or(FetchError::NotFound)
}

fn newest(index: &Value, site: &Url) -> Option<Url> {
    let links = read::many(index, "links");
    let of = |version: u8| {
        links.iter().take(20).find_map(|link| {
            let rel = link.get("rel")?.as_str()?;
            rel.ends_with(&format!("/ns/schema/2.{version}"))
                .then_some(())?;
            let href = origin::parse(link.get("href")?.as_str()?)?;
            is_of_site(&href, site).then_some(href)
        })
    };
    [1, 0, 2].into_iter().find_map(of)
}

/// The same origin, or a sub-domain over the same scheme and port.
fn is_of_site(href: &Url, site: &Url) -> bool {
    if origin::same(href, site) {
        return true;
    }
    let (Some(below), Some(above)) = (href.domain(), site.domain()) else {
        return false;
    };
    let suffix = below
        .strip_suffix(above)
        .is_some_and(|start| start.ends_with('.'));
    suffix && href.scheme() == site.scheme() && href.port() == site.port()
}

fn software(document: &Value) -> Option<Software> {
    let software = document.get("software")?;
    let name = read::line(software.get("name"), 60)?.to_lowercase();
    Some(Software {
        name,
        version: read::line(software.get("version"), 60),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn our_documents_say_what_they_are() {
        let about = About {
            version: "1.2.3".into(),
            name: "Art".into(),
            users: 3,
            ..About::default()
        };
        for version in [Version::V2_0, Version::V2_1] {
            let document = document(version, &about);
            assert_eq!(document["version"], version.as_str());
            assert_eq!(
                software(&document),
                Some(Software {
                    name: "stoa".into(),
                    version: Some("1.2.3".into())
                })
            );
            assert_eq!(
                document["software"].get("repository").is_some(),
                version == Version::V2_1
            );
            assert_eq!(document["usage"]["users"]["total"], 3);
            assert!(version.content_type().contains(version.as_str()));
            assert_eq!(Version::parse(version.as_str()), Some(version));
        }
        assert_eq!(Version::parse("3.0"), None);
        let found = newest(
            &index("https://img.example/"),
            &url("https://img.example/u/x"),
        );
        assert_eq!(found, Some(url("https://img.example/nodeinfo/2.1")));
    }

    #[test]
    fn an_index_may_not_point_elsewhere() {
        let index = |href: &str| json!({"links": [{"rel": SCHEMA_2_0, "href": href}]});
        let site = url("https://a.example/");
        for good in [
            "https://a.example/nodeinfo/2.0.json",
            "https://www.a.example/n",
        ] {
            assert!(newest(&index(good), &site).is_some(), "{good}");
        }
        for bad in [
            "https://b.example/n",
            "http://a.example/n",
            "https://a.example:8443/n",
            "https://evila.example/n",
            "/n",
            "https://example/n",
        ] {
            assert_eq!(newest(&index(bad), &site), None, "{bad}");
        }
    }

    #[test]
    fn documents_of_the_fixtures_name_their_software() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../shared/fixtures/activitypub/nodeinfo");
        for (file, name) in [
            ("toolkit_nodeinfo_lemmy.json", "lemmy"),
            ("toolkit_nodeinfo_mastodon.json", "mastodon"),
        ] {
            let Ok(bytes) = std::fs::read(folder.join(file)) else {
                println!("skipped: {file} is absent");
                continue;
            };
            let found = software(&serde_json::from_slice(&bytes).unwrap()).unwrap();
            assert_eq!(found.name, name);
            assert!(found.version.is_some());
        }
        assert_eq!(software(&json!({"software": {"name": 5}})), None);
    }
}
