//! What there is to download: each file, what a row of it is, and the meaning of its columns.

use serde::Serialize;

use crate::markdown::html::escape;
use crate::render::frame::{About, Frame, TocItem};
use crate::render::page::{Page, counted};
use crate::render::prose::Html;
use crate::site::{DataList, DataTable, FORMAT, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    format: u32,
    document: FileView,
    schema: FileView,
    readme: FileView,
    records: String,
    parts: Vec<PartView>,
    tables: Vec<TableView>,
    /// The whole catalogue as one document.
    print: Option<String>,
}

#[derive(Serialize)]
struct FileView {
    href: String,
    name: String,
}

#[derive(Serialize)]
struct PartView {
    key: &'static str,
    meaning: Html,
    records: String,
}

#[derive(Serialize)]
struct TableView {
    file: FileView,
    anchor: String,
    of: Html,
    rows: String,
    columns: Vec<ColumnView>,
}

#[derive(Serialize)]
struct ColumnView {
    name: &'static str,
    meaning: Html,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let it = page.renderer.downloads;
    let about = About {
        heading: page.name(),
        description:
            "The whole catalogue to download and reuse: one JSON document with its schema, and tables as CSV."
                .to_owned(),
        crumbs: page.crumbs_of_top(),
        ..About::default()
    };
    let tables: Vec<_> = it.tables.iter().map(|it| table(page, it)).collect();
    let mut frame = page.frame(about);
    frame.toc = [("#files", "Files"), ("#json", "The JSON document")]
        .map(|(href, title)| TocItem::new(href, title))
        .into();
    let mut csv = TocItem::new("#csv", "The CSV tables");
    csv.items = (tables.iter())
        .map(|it| TocItem::new(&format!("#{}", it.anchor), &it.file.name))
        .collect();
    frame.toc.push(csv);
    let records = it.lists.iter().map(|it| it.records).sum();
    View {
        frame,
        format: FORMAT,
        document: file(page, &it.document),
        schema: file(page, &it.schema),
        readme: file(page, &it.readme),
        records: counted(records, "record", "records"),
        parts: it.lists.iter().map(list).collect(),
        tables,
        print: page.way(PageKind::Print),
    }
}

fn file(page: &Page<'_>, route: &str) -> FileView {
    FileView {
        href: page.to_route(route),
        name: route.rsplit('/').next().unwrap_or(route).to_owned(),
    }
}

fn list(it: &DataList) -> PartView {
    PartView {
        key: it.key,
        meaning: with_code(&it.meaning),
        records: counted(it.records, "record", "records"),
    }
}

fn table(page: &Page<'_>, it: &DataTable) -> TableView {
    let columns = it.columns.iter().map(|it| ColumnView {
        name: it.name,
        meaning: with_code(it.meaning),
    });
    TableView {
        file: file(page, &it.route),
        anchor: it.name.replace('.', "-"),
        of: with_code(it.of),
        rows: counted(it.rows, "row", "rows"),
        columns: columns.collect(),
    }
}

/// The HTML of words of which those between backticks are code.
fn with_code(words: &str) -> Html {
    let mut out = String::new();
    for (at, part) in words.split('`').enumerate() {
        let part = escape(part);
        if at % 2 == 1 {
            out.push_str(&format!("<code>{part}</code>"));
        } else {
            out.push_str(&part);
        }
    }
    Html(out)
}
