//! `guide/ID.md`.

use super::skeleton::{Skeleton, next_order};
use super::{Desk, Draft};
use crate::schema::{FileKind, Record};

pub(super) fn draft(desk: &Desk<'_>, id: &str) -> Draft {
    let path = desk.path(&format!("guide/{id}.md"));
    let folder = |path: &str| path.rsplit_once('/').map(|(folder, _)| folder.to_owned());
    let orders = desk.records.iter().filter_map(|(at, it)| match &it.record {
        Record::Page(it, _) if folder(at) == folder(&path) => Some(it.order),
        _ => None,
    });
    let mut it = Skeleton::bare(FileKind::Page);
    it.line("---");
    it.gap("", "", "title");
    it.gap("", "", "summary");
    if let Some(order) = next_order(orders) {
        it.line(&format!("order: {order}"));
    }
    it.line("---");
    it.line("");
    it.line("… the text; a line that begins with two hashes is a heading");
    Draft {
        made: vec![it.at(path)],
        ..Draft::default()
    }
}
