//! The targets of citations in texts.

use super::super::rules::{ambiguous_citation, unresolved_citation};
use super::super::{FrameworkIx, LinkTarget};
use super::LinkOutput;
use super::index::Index;
use crate::markdown::citations::{Citation, CitationTarget};
use crate::source::SourceLocation;

impl Index<'_> {
    /// The target of a citation; one that is ambiguous or leads nowhere is reported.
    pub(super) fn citation(
        &self,
        citation: &Citation,
        text: &str,
        place: &dyn Fn() -> SourceLocation,
        output: &mut LinkOutput,
    ) -> Option<LinkTarget> {
        let words = &text[citation.range.clone()];
        let name = |citable: &usize| self.citable_name(*citable);
        match &citation.leads {
            CitationTarget::To(citable, id) => {
                let target = match citable.checked_sub(1) {
                    None => self.find_target(id),
                    Some(framework) => {
                        let nodes = &self.frameworks[framework].nodes;
                        nodes.get(id.as_str()).map(|ix| LinkTarget::Node(*ix))
                    }
                };
                if target.is_none() {
                    self.report_unresolved(id, *citable, &place(), output);
                }
                return target;
            }
            CitationTarget::Nowhere(citable) => {
                self.report_unresolved(&citation.id, *citable, &place(), output);
            }
            CitationTarget::Several(citable, ids) => {
                output.push(unresolved_citation::several(
                    &place(),
                    words,
                    name(citable),
                    ids,
                ));
            }
            CitationTarget::Number(citable) => {
                output.push(ambiguous_citation::number(&place(), words, name(citable)));
            }
            CitationTarget::Unclear(citables) => {
                let names: Vec<_> = citables.iter().map(name).collect();
                output.push(ambiguous_citation::report(
                    &place(),
                    words,
                    &names.join(", "),
                ));
            }
        }
        None
    }

    /// Whether the file of a framework could not be parsed, so that the citation may be of that framework.
    fn has_unparsed_framework(&self) -> bool {
        let mut unparsed = self.records.unparsed.iter();
        unparsed.any(|it| it.contains("/framework."))
    }

    /// The name of a framework or of the book, for messages.
    fn citable_name(&self, citable: usize) -> &str {
        let framework = citable.checked_sub(1);
        framework.map_or("the book", |it| self.frameworks[it].name.as_str())
    }

    fn report_unresolved(
        &self,
        id: &str,
        citable: usize,
        place: &SourceLocation,
        output: &mut LinkOutput,
    ) {
        let name = self.citable_name(citable);
        match citable.checked_sub(1) {
            None if self.may_be_unparsed(id) => {}
            None => output.push(unresolved_citation::report(
                place,
                id,
                name,
                self.own_titles(),
            )),
            Some(framework) => {
                let ids = &self.frameworks[framework];
                if ids.printed.contains_key(id) {
                    self.node(FrameworkIx::new(framework), place, id, output);
                } else if !ids.has_unparsed_file && !self.has_unparsed_framework() {
                    let known = self.node_titles(ids).into_iter();
                    output.push(unresolved_citation::report(place, id, name, known));
                }
            }
        }
    }
}
