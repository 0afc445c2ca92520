//! The kind of a framework's node, and its slug.

use crate::schema::{FrameworkNode, fill};

/// The position of a node's kind in `kinds`: the kind that the node names, or the one after its parent's.
pub(super) fn kind_position<'a>(
    node: &FrameworkNode,
    parent: Option<usize>,
    mut kinds: impl ExactSizeIterator<Item = &'a str>,
) -> usize {
    let last = kinds.len().saturating_sub(1);
    let named = node
        .kind
        .as_ref()
        .and_then(|name| kinds.position(|it| it == name.value));
    named.unwrap_or_else(|| parent.map_or(0, |kind| kind + 1).min(last))
}

/// The name of a node's file and anchor.
pub(super) fn slug_of(template: &str, id: &str) -> String {
    slugify(&fill(template, id))
}

/// A name for a file and an anchor: runs of other characters become one hyphen.
fn slugify(name: &str) -> String {
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
