//! `missing-reason`.

use crate::catalogue::{Catalogue, Prose};
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-reason",
    severity: Severity::Error,
    explain: "A claim without its reason: a mapping, a relevance, a gap, a relation between measures, a risk. Readers argue with reasons, not with ratings.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    let mut want = |because: &Prose, place: &Place, what: String, subject: &str| {
        if because.is_empty() {
            let it = Diagnostic::at(&RULE, place, format!("{what} has no reason"))
                .label("why?")
                .help("add `because:` with a sentence that fits this pair and no other")
                .subject(subject);
            found.push(it);
        }
    };
    for it in &catalogue.mappings {
        let (from, to) = (catalogue.origin_id(it.from), &catalogue.node(it.to).id);
        want(
            &it.because,
            &it.place,
            format!("the mapping from `{from}` to `{to}`"),
            from,
        );
    }
    for it in &catalogue.gaps {
        let id = &catalogue.node(it.node).id;
        want(&it.because, &it.place, format!("the gap at `{id}`"), id);
    }
    for it in &catalogue.measures {
        for (use_case, _, because) in &it.relevance {
            let title = &catalogue.use_case(*use_case).title;
            want(
                because,
                &it.place,
                format!("the relevance of `{}` for {title}", it.id),
                &it.id,
            );
        }
        for (other, because) in &it.related {
            let other = &catalogue.measure(*other).id;
            want(
                because,
                &it.place,
                format!("the relation of `{}` to `{other}`", it.id),
                &it.id,
            );
        }
    }
    for it in &catalogue.use_cases {
        for (factor, _, because) in &it.risks {
            want(
                because,
                &it.place,
                format!("the impact on {} in `{}`", factor.word(), it.id),
                &it.id,
            );
        }
        for (threat, because) in &it.threats {
            let title = &catalogue.threat(*threat).title;
            want(
                because,
                &it.place,
                format!("the weight of “{title}” in `{}`", it.id),
                &it.id,
            );
        }
    }
}
