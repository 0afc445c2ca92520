//! Finds what a reviewer could not see in a file, and what could run in a reader's browser: hidden characters and active content.
//!
//! Entry: [`screen`]. Invariant: every file is checked, whatever its kind, and whether or not it has a valid record.

use std::borrow::Cow;

use crate::characters::{Kind, hidden, is_hidden_between, kind, without_controls};
use crate::diagnostic::Diagnostic;
use crate::markdown::references;
use crate::source::{SourceLocation, SourcePath, Span};
use crate::structure::rules::{active_picture, hidden_character, text_direction, unprintable_name};
use crate::structure::svg::{self, Embedding};
use crate::structure::{decode, escapes};

/// Extensions of binary files.
const BINARY_EXTENSIONS: [&str; 14] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "pdf", "woff", "woff2", "ttf", "otf", "gz",
    "zip",
];

/// Extensions of published files that must not contain markup.
const NO_MARKUP_EXTENSIONS: [&str; 8] = ["png", "jpg", "jpeg", "gif", "webp", "avif", "pdf", "csv"];

/// Reports hidden characters and active content in a file.
#[must_use]
pub fn screen(path: &SourcePath, bytes: &[u8]) -> Vec<Diagnostic> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension = &*extension.to_ascii_lowercase();
    let mut diagnostics: Vec<_> = unprintable_name::check(path).into_iter().collect();
    if NO_MARKUP_EXTENSIONS.contains(&extension) && svg::looks_like_markup(bytes) {
        diagnostics.push(active_picture::disguised(path));
    }
    if extension == "svg" {
        let embedding = if path.starts_with("theme/icons/") {
            Embedding::Inline
        } else {
            Embedding::File
        };
        screen_svg(path, bytes, embedding, &mut diagnostics);
    } else if !BINARY_EXTENSIONS.contains(&extension)
        && let Ok(text) = decode(path, bytes)
    {
        screen_text(path, text, extension, &mut diagnostics);
    }
    diagnostics
}

fn screen_svg(
    path: &SourcePath,
    bytes: &[u8],
    embedding: Embedding,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // Other encodings are refused, so that browsers decode the same text as this check.
    let Some(text) = svg::decode(bytes) else {
        diagnostics.push(active_picture::not_utf8(path));
        return;
    };
    for fault in svg::faults(text, embedding) {
        let location = SourceLocation {
            path: path.clone(),
            span: Span::new(fault.range.start, fault.range.end),
        };
        let diagnostic = active_picture::report(&location, &fault.what, fault.help);
        diagnostics.push(diagnostic);
    }
    screen_text(path, text, "svg", diagnostics);
}

fn screen_text(path: &SourcePath, text: &str, extension: &str, diagnostics: &mut Vec<Diagnostic>) {
    let mut all: Vec<(Span, char)> = hidden(text)
        .into_iter()
        .map(|hidden| {
            let end = hidden.at + hidden.character.len_utf8();
            (Span::new(hidden.at, end), hidden.character)
        })
        .collect();
    all.extend(encoded_characters(text, extension));
    all.sort_by_key(|(span, _)| *span);
    let location = |span: Span| SourceLocation {
        path: path.clone(),
        span,
    };
    let is_direction = |c: char| kind(c) == Some(Kind::Direction);
    let (directions, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|it| is_direction(it.1));
    let mut add = |all: &[(Span, char)], report: fn(&SourceLocation, char, usize) -> Diagnostic| {
        let count = all.len().min(hidden_character::MAX_PER_FILE);
        diagnostics.extend(all[..count].iter().enumerate().map(|(i, (span, c))| {
            let more = if i + 1 == count { all.len() - count } else { 0 };
            report(&location(*span), *c, more).subject(path.as_ref())
        }));
    };
    add(&directions, text_direction::report);
    add(&others, hidden_character::report);
}

/// Hidden characters that are written as escapes or character references, except those that the text around them needs.
fn encoded_characters(text: &str, extension: &str) -> Vec<(Span, char)> {
    let matter = match extension {
        "yaml" | "yml" | "toml" => text.len(),
        "md" => front_matter(text),
        _ => return Vec::new(),
    };
    let (matter, body) = text.split_at(matter);
    let escapes = match extension {
        "toml" => escapes::in_toml(matter),
        _ => escapes::in_yaml(matter),
    };
    let escapes = escapes.into_iter().map(|it| (it.span, it.character));
    escapes
        .chain(referenced_characters(matter, body))
        .filter(|(span, c)| is_hidden_between(&text[..span.start], *c, &text[span.end..]))
        .collect()
}

/// The references to hidden characters in a file of two parts: values, in which prose may stand, and Markdown.
fn referenced_characters(matter: &str, body: &str) -> Vec<(Span, char)> {
    let in_matter = references::in_text(matter).into_iter();
    let in_body = references::in_prose(body).into_iter();
    let in_body = in_body.map(|(it, c)| (it.start + matter.len()..it.end + matter.len(), c));
    in_matter
        .chain(in_body)
        .map(|(it, c)| (Span::new(it.start, it.end), c))
        .collect()
}

/// Replaces control characters, literal or as character references, with blanks of the same length, so that every range stays
/// valid. `is_prose` says whether the file is Markdown after its front matter.
pub(super) fn blank_controls(text: &str, is_prose: bool) -> Cow<'_, str> {
    let text = without_controls(text);
    if !text.contains("&#") {
        return text;
    }
    let end = if is_prose {
        front_matter(&text)
    } else {
        text.len()
    };
    let controls: Vec<_> = referenced_characters(&text[..end], &text[end..])
        .into_iter()
        .filter(|(_, character)| kind(*character) == Some(Kind::Control))
        .collect();
    if controls.is_empty() {
        return text;
    }
    let mut out = text.into_owned();
    for (span, _) in controls {
        // No-break spaces, of two bytes each, since they can't become indentation.
        let length = span.end - span.start;
        let blanks = "\u{a0}".repeat(length / 2) + &" ".repeat(length % 2);
        out.replace_range(span.start..span.end, &blanks);
    }
    Cow::Owned(out)
}

/// The offset at which the front matter of a Markdown file ends; 0 if it has none.
fn front_matter(text: &str) -> usize {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let is_mark = line.trim_end() == "---";
        if offset == 0 && !is_mark {
            return 0;
        }
        offset += line.len();
        if is_mark && offset > line.len() {
            // Without the closing line, which would start another YAML document.
            return offset - line.len();
        }
    }
    0
}
