//! What makes a post, and who may post where: decided once for everybody who writes here and for every peer.
//!
//! Pure: the verbs load the facts and ask. Peers are asked only [`admit`]; their texts are cut, never refused.

use markup::Rendered;

use crate::board::Posting;
use crate::rules::length;
use crate::{Denial, Fault, limits};

/// What decides whether somebody may post.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) suspended: bool,
    pub(crate) moderates: bool,
    pub(crate) posting: Posting,
    pub(crate) locked: bool,
}

/// What somebody typed, as it came; only the language went through [`clean_line`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Text<'a> {
    pub(crate) subject: Option<&'a str>,
    pub(crate) body: &'a str,
    pub(crate) content_warning: Option<&'a str>,
    pub(crate) language: Option<&'a str>,
    pub(crate) tags: &'a [String],
    pub(crate) pictures: usize,
}

/// Whether somebody may post in this place.
pub(crate) fn admit(facts: Facts) -> Result<(), Denial> {
    if facts.suspended {
        return Err(Denial::Suspended);
    }
    if facts.posting == Posting::Nobody {
        return Err(Denial::Archived);
    }
    if facts.locked && !facts.moderates {
        return Err(Denial::Locked);
    }
    match facts.posting.admits(facts.moderates) {
        true => Ok(()),
        false => Err(Denial::ModeratorsPost),
    }
}

/// All that is wrong with what somebody typed.
pub(crate) fn faults(text: &Text<'_>) -> Vec<Fault> {
    let mut faults = Vec::new();
    let lines = [
        ("subject", "subject", text.subject, limits::SUBJECT),
        ("body", "text", Some(text.body), limits::BODY),
        (
            "content_warning",
            "content warning",
            text.content_warning,
            limits::CONTENT_WARNING,
        ),
    ];
    for (field, name, value, most) in lines {
        if value.is_some_and(|value| length::of(value) > most) {
            let detail = format!("The {name} may have up to {most} characters.");
            faults.push(Fault::new(field, "too_long", detail));
        }
    }
    if text.body.trim().is_empty() && text.pictures == 0 {
        let detail = "A post needs a text or a picture.";
        faults.push(Fault::new("body", "empty", detail));
    }
    if text.language.is_some_and(|language| !is_language(language)) {
        let detail =
            "The language must be a tag such as \u{201c}en\u{201d} or \u{201c}pt-BR\u{201d}.";
        faults.push(Fault::new("language", "bad_language", detail));
    }
    faults.extend(tag_fault(text.tags));
    faults
}

/// More pictures than a post may hold.
pub(crate) fn picture_fault(count: usize, most: usize) -> Option<Fault> {
    (count > most).then(|| {
        let detail = format!("A post may hold up to {most} pictures.");
        Fault::new("media", "too_many", detail)
    })
}

/// A text of one line without traps; `None` where nothing is left.
pub(crate) fn clean_line(text: Option<&str>) -> Option<String> {
    let line = markup::plain_line(text?);
    (!line.is_empty()).then_some(line)
}

/// What was typed, with one kind of line end and without what no database keeps.
pub(crate) fn clean_body(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\0', "");
    text.trim_start_matches('\n').trim_end().to_owned()
}

/// At most `most` characters; what was cut ends in an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let kept: String = text.chars().take(most.saturating_sub(1)).collect();
            format!("{}\u{2026}", kept.trim_end())
        }
    }
}

/// The tags of a post: those given and those in the text, normalised, sorted, at most [`limits::TAGS`].
pub(crate) fn tags(given: &[String], html: &Rendered) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    let normal = given.iter().filter_map(|tag| markup::normalise_tag(tag));
    for tag in normal.chain(html.tags.iter().cloned()) {
        if tags.len() < limits::TAGS && !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags.sort_unstable();
    tags
}

/// Whether this looks like a BCP 47 tag.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = first.bytes().all(|b| b.is_ascii_alphabetic());
    let rest = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    text.len() <= 35 && (2..=8).contains(&first.len()) && letters && parts.all(rest)
}

fn tag_fault(tags: &[String]) -> Option<Fault> {
    if tags.len() > limits::TAGS {
        let detail = format!("A post may carry up to {} tags.", limits::TAGS);
        return Some(Fault::new("tags", "too_many", detail));
    }
    let bad = tags.iter().find(|tag| {
        tag.chars().count() > markup::limits::TAG || markup::normalise_tag(tag).is_none()
    })?;
    let shown: String = bad.chars().take(30).collect();
    let most = markup::limits::TAG;
    let detail = format!(
        "\u{201c}{shown}\u{201d} is no tag: up to {most} letters, digits, \u{201c}_\u{201d} and \u{201c}-\u{201d}."
    );
    Some(Fault::new("tags", "bad_tag", detail))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_may_post() {
        let member = Facts {
            suspended: false,
            moderates: false,
            posting: Posting::Accounts,
            locked: false,
        };
        assert_eq!(admit(member), Ok(()));
        let locked = Facts {
            locked: true,
            ..member
        };
        assert_eq!(admit(locked), Err(Denial::Locked));
        let quiet = Facts {
            posting: Posting::Moderators,
            ..member
        };
        assert_eq!(admit(quiet), Err(Denial::ModeratorsPost));
        for place in [locked, quiet] {
            let moderator = Facts {
                moderates: true,
                ..place
            };
            assert_eq!(admit(moderator), Ok(()));
            let suspended = Facts {
                suspended: true,
                ..moderator
            };
            assert_eq!(admit(suspended), Err(Denial::Suspended));
            let archived = Facts {
                posting: Posting::Nobody,
                ..moderator
            };
            assert_eq!(admit(archived), Err(Denial::Archived));
        }
    }

    #[test]
    fn all_faults_come_at_once() {
        let subject = "s".repeat(limits::SUBJECT + 1);
        let warning = "w".repeat(limits::CONTENT_WARNING + 1);
        let tags = vec!["fine".to_owned(), "!!!".to_owned()];
        let found = faults(&Text {
            subject: Some(&subject),
            body: " \n",
            content_warning: Some(&warning),
            language: Some("english please"),
            tags: &tags,
            pictures: 0,
        });
        let codes: Vec<_> = found.iter().map(|f| (f.field.as_ref(), f.code)).collect();
        assert_eq!(
            codes,
            [
                ("subject", "too_long"),
                ("content_warning", "too_long"),
                ("body", "empty"),
                ("language", "bad_language"),
                ("tags", "bad_tag"),
            ]
        );
    }

    #[test]
    fn lengths_are_characters() {
        let body = "ä".repeat(limits::BODY);
        let text = |body| Text {
            body,
            ..Text::default()
        };
        assert_eq!(faults(&text(&body)), []);
        let longer = format!("{body}ä");
        assert_eq!(faults(&text(&longer))[0].code, "too_long");
        assert_eq!(cut("four", 4), "four");
        assert_eq!(cut("four5", 4), "fou\u{2026}");
        assert_eq!(cut("äöüß5", 4), "äöü\u{2026}");
    }

    #[test]
    fn languages() {
        for good in ["en", "pt-BR", "zh-Hant-TW", "tlh"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["", "e", "en_US", "en-", "12", "en us", &"a-".repeat(30)] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
