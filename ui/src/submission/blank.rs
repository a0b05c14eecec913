//! The form, empty or filled again.

use domain::board::Board;
use domain::{attachment, limits};

use super::Submission;
use crate::pages::Pages;
use crate::present;
use crate::view::{Compose, Faults, Kept, Kind, Slot};
use crate::visit::Visit;

/// What a form is for.
pub(crate) struct Blank<'a> {
    pub(crate) kind: Kind,
    pub(crate) action: String,
    pub(crate) board: &'a Board,
}

impl Blank<'_> {
    /// With nothing in it.
    pub(crate) fn form(&self, pages: &Pages, visit: &Visit) -> Compose {
        let places = visit.site.pictures.clamp(1, crate::FILES);
        let most = i64::try_from(pages.app.ingest.limits().bytes).unwrap_or(i64::MAX);
        Compose {
            kind: self.kind,
            action: self.action.clone(),
            csrf: visit.csrf(),
            subject: String::new(),
            body: String::new(),
            tags: String::new(),
            warning: String::new(),
            language: String::new(),
            sensitive: false,
            sage: false,
            slots: (1..=places).map(Slot::empty).collect(),
            faults: Faults::default(),
            accept: "image/jpeg,image/png,image/gif,image/webp",
            accept_words: format!("JPEG, PNG, GIF or WebP, at most {}.", present::bytes(most)),
            alt_required: self.board.settings.require_alt,
            body_limit: limits::BODY,
            alt_limit: limits::ALT,
            subject_limit: limits::SUBJECT,
            warning_limit: limits::CONTENT_WARNING,
        }
    }

    /// With what was sent, and what is wrong with it.
    pub(crate) async fn again(
        &self,
        pages: &Pages,
        visit: &Visit,
        sent: &Submission,
        faults: Faults,
    ) -> domain::Result<Compose> {
        let mut form = self.form(pages, visit);
        form.subject = sent.fields.text("subject");
        form.body = sent.fields.text("body");
        form.tags = sent.fields.text("tags");
        form.warning = sent.fields.text("content_warning");
        form.language = sent.fields.text("language");
        form.sensitive = sent.fields.checked("sensitive");
        form.sage = sent.fields.checked("sage");
        let mut conn = pages.app.cx.read().await?;
        for slot in &mut form.slots {
            let number = slot.number;
            slot.alt = sent.fields.text(&format!("alt{number}"));
            slot.file_fault = faults.of(&format!("file{number}"));
            slot.alt_fault = faults.of(&format!("alt{number}"));
            if let Some(id) = sent.picture(number) {
                let found = attachment::find(&mut conn, id).await?;
                slot.kept =
                    present::image_for_form(&found).map(|(image, facts)| Kept { id, image, facts });
            }
        }
        form.faults = faults;
        Ok(form)
    }
}
