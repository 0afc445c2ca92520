//! The search page: a search box, filters and results; without scripts, links to the indexes.

use serde::Serialize;

use crate::catalogue::{FrameworkIx, MeasureIx, PracticeIx};
use crate::render::frame::Frame;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::views::{About, LinkView};
use crate::schema::Actor;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    examples: Vec<LinkView>,
    /// The marks of results, by the value of their filter.
    marks: Vec<ResultMark>,
}

#[derive(Serialize)]
struct ResultMark {
    value: String,
    mark: MarkView,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: "Search".to_owned(),
        description:
            "Find a measure, a practice, a requirement or a term by identifier, citation or words."
                .to_owned(),
        ..About::default()
    };
    let actors = [Actor::Customer, Actor::Provider, Actor::Shared];
    let mut marks: Vec<_> = actors
        .into_iter()
        .map(|actor| ResultMark {
            value: format!("by:{}", actor.word()),
            mark: marks::actor(actor),
        })
        .collect();
    for framework in &page.catalogue().frameworks {
        for (i, level) in framework.levels.iter().enumerate() {
            marks.push(ResultMark {
                value: format!("level:{}-{level}", framework.id),
                mark: marks::level(level, i),
            });
        }
    }
    View {
        frame: Frame::new(page, about),
        examples: examples(page),
        marks,
    }
}

/// Example queries: a measure, a practice, and the first mapped requirement of each framework.
pub(super) fn examples(page: &Page<'_>) -> Vec<LinkView> {
    let catalogue = page.catalogue();
    let measure = catalogue
        .reading_order()
        .first()
        .map(|ix: &MeasureIx| page.measure_link(*ix));
    let practice =
        (!catalogue.practices.is_empty()).then(|| page.practice_link(PracticeIx::new(0)));
    let frameworks = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
    let nodes = frameworks.filter_map(|ix| {
        let set = catalogue.framework(ix).set?;
        let mapping = catalogue.mappings.iter().find(|it| it.set == set)?;
        Some(page.node_link(mapping.to))
    });
    measure.into_iter().chain(practice).chain(nodes).collect()
}
