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

/// `wanted` is the name of the file, or of the folder for `framework.yaml` and `set.yaml`.
pub(crate) fn report(location: &SourceLocation, id: &str, wanted: &str) -> Diagnostic {
    Diagnostic::new(&RULE, location, format!("the path says `{wanted}` and the record `{id}`"))
        .label(format!("should be `{wanted}`"))
        .mends_word(id, wanted, Certainty::Suggested)
        .help("ids are permanent: if the record has been published, rename the file rather than the record")
        .subject(id)
}

/// The path that the record of such a diagnostic would have by its id.
pub(crate) fn expected_path(diagnostic: &Diagnostic) -> Option<SourcePath> {
    let (folder, name) = diagnostic
        .path
        .rsplit_once('/')
        .filter(|_| diagnostic.rule == &RULE)?;
    let is_named_by_folder = matches!(stem(name), "set" | "framework");
    let above = folder.rsplit_once('/').map_or("", |(above, _)| above);
    let id = &diagnostic.subject;
    Some(
        if is_named_by_folder {
            format!("{above}/{id}/{name}")
        } else {
            let extension = name
                .rsplit_once('.')
                .map_or("yaml", |(_, extension)| extension);
            format!("{folder}/{id}.{extension}")
        }
        .into(),
    )
}
