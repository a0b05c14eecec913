//! The parameter list of a cavage `Signature` header, read strictly.
//!
//! Splitting at commas, as is common, lets a quoted value smuggle a second `headers` or `keyId`; this reader honours
//! quotes, and refuses a parameter named twice. Numbers are read as bounded digits, so that
//! `created=18446744073709551615` is an error and no overflow further down. Called by `cavage`.

use crate::signature::{MAX_HEADER, SignatureError};

/// Most parameters; six are known.
const MAX_PARAMETERS: usize = 16;
/// Most covered components.
const MAX_COVERED: usize = 32;
/// 9999-12-31T23:59:59Z.
pub(super) const LAST_SECOND: i64 = 253_402_300_799;

/// The parameters of a signature.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters {
    pub(super) key_id: String,
    pub(super) algorithm: Option<String>,
    /// Covered components in their order, lower case.
    pub(super) covered: Vec<String>,
    pub(super) signature: String,
    /// Seconds since 1970, with the digits as sent: they are part of the signed text.
    pub(super) created: Option<i64>,
    pub(super) expires: Option<i64>,
}

/// Reads the header's value.
pub(super) fn parameters(header: &str) -> Result<Parameters, SignatureError> {
    if header.len() > MAX_HEADER {
        return Err(SignatureError::TooLong);
    }
    let pairs = pairs(header)?;
    let take = |name: &str| {
        pairs
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.clone())
    };
    let required = |name: &str, what| {
        take(name)
            .filter(|value| !value.is_empty())
            .ok_or(SignatureError::Malformed(what))
    };
    Ok(Parameters {
        key_id: required("keyId", "keyId is missing")?,
        signature: required("signature", "signature is missing")?,
        algorithm: take("algorithm"),
        // Without `headers` the draft means `(created)` alone, which is refused later as too little.
        covered: covered(take("headers").as_deref().unwrap_or("(created)"))?,
        created: take("created")
            .map(|digits| seconds(&digits, "created"))
            .transpose()?,
        expires: take("expires")
            .map(|digits| seconds(&digits, "expires"))
            .transpose()?,
    })
}

/// A time of at most twelve digits and not after the year 9999.
pub(super) fn seconds(digits: &str, name: &'static str) -> Result<i64, SignatureError> {
    let plain = !digits.is_empty()
        && digits.len() <= 12
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    let value = digits
        .parse::<i64>()
        .ok()
        .filter(|value| plain && *value <= LAST_SECOND);
    value.ok_or(SignatureError::NumberOutOfRange(name))
}

fn covered(list: &str) -> Result<Vec<String>, SignatureError> {
    let mut names: Vec<String> = Vec::new();
    for name in list.split_ascii_whitespace() {
        let name = name.to_ascii_lowercase();
        if !is_component(&name) {
            return Err(SignatureError::Malformed("headers names what is no header"));
        }
        if names.contains(&name) {
            return Err(SignatureError::DuplicateParameter(name));
        }
        names.push(name);
    }
    if names.is_empty() || names.len() > MAX_COVERED {
        return Err(SignatureError::Malformed(
            "headers names no or too many components",
        ));
    }
    Ok(names)
}

/// A header's name, or one of the three that stand for no header.
fn is_component(name: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    matches!(name, "(request-target)" | "(created)" | "(expires)") || name.bytes().all(letters)
}

fn pairs(header: &str) -> Result<Vec<(String, String)>, SignatureError> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut rest = header.trim();
    while !rest.is_empty() {
        let (name, after) = rest
            .split_once('=')
            .ok_or(SignatureError::Malformed("a parameter has no value"))?;
        let name = name.trim();
        if name.is_empty()
            || !name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
        {
            return Err(SignatureError::Malformed("a parameter has no proper name"));
        }
        let (value, after) = value(after.trim_start())?;
        if pairs.iter().any(|(known, _)| known == name) {
            return Err(SignatureError::DuplicateParameter(name.to_owned()));
        }
        if pairs.len() == MAX_PARAMETERS {
            return Err(SignatureError::Malformed("there are too many parameters"));
        }
        pairs.push((name.to_owned(), value.to_owned()));
        rest = next(after)?;
    }
    Ok(pairs)
}

/// A quoted or bare value and what follows it.
fn value(text: &str) -> Result<(&str, &str), SignatureError> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (value, after) = quoted
            .split_once('"')
            .ok_or(SignatureError::Malformed("a quote is not closed"))?;
        if value.contains('\\') {
            return Err(SignatureError::Malformed("backslashes are not accepted"));
        }
        return Ok((value, after));
    }
    let end = text.find(',').unwrap_or(text.len());
    let (value, after) = text.split_at(end);
    let value = value.trim();
    if value.contains(['"', ' ']) {
        return Err(SignatureError::Malformed(
            "a value must be quoted as a whole",
        ));
    }
    Ok((value, after))
}

/// Skips the comma between parameters; a comma at the end is nobody's intention.
fn next(after: &str) -> Result<&str, SignatureError> {
    let after = after.trim_start();
    if after.is_empty() {
        return Ok(after);
    }
    let rest = after
        .strip_prefix(',')
        .ok_or(SignatureError::Malformed("a comma is missing"))?
        .trim_start();
    if rest.is_empty() {
        return Err(SignatureError::Malformed("the list ends with a comma"));
    }
    Ok(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_equals_inside_quotes_belong_to_the_value() {
        let read = parameters(r#"keyId="https://a.example/u?x=1,headers=date#k" , algorithm="hs2019",headers="Host date",signature="QQ==",created=1"#).unwrap();
        assert_eq!(read.key_id, "https://a.example/u?x=1,headers=date#k");
        assert_eq!(read.covered, ["host", "date"]);
        assert_eq!(read.signature, "QQ==");
        assert_eq!(read.created, Some(1));
        assert_eq!(read.expires, None);
    }

    #[test]
    fn duplicates_are_refused() {
        let twice = parameters(r#"keyId="a",keyId="b",headers="date",signature="c""#);
        assert_eq!(
            twice,
            Err(SignatureError::DuplicateParameter("keyId".into()))
        );
        let twice = parameters(r#"keyId="a",headers="date DATE",signature="c""#);
        assert_eq!(
            twice,
            Err(SignatureError::DuplicateParameter("date".into()))
        );
    }

    #[test]
    fn numbers_that_overflow_are_refused_not_computed_with() {
        for digits in [
            "18446744073709551615",
            "253402300800",
            "-1",
            "1.5",
            "",
            "1e9",
            "99999999999999999999999",
        ] {
            let header = format!(r#"keyId="a",headers="(created)",signature="c",created={digits}"#);
            assert_eq!(
                parameters(&header),
                Err(SignatureError::NumberOutOfRange("created")),
                "{digits}"
            );
        }
    }

    #[test]
    fn broken_lists_are_refused() {
        for header in [
            "",
            "x",
            r#"keyId="a"#,
            r#"keyId="a""#,
            r#"keyId="a",signature="""#,
            r#"keyId="a" signature="b""#,
            r#"keyId="a",signature="b","#,
            r#"key id="a",signature="b""#,
            r#"keyId="a\"",signature="b""#,
            r#"keyId=a b,signature="b""#,
            r#"keyId="a",signature="b",headers="""#,
            r#"keyId="a",signature="b",headers="host,date""#,
            r#"keyId="a",signature="b",headers="(other)""#,
        ] {
            assert!(
                matches!(parameters(header), Err(SignatureError::Malformed(_))),
                "{header}"
            );
        }
        let long = format!(r#"keyId="{}",signature="b""#, "x".repeat(MAX_HEADER));
        assert_eq!(parameters(&long), Err(SignatureError::TooLong));
    }
}
