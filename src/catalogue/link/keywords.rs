//! The words under which a record is searched.
//!
//! Entry: [`keywords`]. Invariant: what is no keyword is reported and left out.

use std::collections::HashMap;

use super::super::rules::bad_keyword;
use super::LinkOutput;
use crate::schema::Ref;
use crate::source::{SourceLocation, SourcePath};

/// The keywords of a record, each once.
pub(super) fn keywords(written: &[Ref], path: &SourcePath, output: &mut LinkOutput) -> Vec<String> {
    let mut first: HashMap<String, &Ref> = HashMap::new();
    let mut out = Vec::with_capacity(written.len());
    for it in written {
        let place = |at: &Ref| SourceLocation {
            path: path.clone(),
            span: at.span,
        };
        let word = it.trim();
        if word.is_empty() {
            output.push(bad_keyword::empty(&place(it)));
        } else if word.contains([';', '\n', '\r']) {
            output.push(bad_keyword::divided(&place(it), word));
        } else if let Some(first) = first.get(&word.to_lowercase()) {
            output.push(bad_keyword::twice(&place(it), &place(first), word));
        } else {
            first.insert(word.to_lowercase(), it);
            out.push(word.to_owned());
        }
    }
    out
}
