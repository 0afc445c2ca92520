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
pub(in crate::render) struct View {
    frame: Frame,
    threat: LinkView,
    measures: Vec<LinkView>,
    stretches: Vec<StretchView>,
}

pub(in crate::render) fn view(page: &Page<'_>, ix: ThreatIx) -> View {
    let name = |at: usize| page.catalogue().measure(answers(page, ix)[at]).id.clone();
    let rows = rows(page, ix, &name);
    View {
        frame: page.frame(about(page, ix)),
        threat: threat(page, ix),
        measures: links(page, ix, rows.own(page)),
        stretches: rows.stretches(page),
    }
}

/// A stretch of them.
pub(in crate::render) fn part(page: &Page<'_>, ix: ThreatIx, at: usize) -> View {
    let name = |at: usize| page.catalogue().measure(answers(page, ix)[at]).id.clone();
    let rows = rows(page, ix, &name);
    View {
        frame: page.frame(rows.part(page, at, about(page, ix))),
        threat: threat(page, ix),
        measures: links(page, ix, rows.of_part(at)),
        stretches: Vec::new(),
    }
}

fn answers<'a>(page: &Page<'a>, ix: ThreatIx) -> &'a [MeasureIx] {
    &page.renderer.site.answers[ix.at()].measures
}

fn rows<'a>(page: &Page<'_>, ix: ThreatIx, name: &'a dyn Fn(usize) -> String) -> Rows<'a> {
    Rows {
        list: List::Answers(ix),
        len: answers(page, ix).len(),
        name,
    }
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
        crumbs: vec![
            page.crumb(PageKind::Threats, "Threats"),
            Page::here(&it.title),
        ],
        part: Some(PageKind::Threats),
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
