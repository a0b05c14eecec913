//! `/p/{id}/edit`: its author changes a post and the descriptions of its pictures.

use axum::extract::State;
use domain::attachment::{self, Patch as Picture};
use domain::post::{self, Patch, Post};
use domain::{Caller, Denial, Error, Id};
use http::StatusCode;
use web::Path;

use crate::answer::{self, Answer};
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::view::{Edit, Faults, Kept, Section, Slot};
use crate::visit::Visit;
use crate::{history, place};

pub(crate) async fn show(State(pages): State<Pages>, visit: Visit, Path(id): Path<Id>) -> Answer {
    let caller = visit.browser.reader()?;
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    if found.author.id != caller.id {
        return Err(Error::from(Denial::NotAuthor).into());
    }
    let page = Edit {
        shell: visit.shell("Edit post", Section::Boards),
        action: format!("{}/edit", found.path()),
        back: history::back(&found),
        subject: found
            .is_op
            .then(|| found.subject.clone().unwrap_or_default()),
        body: found.body.clone(),
        warning: found.content_warning.clone().unwrap_or_default(),
        sensitive: found.sensitive,
        slots: slots(&found, |_, alt| alt.to_owned()),
        faults: Faults::default(),
    };
    answer::page(&page)
}

pub(crate) async fn save(
    State(pages): State<Pages>,
    visit: Visit,
    Path(id): Path<Id>,
    fields: Fields,
) -> Answer {
    let found = post::find(&mut *pages.app.cx.read().await?, id, &visit.viewer()).await?;
    let saved = match visit.browser.writer(&fields.text("csrf")) {
        Ok(caller) => write(&pages, caller, &found, &fields).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => answer::see(&place::of(&mut *pages.app.cx.read().await?, &found).await?),
        Err(error) => {
            let (status, faults) = present::faults(error)?;
            again(&visit, &found, &fields, faults, status)
        }
    }
}

/// The post and the descriptions of its pictures, all or nothing.
async fn write(pages: &Pages, caller: &Caller, post: &Post, fields: &Fields) -> Result<(), Error> {
    let patch = Patch {
        subject: post.is_op.then(|| fields.trimmed("subject")),
        body: Some(fields.text("body")),
        content_warning: Some(fields.trimmed("content_warning")),
        sensitive: Some(fields.checked("sensitive")),
        ..Patch::default()
    };
    let alts: Vec<(usize, Id, String)> = post
        .media
        .iter()
        .enumerate()
        .map(|(index, media)| {
            (
                index + 1,
                media.id,
                fields.text(&format!("alt{}", index + 1)),
            )
        })
        .zip(&post.media)
        .filter(|((_, _, alt), media)| *alt != media.alt)
        .map(|(changed, _)| changed)
        .collect();
    let id = post.id;
    let work = async |tx: &mut domain::Tx| {
        for (number, media, alt) in alts {
            let patch = Picture {
                alt: Some(alt),
                ..Picture::default()
            };
            let done = attachment::describe(tx, caller, media, patch).await;
            done.map_err(|error| at_slot(error, number))?;
        }
        post::edit(tx, caller, id, patch).await
    };
    pages.app.cx.write(work).await
}

fn at_slot(error: Error, number: usize) -> Error {
    let Error::Invalid(mut faults) = error else {
        return error;
    };
    for fault in &mut faults {
        fault.field = format!("alt{number}").into();
    }
    Error::Invalid(faults)
}

fn again(
    visit: &Visit,
    post: &Post,
    fields: &Fields,
    faults: Faults,
    status: StatusCode,
) -> Answer {
    let mut slots = slots(post, |number, _| fields.text(&format!("alt{number}")));
    for slot in &mut slots {
        slot.alt_fault = faults.of(&format!("alt{}", slot.number));
    }
    let page = Edit {
        shell: visit.shell("Edit post", Section::Boards),
        action: format!("{}/edit", post.path()),
        back: history::back(post),
        subject: post.is_op.then(|| fields.text("subject")),
        body: fields.text("body"),
        warning: fields.text("content_warning"),
        sensitive: fields.checked("sensitive"),
        slots,
        faults,
    };
    answer::page_with(status, &page)
}

fn slots(post: &Post, alt: impl Fn(usize, &str) -> String) -> Vec<Slot> {
    let slot = |(index, media): (usize, &attachment::Attachment)| Slot {
        kept: present::image_for_form(media).map(|(image, facts)| Kept {
            id: media.id,
            image,
            facts,
        }),
        alt: alt(index + 1, &media.alt),
        ..Slot::empty(index + 1)
    };
    post.media.iter().enumerate().map(slot).collect()
}
