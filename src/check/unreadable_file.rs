//! `unreadable-file`.

use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{MAX_DEPTH, MAX_FILE_BYTES, Refusal, Sources};

/// The rule.
pub static RULE: Rule = Rule {
    code: "unreadable-file",
    severity: Severity::Error,
    explain: "A file or folder of the book can't be read: it is too large, lies too deep, may not \
              be opened, has a name that is not UTF-8, or is a symbolic link that leaves the \
              book, leads to nothing or in a circle. A build without it would publish a catalogue with a hole. The \
              help says what to do in each case.",
    bad: Example {
        files: &[],
        path: "",
        marks: "",
    },
    good: Good::Files(&[]),
};

pub(crate) fn check(sources: &Sources) -> Vec<Diagnostic> {
    let refused = sources.refused();
    refused
        .map(|(path, refusal)| {
            let (message, help) = message_and_help(refusal);
            Diagnostic::of_file(&RULE, path, message)
                .help(help)
                .subject(path.as_ref())
        })
        .collect()
}

fn message_and_help(refusal: &Refusal) -> (String, String) {
    match refusal {
        Refusal::TooLarge(bytes) => (
            format!("the file has {bytes} bytes, more than the {MAX_FILE_BYTES} that are read"),
            "split it, or keep large files outside the book and link to them".to_owned(),
        ),
        Refusal::Unreadable(error) => (
            format!("this can’t be read: {error}"),
            "give the user who builds the site permission to read it, or remove it from the book"
                .to_owned(),
        ),
        Refusal::LinkOutside => (
            "this symbolic link leaves the book".to_owned(),
            "copy the file into the book: a link could publish anything on this machine".to_owned(),
        ),
        Refusal::LinkLoop => (
            "this symbolic link is circular".to_owned(),
            "remove the link".to_owned(),
        ),
        Refusal::LinkDangling => (
            "this symbolic link is broken".to_owned(),
            "create its target, or remove the link".to_owned(),
        ),
        Refusal::TooDeep => (
            format!("folders are more than {MAX_DEPTH} deep here"),
            "move the folder up".to_owned(),
        ),
        Refusal::NameNotUtf8 => (
            "the file’s name is not UTF-8".to_owned(),
            "rename it".to_owned(),
        ),
    }
}
