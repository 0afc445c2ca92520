//! The files that a page is made from: for its edit link, its date, and the preview.
//!
//! Entry: [`Shows::sources`]. Invariant: the first is the record's own file, the one to edit.

use std::collections::BTreeSet;

use super::Shows;
use crate::catalogue::{Catalogue, Guidance};
use crate::source::{SourceLocation, SourcePath, Span};

impl Shows {
    /// The files that a page shows, each with the range of its record; none where it is made of the whole book.
    #[must_use]
    pub fn sources(self, catalogue: &Catalogue) -> Vec<SourceLocation> {
        match self {
            Self::Measure(ix) => {
                let measure = catalogue.measure(ix);
                let mappings = catalogue.mappings_of(ix).iter();
                let files_of_mappings: BTreeSet<_> = mappings
                    .map(|it| &catalogue.mapping(*it).place.path)
                    .collect();
                let mut out = with_guidance(&measure.place, measure.guidance.as_ref());
                out.extend(files(files_of_mappings.into_iter()));
                out
            }
            Self::UseCase(ix) => {
                let use_case = catalogue.use_case(ix);
                with_guidance(&use_case.place, use_case.guidance.as_ref())
            }
            Self::Node(ix) => {
                let node = catalogue.node(ix);
                with_guidance(&node.place, node.guidance.as_ref())
            }
            Self::Framework(ix) => files([&catalogue.framework(ix).path].into_iter()),
            Self::CoverageOf(ix) => {
                let set = catalogue.framework(ix).set.iter();
                files(set.map(|it| &catalogue.set(*it).path))
            }
            Self::Page(ix) => files([&catalogue.page(ix).path].into_iter()),
            Self::Site => files(catalogue.home.iter().map(|it| &it.path)),
            Self::Threats => files(catalogue.threat_files()),
            Self::Glossary => files(catalogue.term_files()),
            Self::Data | Self::List => Vec::new(),
        }
    }
}

/// A record's file, and that of its guidance.
fn with_guidance(record: &SourceLocation, guidance: Option<&Guidance>) -> Vec<SourceLocation> {
    let mut out = vec![record.clone()];
    out.extend(files(guidance.iter().map(|it| &it.path)));
    out
}

/// Files as a whole.
fn files<'a>(paths: impl Iterator<Item = &'a SourcePath>) -> Vec<SourceLocation> {
    let whole = |path: &SourcePath| SourceLocation {
        path: path.clone(),
        span: Span::default(),
    };
    paths.map(whole).collect()
}
