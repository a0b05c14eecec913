//! The pages of settings in states that are hard to bring about: refused, weak, full.

use domain::limits;
use domain::palette::Palette;
use domain::preference::{Conduct, Look};

use super::{image, signed_in, when};
use crate::answer::{self, Answer};
use crate::settings::appearance;
use crate::view::{
    Faults, Kept, SessionLine, SettingsAccount, SettingsChoice, SettingsContent, SettingsPicture,
    SettingsProfile, SettingsSessions, Tab,
};
use crate::visit::Visit;

/// Grey on grey.
const WEAK: &str = "777777-7a7a7a-808080-8a8a8a";

fn tabs(current: &str) -> Vec<Tab> {
    let tab = |text: &'static str| Tab {
        href: format!("/settings/{}", text.to_lowercase()),
        text,
        current: text == current,
    };
    ["Profile", "Account", "Sessions", "Appearance", "Content"]
        .map(tab)
        .into()
}

fn refused(fields: &[&str]) -> Faults {
    let fault = |field: &&str| ((*field).to_owned(), "Shorter would be accepted.".to_owned());
    Faults {
        general: vec!["A little slower: try again in 20 seconds.".to_owned()],
        fields: fields.iter().map(fault).collect(),
    }
}

/// Everything that can be wrong with a profile, a picture kept and another shown.
pub(super) fn profile(visit: &Visit) -> Answer {
    let picture = |slot: usize, what: &'static str| SettingsPicture {
        slot,
        what,
        shown: Some(image().src),
        kept: None,
        fault: Some("This is no picture.".to_owned()),
    };
    let kept = Kept {
        id: 1,
        image: image(),
        facts: "PNG, 412 KB".to_owned(),
    };
    answer::page(&SettingsProfile {
        shell: signed_in(visit, "Profile", "3"),
        tabs: tabs("Profile"),
        title: "W".repeat(120),
        about: "Text that is kept".to_owned(),
        fields: vec![("Camera".to_owned(), "Old".to_owned()); limits::FIELDS],
        pictures: vec![
            SettingsPicture {
                kept: Some(kept),
                ..picture(1, "Avatar")
            },
            picture(2, "Banner"),
        ],
        accept_words: "JPEG or PNG, at most 16 MB.".to_owned(),
        title_limit: limits::TITLE,
        about_limit: limits::ABOUT,
        field_limit: limits::FIELD,
        saved: false,
        profile: "/u/ann".to_owned(),
        faults: refused(&["title", "about", "fields"]),
    })
}

/// A password that was refused.
pub(super) fn account(visit: &Visit) -> Answer {
    answer::page(&SettingsAccount {
        shell: signed_in(visit, "Account", "99+"),
        tabs: tabs("Account"),
        name: "ann".to_owned(),
        password_least: *limits::PASSWORD.start(),
        saved: false,
        faults: refused(&["current", "password"]),
    })
}

/// Browsers and programs, one just ended.
pub(super) fn sessions(visit: &Visit) -> Answer {
    let line = |id: i64, name: &str, kind: Option<&str>| SessionLine {
        id,
        name: name.to_owned(),
        kind: kind.map(str::to_owned),
        since: when(),
        used: when(),
        current: id == 1,
    };
    answer::page(&SettingsSessions {
        shell: signed_in(visit, "Sessions", "3"),
        tabs: tabs("Sessions"),
        lines: vec![
            line(1, "Firefox on Linux", None),
            line(2, "Chrome on Android", None),
            line(3, "A program with a long name", Some("read and write")),
        ],
        saved: true,
    })
}

/// Colours that cannot be read, and are not saved.
pub(super) fn appearance(visit: &Visit) -> Answer {
    let look = Look {
        dark: Palette::parse(WEAK),
        ..Look::default()
    };
    let said = look.faults().into_iter();
    let said = said.map(|fault| (fault.field.to_string(), fault.detail));
    let faults = Faults::of_fields(said.collect());
    answer::page(&appearance::page(visit, &look, faults))
}

/// All that can be chosen, and refused.
pub(super) fn content(visit: &Visit) -> Answer {
    let home = |text: &str| SettingsChoice {
        value: text.to_lowercase(),
        text: text.to_owned(),
        chosen: false,
    };
    answer::page(&SettingsContent {
        shell: signed_in(visit, "Content", "3"),
        tabs: tabs("Content"),
        conduct: Conduct {
            open_sensitive: true,
            still_pictures: true,
            by_page: true,
            ..Conduct::default()
        },
        homes: vec![home("Everything"), home("Following")],
        saved: true,
        faults: refused(&[]),
    })
}
