//! The measures against one threat, if they are too many to be listed next to it.
//!
//! Entry: [`view`].

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{MeasureIx, ThreatIx};
use crate::render::frame::Frame;
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
use crate::render::views::{About, LinkView};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    threat: LinkView,
    measures: Vec<LinkView>,
    pages: Vec<ListPageView>,
}

/// The measures against a threat.
pub(crate) fn view(page: &Page<'_>, ix: ThreatIx) -> View {
    let answers = answers(page, ix);
    let name = |i: usize| page.catalogue().measure(answers[i]).id.clone();
    let list_page = list_page(page, answers.len(), name, about(page, ix));
    View {
        frame: Frame::new(page, list_page.about),
        threat: threat(page, ix),
        measures: links(page, ix, list_page.entries),
        pages: list_page.pages,
    }
}

fn answers<'a>(page: &Page<'a>, ix: ThreatIx) -> &'a [MeasureIx] {
    &page.renderer.site.answers[ix.index()].measures
}

fn about(page: &Page<'_>, ix: ThreatIx) -> About {
    let threat = page.catalogue().threat(ix);
    let count = counted(
        answers(page, ix).len(),
        "measure answers",
        "measures answer",
    );
    About {
        heading: format!("Measures against: {}", threat.title),
        description: format!("{count} this threat."),
        crumbs: vec![
            page.crumb(PageKind::Threats),
            Page::current_crumb(&threat.title),
        ],
        ..About::default()
    }
}

fn threat(page: &Page<'_>, ix: ThreatIx) -> LinkView {
    let threat = page.catalogue().threat(ix);
    LinkView {
        href: page
            .href(&crate::catalogue::LinkTarget::Threat(ix).into())
            .unwrap_or_default(),
        id: String::new(),
        title: threat.title.clone(),
    }
}

fn links(page: &Page<'_>, ix: ThreatIx, rows: Range<usize>) -> Vec<LinkView> {
    let measures = answers(page, ix)[rows].iter();
    measures.map(|it| page.measure_link(*it)).collect()
}
