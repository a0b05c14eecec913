//! Reads documents as JSON Schema sees them, where serde is more lenient and stricter.
//!
//! Serde takes a list for an object, its fields in order: nobody is told that, and a list of nothing would change
//! nothing and succeed. And it takes no `1.0` for an integer, which JSON does not tell from `1`.

use serde::Deserializer;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Number, Value};

/// A document, or a part of one.
pub(super) struct Strict(pub(super) Value);

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Number(number) => whole(number).deserialize_any(visitor),
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Strict));
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Value::Object(fields) => {
                let fields = fields
                    .into_iter()
                    .map(|(name, value)| (name, Strict(value)));
                let mut fields = MapDeserializer::new(fields);
                let value = visitor.visit_map(&mut fields)?;
                fields.end()?;
                Ok(value)
            }
            plain => plain.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.0.deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The integer that a number with nothing behind its point is; other numbers stay.
fn whole(number: Number) -> Number {
    /// Up to here a float holds every integer.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() <= EXACT =>
        {
            #[expect(clippy::cast_possible_truncation, reason = "whole and within bounds")]
            Number::from(float as i64)
        }
        _ => number,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Draft {
        #[serde(default)]
        text: String,
        #[serde(default)]
        vote: i16,
        focus: Option<Point>,
        #[serde(default)]
        fields: Vec<Point>,
    }

    #[derive(Debug, Default, PartialEq, Deserialize)]
    struct Point {
        x: f64,
    }

    fn read(value: Value) -> Result<Draft, String> {
        Draft::deserialize(Strict(value)).map_err(|error| error.to_string())
    }

    #[test]
    fn a_list_is_no_object_at_any_depth() {
        for (value, what) in [
            (json!([]), "Draft"),
            (json!(["a", 1]), "Draft"),
            (json!({"focus": [0.5]}), "Point"),
            (json!({"fields": [{"x": 0}, [0]]}), "Point"),
        ] {
            let error = read(value.clone()).unwrap_err();
            let expected = format!("invalid type: sequence, expected struct {what}");
            assert_eq!(error, expected, "{value}");
        }
        let good = read(json!({"focus": {"x": 1}, "fields": [{"x": 0.5}], "more": [1]}));
        let expected = Draft {
            focus: Some(Point { x: 1.0 }),
            fields: vec![Point { x: 0.5 }],
            ..Draft::default()
        };
        assert_eq!(good, Ok(expected));
        assert_eq!(read(json!({"focus": null})), Ok(Draft::default()));
    }

    #[test]
    fn an_integer_is_a_number_with_nothing_behind_the_point() {
        for (value, vote) in [
            (json!(-1.0), -1),
            (json!(1), 1),
            (json!(-0.0), 0),
            (json!(1e2), 100),
        ] {
            assert_eq!(read(json!({"vote": value})).unwrap().vote, vote, "{value}");
        }
        for value in [json!(0.5), json!(1e300), json!(100_000.0), json!("1")] {
            assert!(read(json!({"vote": value})).is_err(), "{value}");
        }
    }
}
