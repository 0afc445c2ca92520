//! Proof that the quick reader of YAML and the library agree, for tests and for the fuzzer.
//!
//! Entry: [`is_read`].

use std::collections::BTreeMap;

use serde::Deserialize;

use super::by_library;
use super::typed::typed;
use crate::structure::Spanned;

/// Every shape that content has.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Record {
    id: Spanned<String>,
    #[serde(default)]
    order: i64,
    #[serde(default)]
    auto: bool,
    kind: Option<Spanned<Kind>>,
    at: Option<Spanned<(u8, u8)>>,
    #[serde(default)]
    below: Vec<Self>,
    #[serde(default)]
    names: BTreeMap<String, String>,
    words: Option<Vec<Spanned<String>>>,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    One,
    TwoWords,
}

/// Whether the quick reader accepts a text.
///
/// # Panics
/// When the two readers differ over a text that the quick one accepts.
#[expect(
    clippy::must_use_candidate,
    reason = "properties compare the readers, whatever they accept"
)]
pub fn is_read(text: &str) -> bool {
    let here = typed::<Record>(text);
    if let Some(here) = &here {
        let there = by_library::<Record>(text);
        assert_eq!(there.as_ref().ok(), Some(here), "{text:?}: {there:?}");
    }
    here.is_some()
}
