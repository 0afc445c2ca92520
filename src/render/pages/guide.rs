//! The index of the guide.

use serde::Serialize;

use crate::catalogue::PageIx;
use crate::render::frame::{About, Frame};
use crate::render::page::Page;
use crate::site::PageKind;

#[derive(Serialize)]
pub(in crate::render) struct View {
    frame: Frame,
    sections: Vec<Section>,
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
    summary: String,
    audience: Vec<String>,
}

pub(in crate::render) fn view(page: &Page<'_>) -> View {
    let about = About {
        heading: "Guide".to_owned(),
        description: "How to use the catalogue, and what one needs to know around it.".to_owned(),
        crumbs: vec![page.crumb(PageKind::Home, "Home"), Page::here("Guide")],
        part: Some(PageKind::Guide),
        ..About::default()
    };
    let mut sections: Vec<Section> = Vec::new();
    for (at, it) in page.catalogue().pages.iter().enumerate() {
        let row = Row {
            href: page.to(PageKind::Page(PageIx::new(at))),
            title: it.title.clone(),
            summary: page.unlinked(&it.summary),
            audience: it.audience.iter().map(|it| it.shown().to_owned()).collect(),
        };
        let title = folder(&it.slug);
        match sections.last_mut().filter(|it| it.title == title) {
            Some(section) => section.rows.push(row),
            None => sections.push(Section {
                id: format!("section-{}", sections.len() + 1),
                title,
                rows: vec![row],
            }),
        }
    }
    View {
        frame: page.frame(about),
        sections,
    }
}

/// The folder under `guide/` as a heading; none for pages that stand in `guide/` itself.
fn folder(slug: &str) -> Option<String> {
    let inner = slug.strip_prefix("guide/")?;
    let (folder, _) = inner.rsplit_once('/')?;
    Some(crate::render::marks::capital(
        &folder.replace(['-', '_'], " ").replace('/', ": "),
    ))
}
