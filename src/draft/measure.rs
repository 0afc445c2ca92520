//! `measures/ID.yaml` and its guidance.

use super::skeleton::{Skeleton, next_order, scalar};
use super::{Desk, Draft};
use crate::schema::{Actor, FileKind, MeasureKind, Phase, Record, Relevance};

/// The most groups that a comment lists.
const LISTED: usize = 8;

/// The group that is begun where a book has none.
const FIRST_GROUP: &str = "general";

pub(super) fn draft(desk: &Desk<'_>, id: &str, group: Option<&str>) -> Draft {
    let path = desk.path(&format!("measures/{id}.yaml"));
    let groups: Vec<_> = desk.groups().collect();
    let group = group
        .or(groups.first().copied())
        .unwrap_or(FIRST_GROUP)
        .to_owned();
    let mut it = Skeleton::yaml(FileKind::Measure, &path);
    it.line("# The guidance is the Markdown file of the same name beside this one. A text that begins with … is still to be written.");
    it.line(&format!("id: {}", scalar(id)));
    it.gap("", "", "title");
    it.gap("", "", "summary");
    let line = format!("group: {}", scalar(&group));
    if (2..=LISTED).contains(&groups.len()) {
        it.choice(&line, &groups);
    } else {
        it.line(&line);
    }
    if let Some(order) = desk.next_in(&group) {
        it.line(&format!("order: {order}"));
    }
    it.choice("responsibility: shared", &words(Actor::ALL, Actor::word));
    it.choice(
        "kind: organisational",
        &words(MeasureKind::ALL, MeasureKind::word),
    );
    it.choice("phases: [operate]", &words(Phase::ALL, Phase::word));
    it.line("practices:");
    it.line(&format!("  - id: {}", scalar(&format!("{id}.1"))));
    it.gap("    ", "Practice", "text");
    it.choice("    by: shared", &words(Actor::ALL, Actor::word));
    it.gap("    ", "Practice", "evidence");
    let use_cases: Vec<_> = desk.book.catalogue.use_cases.iter().collect();
    if !use_cases.is_empty() {
        it.line("use-cases:");
    }
    for use_case in use_cases {
        it.line(&format!("  {}:", scalar(&use_case.id)));
        let relevance = "    relevance: important";
        it.choice(relevance, &words(Relevance::ALL, Relevance::word));
        it.gap("    ", "UseCaseRelevance", "because");
    }
    it.line("# Also: duties, threats, related; in a practice essential-for, phases, models. `controlbook manual fields` says what they mean.");
    let mut out = Draft {
        made: vec![it.at(path), guidance(desk, id)],
        ..Draft::default()
    };
    if groups.is_empty() {
        out.made.push(first_group(desk, &group));
    }
    out
}

/// The guidance, with the sections that a reader looks for.
fn guidance(desk: &Desk<'_>, id: &str) -> (String, String) {
    let text = "\
## Why it matters

… what goes wrong without it

## How to do it

… who does what, step by step

## Common mistakes

… what looks done and is not
";
    (desk.path(&format!("measures/{id}.md")), text.to_owned())
}

/// `measures/groups.yaml`, for the first measure of a book.
fn first_group(desk: &Desk<'_>, group: &str) -> (String, String) {
    let path = desk.path("measures/groups.yaml");
    let mut it = Skeleton::yaml(FileKind::Groups, &path);
    it.line("# Groups of measures, in reading order.");
    it.line(&format!("- id: {}", scalar(group)));
    it.gap("  ", "Group", "title");
    it.at(path)
}

fn words<T: Copy>(all: &[T], word: fn(T) -> &'static str) -> Vec<&'static str> {
    all.iter().map(|it| word(*it)).collect()
}

impl Desk<'_> {
    /// The groups of measures, in reading order.
    fn groups(&self) -> impl Iterator<Item = &str> {
        self.book.catalogue.groups.iter().map(|it| it.id.as_str())
    }

    /// The place behind the last measure of a group.
    fn next_in(&self, group: &str) -> Option<i64> {
        let orders = self.written().filter_map(|it| match it {
            Record::Measure(it) if it.group.value == group => Some(it.order),
            _ => None,
        });
        next_order(orders)
    }
}
