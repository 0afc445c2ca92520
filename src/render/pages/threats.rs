//! The threats, with the measures against them and the use cases in which they matter most.
//!
//! Entry: [`view`]. Invariant: a threat lists a bounded number of measures; a page of its own lists all.

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::{ThreatIx, UseCaseIx};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::marks::MarkView;
use crate::render::page::{Page, counted};
use crate::render::pages::list_pages::list_page;
use crate::render::prose;
use crate::render::views::{About, LinkView, TocItem};
use crate::site::{MAX_INLINE, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    groups: Vec<Group>,
    pages: Vec<ListPageView>,
}

#[derive(Serialize)]
struct Group {
    id: String,
    title: String,
    threats: Vec<ThreatView>,
}

#[derive(Serialize)]
struct ThreatView {
    id: String,
    title: String,
    text: Html,
    measures: Vec<LinkView>,
    /// The page of all measures, if not all are listed.
    more: Option<LinkView>,
    use_cases: Vec<CaseLink>,
    /// The number of use cases that are not listed.
    more_cases: usize,
}

#[derive(Serialize)]
struct CaseLink {
    href: String,
    mark: MarkView,
}

/// The threats.
pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let name = |i: usize| catalogue.threat(ThreatIx::new(i)).title.clone();
    let mut list_page = list_page(page, catalogue.threats.len(), name, about(page));
    let groups = groups(page, list_page.entries);
    list_page.about.toc = toc(&groups);
    View {
        frame: Frame::new(page, list_page.about),
        groups,
        pages: list_page.pages,
    }
}

fn about(page: &Page<'_>) -> About {
    let catalogue = page.catalogue();
    let count = counted(catalogue.threats.len(), "threat", "threats");
    About {
        heading: page.name(),
        description: format!("{count}, what each looks like, and the measures that answer it."),
        crumbs: page.top_crumbs(),
        ..About::default()
    }
}

fn groups(page: &Page<'_>, rows: Range<usize>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for i in rows {
        let ix = ThreatIx::new(i);
        let threat = page.catalogue().threat(ix);
        let view = threat_view(page, ix);
        match groups.iter_mut().find(|group| group.title == threat.group) {
            Some(group) => group.threats.push(view),
            None => groups.push(Group {
                id: page.anchor(&format!("group-{}", groups.len() + 1)),
                title: threat.group.clone(),
                threats: vec![view],
            }),
        }
    }
    groups
}

fn toc(groups: &[Group]) -> Vec<TocItem> {
    let item = |it: &Group| TocItem::new(&format!("#{}", it.id), &it.title);
    groups.iter().map(item).collect()
}

fn threat_view(page: &Page<'_>, ix: ThreatIx) -> ThreatView {
    let threat = page.catalogue().threat(ix);
    let answers = &page.renderer.site.answers[ix.index()];
    let case = |ix: &UseCaseIx| CaseLink {
        href: page.to(PageKind::UseCase(*ix)),
        mark: page.use_case_mark(*ix),
    };
    let measures = answers.measures.iter().take(MAX_INLINE);
    let all = PageKind::Answers(ix);
    ThreatView {
        id: page.anchor(&threat.id),
        title: threat.title.clone(),
        text: prose::html(page, &threat.text),
        measures: measures.map(|it| page.measure_link(*it)).collect(),
        more: page.has(all).then(|| LinkView {
            href: page.to(all),
            id: String::new(),
            title: counted(answers.measures.len(), "measure", "measures"),
        }),
        use_cases: answers
            .use_cases
            .iter()
            .take(MAX_INLINE)
            .map(case)
            .collect(),
        more_cases: answers.use_cases.len().saturating_sub(MAX_INLINE),
    }
}
