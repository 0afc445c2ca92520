//! The words of a text without its marks, for titles, descriptions and the search index.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events;

/// The words of a Markdown text, blocks divided by a blank.
#[must_use]
pub fn text(markdown: &str) -> String {
    let mut out = String::new();
    for (event, _) in events(markdown) {
        write(&mut out, &event);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words under each heading, without the heading's own; those before the first heading come first.
#[must_use]
pub fn sections(markdown: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut in_heading = false;
    for (event, _) in events(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                in_heading = true;
                out.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => in_heading = false,
            _ if in_heading => {}
            _ => write(out.last_mut().expect("begins with one"), &event),
        }
    }
    for it in &mut out {
        it.truncate(it.trim_end().len());
    }
    out
}

fn write(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(words) | Event::Code(words) => out.push_str(words),
        Event::SoftBreak | Event::HardBreak => out.push(' '),
        Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell)
            if !out.ends_with(' ') =>
        {
            out.push(' ');
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::sections;

    #[test]
    fn words_stand_under_their_heading() {
        let text = "Before.\n\n## One\n\nIt *is*\nso.\n\n- a\n- b\n\n### Two\n";
        assert_eq!(sections(text), ["Before.", "It is so. a b", ""]);
    }
}
