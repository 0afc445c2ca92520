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
    let it =
        Diagnostic::at(&RULE, place, format!("there is no file `{path}`")).label("no such file");
    if let Some(help) = address::path_advice(path) {
        return it.help(help);
    }
    let decoded = address::decodings(path).into_iter().next();
    let path = decoded.as_deref().unwrap_or(path);
    let known: Vec<_> = known.map(|(path, _)| path).collect();
    let near = nearest(path, known.iter().map(|it| (*it, "")))
        .map(|(near, _)| near)
        .or_else(|| of_name(path, &known));
    if let Some(near) = near {
        let it = it.help(format!("did you mean `{near}`?"));
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        // Two files may differ in their spelling only.
        let alike = known.iter().filter(|it| is_spelt_like(path, it)).count();
        let is_respelling = alike == 1 && is_spelt_like(path, near);
        return if near.chars().all(is_plain) {
            it.mends_word(path, near, certain_if(is_respelling))
        } else {
            it
        };
    }
    let it = it.help("a path begins in the folder of the file that it stands in");
    // The files of the folder that is named, if there is one.
    let named = path.trim_start_matches("./").rsplit_once('/');
    let named = named.map_or("", |(folder, _)| folder);
    let files_in = |folder: &str| {
        let inside = |it: &&&str| match it.strip_prefix(folder) {
            Some(rest) if folder.is_empty() => !rest.contains('/'),
            Some(rest) => rest.strip_prefix('/').is_some_and(|it| !it.contains('/')),
            None => false,
        };
        let mut files: Vec<_> = known.iter().filter(inside).collect();
        files.sort_by(|a, b| compare_paths(a, b));
        files
    };
    let beside = match files_in(named) {
        files if files.is_empty() => files_in(""),
        files => files,
    };
    match beside.as_slice() {
        [] => it,
        some => {
            let named = some.iter().take(BESIDE);
            let named: Vec<_> = named.map(|it| format!("`{it}`")).collect();
            let more = if some.len() > BESIDE { ", …" } else { "" };
            it.help(format!("in that folder: {}{more}", named.join(", ")))
        }
    }
}

/// A file that is there, and of which the site makes no page.
pub(crate) fn without_page(place: &SourceLocation, path: &str) -> Diagnostic {
    Diagnostic::at(&RULE, place, format!("`{path}` has no page"))
        .label("nothing to lead to")
        .help("what it holds is shown on the pages of other records: lead to one of them, or put its path into backticks")
}

/// So many files of the folder are named.
const BESIDE: usize = 5;

/// The file anywhere in the book whose name is that of a path, or nearest to it.
fn of_name<'a>(path: &str, known: &[&'a str]) -> Option<&'a str> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or_default().to_lowercase();
    let stem = |name: &str| {
        name.rsplit_once('.')
            .map_or(name, |(stem, _)| stem)
            .to_owned()
    };
    let wanted = name(path);
    // Of several, the one to which the shortest way leads.
    let find = |of: &dyn Fn(&str) -> bool| {
        let named = known.iter().copied().filter(|it| of(&name(it)));
        named.min_by_key(|it| it.matches('/').count())
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
