//! The rules of the book as a whole, one in each file, with its manual, logic and examples.
//!
//! Entry: [`check`] for the rules of the linked catalogue; the pipeline calls the others, before it parses or when all
//! diagnostics are known. Invariant: rules only report.

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

/// Checks the rules of the linked catalogue.
#[must_use]
pub fn check(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    missing_guidance::check(catalogue, &mut diagnostics);
    missing_mapping::check(catalogue, &mut diagnostics);
    missing_relevance::check(catalogue, &mut diagnostics);
    missing_summary::check(catalogue, &mut diagnostics);
    unreached_file::check(catalogue, &mut diagnostics);
    diagnostics
}
