//! `unreached-file`.

use crate::catalogue::Catalogue;
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unreached-file",
    severity: Severity::Warning,
    explain: "Nothing leads to this file, so that readers would never see it: its folder or its \
              name says no kind of record, it is prose beside no record, a tree beside no \
              `framework.yaml`, or a picture that no text shows. Link to it, rename it, move it or \
              delete it; a file whose name begins with a dot is left alone.",
    bad: Example {
        files: &[(
            "content/notes.txt",
            "\
Ask the provider about keys.
",
        )],
        path: "content/notes.txt",
        marks: "",
    },
    good: Good::Files(&[(
        "content/guide/notes.md",
        "\
---
title: Notes
summary: What is still to be settled.
---

Ask the provider about keys.
",
    )]),
};

pub(super) fn check(catalogue: &Catalogue, diagnostics: &mut Vec<Diagnostic>) {
    for path in &catalogue.unreferenced {
        let diagnostic = Diagnostic::of_file(&RULE, path, "nothing refers to this file")
            .help("link to it, give it the name of a record, move it to the folder of its kind, or delete it")
            .subject(path.as_ref());
        diagnostics.push(diagnostic);
    }
}
