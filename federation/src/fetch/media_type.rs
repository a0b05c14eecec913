//! Which content types are ActivityPub documents.
//!
//! Uploads are often served as `application/json` or as what the uploader said; only the two types that a server must
//! choose on purpose are believed (CVE-2024-25623, CVE-2024-25636).

/// What we send and answer with.
pub(crate) const ACTIVITY_JSON: &str = "application/activity+json";
const PROFILE: &str = "https://www.w3.org/ns/activitystreams";

/// The type without parameters, lower case.
pub(super) fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// Whether a `Content-Type` says ActivityPub: `application/activity+json`, or `application/ld+json` with the
/// ActivityStreams profile among its profiles. The inbox asks the same of what is posted to it.
pub(crate) fn is_activity(content_type: &str) -> bool {
    match essence(content_type).as_str() {
        ACTIVITY_JSON => true,
        "application/ld+json" => has_profile(content_type),
        _ => false,
    }
}

fn has_profile(content_type: &str) -> bool {
    content_type.split(';').skip(1).any(|parameter| {
        let Some((name, value)) = parameter.split_once('=') else {
            return false;
        };
        let mut profiles = value.trim().trim_matches('"').split_ascii_whitespace();
        name.trim().eq_ignore_ascii_case("profile") && profiles.any(|profile| profile == PROFILE)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_types_chosen_on_purpose_are_believed() {
        for good in [
            "application/activity+json",
            "Application/Activity+JSON; charset=utf-8",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/ld+json;charset=utf-8;PROFILE=https://www.w3.org/ns/activitystreams",
            "application/ld+json; profile=\"https://other.example/ https://www.w3.org/ns/activitystreams\"",
        ] {
            assert!(is_activity(good), "{good}");
        }
        for bad in [
            "",
            "application/json",
            "text/plain",
            "text/html; application/activity+json",
            "application/ld+json",
            "application/ld+json; profile=\"https://other.example/\"",
            "application/activity+jsonx",
            "image/png",
            "application/ld+json; profilex=\"https://www.w3.org/ns/activitystreams\"",
        ] {
            assert!(!is_activity(bad), "{bad}");
        }
    }
}
