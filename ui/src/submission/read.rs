//! Reads a form with files part by part. The token stands before the files, so nothing of a stranger's is stored.
//!
//! A file that is refused half-way is read to its end and thrown away, and the texts around it are kept: a form is
//! never lost to one wrong picture.

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{FromRequest, Multipart, Request};
use domain::{Error, Fault, Id};
use http::StatusCode;
use media::TempPath;
use web::{Problem, limits, upload};

use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::Faults;
use crate::visit::Visit;

/// A form as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Submission {
    pub(crate) fields: Fields,
    /// Files that arrived whole, by slot.
    pub(super) files: Vec<(usize, TempPath)>,
    /// Uploaded pictures, by slot.
    pub(super) pictures: Vec<(usize, Id)>,
    /// What was wrong with files.
    pub(super) faults: Vec<Fault>,
    text: usize,
    /// Pictures the form has places for.
    places: usize,
}

impl Submission {
    /// Reads the request.
    ///
    /// # Errors
    /// It is no form with files, or it broke off.
    pub(crate) async fn read(
        request: Request,
        pages: &Pages,
        visit: &Visit,
    ) -> Result<Self, Problem> {
        let places = visit.site.pictures.min(crate::FILES);
        Self::read_places(request, pages, visit, places).await
    }

    /// Reads a request whose form has so many places for pictures, whatever a post may hold.
    ///
    /// # Errors
    /// As [`Submission::read`].
    pub(crate) async fn read_places(
        request: Request,
        pages: &Pages,
        visit: &Visit,
        places: usize,
    ) -> Result<Self, Problem> {
        let multipart = Multipart::from_request(request, pages).await;
        let mut multipart = multipart
            .map_err(|_| Problem::unsupported_type("multipart/form-data with a boundary"))?;
        let mut sent = Self {
            places,
            ..Self::default()
        };
        while let Some(field) = multipart
            .next_field()
            .await
            .map_err(|error| broken(&error))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            if sent.fields.0.len() + sent.files.len() >= limits::FORM_FIELDS {
                return Err(
                    Error::invalid("form", "too_many", "The form has too many fields.").into(),
                );
            }
            match slot(&name, "file") {
                Some(number) => sent.file(number, field, pages, visit).await?,
                None => sent.text(name, field).await?,
            }
        }
        Ok(sent)
    }

    /// The uploaded picture of a slot.
    pub(crate) fn picture(&self, number: usize) -> Option<Id> {
        self.pictures
            .iter()
            .find(|(slot, _)| *slot == number)
            .map(|(_, id)| *id)
    }

    /// The uploaded pictures in the order of their slots.
    pub(crate) fn media(&self) -> Vec<Id> {
        let mut sorted = self.pictures.clone();
        sorted.sort_unstable();
        sorted.into_iter().map(|(_, id)| id).collect()
    }

    /// What is wrong, with the status of the answer. A missing description is said at its slot.
    ///
    /// # Errors
    /// The problem, where showing the form again would not help.
    pub(crate) fn faults_of(&self, error: Error) -> Result<(StatusCode, Faults), Problem> {
        let error = match error {
            Error::Invalid(faults) => Error::Invalid(
                faults
                    .into_iter()
                    .flat_map(|fault| self.placed(fault))
                    .collect(),
            ),
            other => other,
        };
        present::faults(error)
    }

    fn placed(&self, fault: Fault) -> Vec<Fault> {
        if fault.code != "alt_required" {
            return vec![fault];
        }
        let bare = |number: &usize| self.fields.text(&format!("alt{number}")).trim().is_empty();
        let slots = self.pictures.iter().map(|(number, _)| *number).filter(bare);
        let faults: Vec<_> = slots
            .map(|number| {
                Fault::new(
                    format!("alt{number}"),
                    fault.code,
                    "This board needs a description of each picture.",
                )
            })
            .collect();
        if faults.is_empty() {
            vec![fault]
        } else {
            faults
        }
    }

    async fn text(&mut self, name: String, mut field: Field<'_>) -> Result<(), Problem> {
        let mut bytes = Vec::new();
        while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
            self.text += part.len();
            if self.text > limits::FORM_TEXT {
                let detail = format!(
                    "The texts of a form have at most {} bytes.",
                    limits::FORM_TEXT
                );
                return Err(Error::invalid(name, "too_large", detail).into());
            }
            bytes.extend_from_slice(&part);
        }
        self.fields
            .0
            .push((name, String::from_utf8_lossy(&bytes).into_owned()));
        Ok(())
    }

    async fn file(
        &mut self,
        number: usize,
        mut field: Field<'_>,
        pages: &Pages,
        visit: &Visit,
    ) -> Result<(), Problem> {
        let unnamed = field.file_name().is_none_or(str::is_empty);
        let allowed = visit.browser.writer(&self.fields.text("csrf")).is_ok();
        let name = format!("file{number}");
        let refused = |fault| upload::refused(&name, fault);
        let mut incoming = pages.app.ingest.incoming().await.map_err(refused)?;
        let mut fault = None;
        while let Some(part) = field.chunk().await.map_err(|error| broken(&error))? {
            if allowed && fault.is_none() {
                fault = incoming.write(&part).await.err();
            }
        }
        if let Some(fault) = fault {
            return self.note(upload::refused(&name, fault));
        }
        if !allowed || (unnamed && incoming.written() == 0) {
            return Ok(());
        }
        let places = self.places;
        if !(1..=places).contains(&number) || self.files.iter().any(|(slot, _)| *slot == number) {
            let detail = format!("There is room for {places} pictures.");
            return self.note(Error::invalid("media", "too_many", detail));
        }
        self.files
            .push((number, incoming.finish().await.map_err(refused)?));
        Ok(())
    }

    /// Keeps what is wrong with a file for the end; our own faults end it here.
    pub(super) fn note(&mut self, error: Error) -> Result<(), Problem> {
        match error {
            Error::Invalid(faults) => {
                self.faults.extend(faults);
                Ok(())
            }
            other => Err(other.into()),
        }
    }
}

/// The number at the end of a field such as `file2`.
pub(super) fn slot(name: &str, kind: &str) -> Option<usize> {
    name.strip_prefix(kind)?.parse().ok()
}

fn broken(error: &MultipartError) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(
            error.status(),
            "too_large",
            "Too large",
            "The pictures have far more bytes than are accepted. Go back and send fewer or smaller ones.",
        ),
        _ => Problem::bad_request(
            "cut_short",
            "The form ended early. Go back and send it again.",
        ),
    }
}
