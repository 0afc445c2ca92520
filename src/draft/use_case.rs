//! `use-cases/ID.yaml`, its prose, and a gap for it in every measure.

use super::skeleton::{Skeleton, next_order, scalar};
use super::{Desk, Draft};
use crate::schema::{FileKind, Mark, Record, Relevance};
use crate::structure::edit;

pub(super) fn draft(desk: &Desk<'_>, id: &str) -> Draft {
    let path = desk.path(&format!("use-cases/{id}.yaml"));
    let mut it = Skeleton::yaml(FileKind::UseCase, &path);
    it.line("# The prose is the Markdown file of the same name beside this one. A text that begins with … is still to be written.");
    it.line(&format!("id: {}", scalar(id)));
    it.gap("", "", "title");
    let orders = desk.written().filter_map(|it| match it {
        Record::UseCase(it) => Some(it.order),
        _ => None,
    });
    if let Some(order) = next_order(orders) {
        it.line(&format!("order: {order}"));
    }
    it.gap("", "", "summary");
    let marks: Vec<_> = Mark::ALL.iter().map(|it| it.word()).collect();
    it.choice("mark: square", &marks);
    it.line("# Also: models, zones, nodes, flows, assets, actors, risks, threats. `controlbook manual fields` says what they mean.");
    let prose = "\
## What it is

… who uses which service, and for what
";
    Draft {
        made: vec![
            it.at(path),
            (desk.path(&format!("use-cases/{id}.md")), prose.to_owned()),
        ],
        changed: weights(desk, id),
        gaps: 0,
    }
}

/// Every measure, with a line on how much it weighs in the new use case: one that says nothing would be an error.
fn weights(desk: &Desk<'_>, id: &str) -> Vec<(String, String)> {
    let because = Skeleton::bare(FileKind::Measure).hint("UseCaseRelevance", "because");
    // In braces, a comma would end the text.
    let because = serde_json::to_string(&because).expect("a text is valid JSON");
    let entry = format!(
        "{}: {{ relevance: {}, because: {because} }}",
        scalar(id),
        Relevance::Supporting.word()
    );
    let measures = desk
        .records
        .iter()
        .filter_map(|(path, it)| match &it.record {
            Record::Measure(it) if !it.use_cases.0.iter().any(|(of, _)| of.value == id) => {
                Some(path)
            }
            _ => None,
        });
    measures
        .filter_map(|path| {
            let text = desk.sources.text(path)?;
            let marked = desk.sources.bytes(path)?.len() > text.len();
            let mark = if marked { "\u{feff}" } else { "" };
            let text = edit::insert_entry(text, "use-cases", &entry)?;
            Some((path.to_string(), format!("{mark}{text}")))
        })
        .collect()
}
