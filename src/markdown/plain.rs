//! The words of a text without its marks, for titles, descriptions, the search index and the data.
//!
//! Entry: [`text`], and [`linked`] where links have words of their own. Invariant: no HTML comes out.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::events;

/// The words of a Markdown text, blocks divided by a blank.
#[must_use]
pub fn text(markdown: &str) -> String {
    linked(markdown, &mut |_| None)
}

/// The words of a Markdown text; `words` gives those of the `n`-th link or image, where it has better ones.
pub fn linked(markdown: &str, words: &mut dyn FnMut(usize) -> Option<String>) -> String {
    let mut out = String::new();
    let mut count = 0;
    // For each open link, whether its words are replaced; and how many such links are open.
    let mut open = Vec::new();
    let mut replaced = 0;
    for (event, _) in events(markdown) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => {
                let better = words(count);
                count += 1;
                open.push(better.is_some());
                if let Some(better) = better {
                    if replaced == 0 {
                        out.push_str(&better);
                    }
                    replaced += 1;
                }
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                replaced -= usize::from(open.pop().unwrap_or_default());
            }
            _ if replaced > 0 => {}
            event => write(&mut out, &event),
        }
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
    use super::{linked, sections, text};

    #[test]
    fn marks_are_left_out() {
        assert_eq!(text("A *b* `c` [d](e.md)\n\n- f\n- g"), "A b c d f g");
        assert_eq!(text("[[HCS-09]] and <b>bold</b>"), "HCS-09 and bold");
    }

    #[test]
    fn links_have_the_words_that_a_reader_sees() {
        let mut words = |n: usize| (n != 1).then(|| format!("link {n}"));
        let markdown = "See [[gdpr:32(1)(a)]], [own *words*](a.md) and [[x]].";
        assert_eq!(
            linked(markdown, &mut words),
            "See link 0, own words and link 2."
        );
    }

    #[test]
    fn words_stand_under_their_heading() {
        let text = "Before.\n\n## One\n\nIt *is*\nso.\n\n- a\n- b\n\n### Two\n";
        assert_eq!(sections(text), ["Before.", "It is so. a b", ""]);
    }
}
