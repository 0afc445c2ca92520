//! Builds the text of a new file: the line for the schema, gaps with hints, and comments with choices.
//!
//! Entry: [`Skeleton`]. Invariant: hints and choices come from the types, so that they are never outdated.

use crate::schema::{FileKind, GAP};

/// The column at which comments begin.
const COMMENT_COLUMN: usize = 40;

/// The text of a file under construction.
pub(super) struct Skeleton {
    kind: FileKind,
    schema: serde_json::Value,
    text: String,
}

impl Skeleton {
    /// Starts a YAML file at a path of the book, with the line that names its schema.
    pub(super) fn yaml(kind: FileKind, path: &str) -> Self {
        let mut skeleton = Self::empty(kind);
        let name = FileKind::YAML.iter().find(|(other, _)| *other == kind);
        let name = name.map_or("", |(_, name)| name);
        let up = "../".repeat(path.matches('/').count());
        skeleton.line(&format!(
            "# yaml-language-server: $schema={up}schemas/{name}.schema.json"
        ));
        skeleton
    }

    /// Starts a file without any text.
    pub(super) fn empty(kind: FileKind) -> Self {
        Self {
            kind,
            schema: kind.schema().unwrap_or_default(),
            text: String::new(),
        }
    }

    /// Adds a line.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds a line with a comment that lists the choices.
    pub(super) fn choice(&mut self, line: &str, words: &[&str]) {
        let pad = " ".repeat(COMMENT_COLUMN.saturating_sub(line.chars().count()).max(1));
        self.line(&format!("{line}{pad}# {}", words.join(" | ")));
    }

    /// Adds a key with a gap as its value. `type_name` is the type of the field; empty for the type of the file.
    pub(super) fn gap(&mut self, indent: &str, type_name: &str, field: &str) {
        let hint = self.hint(type_name, field);
        self.line(&format!("{indent}{field}: {}", scalar(&hint)));
    }

    /// A gap with the doc comment of a field as its hint.
    pub(super) fn hint(&self, type_name: &str, field: &str) -> String {
        let pointer = if type_name.is_empty() {
            format!("/properties/{field}/description")
        } else {
            format!("/definitions/{type_name}/properties/{field}/description")
        };
        let description = self.schema.pointer(&pointer).and_then(|it| it.as_str());
        debug_assert!(
            description.is_some(),
            "{:?} has no field {pointer}",
            self.kind
        );
        let mut letters = description
            .unwrap_or_default()
            .trim_end_matches('.')
            .chars();
        let first = letters.next().map(|it| it.to_lowercase().to_string());
        format!("{GAP} {}{}", first.unwrap_or_default(), letters.as_str())
    }

    /// Returns the path and the text.
    pub(super) fn into_file(self, path: String) -> (String, String) {
        (path, self.text)
    }
}

/// Writes a text as a YAML scalar, in quotes if necessary.
pub(super) fn scalar(text: &str) -> String {
    const KEYWORDS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == GAP)
        && !KEYWORDS.contains(&text.to_lowercase().as_str())
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

/// The next value of `order` after the largest; none if no record has an order.
pub(super) fn next_order(orders: impl Iterator<Item = i64>) -> Option<i64> {
    let last = orders.max().filter(|it| *it > 0)?;
    let step = if last % 10 == 0 { 10 } else { 1 };
    last.checked_add(step)
}
