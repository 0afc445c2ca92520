//! The words of a text without its marks, for titles, descriptions and the search index.

use pulldown_cmark::{Event, TagEnd};

use super::events;

/// The words of a Markdown text, blocks divided by a blank.
#[must_use]
pub fn text(markdown: &str) -> String {
    let mut out = String::new();
    for (event, _) in events(markdown) {
        match event {
            Event::Text(words) | Event::Code(words) => out.push_str(&words),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell,
            ) if !out.ends_with(' ') => {
                out.push(' ');
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    out
}
