//! Finds every form of every page that somebody can reach: follows the links from a few addresses on, a few of each kind.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use http::StatusCode;
use scraper::{ElementRef, Html, Selector};

use crate::page::filled;
use crate::site::{Form, Person};

/// Addresses of one kind that are visited.
const OF_A_KIND: usize = 3;

/// The kinds of addresses that the router knows, as the source writes them, and whether they take forms.
pub(crate) struct Routes(Vec<(String, bool)>);

impl Routes {
    /// Those of the pages.
    pub(crate) fn read() -> Self {
        let mut found = Vec::new();
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        collect(&source, &mut found);
        assert!(found.len() > 50, "the routes were not found");
        Self(found)
    }

    /// The kinds of addresses that take forms.
    pub(crate) fn taking(&self) -> BTreeSet<&str> {
        let taking = self.0.iter().filter(|(_, takes)| *takes);
        taking.map(|(route, _)| route.as_str()).collect()
    }

    /// The kind of an address.
    pub(crate) fn kind(&self, address: &str) -> Option<&str> {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let parts: Vec<&str> = path.split('/').collect();
        let fits = |route: &str| {
            let wanted: Vec<&str> = route.split('/').collect();
            let same = |(a, b): (&&str, &&str)| a == b || (a.contains('{') && !b.is_empty());
            wanted.len() == parts.len() && wanted.iter().zip(&parts).all(same)
        };
        let fitting = self.0.iter().filter(|(route, _)| fits(route));
        let exact = fitting.min_by_key(|(route, _)| route.matches('{').count());
        exact.map(|(route, _)| route.as_str())
    }
}

fn collect(folder: &Path, found: &mut Vec<(String, bool)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for part in text.split(".route(").skip(1) {
            let Some(address) = part.split('"').nth(1) else {
                continue;
            };
            let end = part.find("\n    }").or_else(|| part.find("\n}"));
            let takes = part[..end.unwrap_or(part.len())].contains("post(");
            found.push((address.to_owned(), takes));
        }
    }
}

/// A form as the page offers it.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    /// With everything filled in, and pressed at its first button.
    pub(crate) form: Form,
    /// Sent by the address itself.
    pub(crate) by_get: bool,
    pub(crate) fields: Vec<Field>,
    /// The kind of its address.
    pub(crate) kind: String,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    /// Its element, or the type of an `input`.
    pub(crate) sort: String,
}

impl Field {
    /// Whether people type into it and see it again.
    pub(crate) fn is_typed(&self) -> bool {
        matches!(
            self.sort.as_str(),
            "text" | "textarea" | "search" | "email" | "url" | "number" | "date" | "select"
        )
    }
}

/// Pages that were visited, and the forms on them: one of each kind.
#[derive(Default)]
pub(crate) struct Walk {
    pub(crate) visited: BTreeSet<String>,
    pub(crate) offers: Vec<Offer>,
}

/// Follows the links from `seeds` on.
pub(crate) async fn walk(person: &mut Person<'_>, routes: &Routes, seeds: &[&str]) -> Walk {
    let mut walk = Walk::default();
    let mut offers: BTreeMap<String, Offer> = BTreeMap::new();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut queue: VecDeque<String> = seeds.iter().map(ToString::to_string).collect();
    while let Some(address) = queue.pop_front() {
        let address = address.split('#').next().unwrap_or_default().to_owned();
        let Some(kind) = routes.kind(&address) else {
            continue;
        };
        let count = kinds.entry(like(kind, &address)).or_default();
        if *count >= OF_A_KIND || !walk.visited.insert(address.clone()) {
            continue;
        }
        *count += 1;
        let page = person.get(&address).await;
        assert!(page.status.as_u16() < 500, "{address}: {}", page.html);
        if page.status == StatusCode::SEE_OTHER {
            queue.push_back(page.location());
            continue;
        }
        let html = Html::parse_document(&page.html);
        for link in html.select(&css("a[href^='/']")) {
            queue.push_back(link.attr("href").unwrap_or_default().to_owned());
        }
        for form in html.select(&css("form[action]")) {
            if let Some(offer) = offer(form, &address, routes) {
                let names: BTreeSet<&str> = offer.fields.iter().map(|it| &*it.name).collect();
                let key = format!("{} {} {names:?}", offer.by_get, offer.kind);
                offers.entry(key).or_insert(offer);
            }
        }
    }
    walk.offers = offers.into_values().collect();
    walk
}

/// The kind with the names in its query.
fn like(kind: &str, address: &str) -> String {
    let query = address.split('?').nth(1).unwrap_or_default();
    let names: BTreeSet<&str> = query
        .split('&')
        .filter_map(|pair| pair.split('=').next())
        .collect();
    format!("{kind} {names:?}")
}

fn offer(form: ElementRef<'_>, page: &str, routes: &Routes) -> Option<Offer> {
    let action = form.attr("action")?;
    let by_get = form.attr("method") != Some("post");
    let mut filled_in: Vec<(String, String)> = Vec::new();
    let mut fields: Vec<Field> = Vec::new();
    for element in form.select(&css("input, textarea, select, button")) {
        let Some(name) = element.attr("name") else {
            continue;
        };
        let tag = element.value().name();
        let sort = match tag {
            "input" => element.attr("type").unwrap_or("text"),
            other => other,
        };
        let is_button = sort == "button" || sort == "submit";
        if !is_button {
            filled_in.extend(filled(element));
        } else if !fields.iter().any(|field| field.sort == "button") {
            let value = element.attr("value").unwrap_or_default();
            filled_in.push((name.to_owned(), value.to_owned()));
        }
        if !fields.iter().any(|field| field.name == name) {
            fields.push(Field {
                name: name.to_owned(),
                sort: if is_button { "button" } else { sort }.to_owned(),
            });
        }
    }
    Some(Offer {
        kind: routes.kind(action)?.to_owned(),
        by_get,
        fields,
        form: Form {
            page: page.to_owned(),
            action: action.to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields: filled_in,
            files: Vec::new(),
        },
    })
}

fn css(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
