//! A form of named fields, for pages whose forms differ only in what they ask.

use askama::Template;

use super::Faults;

/// How a field is filled in.
#[derive(Clone, Debug)]
pub(crate) enum Entry {
    /// One line; the text is its `autocomplete`.
    Line(&'static str),
    /// A password that is being chosen.
    Password,
    /// Several lines, so many shown.
    Text(u8),
    /// One of these values, with its words.
    Choice(Vec<(&'static str, String)>),
    /// A box to check.
    Check,
    /// Nothing to see.
    Hidden,
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    pub(crate) name: &'static str,
    pub(crate) label: String,
    pub(crate) entry: Entry,
    pub(crate) value: String,
    pub(crate) hint: Option<String>,
    pub(crate) required: bool,
}

impl Ask {
    /// A field that may stay empty.
    pub(crate) fn new(name: &'static str, label: impl Into<String>, entry: Entry) -> Self {
        Self {
            name,
            label: label.into(),
            entry,
            value: String::new(),
            hint: None,
            required: false,
        }
    }

    /// Why something is done; it must be said.
    pub(crate) fn reason(hint: &str) -> Self {
        Self::new("reason", "Reason", Entry::Text(3))
            .required()
            .hint(hint)
    }

    pub(crate) fn value(self, value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            ..self
        }
    }

    pub(crate) fn hint(self, hint: impl Into<String>) -> Self {
        Self {
            hint: Some(hint.into()),
            ..self
        }
    }

    pub(crate) fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }
}

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/form.html")]
pub(crate) struct Form {
    /// Its place on the page; its fields' ids begin with it.
    pub(crate) id: &'static str,
    pub(crate) action: String,
    pub(crate) csrf: String,
    pub(crate) heading: Option<String>,
    pub(crate) lead: Option<String>,
    pub(crate) asks: Vec<Ask>,
    pub(crate) button: String,
    /// Whether what it does cannot be undone.
    pub(crate) risk: bool,
    /// The way out.
    pub(crate) cancel: Option<String>,
    pub(crate) faults: Faults,
}

impl Form {
    /// The id of a field.
    pub(crate) fn place(&self, name: &str) -> String {
        format!("{}-{name}", self.id)
    }

    /// The sentence about a field; templates ask by a borrowed name.
    pub(crate) fn fault(&self, name: &str) -> Option<String> {
        self.faults.of(name)
    }
}
