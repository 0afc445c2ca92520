//! Drafts `frameworks/ID/`, with a first chapter, and the set of its mappings.

use super::measure::choices;
use super::skeleton::{Skeleton, next_order, scalar};
use super::{Draft, DraftContext};
use crate::schema::{FileKind, GAP, Method, Rationale, Record, Style};

pub(super) fn draft(context: &DraftContext<'_>, id: &str) -> Draft {
    Draft {
        created: vec![
            framework(context, id),
            chapter(context, id),
            set(context, id),
        ],
        ..Draft::default()
    }
}

fn framework(context: &DraftContext<'_>, id: &str) -> (String, String) {
    let path = context.path(&format!("frameworks/{id}/framework.yaml"));
    let mut skeleton = Skeleton::yaml(FileKind::Framework, &path);
    skeleton.line("# Each top node is a file beside this one. A text that begins with … is still to be written.");
    skeleton.line(&format!("id: {}", scalar(id)));
    skeleton.choice(
        &format!("name: {}", scalar(id)),
        &["the short name, as in the navigation"],
    );
    skeleton.gap("", "", "title");
    skeleton.choice(
        &format!("version: {GAP}"),
        &["the version that you map to; the same in the set of its mappings"],
    );
    let orders = context.parsed_records().filter_map(|it| match it {
        Record::Framework(it) => Some(it.order),
        _ => None,
    });
    if let Some(order) = next_order(orders) {
        skeleton.line(&format!("order: {order}"));
    }
    skeleton.gap("", "", "summary");
    skeleton.choice("kinds:", &["from the outside in"]);
    skeleton.line("  - { name: chapter, page: true }");
    skeleton.line("  - { name: control, page: true }");
    skeleton.line("  - { name: requirement, mappable: true }");
    skeleton.line(
        "# Also: status, levels, cite, link. `controlbook manual fields` says what they mean.",
    );
    skeleton.into_file(path)
}

/// A chapter with one control and one requirement, as an example.
fn chapter(context: &DraftContext<'_>, id: &str) -> (String, String) {
    let path = context.path(&format!("frameworks/{id}/A.yaml"));
    let mut skeleton = Skeleton::yaml(FileKind::Tree, &path);
    skeleton.line("# One chapter. Put the framework’s own identifiers in place of A, A-1 and A-1.1, and name the file like the chapter.");
    skeleton.line("id: A");
    skeleton.gap("", "", "title");
    skeleton.line("nodes:");
    skeleton.line("  - id: A-1");
    skeleton.gap("    ", "", "title");
    skeleton.line("    nodes:");
    skeleton.line("      - id: A-1.1");
    skeleton.gap("        ", "", "summary");
    skeleton.into_file(path)
}

fn set(context: &DraftContext<'_>, id: &str) -> (String, String) {
    let path = context.path(&format!("mappings/{id}/set.yaml"));
    let mut skeleton = Skeleton::yaml(FileKind::Set, &path);
    skeleton.line("# Where the mappings in this folder come from. Each measure has its own file beside this one.");
    skeleton.line(&format!("framework: {}", scalar(id)));
    skeleton.choice(&format!("version: {GAP}"), &["the framework’s"]);
    skeleton.choice("style: set-theory", &choices(Style::ALL, Style::word));
    skeleton.choice(
        "rationale: semantic",
        &choices(Rationale::ALL, Rationale::word),
    );
    skeleton.choice("method: human", &choices(Method::ALL, Method::word));
    skeleton.into_file(path)
}
