//! `id-differs-from-file`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity};
use crate::schema::stem;
use crate::source::{SourceLocation, SourcePath};

/// The rule.
pub static RULE: Rule = Rule {
    code: "id-differs-from-file",
    severity: Severity::Error,
    explain: "A record’s id equals the name of its file, without the ending, so that either leads \
              to the other; for `framework.yaml` and `set.yaml` it is the name of the folder. \
              After a file was copied, the id is often the one that was forgotten.",
    bad: Example {
        files: &[(
            "content/use-cases/web-shop.yaml",
            "\
id: webshop
title: Web shop
summary: Customers order and pay on a website.
mark: square
",
        )],
        path: "content/use-cases/web-shop.yaml",
        marks: "webshop",
    },
    good: Good::Change("id: webshop", "id: web-shop"),
};

/// `wanted` is the name of the file or, of a framework and its set, of the folder.
pub(crate) fn at(place: &SourceLocation, id: &str, wanted: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("the path says `{wanted}` and the record `{id}`"))
        .label(format!("should be `{wanted}`"))
        .mends_word(id, wanted, Certainty::Suggested)
        .help("ids are permanent: if the record has been published, rename the file rather than the record")
        .subject(id)
}

/// The path at which others look for a record that has another id than its file.
pub(crate) fn looked_for_at(it: &Diagnostic) -> Option<SourcePath> {
    let (folder, name) = it.path.rsplit_once('/').filter(|_| it.rule == &RULE)?;
    let of_folder = matches!(stem(name), "set" | "framework");
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    let id = &it.subject;
    Some(
        if of_folder {
            format!("{above}/{id}/{name}")
        } else {
            let ending = name.rsplit_once('.').map_or("yaml", |(_, ending)| ending);
            format!("{folder}/{id}.{ending}")
        }
        .into(),
    )
}
