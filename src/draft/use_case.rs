//! Drafts `use-cases/ID.yaml`, its prose, and an entry for it in every measure.

use super::skeleton::{Skeleton, next_order, scalar};
use super::{Draft, DraftContext};
use crate::schema::{FileKind, Mark, Record, Relevance};
use crate::structure::edit;

pub(super) fn draft(context: &DraftContext<'_>, id: &str) -> Draft {
    let path = context.path(&format!("use-cases/{id}.yaml"));
    let mut skeleton = Skeleton::yaml(FileKind::UseCase, &path);
    skeleton.line("# The prose is the Markdown file of the same name beside this one. A text that begins with … is still to be written.");
    skeleton.line(&format!("id: {}", scalar(id)));
    skeleton.gap("", "", "title");
    let orders = context.parsed_records().filter_map(|it| match it {
        Record::UseCase(it) => Some(it.order),
        _ => None,
    });
    if let Some(order) = next_order(orders) {
        skeleton.line(&format!("order: {order}"));
    }
    skeleton.gap("", "", "summary");
    let marks: Vec<_> = Mark::ALL.iter().map(|it| it.word()).collect();
    skeleton.choice("mark: square", &marks);
    skeleton.line("# Also: models, zones, nodes, flows, assets, actors, risks, threats. `controlbook manual fields` says what they mean.");
    let prose = "\
## What it is

… who uses which service, and for what
";
    Draft {
        created: vec![
            skeleton.into_file(path),
            (
                context.path(&format!("use-cases/{id}.md")),
                prose.to_owned(),
            ),
        ],
        changed: measures_with_entry(context, id),
        gaps: 0,
    }
}

/// Every measure with an entry for the new use case, since a measure without one is an error.
fn measures_with_entry(context: &DraftContext<'_>, id: &str) -> Vec<(String, String)> {
    let because = Skeleton::empty(FileKind::Measure).hint("UseCaseRelevance", "because");
    // Always quoted, because a comma would end a plain text in a flow map.
    let because = serde_json::to_string(&because).expect("a text is valid JSON");
    let entry = format!(
        "{}: {{ relevance: {}, because: {because} }}",
        scalar(id),
        Relevance::Supporting.word()
    );
    let measures = context
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
            let text = context.sources.text(path)?;
            let marked = context.sources.bytes(path)?.len() > text.len();
            let mark = if marked { "\u{feff}" } else { "" };
            let text = edit::insert_entry(text, "use-cases", &entry)?;
            Some((path.to_string(), format!("{mark}{text}")))
        })
        .collect()
}
