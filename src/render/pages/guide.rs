//! The index of the guide.

use std::ops::Range;

use serde::Serialize;

use super::list_pages::ListPageView;
use crate::catalogue::PageIx;
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::Page;
use crate::render::pages::list_pages::list_page;
use crate::render::prose;
use crate::render::views::About;
use crate::site::PageKind;

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    sections: Vec<Section>,
    pages: Vec<ListPageView>,
}

/// A folder of the guide.
#[derive(Serialize)]
struct Section {
    id: String,
    title: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    href: String,
    title: String,
    summary: Html,
    audience: Vec<String>,
    draft: bool,
}

/// The index of pages.
pub(crate) fn view(page: &Page<'_>) -> View {
    let catalogue = page.catalogue();
    let name = |i: usize| catalogue.page(PageIx::new(i)).title.clone();
    let list_page = list_page(page, catalogue.pages.len(), name, about(page));
    View {
        frame: Frame::new(page, list_page.about),
        sections: sections(page, list_page.entries),
        pages: list_page.pages,
    }
}

fn about(page: &Page<'_>) -> About {
    About {
        heading: page.name(),
        description: "How to use the catalogue, and what one needs to know around it.".to_owned(),
        crumbs: page.top_crumbs(),
        ..About::default()
    }
}

fn sections(page: &Page<'_>, rows: Range<usize>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for i in rows {
        let prose_page = page.catalogue().page(PageIx::new(i));
        let row = Row {
            href: page.to(PageKind::Page(PageIx::new(i))),
            title: prose_page.title.clone(),
            summary: prose::unlinked(page, &prose_page.summary),
            audience: prose_page
                .audience
                .iter()
                .map(|it| it.shown().to_owned())
                .collect(),
            draft: prose_page.draft,
        };
        let title = folder(&prose_page.slug);
        match sections.last_mut().filter(|it| it.title == title) {
            Some(section) => section.rows.push(row),
            None => sections.push(Section {
                id: format!("section-{}", sections.len() + 1),
                title,
                rows: vec![row],
            }),
        }
    }
    sections
}

/// The folder under `guide/` as a heading; `None` for pages directly in `guide/`.
fn folder(slug: &str) -> Option<String> {
    let inner = slug.strip_prefix("guide/")?;
    let (folder, _) = inner.rsplit_once('/')?;
    Some(crate::render::marks::capital(
        &folder.replace(['-', '_'], " ").replace('/', ": "),
    ))
}
