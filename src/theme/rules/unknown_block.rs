//! `unknown-block`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-block",
    severity: Severity::Error,
    explain: "A template of the book has a block that no template has which it extends, so that its text would stand nowhere. \
              The name may be mistyped, or a newer version of the program has renamed the block. `controlbook manual theme` lists all blocks.",
    bad: Example {
        files: &[(
            "theme/templates/measure.html",
            "{% extends \"built-in/measure.html\" %}\n{% block practises %}<p>Ask the ward.</p>{% endblock practises %}\n",
        )],
        path: "theme/templates/measure.html",
        marks: "practises",
    },
    good: Good::Files(&[(
        "theme/templates/measure.html",
        "{% extends \"built-in/measure.html\" %}\n{% block practices %}{{ super() }}<p>Ask the ward.</p>{% endblock practices %}\n",
    )]),
};

/// Reports a block that the extended templates do not have.
pub(crate) fn report(
    location: &SourceLocation,
    name: &str,
    parent: &str,
    known: &[&str],
) -> Diagnostic {
    let message = format!("`{parent}` has no block `{name}`");
    Diagnostic::new(&RULE, location, message)
        .label("no such block")
        .suggest(name, known.iter().map(|it| (*it, "")))
        // The end of a block names it too.
        .mends_nothing()
}
