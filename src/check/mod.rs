//! The rules of a linked catalogue: one a file, with its manual, its logic and its examples.
//!
//! Entry: [`check`]. Invariant: a rule reads the catalogue and changes nothing.

pub mod missing_guidance;
pub mod missing_mapping;
pub mod missing_relevance;
pub mod missing_summary;
pub mod unreached_file;

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
