//! The page on rules, and each rule alone: what it means, a bad example with its diagnostic, a good one.
//!
//! Entry: [`page`], [`alone`]. Invariant: the diagnostic of an example is what `check` prints of it.

use super::text::{code, head, row};
use crate::diagnostic::{Diagnostic, Rule, human};
use crate::pipeline::{self, Options, ParseCache};
use crate::rules::ALL;
use crate::source::Sources;

/// Every rule.
#[must_use]
pub fn page(starter: &Sources) -> String {
    let mut out = "# Rules\n\n\
        What `controlbook check` can find, by the code in brackets behind `error` or `warning`. \
        `controlbook explain CODE` prints one of them. \
        What `controlbook check --fix` mends says so; where an answer is only likely, the preview offers it. The examples are files of the book that \
        `controlbook init` begins.\n\n"
        .to_owned();
    out.push_str(&head(&["code", "severity", "what it is"]));
    for rule in ALL {
        let link = format!("[`{0}`](#{0})", rule.code);
        out.push_str(&row(&[&link, rule.severity.word(), rule.summary()]));
    }
    out.push_str("\n## Change a severity\n\n");
    out.push_str(&severity("missing-mapping", "error"));
    for rule in ALL {
        out.push_str(&format!("\n## {}\n\n", rule.code));
        out.push_str(&body(rule, starter));
    }
    out
}

/// One rule, with how to change its severity.
#[must_use]
pub fn alone(rule: &Rule, starter: &Sources) -> String {
    let other = match rule.severity.word() {
        "error" => "warning",
        _ => "error",
    };
    format!(
        "# {}\n\n{}\n## Change its severity\n\n{}",
        rule.code,
        body(rule, starter),
        severity(rule.code, other)
    )
}

fn body(rule: &Rule, starter: &Sources) -> String {
    let mut out = format!("{}\n\nSeverity: {}.\n", rule.explain, rule.severity.word());
    if rule.bad.files.is_empty() {
        out.push_str("\nNo text can show it, so that there is no example.\n");
        return out;
    }
    out.push_str("\nWrong:\n\n");
    let bad = rule.bad.files.iter().map(|(path, text)| (*path, *text));
    out.push_str(&files(bad));
    out.push_str("\nWhat `check` says:\n\n");
    let (found, book) = found(rule, starter);
    let said = human::render(&found, &book, false);
    out.push_str(&code("text", said.trim_end()));
    out.push_str(&found.iter().map(offered).collect::<String>());
    out.push_str("\nRight:\n\n");
    let good = rule.good_files();
    let good = good.iter().map(|(path, text)| (*path, text.as_ref()));
    out.push_str(&files(good));
    out
}

fn files<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut parts = Vec::new();
    for (path, text) in files {
        let ending = path.rsplit('.').next().unwrap_or_default();
        let language = match ending {
            "yaml" | "toml" | "html" => ending,
            "md" => "markdown",
            _ => "text",
        };
        parts.push(match text {
            "" => format!("`{path}` is not there.\n"),
            text if text.trim().is_empty() => format!("`{path}` is empty.\n"),
            text => format!("`{path}`\n\n{}", code(language, text)),
        });
    }
    parts.join("\n")
}

/// What the preview offers where `check --fix` writes nothing.
fn offered(it: &Diagnostic) -> String {
    let fix = it.fix.as_ref().filter(|fix| !fix.is_certain());
    fix.map_or_else(String::new, |fix| match fix.text.as_str() {
        "" => "\nThe preview offers to delete it.\n".to_owned(),
        text => format!("\nThe preview offers to write `{text}`.\n"),
    })
}

/// What is found in the bad example, and its files.
fn found(rule: &Rule, starter: &Sources) -> (Vec<Diagnostic>, Sources) {
    let mut book = starter.clone();
    for (path, text) in rule.bad.files {
        if text.is_empty() {
            book.remove(path);
        } else {
            book.insert(*path, text.as_bytes());
        }
    }
    let built = pipeline::build(&book, &Options::default(), &mut ParseCache::default());
    let mut found = built.book.diagnostics;
    found.retain(|it| it.rule == rule);
    (found, book)
}

fn severity(rule: &str, other: &str) -> String {
    let whole = format!("[checks.severity]\n{rule} = \"{other}\"   # off | warning | error\n");
    let single = format!(
        "[[checks.except]]\nrule = \"{rule}\"\nof = [\"ACME-02\"]\nreason = \"Why it stands for now.\"\n"
    );
    format!(
        "In `book.toml`, for the whole book:\n\n{}\nOr for single records for a while, each by its id or by its file’s path, with the reason:\n\n{}",
        code("toml", &whole),
        code("toml", &single)
    )
}
