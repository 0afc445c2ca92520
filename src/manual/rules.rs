//! The page on rules, and the page of a single rule: meaning, bad example with its diagnostic, good example.
//!
//! Entry: [`page`], [`rule_page`]. Invariant: the diagnostics shown are those that `check` prints for the examples.

use super::text::{code_block, table_header, table_row};
use crate::diagnostic::{Diagnostic, Rule, human};
use crate::pipeline::{self, Options, ParseCache};
use crate::rules::ALL;
use crate::source::Sources;

/// The page with every rule.
#[must_use]
pub fn page(starter: &Sources) -> String {
    let mut out = "# Rules\n\n\
        What `controlbook check` can find, by the code in brackets behind `error` or `warning`. \
        `controlbook explain CODE` prints one of them. \
        What `controlbook check --fix` mends says so; where an answer is only likely, the preview offers it. The examples are files of the book that \
        `controlbook init` begins.\n\n"
        .to_owned();
    out.push_str(&table_header(&["code", "severity", "what it is"]));
    for rule in ALL {
        let link = format!("[`{0}`](#{0})", rule.code);
        out.push_str(&table_row(&[&link, rule.severity.word(), rule.summary()]));
    }
    out.push_str("\n## Change a severity\n\n");
    out.push_str(&severity_help("missing-mapping", "error"));
    for rule in ALL {
        out.push_str(&format!("\n## {}\n\n", rule.code));
        out.push_str(&body(rule, starter));
    }
    out
}

/// The page of one rule, with instructions to change its severity.
#[must_use]
pub fn rule_page(rule: &Rule, starter: &Sources) -> String {
    let other = match rule.severity.word() {
        "error" => "warning",
        _ => "error",
    };
    format!(
        "# {}\n\n{}\n## Change its severity\n\n{}",
        rule.code,
        body(rule, starter),
        severity_help(rule.code, other)
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
    let (diagnostics, book) = check_bad_example(rule, starter);
    let output = human::render(&diagnostics, &book, false);
    out.push_str(&code_block("text", output.trim_end()));
    out.push_str(&diagnostics.iter().map(offered_fix).collect::<String>());
    out.push_str("\nRight:\n\n");
    let good = rule.good_files();
    let good = good.iter().map(|(path, text)| (*path, text.as_ref()));
    out.push_str(&files(good));
    out
}

fn files<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut parts = Vec::new();
    for (path, text) in files {
        let extension = path.rsplit('.').next().unwrap_or_default();
        let language = match extension {
            "yaml" | "toml" | "html" => extension,
            "md" => "markdown",
            _ => "text",
        };
        parts.push(match text {
            "" => format!("`{path}` is not there.\n"),
            text if text.trim().is_empty() => format!("`{path}` is empty.\n"),
            text => format!("`{path}`\n\n{}", code_block(language, text)),
        });
    }
    parts.join("\n")
}

/// The fix that only the preview offers, because it is not certain.
fn offered_fix(diagnostic: &Diagnostic) -> String {
    let fix = diagnostic.fix.as_ref().filter(|fix| !fix.is_certain());
    fix.map_or_else(String::new, |fix| match fix.text.as_str() {
        "" => "\nThe preview offers to delete it.\n".to_owned(),
        text => format!("\nThe preview offers to write `{text}`.\n"),
    })
}

/// The diagnostics of the bad example, and its files.
fn check_bad_example(rule: &Rule, starter: &Sources) -> (Vec<Diagnostic>, Sources) {
    let mut book = starter.clone();
    for (path, text) in rule.bad.files {
        if text.is_empty() {
            book.remove(path);
        } else {
            book.insert(*path, text.as_bytes());
        }
    }
    let built = pipeline::build(&book, &Options::default(), &mut ParseCache::default());
    let mut diagnostics = built.book.diagnostics;
    diagnostics.retain(|it| it.rule == rule);
    (diagnostics, book)
}

fn severity_help(rule: &str, other: &str) -> String {
    let whole = format!("[checks.severity]\n{rule} = \"{other}\"   # off | warning | error\n");
    let single = format!(
        "[[checks.except]]\nrule = \"{rule}\"\nof = [\"ACME-02\"]\nreason = \"Why it stands for now.\"\n"
    );
    format!(
        "In `book.toml`, for the whole book:\n\n{}\nOr for single records for a while, each by its id or by its file’s path, with the reason:\n\n{}",
        code_block("toml", &whole),
        code_block("toml", &single)
    )
}
