//! The whole catalogue as one document: a title page, contents, and the pages of the site as chapters.
//!
//! Entry: [`html`]. Each chapter is its page's own view through its own template, under another layout.
//! Invariant: a chapter is held once, and is gone when it stands in the document.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::address::decodings;
use crate::catalogue::GroupIx;
use crate::diagnostic::Diagnostic;
use crate::markdown::html::escape;
use crate::render::Renderer;
use crate::render::chapter::{Chapter, Links, Output, chapter_anchor};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::About;
use crate::site::Subject;
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
    title: String,
}

/// A chapter as it stands in the document.
struct Printed {
    anchor: String,
    title: String,
    html: String,
    /// Where anchors lead that its authors name.
    leads: BTreeSet<String>,
}

/// The document.
pub(super) fn html(page: &Page<'_>) -> Result<String, Box<Diagnostic>> {
    let renderer = page.renderer;
    let links = Links::new(renderer);
    let parts = &renderer.site.document.parts;
    let numbered = parts.iter().enumerate().flat_map(|(part, it)| {
        let chapters = it.chapters.iter().enumerate();
        chapters.map(move |(nth, at)| (*at, format!("{}.{}", part + 1, nth + 1)))
    });
    let numbered: Vec<_> = numbered.collect();
    let printed = numbered
        .par_iter()
        .map(|(at, number)| {
            let chapter = Chapter {
                number,
                document: page.route,
                links: &links,
            };
            print(renderer, chapter, *at)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let printed = led(printed);
    let shell = shell(page, &numbered, &printed)?;
    Ok(joined(
        &shell,
        parts.iter().map(|it| it.chapters.len()),
        printed,
    ))
}

/// The document without a chapter: whether its own template can be rendered.
pub(crate) fn probe(page: &Page<'_>) -> Result<(), Box<Diagnostic>> {
    shell(page, &[], &[]).map(drop)
}

/// A page of the site as a chapter.
fn print(
    renderer: &Renderer<'_>,
    chapter: Chapter<'_>,
    at: usize,
) -> Result<Printed, Box<Diagnostic>> {
    let entry = &renderer.site.pages[at];
    let chapters = Renderer {
        theme: Templates::Chapters(renderer.theme.theme()),
        ..*renderer
    };
    let page = Page::new(&chapters, entry, Output::Chapter(chapter));
    let html = super::html(&page, entry.kind)?;
    let (title, leads) = page.seen.into_parts();
    let anchor = chapter_anchor(&entry.route);
    Ok(Printed {
        title,
        html: format!("<section class=\"chapter\" id=\"{anchor}\">{html}</section>\n"),
        anchor,
        leads,
    })
}

/// The chapters, where an author's link to what another one leaves out leads to the beginning of that one.
fn led(mut printed: Vec<Printed>) -> Vec<Printed> {
    for at in 0..printed.len() {
        for lead in std::mem::take(&mut printed[at].leads) {
            let Some(home) = missing(&printed, &lead) else {
                continue;
            };
            let dead = format!("href=\"{}\"", escape(&lead));
            let live = format!("href=\"#{home}\"");
            printed[at].html = printed[at].html.replace(&dead, &live);
        }
    }
    printed
}

/// The chapter that lacks an anchor to which a link leads.
fn missing(printed: &[Printed], lead: &str) -> Option<String> {
    let lead = lead.strip_prefix('#')?;
    let within = |it: &&Printed| {
        let rest = lead.strip_prefix(it.anchor.as_str());
        rest.is_some_and(|it| it.starts_with(':') && !it.starts_with("::"))
    };
    let chapter = printed.iter().find(within)?;
    let has = |id: &String| {
        let id = escape(id);
        chapter.html.contains(&format!("id=\"{id}\""))
    };
    (!decodings(lead).iter().any(has)).then(|| chapter.anchor.clone())
}

/// The title page, the contents, and the places of the chapters.
fn shell(
    page: &Page<'_>,
    numbered: &[(usize, String)],
    printed: &[Printed],
) -> Result<String, Box<Diagnostic>> {
    let site = page.renderer.site;
    let book = &page.config().book;
    let mut chapters = numbered.iter().zip(printed);
    let mut parts = Vec::new();
    for (at, part) in site.document.parts.iter().enumerate() {
        let of_part = chapters.by_ref().take(part.chapters.len());
        let view = |((_, number), it): (&(usize, String), &Printed)| ChapterView {
            anchor: it.anchor.clone(),
            number: number.clone(),
            title: it.title.clone(),
        };
        let title = title(page, part.subject);
        let mut contents: Vec<_> = of_part.map(view).collect();
        if contents.len() == 1 {
            contents.retain(|it| it.title != title);
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
    let shell = theme.render_without_symbols("print.html", &view)?;
    Ok(theme.insert_symbols(shell, printed.iter().map(|it| it.html.as_str())))
}

/// The shell with the chapters of each part at its place.
fn joined(shell: &str, parts: impl Iterator<Item = usize>, printed: Vec<Printed>) -> String {
    let all: usize = printed.iter().map(|it| it.html.len()).sum();
    let mut out = String::with_capacity(shell.len() + all);
    let mut chapters = printed.into_iter();
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
