//! `missing-set`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-set",
    severity: Severity::Error,
    explain: "A folder holds mappings and no `set.yaml`, so that nobody knows for which version of \
              the framework they were made, and how. Add one with `framework`, `version`, `style`, \
              `rationale` and `method`.",
    bad: Example {
        files: &[("content/mappings/example/set.yaml", "")],
        path: "content/mappings/example/ACME-01.yaml",
        marks: "",
    },
    good: Good::Files(&[(
        "content/mappings/example/set.yaml",
        r#"framework: example
version: "1.0"
style: set-theory
rationale: semantic
method: human
"#,
    )]),
};

pub(crate) fn report(path: &SourcePath, folder: &str) -> Diagnostic {
    Diagnostic::of_file(
        &RULE,
        path,
        format!("`{folder}` has mappings and no `set.yaml`"),
    )
    .help("add a `set.yaml` beside this file: framework, version, style, rationale, method")
}
