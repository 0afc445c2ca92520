//! The words of a skeleton: its schema's line, gaps with their hints, the words to choose from.
//!
//! Entry: [`Skeleton`]. Invariant: hints and words are those of the types, so that they can't go stale.

use crate::schema::{FileKind, GAP};

/// Where the comment behind a value begins.
const COMMENT: usize = 40;

/// A file's text as it grows.
pub(super) struct Skeleton {
    kind: FileKind,
    schema: serde_json::Value,
    text: String,
}

impl Skeleton {
    /// A YAML file at a path of the book, with the line that names its schema.
    pub(super) fn yaml(kind: FileKind, path: &str) -> Self {
        let mut it = Self::bare(kind);
        let name = FileKind::YAML.iter().find(|(of, _)| *of == kind);
        let name = name.map_or("", |(_, name)| name);
        let up = "../".repeat(path.matches('/').count());
        it.line(&format!(
            "# yaml-language-server: $schema={up}schemas/{name}.schema.json"
        ));
        it
    }

    /// The front matter of a page.
    pub(super) fn bare(kind: FileKind) -> Self {
        Self {
            kind,
            schema: kind.schema().unwrap_or_default(),
            text: String::new(),
        }
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// A line with the words to choose from behind it.
    pub(super) fn choice(&mut self, line: &str, words: &[&str]) {
        let pad = " ".repeat(COMMENT.saturating_sub(line.chars().count()).max(1));
        self.line(&format!("{line}{pad}# {}", words.join(" | ")));
    }

    /// A key whose text is a gap: the hint is the doc comment of the field. `of` is the type that has it, empty for the file's own.
    pub(super) fn gap(&mut self, indent: &str, of: &str, field: &str) {
        let hint = self.hint(of, field);
        self.line(&format!("{indent}{field}: {}", scalar(&hint)));
    }

    /// A gap with the hint of a field.
    pub(super) fn hint(&self, of: &str, field: &str) -> String {
        let at = if of.is_empty() {
            format!("/properties/{field}/description")
        } else {
            format!("/definitions/{of}/properties/{field}/description")
        };
        let words = self.schema.pointer(&at).and_then(|it| it.as_str());
        debug_assert!(words.is_some(), "{:?} has no field {at}", self.kind);
        let mut letters = words.unwrap_or_default().trim_end_matches('.').chars();
        let first = letters.next().map(|it| it.to_lowercase().to_string());
        format!("{GAP} {}{}", first.unwrap_or_default(), letters.as_str())
    }

    /// The file's path and its text.
    pub(super) fn at(self, path: String) -> (String, String) {
        (path, self.text)
    }
}

/// A scalar, quoted where YAML would read something else in it.
pub(super) fn scalar(text: &str) -> String {
    const WORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == GAP)
        && !WORDS.contains(&text.to_lowercase().as_str())
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.contains(char::is_control)
        && !text.ends_with([' ', ':']);
    if plain {
        text.to_owned()
    } else {
        serde_json::to_string(text).expect("a text is valid JSON")
    }
}

/// The place behind the last: none where nobody gave an order.
pub(super) fn next_order(orders: impl Iterator<Item = i64>) -> Option<i64> {
    let last = orders.max().filter(|it| *it > 0)?;
    let step = if last % 10 == 0 { 10 } else { 1 };
    last.checked_add(step)
}
