//! The whole catalogue as one document: a title page, contents, and the pages of the site as chapters.
//!
//! Entry: [`html`]. Each chapter is its page's own view through its own template, under another layout, and fitted.
//! Invariant: a chapter is held once, and is gone when it stands in the document.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;
use serde::Serialize;

use super::Renderer;
use super::chapter::{Chapter, Fitted};
use super::frame::Frame;
use super::html::Html;
use super::page::{Page, counted};
use super::prose;
use super::views::About;
use crate::address::decodings;
use crate::catalogue::{GroupIx, NodeIx, Thing};
use crate::diagnostic::Diagnostic;
use crate::paths::{folder_of, resolve};
use crate::site::{PageKind, Subject, leaf_anchor, percent};
use crate::theme::Templates;

/// Where the chapters of a part go.
const CHAPTERS: &str = "<!--chapters-->";

#[derive(Serialize)]
struct View {
    frame: Frame,
    title: String,
    authors: String,
    /// `17 measures, 3 use cases`.
    holds: String,
    /// The address of the site, where it is known.
    site: Option<String>,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    anchor: String,
    number: String,
    title: String,
    summary: Option<Html>,
    /// Whether each chapter begins a page: one may be filed by itself.
    sheets: bool,
    /// Its chapters; none where the only one is called like the part.
    contents: Vec<ChapterView>,
}

#[derive(Serialize)]
struct ChapterView {
    anchor: String,
    number: String,
    title: Html,
}

/// The document.
pub(super) fn html(page: &Page<'_>) -> Result<String, Box<Diagnostic>> {
    let renderer = page.renderer;
    let links = Links::of(renderer);
    let parts = &renderer.site.document.parts;
    let numbered = parts.iter().enumerate().flat_map(|(part, it)| {
        let chapters = it.chapters.iter().enumerate();
        chapters.map(move |(nth, at)| (*at, format!("{}.{}", part + 1, nth + 1)))
    });
    let numbered: Vec<_> = numbered.collect();
    let fitted = numbered
        .par_iter()
        .map(|(at, number)| chapter(renderer, &links, *at, number))
        .collect::<Result<Vec<_>, _>>()?;
    let fitted = led(fitted);
    let shell = shell(page, &numbered, &fitted)?;
    Ok(joined(
        &shell,
        parts.iter().map(|it| it.chapters.len()),
        fitted,
    ))
}

/// The document without a chapter: whether its own template can be rendered.
pub(super) fn probe(page: &Page<'_>) -> Result<(), Box<Diagnostic>> {
    shell(page, &[], &[]).map(drop)
}

/// A page of the site as a chapter.
fn chapter(
    renderer: &Renderer<'_>,
    links: &Links<'_>,
    at: usize,
    number: &str,
) -> Result<Fitted, Box<Diagnostic>> {
    let entry = &renderer.site.pages[at];
    let chapters = Renderer {
        theme: Templates::Chapters(renderer.theme.theme()),
        ..*renderer
    };
    let page = Page::new(&chapters, entry);
    let html = chapters.html(&page, entry.kind)?;
    let anchor = anchor(&entry.route);
    let folder = folder_of(&entry.route);
    let path = |href: &str| resolve(folder, href).unwrap_or_else(|| href.to_owned());
    let chapter = Chapter {
        anchor: &anchor,
        number,
        lead: &|href| links.lead(&path(href)),
        file: &|src| path(src),
    };
    let mut fitted = chapter.fit(&html);
    let html = format!(
        "<section class=\"chapter\" id=\"{anchor}\">{}</section>\n",
        fitted.html
    );
    fitted.anchors.push(anchor);
    Ok(Fitted { html, ..fitted })
}

/// The chapters, where a link to what another one leaves out leads to the beginning of that one.
fn led(mut fitted: Vec<Fitted>) -> Vec<Fitted> {
    let anchors: HashSet<String> = fitted
        .iter_mut()
        .flat_map(|it| it.anchors.drain(..))
        .collect();
    for chapter in &mut fitted {
        for lead in chapter.leads.drain(..) {
            if decodings(&lead).iter().any(|it| anchors.contains(it)) {
                continue;
            }
            // The name of a chapter ends before its last single colon.
            let mut of = lead.match_indices(':').map(|(at, _)| &lead[..at]);
            if let Some(of) = of.rfind(|it| anchors.contains(*it)) {
                let (dead, live) = (format!("href=\"#{lead}\""), format!("href=\"#{of}\""));
                chapter.html = chapter.html.replace(&dead, &live);
            }
        }
    }
    fitted
}

/// The title page, the contents, and the places of the chapters.
fn shell(
    page: &Page<'_>,
    numbered: &[(usize, String)],
    fitted: &[Fitted],
) -> Result<String, Box<Diagnostic>> {
    let site = page.renderer.site;
    let book = &page.config().book;
    let mut chapters = numbered.iter().zip(fitted);
    let mut parts = Vec::new();
    for (at, part) in site.document.parts.iter().enumerate() {
        let of_part = chapters.by_ref().take(part.chapters.len());
        let view = |((at, number), it): (&(usize, String), &Fitted)| ChapterView {
            anchor: anchor(&site.pages[*at].route),
            number: number.clone(),
            title: Html(it.title.clone()),
        };
        let title = title(page, part.subject);
        let mut contents: Vec<_> = of_part.map(view).collect();
        if contents.len() == 1 {
            contents.retain(|it| it.title.0 != title);
        }
        parts.push(PartView {
            anchor: format!("part-{}", at + 1),
            number: (at + 1).to_string(),
            title,
            summary: summary(page, part.subject),
            sheets: matches!(part.subject, Subject::Measures(_) | Subject::UseCases),
            contents,
        });
    }
    let about = About {
        heading: page.name(),
        description: book.description.clone(),
        crumbs: page.crumbs_of_top(),
        ..About::default()
    };
    let view = View {
        frame: Frame::new(page, about),
        title: book.title.clone(),
        authors: book.authors.join(", "),
        holds: holds(page),
        site: page.config().output.html.site_url.clone(),
        parts,
    };
    let theme = page.renderer.theme.theme();
    let shell = theme.shell("print.html", &view)?;
    Ok(theme.with_symbols(shell, fitted.iter().map(|it| it.html.as_str())))
}

/// The shell with the chapters of each part at its place.
fn joined(shell: &str, parts: impl Iterator<Item = usize>, fitted: Vec<Fitted>) -> String {
    let all: usize = fitted.iter().map(|it| it.html.len()).sum();
    let mut out = String::with_capacity(shell.len() + all);
    let mut chapters = fitted.into_iter();
    let mut pieces = shell.split(CHAPTERS);
    out.push_str(pieces.next().unwrap_or_default());
    for (piece, count) in pieces.zip(parts) {
        for it in chapters.by_ref().take(count) {
            out.push_str(&it.html);
        }
        out.push_str(piece);
    }
    out
}

fn title(page: &Page<'_>, subject: Subject) -> String {
    let catalogue = page.catalogue();
    let group = |ix: GroupIx| format!("Measures: {}", catalogue.group(ix).title);
    match subject {
        Subject::Guide => "Guide".to_owned(),
        Subject::Measures(Some(ix)) => group(ix),
        Subject::Measures(None) if catalogue.groups.is_empty() => "Measures".to_owned(),
        Subject::Measures(None) => "Measures: Other".to_owned(),
        Subject::UseCases => "Use cases".to_owned(),
        Subject::Framework(ix) => format!("Framework: {}", catalogue.framework(ix).name),
        Subject::Threats => "Threats".to_owned(),
        Subject::Glossary => "Glossary".to_owned(),
    }
}

fn summary(page: &Page<'_>, subject: Subject) -> Option<Html> {
    match subject {
        Subject::Measures(Some(ix)) => {
            let summary = &page.catalogue().group(ix).summary;
            (!summary.is_empty()).then(|| prose::unlinked(page, summary))
        }
        _ => None,
    }
}

fn holds(page: &Page<'_>) -> String {
    let it = page.catalogue();
    let counts = [
        (it.measures.len(), "measure", "measures"),
        (it.practices.len(), "practice", "practices"),
        (it.mappings.len(), "mapping", "mappings"),
        (it.use_cases.len(), "use case", "use cases"),
        (it.frameworks.len(), "framework", "frameworks"),
    ];
    let there = counts.into_iter().filter(|it| it.0 > 0);
    let words = there.map(|(count, one, many)| counted(count, one, many));
    words.collect::<Vec<_>>().join(", ")
}

/// The anchor of a page's chapter. No name that an author gives holds a colon, and drawings take no other sign.
fn anchor(route: &str) -> String {
    route.trim_end_matches(".html").replace('/', "::")
}

/// Where the links of the document lead.
struct Links<'a> {
    site_url: Option<&'a str>,
    /// The anchors of the chapters, by the paths of their pages.
    chapters: HashMap<String, String>,
    /// Of requirements, whose pages are no chapters: the row or the chapter that lists them, by address.
    rows: HashMap<String, String>,
}

impl<'a> Links<'a> {
    fn of(renderer: &Renderer<'a>) -> Self {
        let site = renderer.site;
        let (mut chapters, mut rows) = (HashMap::new(), HashMap::new());
        for part in &site.document.parts {
            for entry in part.chapters.iter().map(|at| &site.pages[*at]) {
                let anchor = anchor(&entry.route);
                if let PageKind::CoverageTop(ix) = entry.kind {
                    list_rows(renderer, ix, &anchor, &mut rows);
                }
                chapters.insert(percent(&entry.route), anchor);
            }
        }
        Self {
            site_url: renderer.config.output.html.site_url.as_deref(),
            chapters,
            rows,
        }
    }

    /// A chapter, or an anchor in it; else the page on the web, if the site has an address.
    fn lead(&self, path: &str) -> Option<String> {
        let (page, name) = path.split_once('#').unwrap_or((path, ""));
        if let Some(row) = self.rows.get(path).or_else(|| self.rows.get(page)) {
            return Some(format!("#{row}"));
        }
        match (self.chapters.get(page), name) {
            (Some(anchor), "") => Some(format!("#{anchor}")),
            (Some(anchor), name) => Some(format!("#{anchor}:{name}")),
            (None, _) => self.site_url.map(|url| format!("{url}{path}")),
        }
    }
}

/// The nodes under a node: each leaf at its row, every other at the chapter that lists its leaves.
fn list_rows(
    renderer: &Renderer<'_>,
    top: NodeIx,
    anchor: &str,
    rows: &mut HashMap<String, String>,
) {
    let Renderer {
        site, catalogue, ..
    } = *renderer;
    for ix in catalogue.tree(top) {
        let node = Thing::Node(ix).into();
        let Some(address) = site.address(catalogue, &node) else {
            continue;
        };
        let row = if catalogue.is_leaf(ix) {
            format!("{anchor}:{}", leaf_anchor(catalogue, ix))
        } else {
            anchor.to_owned()
        };
        rows.insert(address.seen_from(""), row);
    }
}
