//! The kind of a framework's node, and the names that follow from it.

use crate::schema::{FrameworkNode, fill};

/// The place of a node's kind among the names of all: the one that it names, else the one below its parent's.
pub(super) fn kind_at<'a>(
    node: &FrameworkNode,
    parent: Option<usize>,
    mut kinds: impl ExactSizeIterator<Item = &'a str>,
) -> usize {
    let last = kinds.len().saturating_sub(1);
    let named = node
        .kind
        .as_ref()
        .and_then(|name| kinds.position(|it| it == name.value));
    named.unwrap_or_else(|| parent.map_or(0, |at| at + 1).min(last))
}

/// The name of a node's file and anchor.
pub(super) fn slug_of(template: &str, id: &str) -> String {
    sluggish(&fill(template, id))
}

/// A name fit for a file and an anchor: brackets become hyphens.
fn sluggish(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_') {
            out.push(c);
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}
