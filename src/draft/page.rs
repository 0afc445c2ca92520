//! Drafts `guide/ID.md`.

use super::skeleton::{Skeleton, next_order};
use super::{Draft, DraftContext};
use crate::schema::{FileKind, Record};

pub(super) fn draft(context: &DraftContext<'_>, id: &str) -> Draft {
    let path = context.path(&format!("guide/{id}.md"));
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let orders = context
        .records
        .iter()
        .filter_map(|(at, it)| match &it.record {
            Record::Page(it, _) if folder(at) == folder(&path) => Some(it.order),
            _ => None,
        });
    let mut skeleton = Skeleton::empty(FileKind::Page);
    skeleton.line("---");
    skeleton.gap("", "", "title");
    skeleton.gap("", "", "summary");
    if let Some(order) = next_order(orders) {
        skeleton.line(&format!("order: {order}"));
    }
    skeleton.line("---");
    skeleton.line("");
    skeleton.line("… the text; a line that begins with two hashes is a heading");
    Draft {
        created: vec![skeleton.into_file(path)],
        ..Draft::default()
    }
}
