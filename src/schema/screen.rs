//! What no reviewer sees in a file, and what would run in a reader's browser: hidden characters, active pictures.
//!
//! Entry: [`screen`]. Invariant: a file is looked at whatever its kind is and whether or not it gives a record.

use std::borrow::Cow;

use crate::characters::{Kind, hidden, is_hidden_between, kind, without_controls};
use crate::diagnostic::Diagnostic;
use crate::markdown::references;
use crate::source::{SourceLocation, SourcePath, Span};
use crate::structure::rules::{active_picture, hidden_character, text_direction, unprintable_name};
use crate::structure::svg::{self, Use};
use crate::structure::{escapes, text as text_of};

/// Endings of files that are no text.
const BINARY: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "pdf", "woff", "woff2", "ttf", "otf", "gz",
    "zip",
];

/// Endings of published files that hold no page.
const NO_PAGE: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "csv"];

/// Everything that a file hides.
#[must_use]
pub fn screen(path: &SourcePath, bytes: &[u8]) -> Vec<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map_or("", |it| it.1);
    let ending = ending.to_ascii_lowercase();
    let ending = ending.as_str();
    let mut found: Vec<_> = unprintable_name::check(path).into_iter().collect();
    if NO_PAGE.contains(&ending) && svg::is_page(bytes) {
        found.push(active_picture::disguised(path));
    }
    if ending == "svg" {
        let of = if path.starts_with("theme/icons/") {
            Use::Part
        } else {
            Use::File
        };
        pictures(path, bytes, of, &mut found);
    } else if !BINARY.contains(&ending)
        && let Ok(text) = text_of(path, bytes)
    {
        characters(path, text, ending, &mut found);
    }
    found
}

fn pictures(path: &SourcePath, bytes: &[u8], of: Use, found: &mut Vec<Diagnostic>) {
    // Another encoding is refused, so that no reader of the file sees other characters than this one.
    let Some(text) = svg::text(bytes) else {
        found.push(active_picture::not_utf8(path));
        return;
    };
    for it in svg::faults(text, of) {
        let span = Span::new(it.range.start, it.range.end);
        let path = path.clone();
        found.push(active_picture::at(
            &SourceLocation { path, span },
            &it.what,
            it.help,
        ));
    }
    characters(path, text, "svg", found);
}

fn characters(path: &SourcePath, text: &str, ending: &str, found: &mut Vec<Diagnostic>) {
    let mut all: Vec<(Span, char)> = hidden(text)
        .into_iter()
        .map(|it| {
            let end = it.at + it.character.len_utf8();
            (Span::new(it.at, end), it.character)
        })
        .collect();
    all.extend(written(text, ending));
    all.sort_by_key(|(span, _)| *span);
    let place = |span: Span| SourceLocation {
        path: path.clone(),
        span,
    };
    let is_direction = |c: char| kind(c) == Some(Kind::Direction);
    let (turning, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| is_direction(it.1));
    let told = |all: &[(Span, char)], at: fn(&SourceLocation, char, usize) -> Diagnostic| {
        let last = all.len().min(hidden_character::MOST);
        let told = all[..last].iter().enumerate().map(|(n, (span, c))| {
            let more = if n + 1 == last { all.len() - last } else { 0 };
            at(&place(*span), *c, more).subject(path.as_ref())
        });
        told.collect::<Vec<_>>()
    };
    found.extend(told(&turning, text_direction::at));
    found.extend(told(&others, hidden_character::at));
}

/// Hidden characters that are written as escapes or as references, and that nothing around them needs.
fn written(text: &str, ending: &str) -> Vec<(Span, char)> {
    let matter = match ending {
        "yaml" | "yml" | "toml" => text.len(),
        "md" => front_matter(text),
        _ => return Vec::new(),
    };
    let (matter, body) = text.split_at(matter);
    let escapes = match ending {
        "toml" => escapes::in_toml(matter),
        _ => escapes::in_yaml(matter),
    };
    let escapes = escapes.into_iter().map(|it| (it.span, it.character));
    escapes
        .chain(referred(matter, body))
        .filter(|(span, c)| is_hidden_between(&text[..span.start], *c, &text[span.end..]))
        .collect()
}

/// The references to hidden characters in a file of two parts: values, in which prose may stand, and Markdown.
fn referred(matter: &str, body: &str) -> Vec<(Span, char)> {
    let in_matter = references::in_words(matter).into_iter();
    let in_body = references::in_prose(body).into_iter();
    let in_body = in_body.map(|(it, c)| (it.start + matter.len()..it.end + matter.len(), c));
    let references = in_matter.chain(in_body);
    references
        .map(|(it, c)| (Span::new(it.start, it.end), c))
        .collect()
}

/// A file's text with blanks in place of controls, as they are or as references; as long as the text, so that every range
/// stays true. `is_prose` says whether it is Markdown behind its front matter.
pub(super) fn cleaned(text: &str, is_prose: bool) -> Cow<'_, str> {
    let text = without_controls(text);
    if !text.contains("&#") {
        return text;
    }
    let end = if is_prose {
        front_matter(&text)
    } else {
        text.len()
    };
    let found = referred(&text[..end], &text[end..]);
    let controls = found
        .into_iter()
        .filter(|it| kind(it.1) == Some(Kind::Control));
    let controls: Vec<_> = controls.collect();
    if controls.is_empty() {
        return text;
    }
    let mut out = text.into_owned();
    for (span, _) in controls {
        // Blanks that are no indent, of two bytes each.
        let length = span.end - span.start;
        let blanks = "\u{a0}".repeat(length / 2) + &" ".repeat(length % 2);
        out.replace_range(span.start..span.end, &blanks);
    }
    Cow::Owned(out)
}

/// Where the front matter of a Markdown file ends; 0 where it has none.
fn front_matter(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let is_mark = line.trim_end() == "---";
        if at == 0 && !is_mark {
            return 0;
        }
        at += line.len();
        if is_mark && at > line.len() {
            // Without the mark itself, which would begin another document.
            return at - line.len();
        }
    }
    0
}
