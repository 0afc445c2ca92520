//! The words under which a record is searched.
//!
//! Entry: [`keywords`]. Invariant: invalid keywords are reported and left out.

use std::collections::HashMap;

use super::super::rules::bad_keyword;
use super::LinkOutput;
use crate::schema::Ref;
use crate::source::{SourceLocation, SourcePath};

/// The keywords of a record, each once.
pub(super) fn keywords(written: &[Ref], path: &SourcePath, output: &mut LinkOutput) -> Vec<String> {
    let mut first: HashMap<String, &Ref> = HashMap::new();
    let mut out = Vec::with_capacity(written.len());
    let location = |text: &Ref| SourceLocation {
        path: path.clone(),
        span: text.span,
    };
    for keyword in written {
        let word = keyword.trim();
        if word.is_empty() {
            output.push(bad_keyword::empty(&location(keyword)));
        } else if word.contains([';', '\n', '\r']) {
            output.push(bad_keyword::divided(&location(keyword), word));
        } else if let Some(first) = first.get(&word.to_lowercase()) {
            output.push(bad_keyword::twice(
                &location(keyword),
                &location(first),
                word,
            ));
        } else {
            first.insert(word.to_lowercase(), keyword);
            out.push(word.to_owned());
        }
    }
    out
}
