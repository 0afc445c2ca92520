//! `missing-set`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-set",
    severity: Severity::Error,
    explain: "Mappings without provenance: each folder of mappings has a `set.yaml`.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(path: &SourcePath, folder: &str) -> Diagnostic {
    Diagnostic::of_file(
        &RULE,
        path,
        format!("`{folder}` has mappings and no `set.yaml`"),
    )
    .help("add a `set.yaml` beside this file: framework, version, style, rationale, method")
}
