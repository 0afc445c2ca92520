//! The downloads: each file, the meaning of its rows, and that of its columns.

use serde::Serialize;

use crate::markdown::html::escape;
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::{Page, counted};
use crate::render::views::{About, TocItem};
use crate::site::{DataFile, FORMAT, Holds, PageKind};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    format: u32,
    files: Vec<FileView>,
    lists: Vec<ListView>,
    tables: Vec<TableView>,
    /// The whole catalogue as one document.
    print: Option<String>,
}

#[derive(Serialize)]
struct FileView {
    href: String,
    name: &'static str,
    /// The number of records or rows; `None` for a file that is not a list.
    size: Option<String>,
    about: Html,
    /// Whether it is opened in the browser instead of downloaded.
    readable: bool,
}

#[derive(Serialize)]
struct ListView {
    key: String,
    meaning: Html,
    records: String,
}

#[derive(Serialize)]
struct TableView {
    name: &'static str,
    anchor: String,
    about: Html,
    columns: Vec<ColumnView>,
}

#[derive(Serialize)]
struct ColumnView {
    name: String,
    meaning: Html,
}

pub(crate) fn view(page: &Page<'_>) -> View {
    let files = &page.renderer.downloads.files;
    let about = About {
        heading: page.name(),
        description:
            "The whole catalogue to download and reuse: one JSON document with its schema, and tables as CSV."
                .to_owned(),
        crumbs: page.top_crumbs(),
        ..About::default()
    };
    let tables: Vec<_> = files.iter().filter_map(table).collect();
    let mut frame = Frame::new(page, about);
    let mut csv = TocItem::new("#csv", "The CSV tables");
    csv.items = (tables.iter())
        .map(|it| TocItem::new(&format!("#{}", it.anchor), it.name))
        .collect();
    frame.set_toc(vec![
        TocItem::new("#files", "Files"),
        TocItem::new("#json", "The JSON document"),
        csv,
    ]);
    View {
        frame,
        format: FORMAT,
        files: files.iter().map(|it| file_view(page, it)).collect(),
        lists: files.iter().flat_map(lists).collect(),
        tables,
        print: page.href_if_any(PageKind::Print),
    }
}

fn file_view(page: &Page<'_>, file: &DataFile) -> FileView {
    let size = match &file.holds {
        Holds::Document(lists) => {
            let records = lists.iter().map(|it| it.records).sum();
            Some(counted(records, "record", "records"))
        }
        Holds::Table { rows, .. } => Some(counted(*rows, "row", "rows")),
        Holds::Schema | Holds::Manual => None,
    };
    FileView {
        href: page.to_route(&file.route),
        name: file.name,
        size,
        about: render_code_spans(file.about),
        readable: file.holds == Holds::Manual,
    }
}

fn lists(file: &DataFile) -> Vec<ListView> {
    let Holds::Document(lists) = &file.holds else {
        return Vec::new();
    };
    let lists = lists.iter().map(|it| ListView {
        key: it.key.clone(),
        meaning: render_code_spans(it.meaning),
        records: counted(it.records, "record", "records"),
    });
    lists.collect()
}

fn table(file: &DataFile) -> Option<TableView> {
    let Holds::Table { columns, .. } = &file.holds else {
        return None;
    };
    let columns = columns.iter().map(|it| ColumnView {
        name: it.name.clone(),
        meaning: render_code_spans(it.meaning),
    });
    Some(TableView {
        name: file.name,
        anchor: file.name.replace('.', "-"),
        about: render_code_spans(file.about),
        columns: columns.collect(),
    })
}

/// Renders a text in which code is between backticks.
fn render_code_spans(text: &str) -> Html {
    let mut out = String::new();
    for (i, part) in text.split('`').enumerate() {
        let part = escape(part);
        if i % 2 == 1 {
            out.push_str(&format!("<code>{part}</code>"));
        } else {
            out.push_str(&part);
        }
    }
    Html(out)
}
