//! `unknown-page`.

use crate::address;
use crate::diagnostic::{
    Diagnostic, Example, Good, Rule, Severity, certain_if, is_spelt_like, nearest,
};
use crate::natural::compare_paths;
use crate::source::SourceLocation;

/// The rule.
pub static RULE: Rule = Rule {
    code: "unknown-page",
    severity: Severity::Error,
    explain: "A link leads to a file that the book does not have, or of which no page is made. A link is a path from the file \
              in which it stands: from `guide/about.md`, the measures are at `../measures/`.",
    bad: Example {
        files: &[(
            "content/guide/hosting.md",
            "\
---
title: Hosting
summary: Where the systems run.
---

See [who keeps it](abuot.md).
",
        )],
        path: "content/guide/hosting.md",
        marks: "[who keeps it](abuot.md)",
    },
    good: Good::Change(
        "See [who keeps it](abuot.md).",
        "See [who keeps it](about.md).",
    ),
};

/// `known` are the files of the book, as paths from the folder of the link's file.
pub(crate) fn report<'a>(
    place: &SourceLocation,
    path: &str,
    known: impl Iterator<Item = (&'a str, &'a str)>,
) -> Diagnostic {
    let message = format!("there is no file `{path}`");
    let diagnostic = Diagnostic::new(&RULE, place, message).label("no such file");
    if let Some(help) = address::path_advice(path) {
        return diagnostic.help(help);
    }
    let decoded = address::decodings(path).into_iter().next();
    let path = decoded.as_deref().unwrap_or(path);
    let known: Vec<_> = known.map(|(path, _)| path).collect();
    let near = nearest(path, known.iter().map(|it| (*it, "")))
        .map(|(near, _)| near)
        .or_else(|| same_or_similar_name(path, &known));
    if let Some(near) = near {
        let diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        // Two files may differ in spelling only.
        let alike = known.iter().filter(|it| is_spelt_like(path, it)).count();
        let is_respelling = alike == 1 && is_spelt_like(path, near);
        return if near.chars().all(is_plain) {
            diagnostic.mends_word(path, near, certain_if(is_respelling))
        } else {
            diagnostic
        };
    }
    let diagnostic =
        diagnostic.help("paths are relative to the folder of the file that contains them");
    // The files of the folder in the path, if there is one.
    let split = path.trim_start_matches("./").rsplit_once('/');
    let folder = split.map_or("", |(folder, _)| folder);
    let files_in = |folder: &str| {
        let is_inside = |file: &&&str| match file.strip_prefix(folder) {
            Some(rest) if folder.is_empty() => !rest.contains('/'),
            Some(rest) => rest.strip_prefix('/').is_some_and(|it| !it.contains('/')),
            None => false,
        };
        let mut files: Vec<_> = known.iter().filter(is_inside).collect();
        files.sort_by(|a, b| compare_paths(a, b));
        files
    };
    let files = match files_in(folder) {
        files if files.is_empty() => files_in(""),
        files => files,
    };
    match files.as_slice() {
        [] => diagnostic,
        files => {
            let listed = files.iter().take(MAX_LISTED);
            let listed: Vec<_> = listed.map(|it| format!("`{it}`")).collect();
            let more = if files.len() > MAX_LISTED {
                ", …"
            } else {
                ""
            };
            diagnostic.help(format!("in that folder: {}{more}", listed.join(", ")))
        }
    }
}

/// A file that exists but has no page on the site.
pub(crate) fn without_page(place: &SourceLocation, path: &str) -> Diagnostic {
    Diagnostic::new(&RULE, place, format!("`{path}` has no page"))
        .label("no page to link to")
        .help("its content is shown on the pages of other records: link to one of them, or put the path in backticks")
}

/// How many files of the folder are listed.
const MAX_LISTED: usize = 5;

/// The file in the book with the same or the most similar name.
fn same_or_similar_name<'a>(path: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned()
    };
    let wanted = name(path);
    // Of several, the one with the shortest path.
    let find = |is_match: &dyn Fn(&str) -> bool| {
        let files = known.iter().copied().filter(|it| is_match(&name(it)));
        files.min_by_key(|it| it.matches('/').count())
    };
    if wanted.is_empty() {
        return None;
    }
    find(&|it| it == wanted)
        .or_else(|| find(&|it| stem(it) == stem(&wanted)))
        .or_else(|| {
            let names: Vec<_> = known.iter().map(|it| name(it)).collect();
            let (near, _) = nearest(&wanted, names.iter().map(|it| (it.as_str(), "")))?;
            find(&|it| it == near)
        })
}
