//! `unknown-theme-file`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourcePath;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-theme-file",
    severity: Severity::Warning,
    explain: "A file in `theme/` has no effect: it replaces no built-in file, and no page, template or style sheet of the book uses it. \
              A template counts when it has the name of a built-in one, or when one that counts extends or includes it; a script, a symbol or \
              a picture, when a template or style sheet of the book names it, or `[theme]` in `book.toml` does; a style sheet in `theme/css/` always.",
    bad: Example {
        files: &[(
            "theme/templates/mesure.html",
            "{% extends \"built-in/measure.html\" %}\n{% block practices %}<p>Ask the ward.</p>{% endblock practices %}\n",
        )],
        path: "theme/templates/mesure.html",
        marks: "",
    },
    good: Good::Files(&[(
        "theme/templates/measure.html",
        "{% extends \"built-in/measure.html\" %}\n{% block practices %}<p>Ask the ward.</p>{% endblock practices %}\n",
    )]),
};

/// A file that nothing uses; `known` are the paths that would count.
pub(crate) fn at(path: &SourcePath, known: &[String]) -> Diagnostic {
    let known = known.iter().map(|it| (it.as_str(), ""));
    Diagnostic::of_file(&RULE, path, "nothing uses this file of the theme")
        .suggest(path, known)
        .subject(path.as_ref())
}
