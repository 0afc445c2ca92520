//! The index of frameworks.

use serde::Serialize;

use super::list_pages::ListPageView;
use super::parts::{self, StatusView};
use crate::catalogue::FrameworkIx;
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::Page;
use crate::render::pages::list_pages::listed;
use crate::render::prose;
use crate::render::views::{About, CountView, LinkView};
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    rows: Vec<Row>,
    pages: Vec<ListPageView>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    name: String,
    title: String,
    version: String,
    summary: Html,
    status: Option<StatusView>,
    count: CountView,
    coverage: Option<String>,
    crosswalks: Vec<LinkView>,
    provider: Option<String>,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: page.name(),
        description: "The laws and schemes to which the measures are mapped.".to_owned(),
        crumbs: page.top_crumbs(),
        ..About::default()
    };
    let catalogue = page.catalogue();
    let name = |at: usize| catalogue.frameworks[at].name.clone();
    let listed = listed(page, catalogue.frameworks.len(), name, about);
    let rows = listed.entries.map(|at| {
        let ix = FrameworkIx::new(at);
        let it = catalogue.framework(ix);
        Row {
            href: page.to(PageKind::Framework(ix)),
            name: it.name.clone(),
            title: it.title.clone(),
            version: it.version.clone(),
            summary: prose::html(page, &it.summary),
            status: parts::status(page, ix),
            count: page.count(it.tops.iter().flat_map(|top| catalogue.leaves(*top))),
            coverage: page.href_if_any(PageKind::CoverageOf(ix)),
            crosswalks: parts::crosswalks(page, ix),
            provider: page.href_if_any(PageKind::ProviderOf(ix)),
        }
    });
    View {
        rows: rows.collect(),
        pages: listed.pages,
        frame: Frame::new(page, listed.about),
    }
}
