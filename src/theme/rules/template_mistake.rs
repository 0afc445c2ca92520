//! `template-mistake`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "template-mistake",
    severity: Severity::Error,
    explain: "A template of the theme that can't be read or rendered: a tag that is not closed, a name that the page does not have, a template that is not there, a file in `theme/` that is not UTF-8. The fields of each page are those of the built-in template of the same name.",
    bad: Example {
        files: &[(
            "theme/templates/404.html",
            "{% extends \"layout.html\" %}\n{% block body %}{{ nonsense }}{% endblock body %}\n",
        )],
        path: "theme/templates/404.html",
        marks: "nonsense",
    },
    good: Good::Files(&[(
        "theme/templates/404.html",
        "{% extends \"layout.html\" %}\n{% block body %}<h1>{{ frame.heading }}</h1>{% endblock body %}\n",
    )]),
};

/// Reports a reference to a template that does not exist.
pub(crate) fn missing_template(
    location: &SourceLocation,
    name: &str,
    known: &[String],
) -> Diagnostic {
    let known = known.iter().map(|it| (it.as_str(), ""));
    Diagnostic::new(&RULE, location, format!("there is no template `{name}`"))
        .label("no such template")
        .suggest(name, known)
}

/// Reports a template that extends itself, directly or indirectly.
pub(crate) fn circular_extends(location: &SourceLocation, own: &str) -> Diagnostic {
    let message = "this template extends itself";
    Diagnostic::new(&RULE, location, message)
        .label("leads back here")
        .help(format!("the built-in one is `built-in/{own}`"))
}

/// A heading that is a page's wherever the template is shown.
pub(crate) fn page_heading(place: &SourceLocation) -> Diagnostic {
    let words = "the printed document would have the heading of this page as its own";
    Diagnostic::new(&RULE, place, words)
        .label("stays `h1` in the printed document")
        .help("write `<{{ frame.h1 }}>` and `</{{ frame.h1 }}>`, alike `frame.h2` to `frame.h4`: they are lower in the printed document")
}

/// Reports a template that lacks a block which templates that extend it override.
pub(crate) fn missing_block(template: &str, block: &str) -> Diagnostic {
    let path = format!("theme/templates/{template}").into();
    let message = format!("pages fill a block `{block}`, which this template does not have");
    Diagnostic::of_file(&RULE, &path, message)
        .help(format!(
            "write `{{% block {block} %}}{{% endblock {block} %}}` where it belongs, or begin with `extends \"built-in/{template}\"`"
        ))
}
