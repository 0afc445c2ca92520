//! Dates as authors write them: `2026-01-05`.
//!
//! Entry: [`is_date`]. Invariant: only the extended format of ISO 8601 is valid, so that no published date is guessed.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Certainty, Diagnostic};

/// Whether a text is an existing date in the valid format.
#[must_use]
pub fn is_date(text: &str) -> bool {
    let digits = |it: &str, count| it.len() == count && it.bytes().all(|it| it.is_ascii_digit());
    let parts: Vec<_> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    digits(year, 4) && digits(month, 2) && digits(day, 2) && text.parse::<Date>().is_ok()
}

/// Rewrites a date in another format: `2026-1-5`, `20260105`, `5.1.2026`, a date with a time. None if the date does not exist
/// or is ambiguous: `5/1/2026` means different days in different countries.
#[must_use]
pub fn normalise(text: &str) -> Option<String> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|it| it.is_ascii_digit()) {
        return iso_date(&text[..4], &text[4..6], &text[6..]);
    }
    let (text, _) = text.split_once(['T', 't', ' ']).unwrap_or((text, ""));
    let is_year = |it: &str| it.len() == 4;
    let parse = |separator: char| match text.split(separator).collect::<Vec<_>>().as_slice() {
        [first, second, third] if is_year(first) => iso_date(first, second, third),
        [first, second, third] if is_year(third) && separator == '.' => {
            iso_date(third, second, first)
        }
        _ => None,
    };
    ['-', '.', '/'].into_iter().find_map(parse)
}

fn iso_date(year: &str, month: &str, day: &str) -> Option<String> {
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    Some(date.ok()?.to_string())
}

/// Adds the help for a text that is no valid date.
#[must_use]
pub fn with_date_help(diagnostic: Diagnostic, text: &str) -> Diagnostic {
    match normalise(text) {
        Some(date) => diagnostic.help(format!("write it as `{date}`")).mends_word(
            text,
            &date,
            Certainty::Certain,
        ),
        None => diagnostic.help("write year, month and day: `2026-11-22`"),
    }
}

/// A date in TOML, in quotes or as TOML's own type. Whether it is valid is checked later, where its range is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate(pub String);

impl Deref for WrittenDate {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for WrittenDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DateVisitor;

        impl<'de> Visitor<'de> for DateVisitor {
            type Value = WrittenDate;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<WrittenDate, E> {
                Ok(WrittenDate(text.to_owned()))
            }

            /// `toml` passes its own date type as a map with one key.
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<WrittenDate, A::Error> {
                let date = toml::value::Datetime::deserialize(MapAccessDeserializer::new(map))?;
                Ok(WrittenDate(date.to_string()))
            }
        }

        deserializer.deserialize_any(DateVisitor)
    }
}

impl JsonSchema for WrittenDate {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::{is_date, normalise};

    #[test]
    fn only_one_format_is_valid() {
        for text in ["2026-01-05", "1999-12-31", "2028-02-29"] {
            assert!(is_date(text), "{text}");
        }
        for text in [
            "20260105",
            "2026-1-5",
            "5.1.2026",
            "2026-02-30",
            "2026-02-29",
            "2026-13-01",
            "2026-01-05T10:00:00Z",
            "2026-01-05 10:00",
            "10:00:00",
            "2026-W02",
            "2026-005",
            "-002026-01-05",
            "+2026-01-05",
            "2026/01/05",
            "05-01-2026",
            " 2026-01-05",
            "2026-01-05\n",
            "soon",
            "",
            "２０２６-01-05",
        ] {
            assert!(!is_date(text), "{text}");
        }
    }

    #[test]
    fn unambiguous_dates_in_other_formats_are_normalised() {
        for text in [
            "20260105",
            "2026-1-5",
            "5.1.2026",
            "05.01.2026",
            "2026/01/05",
            "2026.1.5",
            "2026-01-05T10:00:00Z",
            "2026-01-05 10:00",
            " 2026-01-05",
        ] {
            assert_eq!(normalise(text).as_deref(), Some("2026-01-05"), "{text}");
        }
        for text in [
            "2026-02-30",
            "30.2.2026",
            "5/1/2026",
            "10:00:00",
            "soon",
            "",
            "5.1.26",
            "é.1.2026",
        ] {
            assert_eq!(normalise(text), None, "{text}");
        }
    }
}
