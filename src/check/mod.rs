//! The rules of the book as a whole: one a file, with its manual, its logic and its examples.
//!
//! Entry: [`check`] for those of the linked catalogue; the pipeline asks the others itself, before it parses or when all
//! diagnostics are known. Invariant: a rule changes nothing.

pub mod missing_guidance;
pub mod missing_mapping;
pub mod missing_relevance;
pub mod missing_summary;
pub mod too_few;
pub mod unreached_file;
pub mod unreadable_file;
pub mod unused_exception;

use crate::catalogue::Catalogue;
use crate::diagnostic::Diagnostic;

/// All that the rules find.
#[must_use]
pub fn check(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    missing_guidance::check(catalogue, &mut found);
    missing_mapping::check(catalogue, &mut found);
    missing_relevance::check(catalogue, &mut found);
    missing_summary::check(catalogue, &mut found);
    unreached_file::check(catalogue, &mut found);
    found
}
