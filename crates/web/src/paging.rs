//! Parts of lists: what a request asks for, and the `Link` header that leads on (RFC 8288).

use axum::extract::{FromRequestParts, OriginalUri};
use domain::page::{Page, Slice};
use domain::{Fault, Site, limits};
use http::request::Parts;
use http::{HeaderValue, Uri};
use serde::Deserialize;

use crate::{Problem, Query};

/// `limit`, `before` and `after` of a list, and the address the list was asked at.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Which part is wanted.
    pub page: Page,
    uri: Uri,
}

#[derive(Deserialize)]
struct Asked {
    limit: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for Paging {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Query(asked) = Query::<Asked>::from_request_parts(parts, state).await?;
        let page = check(&asked).map_err(domain::Error::Invalid)?;
        let uri = match parts.extensions.get::<OriginalUri>() {
            Some(OriginalUri(uri)) => uri.clone(),
            None => parts.uri.clone(),
        };
        Ok(Self { page, uri })
    }
}

impl Paging {
    /// The `Link` header of this part, where it has neighbours.
    pub fn link<T>(&self, site: &Site, slice: &Slice<T>) -> Option<HeaderValue> {
        let next = slice
            .next
            .as_deref()
            .map(|cursor| self.target(site, "after", cursor, "next"));
        let prev = slice
            .prev
            .as_deref()
            .map(|cursor| self.target(site, "before", cursor, "prev"));
        let links: Vec<String> = next.into_iter().chain(prev).collect();
        if links.is_empty() {
            return None;
        }
        HeaderValue::from_str(&links.join(", ")).ok()
    }

    fn target(&self, site: &Site, key: &str, cursor: &str, rel: &str) -> String {
        let query = self.uri.query().unwrap_or_default();
        let kept = form_urlencoded::parse(query.as_bytes())
            .filter(|(name, _)| name != "before" && name != "after");
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(kept)
            .append_pair(key, cursor)
            .finish();
        format!(
            "<{}{}?{query}>; rel=\"{rel}\"",
            site.origin,
            self.uri.path()
        )
    }
}

fn check(asked: &Asked) -> Result<Page, Vec<Fault>> {
    let mut faults = Vec::new();
    let limit = asked.limit.as_deref().map(str::parse::<i64>);
    let limit = match limit {
        None => None,
        Some(Ok(limit)) if (1..=limits::PAGE_MOST).contains(&limit) => Some(limit),
        Some(_) => {
            let detail = format!("limit must be a number from 1 to {}.", limits::PAGE_MOST);
            faults.push(Fault::new("limit", "out_of_range", detail));
            None
        }
    };
    if asked.before.is_some() && asked.after.is_some() {
        let detail = "Give before or after, not both.";
        faults.push(Fault::new("before", "ambiguous", detail));
    }
    if faults.is_empty() {
        Ok(Page::asked(
            limit,
            asked.before.as_deref(),
            asked.after.as_deref(),
        ))
    } else {
        Err(faults)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_the_other_parameters() {
        let paging = Paging {
            page: Page::first(2),
            uri: "/api/stoa/v1/boards?sort=name&after=old&limit=2"
                .parse()
                .unwrap(),
        };
        let slice = Slice::<()> {
            items: Vec::new(),
            next: Some("a b".to_owned()),
            prev: Some("c".to_owned()),
        };
        let link = paging
            .link(&Site::new("https://pics.example"), &slice)
            .unwrap();
        assert_eq!(
            link,
            "<https://pics.example/api/stoa/v1/boards?sort=name&limit=2&after=a+b>; rel=\"next\", \
             <https://pics.example/api/stoa/v1/boards?sort=name&limit=2&before=c>; rel=\"prev\""
        );
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let text = |text: &str| Some(text.to_owned());
        for limit in ["", "0", "101", "-1", "x", "99999999999999999999"] {
            let asked = Asked {
                limit: text(limit),
                before: text("a"),
                after: text("b"),
            };
            assert_eq!(check(&asked).unwrap_err().len(), 2, "{limit}");
        }
        let asked = Asked {
            limit: text("100"),
            before: None,
            after: text("b"),
        };
        assert_eq!(check(&asked).unwrap().limit, 100);
    }
}
