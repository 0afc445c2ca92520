//! `outdated-override`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, SourcePath, Span};

/// The rule.
pub static RULE: Rule = Rule {
    code: "outdated-override",
    severity: Severity::Warning,
    explain: "A file in `theme/` was copied from the built-in theme, and the built-in file has changed since. The copy still replaces \
              it, so that what has been mended or added there is missing from the site. `controlbook new theme-file` writes the digest of \
              the built-in file into the first line of a copy; here it differs. Move your copy aside, make a new one, and bring your change over. \
              A block that extends the built-in template needs no copy, and hardly ever ages.",
    bad: Example {
        files: &[(
            "theme/templates/404.html",
            "{# built-in: 0123456789abcdef #}\n{% extends \"layout.html\" %}\n{% block body %}<h1>{{ frame.heading }}</h1>{% endblock body %}\n",
        )],
        path: "theme/templates/404.html",
        marks: "{# built-in: 0123456789abcdef #}",
    },
    good: Good::Files(&[(
        "theme/templates/404.html",
        "{% extends \"built-in/404.html\" %}\n{% block heading %}<h1>{{ frame.heading }}</h1>{% endblock heading %}\n",
    )]),
};

/// Reports the first line of a copy of an older built-in file.
pub(crate) fn report(path: &SourcePath, line_length: usize, name: &str) -> Diagnostic {
    let location = SourceLocation {
        path: path.clone(),
        span: Span::new(0, line_length),
    };
    let message = "the built-in file has changed since this copy was made";
    Diagnostic::new(&RULE, &location, message)
        .label("copied from an older one")
        .help(format!(
            "move this file aside, run `controlbook new theme-file {name}`, and bring your change over"
        ))
        .subject(path.as_ref())
}
