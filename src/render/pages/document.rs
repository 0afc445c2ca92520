//! The printed document: a title page, a table of contents, and the pages of the site as chapters.
//!
//! Entry: [`html`]. Each chapter is rendered from the view and template of its page, under another layout.
//! Invariant: each chapter is in memory once, and freed as soon as it is copied into the document.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use crate::address::decodings;
use crate::catalogue::GroupIx;
use crate::diagnostic::Diagnostic;
use crate::markdown::html::escape;
use crate::render::Renderer;
use crate::render::chapter::{Chapter, Links, RenderMode, chapter_anchor};
use crate::render::frame::Frame;
use crate::render::html::Html;
use crate::render::page::{Page, counted};
use crate::render::prose;
use crate::render::views::About;
use crate::site::Subject;
use crate::theme::Templates;

/// The placeholder for the chapters of a part.
const CHAPTERS: &str = "<!--chapters-->";

#[derive(Serialize)]
struct View {
    frame: Frame,
    title: String,
    authors: String,
    /// `17 measures, 3 use cases`.
    holds: String,
    /// The URL of the site, if it is known.
    site: Option<String>,
    parts: Vec<PartView>,
}

#[derive(Serialize)]
struct PartView {
    anchor: String,
    number: String,
    title: String,
    summary: Option<Html>,
    /// Whether each chapter begins on a new page, so that it can be filed by itself.
    sheets: bool,
    /// Its chapters; empty if the only one has the same title as the part.
    contents: Vec<ChapterView>,
}

#[derive(Serialize)]
struct ChapterView {
    anchor: String,
    number: String,
    title: String,
}

/// A rendered chapter.
struct RenderedChapter {
    anchor: String,
    title: String,
    html: String,
    /// The addresses of links to an anchor that an author named.
    author_links: BTreeSet<String>,
}

/// Renders the document.
pub(super) fn html(page: &Page<'_>) -> Result<String, Box<Diagnostic>> {
    let renderer = page.renderer;
    let links = Links::new(renderer);
    let parts = &renderer.site.document.parts;
    let numbered: Vec<_> = parts
        .iter()
        .enumerate()
        .flat_map(|(i, part)| {
            let chapters = part.chapters.iter().enumerate();
            chapters.map(move |(j, page)| (*page, format!("{}.{}", i + 1, j + 1)))
        })
        .collect();
    let chapters = numbered
        .par_iter()
        .map(|(index, number)| {
            let chapter = Chapter {
                number,
                document: page.route,
                links: &links,
            };
            render_chapter(renderer, chapter, *index)
        })
        .collect::<Result<Vec<_>, _>>()?;
    let chapters = redirect_dead_links(chapters);
    let shell = shell(page, &numbered, &chapters)?;
    Ok(fill(
        &shell,
        parts.iter().map(|it| it.chapters.len()),
        chapters,
    ))
}

/// Renders the document without chapters, to check its template.
pub(crate) fn probe(page: &Page<'_>) -> Result<(), Box<Diagnostic>> {
    shell(page, &[], &[]).map(drop)
}

/// Renders a page of the site as a chapter.
fn render_chapter(
    renderer: &Renderer<'_>,
    chapter: Chapter<'_>,
    index: usize,
) -> Result<RenderedChapter, Box<Diagnostic>> {
    let entry = &renderer.site.pages[index];
    let chapters = Renderer {
        theme: Templates::Chapters(renderer.theme.theme()),
        ..*renderer
    };
    let page = Page::new(&chapters, entry, RenderMode::Chapter(chapter));
    let html = super::html(&page, entry.kind)?;
    let (title, author_links) = page.state.into_parts();
    let anchor = chapter_anchor(&entry.route);
    Ok(RenderedChapter {
        title,
        html: format!("<section class=\"chapter\" id=\"{anchor}\">{html}</section>\n"),
        anchor,
        author_links,
    })
}

/// Redirects an author's links to anchors that a chapter lacks (the printed document leaves out some parts) to the beginning of
/// that chapter.
fn redirect_dead_links(mut chapters: Vec<RenderedChapter>) -> Vec<RenderedChapter> {
    for i in 0..chapters.len() {
        for href in std::mem::take(&mut chapters[i].author_links) {
            let Some(chapter) = chapter_without_anchor(&chapters, &href) else {
                continue;
            };
            let dead = format!("href=\"{}\"", escape(&href));
            let live = format!("href=\"#{chapter}\"");
            chapters[i].html = chapters[i].html.replace(&dead, &live);
        }
    }
    chapters
}

/// The anchor of the chapter that a link leads to, if that chapter lacks the anchor in the link.
fn chapter_without_anchor(chapters: &[RenderedChapter], href: &str) -> Option<String> {
    let anchor = href.strip_prefix('#')?;
    let contains_anchor = |chapter: &&RenderedChapter| {
        let rest = anchor.strip_prefix(chapter.anchor.as_str());
        rest.is_some_and(|it| it.starts_with(':') && !it.starts_with("::"))
    };
    let chapter = chapters.iter().find(contains_anchor)?;
    let has = |id: &String| {
        let id = escape(id);
        chapter.html.contains(&format!("id=\"{id}\""))
    };
    (!decodings(anchor).iter().any(has)).then(|| chapter.anchor.clone())
}

/// Renders the title page, the table of contents, and the placeholders for the chapters.
fn shell(
    page: &Page<'_>,
    numbered: &[(usize, String)],
    rendered: &[RenderedChapter],
) -> Result<String, Box<Diagnostic>> {
    let site = page.renderer.site;
    let book = &page.config().book;
    let mut chapters = numbered.iter().zip(rendered);
    let mut parts = Vec::new();
    for (i, part) in site.document.parts.iter().enumerate() {
        let in_part = chapters.by_ref().take(part.chapters.len());
        let view = |((_, number), chapter): (&(usize, String), &RenderedChapter)| ChapterView {
            anchor: chapter.anchor.clone(),
            number: number.clone(),
            title: chapter.title.clone(),
        };
        let title = title(page, part.subject);
        let mut contents: Vec<_> = in_part.map(view).collect();
        if contents.len() == 1 {
            contents.retain(|it| it.title != title);
        }
        parts.push(PartView {
            anchor: format!("part-{}", i + 1),
            number: (i + 1).to_string(),
            title,
            summary: summary(page, part.subject),
            sheets: matches!(part.subject, Subject::Measures(_) | Subject::UseCases),
            contents,
        });
    }
    let about = About {
        heading: page.name(),
        description: book.description.clone(),
        crumbs: page.top_crumbs(),
        ..About::default()
    };
    let view = View {
        frame: Frame::new(page, about),
        title: book.title.clone(),
        authors: book.authors.join(", "),
        holds: contents_line(page),
        site: page.config().output.html.site_url.clone(),
        parts,
    };
    let theme = page.renderer.theme.theme();
    let shell = theme.render_without_symbols("print.html", &view)?;
    Ok(theme.insert_symbols(shell, rendered.iter().map(|it| it.html.as_str())))
}

/// Replaces the placeholders of the shell by the chapters of each part.
fn fill(shell: &str, parts: impl Iterator<Item = usize>, chapters: Vec<RenderedChapter>) -> String {
    let length: usize = chapters.iter().map(|it| it.html.len()).sum();
    let mut out = String::with_capacity(shell.len() + length);
    let mut chapters = chapters.into_iter();
    let mut pieces = shell.split(CHAPTERS);
    out.push_str(pieces.next().unwrap_or_default());
    for (piece, count) in pieces.zip(parts) {
        for chapter in chapters.by_ref().take(count) {
            out.push_str(&chapter.html);
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

/// `17 measures, 3 use cases`.
fn contents_line(page: &Page<'_>) -> String {
    let catalogue = page.catalogue();
    let counts = [
        (catalogue.measures.len(), "measure", "measures"),
        (catalogue.practices.len(), "practice", "practices"),
        (catalogue.mappings.len(), "mapping", "mappings"),
        (catalogue.use_cases.len(), "use case", "use cases"),
        (catalogue.frameworks.len(), "framework", "frameworks"),
    ];
    let counts = counts.into_iter().filter(|(count, ..)| *count > 0);
    let words = counts.map(|(count, one, many)| counted(count, one, many));
    words.collect::<Vec<_>>().join(", ")
}
