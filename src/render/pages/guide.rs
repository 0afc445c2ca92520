//! The index of the guide; where it is too long for one page, stretches of it.

use std::ops::Range;

use serde::Serialize;

use super::stretches::{Rows, StretchView};
use crate::catalogue::PageIx;
use crate::render::frame::{About, Frame};
use crate::render::page::Page;
use crate::render::prose::Html;
use crate::site::{List, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    sections: Vec<Section>,
    stretches: Vec<StretchView>,
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

/// The index of pages, or with a number one of its stretches.
pub(crate) fn view(page: &Page<'_>, at: Option<usize>) -> View {
    let catalogue = page.catalogue();
    let rows = Rows {
        list: List::Guide,
        len: catalogue.pages.len(),
        name: &|at| catalogue.page(PageIx::new(at)).title.clone(),
    };
    let shown = rows.shown(page, at, about(page));
    View {
        frame: page.frame(shown.about),
        sections: sections(page, shown.rows),
        stretches: shown.stretches,
    }
}

fn about(page: &Page<'_>) -> About {
    About {
        heading: page.name(),
        description: "How to use the catalogue, and what one needs to know around it.".to_owned(),
        crumbs: page.crumbs_of_top(),
        ..About::default()
    }
}

fn sections(page: &Page<'_>, rows: Range<usize>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for at in rows {
        let it = page.catalogue().page(PageIx::new(at));
        let row = Row {
            href: page.to(PageKind::Page(PageIx::new(at))),
            title: it.title.clone(),
            summary: page.unlinked(&it.summary),
            audience: it.audience.iter().map(|it| it.shown().to_owned()).collect(),
            draft: it.draft,
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
    sections
}

/// The folder under `guide/` as a heading; none for pages that stand in `guide/` itself.
fn folder(slug: &str) -> Option<String> {
    let inner = slug.strip_prefix("guide/")?;
    let (folder, _) = inner.rsplit_once('/')?;
    Some(crate::render::marks::capital(
        &folder.replace(['-', '_'], " ").replace('/', ": "),
    ))
}
