//! `missing-key`.

use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::Place;

/// The rule.
pub static RULE: Rule = Rule {
    code: "missing-key",
    severity: Severity::Error,
    explain: "A key that this kind of record must have.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: &[],
};

pub(crate) fn at(place: &Place, key: &str, hint: Option<&str>) -> Diagnostic {
    {
        let it = Diagnostic::at(&RULE, place, format!("the key `{key}` is missing"))
            .label(format!("`{key}` belongs to this map"));
        match hint {
            Some(hint) => it.help(format!("`{key}`: {}", hint.replace('\n', " "))),
            None => it,
        }
    }
}
