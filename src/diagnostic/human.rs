//! Diagnostics for people at a terminal: the excerpt, a caret, the help.
//!
//! Entry: [`render`]. Invariant: colour only when asked for; nothing that an author wrote commands the terminal.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Diagnostic, Edit, Severity, line_column};
use crate::characters::printable;
use crate::source::Sources;

/// The longest line that is shown whole, in bytes; of a longer one, the part around the mistake.
const LONGEST_LINE: usize = 400;

/// All diagnostics as one text, with a blank line between them.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    }
    .decor_style(DecorStyle::Ascii)
    .term_width(160);
    let mut out = String::new();
    for diagnostic in diagnostics {
        out.push_str(&renderer.render(&[group(diagnostic, sources)]));
        out.push_str("\n\n");
    }
    out
}

fn group<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        _ => Level::WARNING,
    };
    let title = level
        .primary_title(printable(&diagnostic.message))
        .id(diagnostic.rule.code);
    let place = match (diagnostic.span, sources.text(&diagnostic.path)) {
        (Some(span), Some(text)) => {
            let start = floor(text, span.start);
            let end = ceil(text, span.end.max(start)).min(line_end(text, start));
            let (excerpt, offset) = excerpt(text, start, end);
            let (line, _) = line_column(text, offset);
            let marks = start - offset..(end - offset).max(start - offset);
            title.element(
                Snippet::source(excerpt)
                    .path(printable(&diagnostic.path))
                    .line_start(line)
                    .annotation(
                        AnnotationKind::Primary
                            .span(marks)
                            .label(printable(&diagnostic.label)),
                    ),
            )
        }
        _ => title.element(Origin::path(printable(&diagnostic.path))),
    };
    let others = diagnostic.related.iter().fold(place, |group, other| {
        let path = &other.place.path;
        let text = sources.text(path).unwrap_or_default();
        let (line, column) = line_column(text, other.place.span.start);
        let words = format!("{}: {path}:{line}:{column}", other.words);
        group.element(Level::NOTE.message(printable(&words).into_owned()))
    });
    let helped = diagnostic.help.iter().fold(others, |group, help| {
        group.element(Level::HELP.message(printable(help)))
    });
    if diagnostic.fix.as_ref().is_some_and(Edit::is_certain) {
        helped.element(Level::HELP.message("`controlbook check --fix` can mend it"))
    } else {
        helped
    }
}

/// The line around a mistake and the offset at which it begins.
fn excerpt(text: &str, start: usize, end: usize) -> (&str, usize) {
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = line_end(text, end);
    if to - from <= LONGEST_LINE {
        return (&text[from..to], from);
    }
    let from = floor(text, start.saturating_sub(LONGEST_LINE / 4).max(from));
    let to = ceil(text, (start + LONGEST_LINE).min(to)).max(end);
    (&text[from..to], from)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end)
}

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(0)
}

fn ceil(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len())
        .find(|at| text.is_char_boundary(*at))
        .unwrap_or(text.len())
}
