//! The parser's events as all other modules use them: without comments, with bare URLs as links, without unused notes, and with
//! headings inside other blocks as text.
//!
//! Entry: [`read`]. Invariant: every range refers to the text as written, and all users see the same numbers of events.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::addresses::addresses;
use super::comments::{self, StrippedHtml};
use super::mask::{mask, unmask};
use super::notes::Notes;
use super::parser::{Definition, fold_label, options, parser};
use super::references;
use super::unsupported;
use super::{Fault, FaultKind};

/// A text as its parts, and what is wrong with them.
#[derive(Debug, Default)]
pub(super) struct ParsedText<'a> {
    /// Events with the range of each.
    pub events: Vec<(Event<'a>, Range<usize>)>,
    /// The names of the notes that are shown, in the order in which the text first refers to each.
    pub notes: Vec<String>,
    /// What could not be read as it was meant.
    pub faults: Vec<Fault>,
}

/// Reads a text.
pub(super) fn read(text: &str) -> ParsedText<'_> {
    let options = options(text);
    let masked = mask(text, options);
    let mut reader = Reader::new(text);
    match &masked {
        None => {
            for (event, range) in parser(text, options, &mut reader.definitions) {
                reader.event(references::cleaned(event), range);
            }
        }
        Some(masked) => {
            for (event, range) in parser(masked, options, &mut reader.definitions) {
                let (event, range) = unmask(event, range);
                reader.event(references::cleaned(event), range);
            }
        }
    }
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    out: Vec<(Event<'a>, Range<usize>)>,
    faults: Vec<Fault>,
    definitions: Vec<Definition>,
    /// The labels that links and images refer to.
    used: BTreeSet<String>,
    /// How many blocks are open in which a heading would belong to them alone.
    inside: usize,
    /// How many links and images are open.
    links: usize,
    /// Of each image that is open, whether it is an embedded record: `![[id]]`.
    embeds: Vec<bool>,
    /// Whether a code block is open.
    code: bool,
    /// Whether the heading that is open is shown as words.
    heading_as_words: bool,
    /// The block of HTML that is open: where it begins in the output.
    html: Option<usize>,
    /// Where the last cell of the row ends.
    cell: usize,
    /// How many columns the table has that is open.
    columns: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            out: Vec::new(),
            faults: Vec::new(),
            definitions: Vec::new(),
            used: BTreeSet::new(),
            inside: 0,
            links: 0,
            embeds: Vec::new(),
            columns: 0,
            code: false,
            heading_as_words: false,
            html: None,
            cell: 0,
        }
    }

    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(words) if self.links == 0 && !self.code && self.html.is_none() => {
                self.add_text(words, range);
            }
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            other => self.out.push((other, range)),
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let tag = self.replace_embedding(tag, &range);
        match &tag {
            Tag::Table(columns) => self.columns = columns.len(),
            Tag::Heading { .. } if self.inside > 0 => {
                self.fault(FaultKind::NestedHeading, range.clone());
                self.heading_as_words = true;
                self.out.push((Event::Start(Tag::Paragraph), range.clone()));
                self.out.push((Event::Start(Tag::Strong), range));
                return;
            }
            Tag::BlockQuote(_)
            | Tag::Item
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionListDefinition => self.inside += 1,
            Tag::Link { link_type, id, .. } | Tag::Image { link_type, id, .. } => {
                self.links += 1;
                if matches!(
                    link_type,
                    LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut
                ) {
                    self.used.insert(fold_label(id));
                }
            }
            Tag::CodeBlock(_) => self.code = true,
            Tag::HtmlBlock => self.html = Some(self.out.len()),
            _ => {}
        }
        self.out.push((Event::Start(tag), range));
    }

    /// The tag itself; of an embedded record, the sign before it as words, and a link.
    fn replace_embedding(&mut self, tag: Tag<'a>, range: &Range<usize>) -> Tag<'a> {
        match tag {
            Tag::Image {
                link_type: link_type @ LinkType::WikiLink { .. },
                dest_url,
                title,
                id,
            } => {
                self.embeds.push(true);
                self.fault(FaultKind::Unsupported(&unsupported::EMBED), range.clone());
                let sign = range.start..range.start + 1;
                self.out.push((Event::Text("!".into()), sign));
                Tag::Link {
                    link_type,
                    dest_url,
                    title,
                    id,
                }
            }
            Tag::Image { .. } => {
                self.embeds.push(false);
                tag
            }
            other => other,
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        let tag = match tag {
            TagEnd::Image if self.embeds.pop() == Some(true) => TagEnd::Link,
            other => other,
        };
        match tag {
            TagEnd::Heading(_) if std::mem::take(&mut self.heading_as_words) => {
                self.out.push((Event::End(TagEnd::Strong), range.clone()));
                self.out.push((Event::End(TagEnd::Paragraph), range));
                return;
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionListDefinition => self.inside = self.inside.saturating_sub(1),
            TagEnd::Link | TagEnd::Image => self.links = self.links.saturating_sub(1),
            TagEnd::CodeBlock => self.code = false,
            TagEnd::TableCell => self.cell = range.end,
            TagEnd::TableRow => self.cut_cells(&range),
            TagEnd::HtmlBlock => {
                self.out.push((Event::End(tag), range));
                return self.close_html();
            }
            _ => {}
        }
        self.out.push((Event::End(tag), range));
    }

    /// Words, with a link where an address stands in them.
    fn add_text(&mut self, words: CowStr<'a>, range: Range<usize>) {
        let found = addresses(&words);
        if found.is_empty() {
            self.out.push((Event::Text(words), range));
            return;
        }
        let as_written = self.text.get(range.clone()) == Some(&*words);
        // Where signs were written as entities or with a backslash, a part has no range of its own.
        let within = |part: &Range<usize>| {
            if as_written {
                range.start + part.start..range.start + part.end
            } else {
                range.clone()
            }
        };
        let mut from = 0;
        for address in found {
            if from < address.start {
                let before = from..address.start;
                let part = Event::Text(part(&words, before.clone()));
                self.out.push((part, within(&before)));
            }
            let range = within(&address);
            let url = part(&words, address.clone());
            let link = Tag::Link {
                link_type: LinkType::Autolink,
                dest_url: url.clone(),
                title: CowStr::Borrowed(""),
                id: CowStr::Borrowed(""),
            };
            self.out.push((Event::Start(link), range.clone()));
            self.out.push((Event::Text(url), range.clone()));
            self.out.push((Event::End(TagEnd::Link), range));
            from = address.end;
        }
        if from < words.len() {
            let rest = from..words.len();
            let event = Event::Text(part(&words, rest.clone()));
            self.out.push((event, within(&rest)));
        }
    }

    /// Notes what stands in a row behind its last cell: the parser drops cells for which the head has no column.
    fn cut_cells(&mut self, row: &Range<usize>) {
        if self.columns > 1 && !self.text[row.clone()].contains('|') {
            self.fault(FaultKind::BareRow, row.clone());
            return;
        }
        let from = self.cell.clamp(row.start, row.end);
        let rest = &self.text[from..row.end];
        let cut = rest.trim_end();
        let inner = cut.trim_start().trim_start_matches('|').trim_start();
        let count = inner
            .trim_end_matches('|')
            .split('|')
            .filter(|it| !it.trim().is_empty())
            .count();
        if count > 0 {
            let start = from + (cut.len() - inner.len());
            self.fault(FaultKind::CutCells(count), start..from + cut.len());
        }
    }

    /// Takes the comments out of a block of HTML that has just been closed, and the block where nothing else is in it.
    fn close_html(&mut self) {
        let Some(start) = self.html.take() else {
            return;
        };
        let block = &self.out[start..];
        let range = block.first().map_or(0..0, |(_, range)| range.clone());
        let lines = block.iter().filter_map(|(event, _)| match event {
            Event::Html(line) => Some(&**line),
            _ => None,
        });
        let html: String = lines.collect();
        let StrippedHtml { rest, open } = comments::strip(&html);
        if open {
            let block = &self.text[range.clone()];
            let at = range.start + block.rfind("<!--").unwrap_or_default();
            let line = self.text[at..range.end].lines().next().unwrap_or_default();
            self.fault(FaultKind::OpenComment, at..at + line.len());
        }
        if rest.len() == html.len() {
            return;
        }
        self.out.truncate(start);
        if !rest.trim().is_empty() {
            self.out.push((Event::Start(Tag::HtmlBlock), range.clone()));
            self.out.push((Event::Html(rest.into()), range.clone()));
            self.out.push((Event::End(TagEnd::HtmlBlock), range));
        }
    }

    /// Notes a fault, without the line ends behind it.
    fn fault(&mut self, kind: FaultKind, range: Range<usize>) {
        let words = self.text[range.clone()].trim_end();
        let range = range.start..range.start + words.len();
        self.faults.push(Fault { kind, range });
    }

    fn finish(mut self) -> ParsedText<'a> {
        let definitions = std::mem::take(&mut self.definitions);
        for (label, range) in definitions {
            // `[//]: # (words)` is how some write a comment.
            if !self.used.contains(&label) && label != "//" {
                self.fault(FaultKind::UnusedReference(label), range);
            }
        }
        let notes = Notes::new(&self.out);
        let (events, found) = notes.shown(self.out);
        self.faults.extend(found);
        ParsedText {
            events,
            notes: notes.order,
            faults: self.faults,
        }
    }
}

/// A part of words, borrowed where they are.
fn part<'a>(words: &CowStr<'a>, range: Range<usize>) -> CowStr<'a> {
    match words {
        CowStr::Borrowed(words) => CowStr::Borrowed(&words[range]),
        words => words[range].to_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text by block, each with its tag's name.
    fn shown(text: &str) -> String {
        let mut html = String::new();
        let events = read(text).events.into_iter().map(|(event, _)| event);
        pulldown_cmark::html::push_html(&mut html, events);
        html
    }

    #[test]
    fn a_colon_without_a_blank_is_text() {
        for (text, html) in [
            (
                "Para.\n\n:8443 is it.",
                "<p>Para.</p>\n<p>:8443 is it.</p>\n",
            ),
            ("Para\n:x", "<p>Para\n:x</p>\n"),
            (
                "A\n: d\n\nB\n\n:x\n",
                "<dl>\n<dt>A</dt>\n<dd>d</dd>\n</dl>\n<p>B</p>\n<p>:x</p>\n",
            ),
            (
                "> A\n> : d\n>\n> B\n>\n> :x",
                "<blockquote>\n<dl>\n<dt>A</dt>\n<dd>d</dd>\n</dl>\n<p>B</p>\n<p>:x</p>\n</blockquote>\n",
            ),
            (
                "A\n: d\n\n```\n:x\n```",
                "<dl>\n<dt>A</dt>\n<dd>d</dd>\n</dl>\n<pre><code>:x\n</code></pre>\n",
            ),
            (
                "A\n: `d\n:x`",
                "<dl>\n<dt>A</dt>\n<dd><code>d :x</code></dd>\n</dl>\n",
            ),
            ("A\n:\n\n:  \n", "<p>A\n:</p>\n<p>:</p>\n"),
            (
                "Term\n:\ttabbed\n",
                "<dl>\n<dt>Term</dt>\n<dd>tabbed</dd>\n</dl>\n",
            ),
        ] {
            assert_eq!(shown(text), html, "{text:?}");
        }
    }

    #[test]
    fn comments_are_left_out() {
        for (text, html) in [
            ("a <!-- b --> c", "<p>a  c</p>\n"),
            ("<!-- a\n\n- b\n\n-->\n\nc", "<p>c</p>\n"),
            ("<!-- a --> B *c*\nd", "<p> B <em>c</em>\nd</p>\n"),
            ("<!-- a --> <!-- b -->\n", ""),
            ("<!-- a\nb --> c <!-- d -->", "<p> c </p>\n"),
            (
                "`<!-- a -->`\n\n    <!-- b -->\n",
                "<p><code>&lt;!-- a --&gt;</code></p>\n<pre><code>&lt;!-- b --&gt;\n</code></pre>\n",
            ),
            (
                "- a\n\n  <!-- b -->\n- c",
                "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n",
            ),
            ("<!--[if IE]> <p>x</p> <![endif]-->", ""),
            ("<div>\n<!-- a -->\nb\n</div>", "<div>\n\nb\n</div>"),
            ("<!-->\n\na", "<p>a</p>\n"),
        ] {
            assert_eq!(shown(text), html, "{text:?}");
            assert_eq!(read(text).faults, [], "{text:?}");
        }
    }

    #[test]
    fn a_comment_without_an_end_is_reported() {
        for (text, at) in [
            ("a\n\n<!-- b\n\nc", 3..9),
            ("<div>\n<!-- b\n</div>\n", 6..12),
            ("<!-- a --><!-- b\nc", 10..16),
        ] {
            let found = read(text).faults;
            assert_eq!(
                found,
                [Fault {
                    kind: FaultKind::OpenComment,
                    range: at
                }],
                "{text:?}"
            );
            assert!(!shown(text).contains("!--"), "{text:?}");
        }
    }

    #[test]
    fn bare_addresses_are_links() {
        assert_eq!(
            shown("See https://a.example/b_c_d?x=1&y=2. [x](https://c.d) `https://e.f`"),
            "<p>See <a href=\"https://a.example/b_c_d?x=1&amp;y=2\">https://a.example/b_c_d?x=1&amp;y=2</a>. \
             <a href=\"https://c.d\">x</a> <code>https://e.f</code></p>\n"
        );
    }

    #[test]
    fn a_heading_inside_another_block_is_words() {
        for text in ["> # a", "- ## a", "x[^1]\n\n[^1]:\n    ## a", "T\n\n: ## a"] {
            let reading = read(text);
            assert_eq!(reading.faults[0].kind, FaultKind::NestedHeading, "{text:?}");
            assert!(
                shown(text).contains("<p><strong>a</strong></p>"),
                "{text:?}"
            );
        }
        assert_eq!(read("# a\n\n> b").faults, []);
    }

    #[test]
    fn cells_without_a_column_are_reported() {
        let cut = |row: &str| {
            let text = format!("| a | b |\n|---|---|\n{row}\n");
            let found = read(&text).faults;
            let found = found.into_iter().map(|it| match it.kind {
                FaultKind::CutCells(count) => (count, text[it.range].to_owned()),
                kind => panic!("{kind:?}"),
            });
            found.collect::<Vec<_>>()
        };
        assert_eq!(cut("| x | y | z |"), [(1, "z |".to_owned())]);
        assert_eq!(cut("x | y | z | w"), [(2, "z | w".to_owned())]);
        assert_eq!(cut("| `x|y` | z |"), [(1, "z |".to_owned())]);
        for row in [
            "| x | y |",
            "| x | y | |",
            "| x |",
            "x | y |",
            "| x \\| y | z |",
        ] {
            assert_eq!(cut(row), [], "{row}");
        }
    }
}
