//! Converts Markdown to plain text, for titles, descriptions, the search index and the data.
//!
//! Entry: [`text`], and [`linked`] for links with other texts. Invariant: the output contains no HTML.

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
    let mut links = Links::default();
    for (event, _) in events(markdown) {
        links.write(&mut out, &event, words);
    }
    out.truncate(out.trim_end().len());
    out
}

/// The words under each heading, without the heading's own; those before the first heading come first. `words` as in
/// [`linked`].
pub fn sections(markdown: &str, words: &mut dyn FnMut(usize) -> Option<String>) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut heading = None;
    let mut links = Links::default();
    for (event, _) in events(markdown) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                heading = None;
                out.push(String::new());
            }
            _ => {
                let section = out.last_mut().expect("begins with one");
                links.write(heading.as_mut().unwrap_or(section), &event, words);
            }
        }
    }
    for it in &mut out {
        it.truncate(it.trim_end().len());
    }
    out
}

/// The links that are open, and whether the words of each are replaced.
#[derive(Default)]
struct Links {
    count: usize,
    open: Vec<bool>,
    titles: Vec<String>,
    replaced: usize,
}

impl Links {
    fn write(
        &mut self,
        out: &mut String,
        event: &Event<'_>,
        words: &mut dyn FnMut(usize) -> Option<String>,
    ) {
        match event {
            Event::Start(Tag::Link { title, .. } | Tag::Image { title, .. }) => {
                self.titles.push(title.to_string());
                let better = words(self.count);
                self.count += 1;
                self.open.push(better.is_some());
                if let Some(better) = better {
                    if self.replaced == 0 {
                        out.push_str(&better);
                    }
                    self.replaced += 1;
                }
            }
            Event::End(end @ (TagEnd::Link | TagEnd::Image)) => {
                self.replaced -= usize::from(self.open.pop().unwrap_or_default());
                let title = self.titles.pop().unwrap_or_default();
                // The caption of a picture is read like its words.
                if *end == TagEnd::Image && self.replaced == 0 && !title.is_empty() {
                    out.push_str(&format!(": {title}"));
                }
            }
            _ if self.replaced > 0 => {}
            event => write(out, event),
        }
    }
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
        assert_eq!(text("![a](b.png \"c\") d"), "a: c d");
        assert_eq!(text("a <!-- b --> c[^1]\n\n[^2]: d\n\n[^1]: e"), "a  c e");
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
        assert_eq!(
            sections(text, &mut |_| None),
            ["Before.", "It is so. a b", ""]
        );
    }
}
