//! `/settings/profile`: what one says and shows of oneself.

use axum::extract::{Request, State};
use domain::account::{self, Account, Profile};
use domain::{Error, Id, attachment, limits};
use http::StatusCode;
use web::{Problem, Query};

use super::PICTURES;
use crate::answer::{self, Answer};
use crate::asked::Asked;
use crate::form::Fields;
use crate::pages::Pages;
use crate::present;
use crate::submission::Submission;
use crate::view::{Faults, Kept, Section, SettingsPicture, SettingsProfile};
use crate::visit::Visit;

/// The slots of the form.
const AVATAR: usize = 1;
const BANNER: usize = 2;

pub(crate) async fn show(
    State(pages): State<Pages>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Answer {
    let caller = visit.browser.reader()?;
    let found = account::by_id(&mut *pages.app.cx.read().await?, caller.id).await?;
    let mut page = blank(&pages, &visit, Some(&found));
    page.title.clone_from(&found.title);
    page.about.clone_from(&found.about);
    page.fields = rows(found.fields);
    page.saved = asked.saved.is_some();
    answer::page(&page)
}

pub(crate) async fn save(State(pages): State<Pages>, visit: Visit, request: Request) -> Answer {
    let mut sent = Submission::read_places(request, &pages, &visit, PICTURES).await?;
    let Err(error) = write(&pages, &visit, &mut sent).await else {
        return super::saved("profile");
    };
    let (status, faults) = present::faults(at_fields(error))?;
    again(&pages, &visit, &sent, faults, status).await
}

async fn write(pages: &Pages, visit: &Visit, sent: &mut Submission) -> Result<(), Error> {
    let caller = visit.browser.writer(&sent.fields.text("csrf"))?;
    sent.store(pages, caller).await?;
    let profile = Profile {
        title: Some(sent.fields.trimmed("title")),
        about: Some(sent.fields.text("about")),
        avatar: wanted(sent, AVATAR),
        banner: wanted(sent, BANNER),
        fields: Some(typed(&sent.fields)),
    };
    pages
        .app
        .cx
        .write(async |tx| account::update(tx, caller, profile).await)
        .await?;
    Ok(())
}

/// The picture that is new, or that there is to be none.
fn wanted(sent: &Submission, slot: usize) -> Option<Option<Id>> {
    match sent.picture(slot) {
        Some(upload) => Some(Some(upload)),
        None => sent
            .fields
            .checked(&format!("remove{slot}"))
            .then_some(None),
    }
}

/// Every row of the form, empty ones too: what is shown again stays where it was typed.
fn places(fields: &Fields) -> Vec<(String, String)> {
    let field = |at: usize| {
        let name = fields.trimmed(&format!("name{at}"));
        (name, fields.trimmed(&format!("value{at}")))
    };
    (1..=limits::FIELDS).map(field).collect()
}

fn typed(fields: &Fields) -> Vec<(String, String)> {
    let mut rows = places(fields);
    rows.retain(|(name, value)| !name.is_empty() || !value.is_empty());
    rows
}

/// Filled up with empty ones.
fn rows(mut fields: Vec<(String, String)>) -> Vec<(String, String)> {
    fields.resize(limits::FIELDS, (String::new(), String::new()));
    fields
}

/// The faults by the names the form has for its fields.
fn at_fields(error: Error) -> Error {
    let Error::Invalid(mut faults) = error else {
        return error;
    };
    for fault in &mut faults {
        fault.field = match fault.field.as_ref() {
            "display_name" => "title".into(),
            "bio" => "about".into(),
            "avatar" => "file1".into(),
            "banner" => "file2".into(),
            field if field.starts_with("fields") => "fields".into(),
            _ => continue,
        };
    }
    Error::Invalid(faults)
}

async fn again(
    pages: &Pages,
    visit: &Visit,
    sent: &Submission,
    faults: Faults,
    status: StatusCode,
) -> Answer {
    let mut conn = pages.app.cx.read().await?;
    let found = match visit.caller() {
        Some(caller) => Some(account::by_id(&mut conn, caller.id).await?),
        None => None,
    };
    let mut page = blank(pages, visit, found.as_ref());
    page.title = sent.fields.text("title");
    page.about = sent.fields.text("about");
    page.fields = places(&sent.fields);
    for picture in &mut page.pictures {
        picture.fault = faults.of(&format!("file{}", picture.slot));
        picture.kept = kept(&mut conn, sent, picture.slot).await?;
    }
    page.faults = faults;
    answer::page_with(status, &page)
}

async fn kept(
    conn: &mut db::Conn,
    sent: &Submission,
    slot: usize,
) -> Result<Option<Kept>, Problem> {
    let Some(id) = sent.picture(slot) else {
        return Ok(None);
    };
    let found = attachment::find(conn, id).await?;
    Ok(present::image_for_form(&found).map(|(image, facts)| Kept { id, image, facts }))
}

fn blank(pages: &Pages, visit: &Visit, found: Option<&Account>) -> SettingsProfile {
    let picture = |slot: usize, what: &'static str, sha: Option<&String>, size: &str| {
        let shown = sha.map(|sha| format!("/media/{sha}/{size}.webp"));
        SettingsPicture {
            slot,
            what,
            shown,
            kept: None,
            fault: None,
        }
    };
    let most = i64::try_from(pages.app.ingest.limits().bytes).unwrap_or(i64::MAX);
    let avatar = found.and_then(|account| account.avatar.as_ref());
    let banner = found.and_then(|account| account.banner.as_ref());
    SettingsProfile {
        shell: visit.shell("Profile", Section::None),
        tabs: super::tabs(visit, "profile"),
        title: String::new(),
        about: String::new(),
        fields: rows(Vec::new()),
        pictures: vec![
            picture(AVATAR, "Avatar", avatar, "320"),
            picture(BANNER, "Banner", banner, "320"),
        ],
        accept_words: format!("JPEG, PNG, GIF or WebP, at most {}.", present::bytes(most)),
        title_limit: limits::TITLE,
        about_limit: limits::ABOUT,
        field_limit: limits::FIELD,
        saved: false,
        profile: found.map_or_else(|| "/".to_owned(), Account::path),
        faults: Faults::default(),
    }
}
