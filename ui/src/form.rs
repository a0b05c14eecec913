//! Forms as they come: names and values, all of them optional, none of them lost.
//!
//! Forms are read by hand and not into structs, because a form with something wrong in it must be shown again with
//! everything that was typed.

use axum::extract::{FromRequest, Request};
use web::{Form, Problem};

use crate::pages::Pages;

/// The fields of a form without files.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// The value of `name`, with the line ends of this system; empty where it is missing.
    pub(crate) fn text(&self, name: &str) -> String {
        let found = self.0.iter().find(|(field, _)| field == name);
        found
            .map(|(_, value)| value.replace("\r\n", "\n"))
            .unwrap_or_default()
    }

    /// The value of `name` without space around it.
    pub(crate) fn trimmed(&self, name: &str) -> String {
        self.text(name).trim().to_owned()
    }

    /// The value of `name`, where it is more than space.
    pub(crate) fn given(&self, name: &str) -> Option<String> {
        Some(self.trimmed(name)).filter(|text| !text.is_empty())
    }

    /// Whether the box `name` is checked.
    pub(crate) fn checked(&self, name: &str) -> bool {
        self.0.iter().any(|(field, _)| field == name)
    }

    /// The value of `name` as a number.
    pub(crate) fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.text(name).trim().parse().ok()
    }
}

impl FromRequest<Pages> for Fields {
    type Rejection = Problem;

    async fn from_request(request: Request, pages: &Pages) -> Result<Self, Problem> {
        let Form(fields) = Form::<Vec<(String, String)>>::from_request(request, pages).await?;
        Ok(Self(fields))
    }
}
