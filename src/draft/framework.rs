//! `frameworks/ID/`: what the framework is and its first chapter; and the set for its mappings.

use super::skeleton::{Skeleton, next_order, scalar};
use super::{Desk, Draft};
use crate::schema::{FileKind, GAP, Method, Rationale, Record, Style};

pub(super) fn draft(desk: &Desk<'_>, id: &str) -> Draft {
    Draft {
        made: vec![framework(desk, id), chapter(desk, id), set(desk, id)],
        ..Draft::default()
    }
}

fn framework(desk: &Desk<'_>, id: &str) -> (String, String) {
    let path = desk.path(&format!("frameworks/{id}/framework.yaml"));
    let mut it = Skeleton::yaml(FileKind::Framework, &path);
    it.line("# Each top node is a file beside this one. A text that begins with … is still to be written.");
    it.line(&format!("id: {}", scalar(id)));
    it.choice(
        &format!("name: {}", scalar(id)),
        &["the short name, as in the navigation"],
    );
    it.gap("", "", "title");
    it.choice(
        &format!("version: {GAP}"),
        &["the version that you map to; the same in the set of its mappings"],
    );
    let orders = desk.written().filter_map(|it| match it {
        Record::Framework(it) => Some(it.order),
        _ => None,
    });
    if let Some(order) = next_order(orders) {
        it.line(&format!("order: {order}"));
    }
    it.gap("", "", "summary");
    it.choice("kinds:", &["from the outside in"]);
    it.line("  - { name: chapter, page: true }");
    it.line("  - { name: control, page: true }");
    it.line("  - { name: requirement, mappable: true }");
    it.line("# Also: status, levels, cite, link. `controlbook manual fields` says what they mean.");
    it.at(path)
}

/// A chapter with one control and one requirement, to show the form.
fn chapter(desk: &Desk<'_>, id: &str) -> (String, String) {
    let path = desk.path(&format!("frameworks/{id}/A.yaml"));
    let mut it = Skeleton::yaml(FileKind::Tree, &path);
    it.line("# One chapter. Put the framework’s own identifiers in place of A, A-1 and A-1.1, and name the file like the chapter.");
    it.line("id: A");
    it.gap("", "", "title");
    it.line("nodes:");
    it.line("  - id: A-1");
    it.gap("    ", "", "title");
    it.line("    nodes:");
    it.line("      - id: A-1.1");
    it.gap("        ", "", "summary");
    it.at(path)
}

fn set(desk: &Desk<'_>, id: &str) -> (String, String) {
    let path = desk.path(&format!("mappings/{id}/set.yaml"));
    let mut it = Skeleton::yaml(FileKind::Set, &path);
    it.line("# Where the mappings in this folder come from. Each measure has its own file beside this one.");
    it.line(&format!("framework: {}", scalar(id)));
    it.choice(&format!("version: {GAP}"), &["the framework’s"]);
    let words: Vec<_> = Style::ALL.iter().map(|it| it.word()).collect();
    it.choice("style: set-theory", &words);
    let words: Vec<_> = Rationale::ALL.iter().map(|it| it.word()).collect();
    it.choice("rationale: semantic", &words);
    let words: Vec<_> = Method::ALL.iter().map(|it| it.word()).collect();
    it.choice("method: human", &words);
    it.at(path)
}
