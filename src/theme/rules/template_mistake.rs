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

/// A template that extends or includes one that is not there.
pub(crate) fn no_template(place: &SourceLocation, name: &str, known: &[String]) -> Diagnostic {
    let known = known.iter().map(|it| (it.as_str(), ""));
    Diagnostic::at(&RULE, place, format!("there is no template `{name}`"))
        .label("no such template")
        .suggest(name, known)
}

/// A template that extends itself, by whatever way.
pub(crate) fn circle(place: &SourceLocation, own: &str) -> Diagnostic {
    let words = "this template extends itself";
    Diagnostic::at(&RULE, place, words)
        .label("leads back here")
        .help(format!("the built-in one is `built-in/{own}`"))
}

/// A template that others extend, without a block that they fill.
pub(crate) fn no_block(template: &str, block: &str) -> Diagnostic {
    let path = format!("theme/templates/{template}").into();
    let words = format!("pages fill a block `{block}`, which this template does not have");
    Diagnostic::of_file(&RULE, &path, words)
        .help(format!(
            "write `{{% block {block} %}}{{% endblock {block} %}}` where it belongs, or begin with `extends \"built-in/{template}\"`"
        ))
}
