//! Drafts `measures/ID.yaml` and its guidance.

use super::skeleton::{Skeleton, next_order, scalar};
use super::{Draft, DraftContext};
use crate::schema::{Actor, FileKind, MeasureKind, Phase, Record, Relevance};

/// Maximum number of groups listed in a comment.
const MAX_LISTED_GROUPS: usize = 8;

/// The group that is created if the book has none.
const DEFAULT_GROUP: &str = "general";

pub(super) fn draft(context: &DraftContext<'_>, id: &str, group: Option<&str>) -> Draft {
    let path = context.path(&format!("measures/{id}.yaml"));
    let groups: Vec<_> = context.groups().collect();
    let group = group
        .or(groups.first().copied())
        .unwrap_or(DEFAULT_GROUP)
        .to_owned();
    let mut skeleton = Skeleton::yaml(FileKind::Measure, &path);
    skeleton.line("# The guidance is the Markdown file of the same name beside this one. A text that begins with … is still to be written.");
    skeleton.line(&format!("id: {}", scalar(id)));
    skeleton.gap("", "", "title");
    skeleton.gap("", "", "summary");
    let line = format!("group: {}", scalar(&group));
    if (2..=MAX_LISTED_GROUPS).contains(&groups.len()) {
        skeleton.choice(&line, &groups);
    } else {
        skeleton.line(&line);
    }
    if let Some(order) = context.next_order_in(&group) {
        skeleton.line(&format!("order: {order}"));
    }
    skeleton.choice("responsibility: shared", &choices(Actor::ALL, Actor::word));
    skeleton.choice(
        "kind: organisational",
        &choices(MeasureKind::ALL, MeasureKind::word),
    );
    skeleton.choice("phases: [operate]", &choices(Phase::ALL, Phase::word));
    skeleton.line("practices:");
    skeleton.line(&format!("  - id: {}", scalar(&format!("{id}.1"))));
    skeleton.gap("    ", "Practice", "text");
    skeleton.choice("    by: shared", &choices(Actor::ALL, Actor::word));
    skeleton.gap("    ", "Practice", "evidence");
    let use_cases: Vec<_> = context.book.catalogue.use_cases.iter().collect();
    if !use_cases.is_empty() {
        skeleton.line("use-cases:");
    }
    for use_case in use_cases {
        skeleton.line(&format!("  {}:", scalar(&use_case.id)));
        let relevance = "    relevance: important";
        skeleton.choice(relevance, &choices(Relevance::ALL, Relevance::word));
        skeleton.gap("    ", "UseCaseRelevance", "because");
    }
    skeleton.line("# Also: duties, threats, related; in a practice essential-for, phases, models. `controlbook manual fields` says what they mean.");
    let mut draft = Draft {
        created: vec![skeleton.into_file(path), guidance(context, id)],
        ..Draft::default()
    };
    if groups.is_empty() {
        draft.created.push(first_group(context, &group));
    }
    draft
}

/// The guidance, with the sections that readers expect.
fn guidance(context: &DraftContext<'_>, id: &str) -> (String, String) {
    let text = "\
## Why it matters

… what goes wrong without it

## How to do it

… who does what, step by step

## Common mistakes

… what looks done and is not
";
    (context.path(&format!("measures/{id}.md")), text.to_owned())
}

/// `measures/groups.yaml`, for the first measure of a book.
fn first_group(context: &DraftContext<'_>, group: &str) -> (String, String) {
    let path = context.path("measures/groups.yaml");
    let mut skeleton = Skeleton::yaml(FileKind::Groups, &path);
    skeleton.line("# Groups of measures, in reading order.");
    skeleton.line(&format!("- id: {}", scalar(group)));
    skeleton.gap("  ", "Group", "title");
    skeleton.into_file(path)
}

/// The words of all variants of an enum.
pub(super) fn choices<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| word(*it)).collect()
}

impl DraftContext<'_> {
    /// The groups of measures, in reading order.
    fn groups(&self) -> impl Iterator<Item = &str> {
        self.book.catalogue.groups.iter().map(|it| it.id.as_str())
    }

    /// The value of `order` for a new measure at the end of a group.
    fn next_order_in(&self, group: &str) -> Option<i64> {
        let orders = self.parsed_records().filter_map(|it| match it {
            Record::Measure(it) if it.group.value == group => Some(it.order),
            _ => None,
        });
        next_order(orders)
    }
}
