//! What a citation in a text leads to.

use super::super::rules::{ambiguous_citation, unresolved_citation};
use super::super::{FrameworkIx, LinkTarget};
use super::LinkOutput;
use super::index::Index;
use crate::markdown::citations::{Citation, CitationTarget};
use crate::source::SourceLocation;

impl Index<'_> {
    /// What a citation leads to; what is not certain, or leads to nothing, is reported.
    pub(super) fn citation(
        &self,
        citation: &Citation,
        text: &str,
        at: &dyn Fn() -> SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<LinkTarget> {
        let words = &text[citation.range.clone()];
        let name = |citable: &usize| self.citer_name(*citable);
        match &citation.leads {
            CitationTarget::To(citable, id) => {
                let thing = match citable.checked_sub(1) {
                    None => self.find_target(id),
                    Some(framework) => {
                        let nodes = &self.frameworks[framework].nodes;
                        nodes.get(id.as_str()).map(|ix| LinkTarget::Node(*ix))
                    }
                };
                if thing.is_none() {
                    self.unresolved(id, *citable, &at(), output);
                }
                return thing;
            }
            CitationTarget::Nowhere(citable) => {
                self.unresolved(&citation.id, *citable, &at(), output);
            }
            CitationTarget::Several(citable, ids) => {
                output.push(unresolved_citation::several(
                    &at(),
                    words,
                    name(citable),
                    ids,
                ));
            }
            CitationTarget::Number(citable) => {
                output.push(ambiguous_citation::number(&at(), words, name(citable)));
            }
            CitationTarget::Unclear(citables) => {
                let names: Vec<_> = citables.iter().map(name).collect();
                output.push(ambiguous_citation::report(&at(), words, &names.join(", ")));
            }
        }
        None
    }

    /// Whether a framework's own file is lost, so that a name that two bear may be its.
    fn has_unparsed_framework(&self) -> bool {
        let mut lost = self.records.unparsed.iter();
        lost.any(|it| it.contains("/framework."))
    }

    /// Whose ids a citer's are, in words.
    fn citer_name(&self, citable: usize) -> &str {
        let framework = citable.checked_sub(1);
        framework.map_or("the book", |it| self.frameworks[it].name.as_str())
    }

    fn unresolved(&self, id: &str, citable: usize, at: &SourceLocation, output: &mut LinkOutput) {
        let name = self.citer_name(citable);
        match citable.checked_sub(1) {
            None if self.may_be_unparsed(id) => {}
            None => output.push(unresolved_citation::report(at, id, name, self.own_titles())),
            Some(framework) => {
                let ids = &self.frameworks[framework];
                let printed = ids.printed.get(id);
                if printed.is_some() {
                    self.node(FrameworkIx::new(framework), at, id, output);
                } else if !ids.has_unparsed_file && !self.has_unparsed_framework() {
                    let known = self.node_titles(ids).into_iter();
                    output.push(unresolved_citation::report(at, id, name, known));
                }
            }
        }
    }
}
