//! `unreached-file`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unreached-file",
    severity: Severity::Warning,
    explain: "A file in the content folder that nothing reaches: its folder or its name says no kind, it is prose beside no record, or a picture that no text shows. Readers would never see it.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(super) fn check(catalogue: &Catalogue, found: &mut Vec<Diagnostic>) {
    for path in &catalogue.strays {
        let it = Diagnostic::of_file(&RULE, path, "nothing reaches this file")
            .help("link to it, give it the name of a record, move it to the folder of its kind, or delete it")
            .subject(path.as_ref());
        found.push(it);
    }
}
