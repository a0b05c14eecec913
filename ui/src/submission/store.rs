//! Takes the pictures of a form in, and gives those that wait from before their new descriptions.

use domain::attachment::{self, Meta, Patch};
use domain::{Caller, Error, Id, Result};
use media::TempPath;
use web::upload;

use super::Submission;
use super::read::slot;
use crate::pages::Pages;

/// The middle of a picture.
const CENTRE: (f64, f64) = (0.0, 0.0);

impl Submission {
    /// Uploads the files and looks after those of an earlier attempt.
    ///
    /// # Errors
    /// `Invalid` with all faults of all pictures; the good ones are uploaded nevertheless. `Busy`.
    pub(crate) async fn store(&mut self, pages: &Pages, caller: &Caller) -> Result<()> {
        self.keep(pages, caller).await?;
        for (number, path) in std::mem::take(&mut self.files) {
            match self.take(number, &path, pages, caller).await {
                Ok(id) => self.pictures.push((number, id)),
                Err(Error::Invalid(faults)) => self.faults.extend(faults),
                Err(other) => return Err(other),
            }
        }
        Error::from_faults(std::mem::take(&mut self.faults))
    }

    async fn take(
        &self,
        number: usize,
        path: &TempPath,
        pages: &Pages,
        caller: &Caller,
    ) -> Result<Id> {
        let picture = pages.app.ingest.file(path).await;
        let picture = picture.map_err(|fault| upload::refused(&format!("file{number}"), fault))?;
        let meta = Meta {
            alt: self.alt(number),
            sensitive: self.fields.checked("sensitive"),
            focus: CENTRE,
        };
        let done = pages
            .app
            .cx
            .write(async |tx| attachment::upload(tx, caller, picture, meta).await)
            .await;
        done.map_err(|error| of_slot(error, number))
    }

    /// The pictures uploaded before: described anew, or thrown away. One that is not the caller's is none.
    async fn keep(&mut self, pages: &Pages, caller: &Caller) -> Result<()> {
        let named: Vec<(usize, Id)> = self
            .fields
            .0
            .iter()
            .filter_map(|(name, value)| Some((slot(name, "media")?, value.trim().parse().ok()?)))
            .collect();
        for (number, id) in named {
            let replaced = self.files.iter().any(|(slot, _)| *slot == number);
            let dropped = self.fields.checked(&format!("drop{number}"));
            if replaced || dropped {
                let gone = pages
                    .app
                    .cx
                    .write(async |tx| attachment::discard(tx, caller, id).await)
                    .await;
                ignore_missing(gone)?;
                continue;
            }
            let patch = Patch {
                alt: Some(self.alt(number)),
                sensitive: Some(self.fields.checked("sensitive")),
                focus: None,
            };
            match pages
                .app
                .cx
                .write(async |tx| attachment::describe(tx, caller, id, patch).await)
                .await
            {
                Ok(()) => self.pictures.push((number, id)),
                Err(Error::Invalid(faults)) => {
                    self.pictures.push((number, id));
                    if let Error::Invalid(faults) = of_slot(Error::Invalid(faults), number) {
                        self.faults.extend(faults);
                    }
                }
                other => ignore_missing(other)?,
            }
        }
        Ok(())
    }

    fn alt(&self, number: usize) -> String {
        self.fields.text(&format!("alt{number}"))
    }
}

/// The faults of one upload as those of its slot.
fn of_slot(error: Error, number: usize) -> Error {
    let Error::Invalid(mut faults) = error else {
        return error;
    };
    for fault in &mut faults {
        let field = if fault.field == "alt" { "alt" } else { "file" };
        fault.field = format!("{field}{number}").into();
    }
    Error::Invalid(faults)
}

fn ignore_missing(done: Result<()>) -> Result<()> {
    match done {
        Err(Error::Missing(_) | Error::Conflict(_)) => Ok(()),
        other => other,
    }
}
