//! The index of frameworks.

use serde::Serialize;

use super::list_pages::ListPageView;
use super::parts::{self, StatusView};
use crate::catalogue::FrameworkIx;
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
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
    let name = |i: usize| catalogue.frameworks[i].name.clone();
    let list_page = list_page(page, catalogue.frameworks.len(), name, about);
    let rows = list_page.entries.map(|i| {
        let ix = FrameworkIx::new(i);
        let framework = catalogue.framework(ix);
        Row {
            href: page.to(PageKind::Framework(ix)),
            name: framework.name.clone(),
            title: framework.title.clone(),
            version: framework.version.clone(),
            summary: prose::html(page, &framework.summary),
            status: parts::status(page, ix),
            count: page.count(
                framework
                    .roots
                    .iter()
                    .flat_map(|top| catalogue.leaves(*top)),
            ),
            coverage: page.href_if_any(PageKind::CoverageOf(ix)),
            crosswalks: parts::crosswalks(page, ix),
            provider: page.href_if_any(PageKind::ProviderOf(ix)),
        }
    });
    View {
        rows: rows.collect(),
        pages: list_page.pages,
        frame: Frame::new(page, list_page.about),
    }
}
