//! `controlbook check --fix`: writes the certain fixes.
//!
//! Entry: [`run`].

use std::collections::BTreeSet;

use super::book::Book;
use super::terminal::{Terminal, counted};
use crate::diagnostic::{Diagnostic, Edit, visible};
use crate::host::revise::revise;
use crate::pipeline::ParseCache;
use crate::pipeline::fix::{AppliedEdit, fix};
use crate::source::{SourcePath, Sources};

/// Applies all certain fixes and prints each. Returns whether any file may have changed.
pub(super) fn run(
    book: &Book,
    sources: &Sources,
    cache: &mut ParseCache,
    terminal: &Terminal,
) -> bool {
    let fixed = fix(sources, cache);
    let mut refused = BTreeSet::new();
    let paths: BTreeSet<_> = fixed.edits.iter().map(|it| &it.path).collect();
    for path in &paths {
        if let Err(error) = write(book, path, sources, &fixed.sources) {
            terminal.fail(&format!(
                "{}: {error}; it is as it was",
                book.display_path(path)
            ));
            refused.insert(*path);
        }
    }
    let made: Vec<_> = fixed
        .edits
        .iter()
        .filter(|it| !refused.contains(&it.path))
        .collect();
    for it in &made {
        terminal.say(&describe(book, it));
    }
    for path in &fixed.left {
        terminal.say(&format!(
            "{} is as it was: its fixes contradict each other, or would cause another mistake.",
            book.display_path(path)
        ));
    }
    let files = paths.len() - refused.len();
    terminal.say(&match made.len() {
        0 => "Nothing was mended: no mistake has a certain fix.".to_owned(),
        count => format!(
            "Mended {} in {}.",
            counted(count, "mistake"),
            counted(files, "file")
        ),
    });
    !paths.is_empty()
}

fn write(book: &Book, path: &SourcePath, old: &Sources, new: &Sources) -> std::io::Result<()> {
    let (Some(before), Some(after)) = (old.bytes(path), new.bytes(path)) else {
        return Err(std::io::ErrorKind::NotFound.into());
    };
    revise(&book.dir, old.disk_path(path), before, after)
}

/// Describes an edit in one line: location, change, rule.
fn describe(book: &Book, it: &AppliedEdit) -> String {
    let (line, column) = it.start;
    let place = format!("{}:{line}:{column}", book.display_path(&it.path));
    let (old, new) = (visible(&it.old), visible(&it.new));
    let what = match (it.old.is_empty(), it.new.is_empty()) {
        (true, _) => format!("`{new}` added"),
        (_, true) => format!("`{old}` deleted"),
        _ => format!("`{old}` replaced by `{new}`"),
    };
    format!("{place}: {what} [{}]", it.rule.code)
}

/// A hint at `check --fix`, if any mistake has a certain fix.
pub(super) fn hint(book: &Book, found: &[Diagnostic]) -> Option<String> {
    let certain = |it: &&Diagnostic| it.fix.as_ref().is_some_and(Edit::is_certain);
    let count = found.iter().filter(certain).count();
    let command = book.command("check --fix");
    (count > 0).then(|| format!("{count} of {} can be fixed with `{command}`.", found.len()))
}
