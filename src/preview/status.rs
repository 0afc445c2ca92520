//! The status page: mistakes, coverage, and what is still missing, by file.
//!
//! Entry: [`html`]. Invariant: it is never part of a built site, and each list on it has a maximum length.

use std::collections::BTreeMap;

use super::mistakes::{self, Row};
use super::state::load_error_message;
use super::{LoadError, Preview};
use crate::catalogue::{Catalogue, Coverage, CoverageStatus, FrameworkIx, NodeIx};
use crate::characters::printable;
use crate::diagnostic::line_column;
use crate::markdown::html::escape;
use crate::pipeline::Snapshot;
use crate::source::{SourceLocation, SourcePath};

/// Maximum number of lines per file.
const LINES: usize = 20;
/// Maximum number of files.
const FILES: usize = 100;

/// The page.
pub(super) fn html(preview: &Preview) -> String {
    let title = preview
        .latest
        .as_ref()
        .map_or("", |it| it.book.config.book.title.as_str());
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>Status of the preview | {0}</title>\n\
         <link rel=\"stylesheet\" href=\"/assets/site.css\">\n<link rel=\"icon\" href=\"/assets/favicon.svg\" type=\"image/svg+xml\">\n</head>\n\
         <body class=\"preview-status\">\n<main id=\"main\" tabindex=\"-1\">\n\
         <p><a href=\"/\">{0}</a></p>\n<h1>Status of the preview</h1>\n{1}{2}</main>\n</body>\n</html>\n",
        escape(title),
        to_mend(preview),
        preview
            .latest
            .as_ref()
            .map_or_else(String::new, |it| coverage(it) + &missing(preview, it)),
    )
}

fn to_mend(preview: &Preview) -> String {
    let mut out = "<h2>To mend</h2>\n".to_owned();
    if let Some(error) = &preview.load_error {
        let class = match error {
            LoadError::Panic(_) => "fault",
            LoadError::Unreadable(_) => "unreadable",
        };
        let words = escape(&load_error_message(error));
        out.push_str(&format!("<p class=\"{class}\">{words}</p>\n"));
    }
    let all: Vec<_> = preview.diagnostics.iter().collect();
    let rows = preview.latest.as_ref().map_or_else(Vec::new, |latest| {
        mistakes::rows(
            &all,
            &preview.diagnostics,
            &latest.sources,
            preview.editor(),
        )
    });
    if rows.is_empty() && preview.load_error.is_none() {
        out.push_str("<p>Nothing: the book has no errors and no warnings.</p>\n");
    }
    if !rows.is_empty() {
        let items: String = rows.iter().map(mistake).collect();
        out.push_str(&format!("<ul>\n{items}</ul>\n"));
    }
    out + &and_more(all.len(), rows.len())
}

fn mistake(row: &Row) -> String {
    let place = match (row.line, row.column) {
        (Some(line), Some(column)) => format!("{}:{line}:{column}", row.path),
        _ => row.path.clone(),
    };
    format!(
        "<li>{}: {} <code>{}</code><br>{}</li>\n",
        row.severity,
        escape(&row.message),
        row.code,
        link(&place, row.edit.as_deref())
    )
}

fn link(words: &str, address: Option<&str>) -> String {
    let words = escape(words);
    match address {
        Some(address) => format!("<a href=\"{}\">{words}</a>", escape(address)),
        None => format!("<code>{words}</code>"),
    }
}

fn and_more(all: usize, shown: usize) -> String {
    if all > shown {
        format!("<p>And {} more.</p>\n", all - shown)
    } else {
        String::new()
    }
}

/// Mapped, left out and open leaves of each framework.
fn coverage(snapshot: &Snapshot) -> String {
    let catalogue = &snapshot.book.catalogue;
    let row = |at: usize| {
        let framework = catalogue.framework(FrameworkIx::new(at));
        let leaves = framework
            .roots
            .iter()
            .flat_map(|top| catalogue.leaves(*top));
        let [mapped, justified, open] = snapshot.coverage().count(leaves);
        format!(
            "<tr><th scope=\"row\">{}</th><td>{mapped}</td><td>{justified}</td><td>{open}</td></tr>\n",
            escape(&framework.name)
        )
    };
    let rows: String = (0..catalogue.frameworks.len()).map(row).collect();
    if rows.is_empty() {
        return String::new();
    }
    format!(
        "<h2>Coverage</h2>\n<table>\n<thead><tr><th scope=\"col\">Framework</th><th scope=\"col\">Mapped</th>\
         <th scope=\"col\">Left out with a reason</th><th scope=\"col\">Open</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

/// What is missing, by file: location and message.
type Missing<'a> = BTreeMap<&'a SourcePath, Vec<(Option<&'a SourceLocation>, String)>>;

fn missing(preview: &Preview, snapshot: &Snapshot) -> String {
    let catalogue = &snapshot.book.catalogue;
    let mut all = Missing::new();
    in_measures(catalogue, &mut all);
    in_use_cases(catalogue, &mut all);
    in_frameworks(catalogue, snapshot.coverage(), &mut all);
    if all.is_empty() {
        return "<h2>Still missing</h2>\n<p>Nothing: guidance, reasons and summaries are all written.</p>\n".to_owned();
    }
    let mut out = "<h2>Still missing</h2>\n".to_owned();
    if !snapshot.book.catalogue.unparsed.is_empty() {
        out.push_str("<p>Of files that can’t be read, nothing is counted here.</p>\n");
    }
    for (path, lines) in all.iter().take(FILES) {
        let open = link(
            &printable(path),
            preview.editor().address(path, 1, 1).as_deref(),
        );
        out.push_str(&format!("<h3>{open}</h3>\n<ul>\n"));
        let text = snapshot.sources.text(path).unwrap_or_default();
        for (place, words) in lines.iter().take(LINES) {
            let line = place.map(|it| line_column(text, it.span.start).0);
            let line = line.map_or_else(String::new, |it| format!("line {it}: "));
            out.push_str(&format!("<li>{line}{}</li>\n", escape(words)));
        }
        out.push_str("</ul>\n");
        out.push_str(&and_more(lines.len(), LINES.min(lines.len())));
    }
    out + &and_more(all.len(), FILES.min(all.len()))
}

fn in_measures<'a>(catalogue: &'a Catalogue, all: &mut Missing<'a>) {
    for (at, it) in catalogue.measures.iter().enumerate() {
        let mut add = |place: &'a SourceLocation, words: String| {
            all.entry(&place.path)
                .or_default()
                .push((Some(place), words));
        };
        if it.guidance.as_ref().is_none_or(|it| it.prose.is_empty()) {
            add(&it.place, format!("{} has no guidance", it.id));
        }
        if it.summary.is_empty() {
            add(&it.place, format!("{} has no summary", it.id));
        }
        for (ix, use_case) in catalogue.use_cases.iter().enumerate() {
            let judged = it.relevance.iter().find(|(of, ..)| of.index() == ix);
            match judged {
                None => add(
                    &it.place,
                    format!("{} says nothing on {}", it.id, use_case.title),
                ),
                Some((.., because)) if because.is_empty() => {
                    add(
                        &it.place,
                        format!("{} has no reason for {}", it.id, use_case.title),
                    );
                }
                Some(_) => {}
            }
        }
        for set in &catalogue.sets {
            if !set.answered.iter().any(|ix| ix.index() == at) {
                let name = &catalogue.framework(set.framework).name;
                add(&it.place, format!("{} has no mapping to {name}", it.id));
            }
        }
    }
    for it in &catalogue.practices {
        if it.evidence.is_empty() {
            let words = format!("{} does not say what to ask for", it.id);
            all.entry(&it.place.path)
                .or_default()
                .push((Some(&it.place), words));
        }
    }
}

fn in_use_cases<'a>(catalogue: &'a Catalogue, all: &mut Missing<'a>) {
    for it in &catalogue.use_cases {
        if it.guidance.as_ref().is_none_or(|it| it.prose.is_empty()) {
            let words = format!("{} has no prose of its own", it.title);
            all.entry(&it.place.path)
                .or_default()
                .push((Some(&it.place), words));
        }
    }
}

fn in_frameworks<'a>(catalogue: &'a Catalogue, coverage: &Coverage, all: &mut Missing<'a>) {
    for (at, node) in catalogue.nodes.iter().enumerate() {
        let ix = NodeIx::new(at);
        if node.summary.is_empty() && catalogue.kind_of(ix).mappable {
            let words = format!("{} has no summary", node.shown);
            all.entry(&node.place.path)
                .or_default()
                .push((Some(&node.place), words));
        }
        let set = catalogue.framework(node.framework).set;
        if let (Some(set), Some(CoverageStatus::Open)) = (set, coverage.status(ix)) {
            let words = format!("{} has no mapping, and no reason why not", node.shown);
            all.entry(&catalogue.set(set).path)
                .or_default()
                .push((None, words));
        }
    }
}
