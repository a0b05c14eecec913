//! The form that writes: a thread, a reply. It shows again what was typed and what was uploaded.

use askama::Template;

use super::Image;

/// What is wrong, by field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Faults {
    /// Said above the form: what belongs to no field.
    pub(crate) general: Vec<String>,
    /// Field and sentence.
    pub(crate) fields: Vec<(String, String)>,
}

impl Faults {
    /// One that belongs to no field.
    pub(crate) fn general(sentence: impl Into<String>) -> Self {
        Self {
            general: vec![sentence.into()],
            fields: Vec::new(),
        }
    }

    /// Those of fields.
    pub(crate) fn of_fields(fields: Vec<(String, String)>) -> Self {
        Self {
            general: Vec::new(),
            fields,
        }
    }

    /// The sentences about `field`.
    pub(crate) fn of(&self, field: &str) -> Option<String> {
        let found: Vec<_> = self
            .fields
            .iter()
            .filter(|(name, _)| name == field)
            .map(|(_, detail)| detail.as_str())
            .collect();
        (!found.is_empty()).then(|| found.join(" "))
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_empty(&self) -> bool {
        self.general.is_empty() && self.fields.is_empty()
    }
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Thread,
    Reply,
}

/// A picture that was uploaded before and waits for its post.
#[derive(Clone, Debug)]
pub(crate) struct Kept {
    pub(crate) id: i64,
    pub(crate) image: Image,
    pub(crate) facts: String,
}

/// The place of one picture.
#[derive(Clone, Debug, Default)]
pub(crate) struct Slot {
    pub(crate) number: usize,
    pub(crate) kept: Option<Kept>,
    pub(crate) alt: String,
    pub(crate) file_fault: Option<String>,
    pub(crate) alt_fault: Option<String>,
}

impl Slot {
    /// A place with nothing in it.
    pub(crate) fn empty(number: usize) -> Self {
        Self {
            number,
            ..Self::default()
        }
    }
}

/// The form.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/compose.html")]
pub(crate) struct Compose {
    pub(crate) kind: Kind,
    pub(crate) action: String,
    pub(crate) csrf: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    pub(crate) tags: String,
    pub(crate) warning: String,
    pub(crate) language: String,
    pub(crate) sensitive: bool,
    pub(crate) sage: bool,
    pub(crate) slots: Vec<Slot>,
    pub(crate) faults: Faults,
    /// What files are taken, as the `accept` attribute has it, and in words.
    pub(crate) accept: &'static str,
    pub(crate) accept_words: String,
    pub(crate) alt_required: bool,
    /// Most characters of the text and of a description.
    pub(crate) body_limit: usize,
    pub(crate) alt_limit: usize,
    pub(crate) subject_limit: usize,
    pub(crate) warning_limit: usize,
}

impl Compose {
    /// The sentence about `field`; templates ask by a borrowed name.
    pub(crate) fn fault(&self, field: &str) -> Option<String> {
        self.faults.of(field)
    }

    /// Whether the further slots should stand open: one of them holds something.
    pub(crate) fn more_open(&self) -> bool {
        self.slots.iter().skip(1).any(|slot| {
            slot.kept.is_some()
                || slot.file_fault.is_some()
                || slot.alt_fault.is_some()
                || !slot.alt.is_empty()
        })
    }

    /// Whether the less used fields should stand open.
    pub(crate) fn details_open(&self) -> bool {
        !self.tags.is_empty()
            || !self.warning.is_empty()
            || !self.language.is_empty()
            || self.sensitive
            || ["tags", "content_warning", "language"]
                .iter()
                .any(|field| self.fault(field).is_some())
    }
}
