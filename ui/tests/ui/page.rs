//! An answer, read as a browser reads it.

use http::{HeaderMap, StatusCode, header};
use scraper::{ElementRef, Html, Selector};

use crate::site::Form;

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) path: String,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

impl Page {
    /// Where it leads.
    pub(crate) fn location(&self) -> String {
        self.header(header::LOCATION.as_str()).to_owned()
    }

    /// A header's text; empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The texts of all elements that match, white space made single.
    pub(crate) fn texts(&self, selector: &str) -> Vec<String> {
        let text = |element: ElementRef<'_>| {
            let all: String = element.text().collect();
            all.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let html = Html::parse_document(&self.html);
        html.select(&parse(selector)).map(text).collect()
    }

    /// The text of the only element that matches.
    pub(crate) fn text(&self, selector: &str) -> String {
        let mut found = self.texts(selector);
        assert_eq!(found.len(), 1, "{selector} in {}: {}", self.path, self.html);
        found.remove(0)
    }

    /// How many elements match.
    pub(crate) fn count(&self, selector: &str) -> usize {
        Html::parse_document(&self.html)
            .select(&parse(selector))
            .count()
    }

    /// What the elements that match are called.
    pub(crate) fn names(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        let selector = parse(selector);
        let names = html.select(&selector).map(|found| found.value().name());
        names.map(str::to_owned).collect()
    }

    /// An attribute of all elements that match and have it.
    pub(crate) fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let html = Html::parse_document(&self.html);
        let selector = parse(selector);
        let found = html
            .select(&selector)
            .filter_map(|element| element.attr(name));
        found.map(str::to_owned).collect()
    }

    /// An attribute of the first element that matches.
    pub(crate) fn attribute(&self, selector: &str, name: &str) -> String {
        let found = self.attributes(selector, name);
        found
            .first()
            .unwrap_or_else(|| panic!("no {selector} with {name} in {}: {}", self.path, self.html))
            .clone()
    }

    /// Whether something leads there.
    pub(crate) fn links_to(&self, path: &str) -> bool {
        self.count(&format!("a[href='{path}']")) > 0
    }

    /// The form that sends to `action`, as it is filled in on the page.
    pub(crate) fn form(&self, action: &str) -> Form {
        self.find_form(action)
            .unwrap_or_else(|| panic!("no form to {action} in {}: {}", self.path, self.html))
    }

    /// The same, where there is one.
    pub(crate) fn find_form(&self, action: &str) -> Option<Form> {
        self.form_holding(action, &[])
    }

    /// Of several forms that send to `action`, the first that has these fields.
    pub(crate) fn form_holding(&self, action: &str, fields: &[&str]) -> Option<Form> {
        let html = Html::parse_document(&self.html);
        let forms = parse("form[method=post]");
        let named = parse("input, textarea, select");
        let holds = |form: &ElementRef<'_>, name: &str| {
            form.select(&named)
                .any(|field| field.attr("name") == Some(name))
        };
        let form = html
            .select(&forms)
            .filter(|form| form.attr("action") == Some(action))
            .find(|form| fields.iter().all(|name| holds(form, name)))?;
        let first = form
            .select(&parse("input, textarea, select"))
            .next()
            .and_then(|field| field.attr("name"));
        assert_eq!(first, Some("csrf"), "the token goes first");
        Some(Form {
            page: self.path.clone(),
            action: action.to_owned(),
            multipart: form.attr("enctype") == Some("multipart/form-data"),
            fields: form
                .select(&parse("input, textarea, select"))
                .filter_map(filled)
                .collect(),
            files: Vec::new(),
        })
    }
}

/// The name and value with which a field would be sent.
pub(crate) fn filled(field: ElementRef<'_>) -> Option<(String, String)> {
    if field.value().name() == "option" {
        let list = field.ancestors().find_map(|node| {
            let element = ElementRef::wrap(node)?;
            (element.value().name() == "select").then_some(element)
        });
        let value = field.attr("value").unwrap_or_default().to_owned();
        return Some((list?.attr("name")?.to_owned(), value));
    }
    let name = field.attr("name")?.to_owned();
    if field.value().name() == "textarea" {
        let text: String = field.text().collect();
        return Some((name, text));
    }
    if field.value().name() == "select" {
        let options = parse("option");
        let mut options = field.select(&options);
        let chosen = options
            .clone()
            .find(|option| option.attr("selected").is_some());
        let value = chosen.or_else(|| options.next())?.attr("value")?;
        return Some((name, value.to_owned()));
    }
    match field.attr("type").unwrap_or("text") {
        "file" | "submit" => None,
        "checkbox" | "radio" if field.attr("checked").is_none() => None,
        _ => Some((name, field.attr("value").unwrap_or_default().to_owned())),
    }
}

fn parse(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}
