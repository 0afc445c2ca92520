//! `broken-link`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::markdown::BrokenLink;
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "broken-link",
    severity: Severity::Error,
    explain: "Brackets that were meant as a link are none, and would be shown as they are written: \
              an address with a blank in it, a bracket that nothing closes, a link inside a link, a \
              `[[` without its `]]`. In a table a bar ends the cell, so that the words of a link are \
              divided from its record by `\\|`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

See [the plan](https://example.org/site plan.pdf).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[the plan](https://example.org/site plan.pdf)",
    },
    good: Good::Files(&[(
        "content/guide/hosting.md",
        "\
---
title: Hosting
summary: Where the systems run.
---

See [the plan](<https://example.org/site plan.pdf>).
",
    )]),
};

const BACKSLASH: &str = "where brackets are meant, put a backslash before the first: `\\[`";

pub(crate) fn report(place: &SourceLocation, why: &BrokenLink) -> Diagnostic {
    let (message, help) = match why {
        BrokenLink::Blank(address) => (
            "the address of this link contains a space",
            format!(
                "write `(<{address}>)`, or `%20` for each space: `({})`",
                address.replace(' ', "%20")
            ),
        ),
        BrokenLink::Open => (
            "the address of this link has no closing bracket",
            "write `)` after the address".to_owned(),
        ),
        BrokenLink::Other => (
            "this looks like a link, but is none",
            "an address with brackets or quotes stands between `<` and `>`; no link stands inside another".to_owned(),
        ),
    };
    let it = Diagnostic::new(&RULE, place, message)
        .label("shown as it is written")
        .help(help)
        .help(BACKSLASH);
    match why {
        BrokenLink::Blank(address) => {
            it.mends_word(address, &format!("<{address}>"), Certainty::Suggested)
        }
        BrokenLink::Open | BrokenLink::Other => it,
    }
}

pub(crate) fn report_record_link(place: &SourceLocation, in_table: bool) -> Diagnostic {
    let help = if in_table {
        "in a table, write the bar of a link as `\\|`: `[[id\\|words]]`"
    } else {
        "write `[[id]]`, or `[[id|words]]` for words of your own, on one line"
    };
    Diagnostic::new(&RULE, place, "this `[[` begins no link")
        .label("shown as it is written")
        .help(help)
        .help(BACKSLASH)
}
