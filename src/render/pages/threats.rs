//! The threats, with the measures that answer them and the use cases in which they weigh.

use serde::Serialize;

use crate::catalogue::{MeasureIx, ThreatIx, UseCaseIx};
use crate::render::frame::{About, Frame, TocItem};
use crate::render::marks::MarkView;
use crate::render::page::{LinkView, Page, counted};
use crate::site::PageKind;

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    groups: Vec<Group>,
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
    text: String,
    measures: Vec<LinkView>,
    use_cases: Vec<CaseLink>,
}

#[derive(Serialize)]
struct CaseLink {
    href: String,
    mark: MarkView,
}

pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let count = counted(catalogue.threats.len(), "threat", "threats");
    let about = About {
        heading: "Threats".to_owned(),
        description: format!("{count}, what each looks like, and the measures that answer it."),
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Threats")],
        part: Some(PageKind::Threats),
        ..About::default()
    };
    let mut groups: Vec<Group> = Vec::new();
    for (at, it) in catalogue.threats.iter().enumerate() {
        let view = threat(page, ThreatIx::new(at));
        match groups.iter_mut().find(|group| group.title == it.group) {
            Some(group) => group.threats.push(view),
            None => groups.push(Group {
                id: format!("group-{}", groups.len() + 1),
                title: it.group.clone(),
                threats: vec![view],
            }),
        }
    }
    let mut frame = page.frame(about);
    frame.toc = groups
        .iter()
        .map(|it| TocItem::new(&format!("#{}", it.id), &it.title))
        .collect();
    View { frame, groups }
}

fn threat(page: &Page<'_>, ix: ThreatIx) -> ThreatView {
    let catalogue = page.catalogue();
    let it = catalogue.threat(ix);
    let answers = |measure: &MeasureIx| catalogue.measure(*measure).threats.contains(&ix);
    let weighs = catalogue
        .use_cases
        .iter()
        .enumerate()
        .filter(|(_, case)| case.threats.iter().any(|(threat, _)| *threat == ix));
    ThreatView {
        id: it.id.clone(),
        title: it.title.clone(),
        text: page.prose(&it.text),
        measures: catalogue
            .reading_order()
            .iter()
            .filter(|it| answers(it))
            .map(|it| page.measure_link(*it))
            .collect(),
        use_cases: weighs
            .map(|(at, _)| CaseLink {
                href: page.to(PageKind::UseCase(UseCaseIx::new(at))),
                mark: page.use_case_mark(UseCaseIx::new(at)),
            })
            .collect(),
    }
}
