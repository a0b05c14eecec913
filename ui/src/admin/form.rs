//! Forms of these pages, blank or as they came back.

use domain::Error;
use http::StatusCode;
use web::Problem;

use crate::form::Fields;
use crate::present;
use crate::view::{Ask, Entry, Faults, Form};
use crate::visit::Visit;

/// A form that was sent and not accepted.
#[derive(Default)]
pub(crate) struct Again {
    form: &'static str,
    fields: Fields,
    faults: Faults,
    /// Of the answer.
    pub(crate) status: StatusCode,
}

impl Again {
    /// The form `form` as it was sent, with what is wrong.
    ///
    /// # Errors
    /// The problem, where showing the form again would not help.
    pub(crate) fn new(form: &'static str, fields: Fields, error: Error) -> Result<Self, Problem> {
        let (status, faults) = present::faults(error)?;
        Ok(Self {
            form,
            fields,
            faults,
            status,
        })
    }

    /// The form, with what was typed where it is the one that came back.
    pub(crate) fn fill(&self, mut form: Form) -> Form {
        if form.id != self.form {
            return form;
        }
        for ask in &mut form.asks {
            ask.value = match ask.entry {
                Entry::Check if self.fields.checked(ask.name) => "1".to_owned(),
                Entry::Check | Entry::Password => String::new(),
                _ => self.fields.text(ask.name),
            };
        }
        form.faults = self.faults.clone();
        form
    }
}

/// The reason of a form that must give one.
///
/// # Errors
/// `Invalid` where there is none.
pub(crate) fn reason(fields: &Fields) -> Result<String, Error> {
    fields.given("reason").ok_or_else(|| {
        let detail = "Say why; everybody can read it in the public log.";
        Error::invalid("reason", "required", detail)
    })
}

/// A form that can be taken back.
pub(crate) fn plain(
    visit: &Visit,
    id: &'static str,
    action: String,
    heading: &str,
    button: &str,
    asks: Vec<Ask>,
) -> Form {
    Form {
        id,
        action,
        csrf: visit.csrf(),
        heading: Some(heading.to_owned()),
        lead: None,
        asks,
        button: button.to_owned(),
        risk: false,
        cancel: None,
        faults: Faults::default(),
    }
}

/// A form whose act cannot be undone, or hurts: it says what will happen.
pub(crate) fn risky(form: Form, lead: &str) -> Form {
    Form {
        lead: Some(lead.to_owned()),
        risk: true,
        ..form
    }
}
