//! Ids as JSON has them: strings, because numbers beyond 2^53 lose digits in many clients. Numbers are read too.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::ToSchema;

/// An id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ToSchema)]
#[schema(value_type = String, example = "248413561520128000")]
pub(crate) struct Id(pub(crate) domain::Id);

impl Id {
    /// The ids of the domain.
    pub(crate) fn all(ids: Vec<Self>) -> Vec<domain::Id> {
        ids.into_iter().map(|id| id.0).collect()
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Digits)
    }
}

struct Digits;

impl Visitor<'_> for Digits {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as this server gave it, a string of digits")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Id, E> {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = if digits { text.parse().ok() } else { None };
        number
            .map(Id)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Id, E> {
        let id = i64::try_from(number);
        id.map(Id)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_strings_and_read_as_numbers_too() {
        let id = Id(9_007_199_254_740_993);
        let text = serde_json::to_string(&id).unwrap();
        assert_eq!(text, "\"9007199254740993\"");
        assert_eq!(serde_json::from_str::<Id>(&text).unwrap(), id);
        assert_eq!(serde_json::from_str::<Id>("17").unwrap(), Id(17));
        for bad in [
            "\"\"",
            "\"-1\"",
            "\"+1\"",
            "\"1e3\"",
            "-1",
            "1.5",
            "null",
            "99999999999999999999",
            "\"٣\"",
        ] {
            assert!(serde_json::from_str::<Id>(bad).is_err(), "{bad}");
        }
    }
}
