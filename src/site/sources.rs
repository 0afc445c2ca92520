//! The files that a page is made from: for its edit link, its date, and the preview.
//!
//! Entry: [`PageKind::sources`]. Invariant: the first is the record's own file, the one to edit.

use std::collections::BTreeSet;

use super::PageKind;
use crate::catalogue::{Catalogue, Guidance};
use crate::source::{SourceLocation, SourcePath, Span};

impl PageKind {
    /// The files that a page of this kind shows, each with the range of its record; none where it is made of the whole book.
    #[must_use]
    pub fn sources(self, catalogue: &Catalogue) -> Vec<SourceLocation> {
        match self {
            Self::Measure(ix) => {
                let it = catalogue.measure(ix);
                let mappings = catalogue.mappings_of(ix).iter();
                let sets: BTreeSet<_> = mappings
                    .map(|it| &catalogue.mapping(*it).place.path)
                    .collect();
                let mut out = with_guidance(&it.place, it.guidance.as_ref());
                out.extend(files(sets.into_iter()));
                out
            }
            Self::UseCase(ix) => {
                let it = catalogue.use_case(ix);
                with_guidance(&it.place, it.guidance.as_ref())
            }
            Self::Node(ix) => {
                let it = catalogue.node(ix);
                with_guidance(&it.place, it.guidance.as_ref())
            }
            Self::Framework(ix) => files([&catalogue.framework(ix).path].into_iter()),
            Self::CoverageOf(ix) => {
                let set = catalogue.framework(ix).set.iter();
                files(set.map(|it| &catalogue.set(*it).path))
            }
            Self::Page(ix) => files([&catalogue.page(ix).path].into_iter()),
            Self::Home => files(catalogue.home.iter().map(|it| &it.path)),
            Self::Threats => files(catalogue.threat_files()),
            Self::Glossary => files(catalogue.term_files()),
            Self::Measures
            | Self::Group(_)
            | Self::UseCases
            | Self::Frameworks
            | Self::Checklists
            | Self::Checklist(_)
            | Self::Matrix(_)
            | Self::Coverage
            | Self::CoverageTop(_)
            | Self::CoverageLevel(..)
            | Self::CoverageMeasures(_)
            | Self::Crosswalk
            | Self::CrosswalkOf(..)
            | Self::CrosswalkTop(..)
            | Self::ProviderOf(_)
            | Self::Provider(..)
            | Self::Guide
            | Self::Answers(_)
            | Self::Print
            | Self::Search
            | Self::Data
            | Self::Accessibility
            | Self::NotFound => Vec::new(),
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
