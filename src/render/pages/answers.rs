//! The measures that answer one threat, where they are too many to be named beside it.
//!
//! Entry: [`view`], [`part`]. Invariant: none.

use std::ops::Range;

use serde::Serialize;

use super::stretches::{Rows, StretchView};
use crate::catalogue::{MeasureIx, ThreatIx};
use crate::render::frame::{About, Frame};
use crate::render::page::{LinkView, Page, counted};
use crate::site::{List, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    threat: LinkView,
    measures: Vec<LinkView>,
    stretches: Vec<StretchView>,
}

/// The measures that answer a threat, or with a number one of their stretches.
pub(crate) fn view(page: &Page<'_>, ix: ThreatIx, at: Option<usize>) -> View {
    let answers = answers(page, ix);
    let rows = Rows {
        list: List::Answers(ix),
        len: answers.len(),
        name: &|at| page.catalogue().measure(answers[at]).id.clone(),
    };
    let shown = rows.shown(page, at, about(page, ix));
    View {
        frame: page.frame(shown.about),
        threat: threat(page, ix),
        measures: links(page, ix, shown.rows),
        stretches: shown.stretches,
    }
}

fn answers<'a>(page: &Page<'a>, ix: ThreatIx) -> &'a [MeasureIx] {
    &page.renderer.site.answers[ix.at()].measures
}

fn about(page: &Page<'_>, ix: ThreatIx) -> About {
    let it = page.catalogue().threat(ix);
    let count = counted(
        answers(page, ix).len(),
        "measure answers",
        "measures answer",
    );
    About {
        heading: format!("Measures against: {}", it.title),
        description: format!("{count} this threat."),
        crumbs: vec![page.crumb(PageKind::Threats), Page::here(&it.title)],
        ..About::default()
    }
}

fn threat(page: &Page<'_>, ix: ThreatIx) -> LinkView {
    let it = page.catalogue().threat(ix);
    LinkView {
        href: page
            .href(&crate::catalogue::Thing::Threat(ix).into())
            .unwrap_or_default(),
        id: String::new(),
        title: it.title.clone(),
    }
}

fn links(page: &Page<'_>, ix: ThreatIx, rows: Range<usize>) -> Vec<LinkView> {
    let measures = answers(page, ix)[rows].iter();
    measures.map(|it| page.measure_link(*it)).collect()
}
