//! What pages are called in the navigation, the way to a page, the foot and the search.
//!
//! Entry: [`PageKind::name`]. Invariant: a page is called alike wherever another one leads to it.

use super::PageKind;
use crate::catalogue::Catalogue;

impl PageKind {
    /// The short name of a page; none of pages that are told apart by more than a name.
    #[must_use]
    pub fn name(self, catalogue: &Catalogue) -> Option<&str> {
        Some(match self {
            Self::Home => "Home",
            Self::Measures => "Measures",
            Self::Measure(ix) => &catalogue.measure(ix).id,
            Self::UseCases => "Use cases",
            Self::UseCase(ix) => &catalogue.use_case(ix).title,
            Self::Frameworks => "Frameworks",
            Self::Framework(ix) | Self::CoverageOf(ix) => &catalogue.framework(ix).name,
            Self::Node(ix) | Self::CoverageTop(ix) | Self::CrosswalkTop(ix, _) => {
                &catalogue.node(ix).shown
            }
            Self::Checklists => "Checklists",
            Self::Matrix(_) => "Matrix",
            Self::Coverage => "Coverage",
            Self::Crosswalk => "Crosswalk",
            Self::ProviderOf(_) => "For the provider",
            Self::Guide => "Guide",
            Self::Page(ix) => &catalogue.page(ix).title,
            Self::Threats => "Threats",
            Self::Answers(ix) => &catalogue.threat(ix).title,
            Self::Glossary => "Glossary",
            Self::Print => "The whole catalogue",
            Self::Search => "Search",
            Self::Data => "Data",
            Self::Accessibility => "Accessibility",
            Self::Group(_)
            | Self::Checklist(_)
            | Self::CoverageLevel(..)
            | Self::CoverageMeasures(_)
            | Self::CrosswalkOf(..)
            | Self::Provider(..)
            | Self::NotFound => return None,
        })
    }
}
