//! Walks through a text once and collects its headings, links, runs, code and faults.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag, TagEnd};

use super::read::{ParsedText, read};
use super::{
    Contents, Dest, Document, Fault, FaultKind, Flavour, Heading, Highlighter, Link, Run,
    Separator, literal, loose, raw,
};
use crate::address;
use crate::source::nfc;

/// How many characters before a run a framework's name can stand.
const NAME_REACH: usize = 80;

/// How many bytes behind a run, of code or a link, could go on an identifier.
const MAX_AFTER_BYTES: usize = 24;

pub(super) fn scan(text: &str, flavour: Flavour, highlighter: &Highlighter) -> Document {
    let document = |found| Document {
        text: text.into(),
        flavour,
        found,
        anchors: super::cached::Cached::default(),
        mentions: super::cached::Cached::default(),
    };
    if text.is_empty() || flavour == Flavour::Inline && is_bare(text) {
        return document(None);
    }
    let mut scan = Scan {
        text,
        flavour,
        found: Contents::default(),
        heading: None,
        code: None,
        inside_links: 0,
        blocks: 0,
        alt: None,
        wordless: None,
        before: String::new(),
        separator: Separator::Apart,
    };
    let ParsedText { events, faults, .. } = read(text);
    scan.found.faults = faults;
    scan.found.faults.extend(literal::faults(text, &events));
    loose::drop_in_cut_rows(text, &mut scan.found.faults);
    for (number, (event, range)) in events.into_iter().enumerate() {
        scan.event(number, event, range, highlighter);
    }
    document(Some(Box::new(scan.finish())))
}

/// Whether Markdown makes of a text a paragraph with these very words and nothing else.
fn is_bare(text: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || " ,.;:()'’“”–—%/?-+=\u{a0}".contains(c);
    let marked = ["://", "==", "++", "%%"].iter().any(|it| text.contains(it));
    text.starts_with(char::is_alphabetic)
        && !text.ends_with(' ')
        && text.chars().all(plain)
        && !marked
}

struct Scan<'a> {
    text: &'a str,
    flavour: Flavour,
    found: Contents,
    heading: Option<Heading>,
    code: Option<(usize, String, String)>,
    inside_links: usize,
    blocks: usize,
    alt: Option<(Range<usize>, String)>,
    /// The link that is open and has no words so far.
    wordless: Option<Range<usize>>,
    before: String,
    /// What stands behind the last run so far.
    separator: Separator,
}

impl Scan<'_> {
    fn event(
        &mut self,
        number: usize,
        event: Event<'_>,
        range: Range<usize>,
        highlighter: &Highlighter,
    ) {
        self.fill(&event);
        let shows = match &event {
            Event::Text(words) | Event::Code(words) => !words.trim().is_empty(),
            Event::Start(Tag::Image { .. }) | Event::InlineHtml(_) => true,
            _ => false,
        };
        self.wordless = self.wordless.take().filter(|_| !shows);
        match event {
            Event::Start(tag) => self.start(number, tag, range),
            Event::End(tag) => self.end(tag, highlighter),
            Event::Text(words) => self.add_text(number, &words, range),
            Event::Code(words) => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push_str(&words);
                }
                self.follow(&words);
                self.separator = Separator::Apart;
            }
            Event::Html(html) => self.html(&html, &range),
            Event::InlineHtml(html) => {
                self.html(&html, &range);
                self.fault(FaultKind::RawHtml, range);
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(heading) = &mut self.heading {
                    heading.text.push(' ');
                }
                self.before.push('\n');
                if self.separator != Separator::Apart {
                    self.separator = Separator::Line;
                }
            }
            _ => self.separator = Separator::Apart,
        }
    }

    /// Notes words that are no run and follow the last one.
    fn follow(&mut self, words: &str) {
        if self.separator == Separator::Signs
            && !self.before.ends_with(char::is_whitespace)
            && let Some(last) = self.found.runs.last_mut()
            && last.after.len() < MAX_AFTER_BYTES
        {
            last.after.extend(words.chars().take(MAX_AFTER_BYTES));
        }
    }

    fn start(&mut self, number: usize, tag: Tag<'_>, range: Range<usize>) {
        if self.flavour == Flavour::Inline {
            self.inline_only(&tag, &range);
        }
        if !matches!(
            tag,
            Tag::Link { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough
        ) {
            self.separator = Separator::Apart;
        }
        match tag {
            Tag::HtmlBlock => self.fault(FaultKind::RawHtml, range),
            Tag::Heading { level, id, .. } => {
                if level as u8 == 1 {
                    self.fault(FaultKind::SecondTitle, range.clone());
                }
                let heading = Heading {
                    level: (level as u8).max(2),
                    asks: id.as_ref().is_some_and(|it| !it.is_empty()),
                    wanted: id.map_or_else(String::new, |it| nfc(&it).into_owned()),
                    text: String::new(),
                    range,
                    filled: false,
                };
                self.heading = Some(heading);
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().unwrap_or("").to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((number, language, String::new()));
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                self.inside_links += 1;
                self.wordless = Some(range.clone());
                self.link(number, link_type, &dest_url, range, false);
            }
            Tag::Image {
                link_type,
                dest_url,
                ..
            } => {
                self.inside_links += 1;
                self.alt = Some((range.clone(), String::new()));
                self.link(number, link_type, &dest_url, range, true);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, highlighter: &Highlighter) {
        if !matches!(
            tag,
            TagEnd::Link | TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough
        ) {
            self.before.clear();
            self.separator = Separator::Apart;
        }
        match tag {
            TagEnd::Heading(_) => {
                if let Some(mut heading) = self.heading.take() {
                    heading.text = heading.text.trim().into();
                    if !heading.asks {
                        heading.wanted = slug(&heading.text);
                    }
                    self.found.headings.push(heading);
                }
            }
            TagEnd::CodeBlock => {
                if let Some((number, language, code)) = self.code.take() {
                    let html = highlighter.highlight(&language, &code);
                    self.found.code.push((number, html));
                }
            }
            TagEnd::Link => {
                self.inside_links -= 1;
                self.separator = Separator::Apart;
                if let Some(range) = self.wordless.take() {
                    self.fault(FaultKind::EmptyLink, range);
                }
            }
            TagEnd::Image => {
                self.inside_links -= 1;
                if let Some((range, alt)) = self.alt.take().filter(|(_, alt)| alt.trim().is_empty())
                {
                    drop(alt);
                    self.fault(FaultKind::MissingAlt, range);
                }
            }
            _ => {}
        }
    }

    fn add_text(&mut self, number: usize, words: &str, range: Range<usize>) {
        if let Some((_, alt)) = &mut self.alt {
            alt.push_str(words);
        }
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(words);
        }
        if let Some((_, _, code)) = &mut self.code {
            code.push_str(words);
        } else if self.inside_links == 0 {
            let before = self.before.clone();
            let as_written = self.text.get(range.clone()) == Some(words);
            self.found.runs.push(Run {
                event: number,
                words: (!as_written).then(|| words.into()),
                before,
                range,
                separator: self.separator,
                after: String::new(),
                in_heading: self.heading.is_some(),
            });
            self.separator = Separator::Signs;
        } else if self.alt.is_none() {
            self.follow(words);
        }
        self.before.push_str(words);
        let cut = self
            .before
            .char_indices()
            .rev()
            .nth(NAME_REACH)
            .map_or(0, |(at, _)| at);
        self.before.drain(..cut);
    }

    fn link(&mut self, event: usize, kind: LinkType, url: &str, range: Range<usize>, image: bool) {
        let (dest, worded) = match kind {
            // In a table's cell, the backslash before `|` stays in the target.
            LinkType::WikiLink { has_pothole } => (
                Dest::Wiki(url.trim_end_matches('\\').trim().to_owned()),
                has_pothole,
            ),
            LinkType::Email => (Dest::Url(format!("mailto:{url}")), true),
            _ => (dest(url), true),
        };
        if matches!(&dest, Dest::File(path, None) if path.trim().is_empty())
            || matches!(&dest, Dest::Anchor(anchor) if anchor.is_empty())
        {
            self.fault(FaultKind::EmptyAddress, range.clone());
        }
        if let Dest::Url(url) = &dest {
            let scheme = address::scheme(url);
            if let Some(help) = address::mistake(url) {
                self.fault(FaultKind::MalformedAddress(help), range.clone());
            } else if !address::SCHEMES.contains(&scheme.as_str()) {
                self.fault(FaultKind::UnsafeUrl(scheme), range.clone());
            }
        }
        self.found.links.push(Link {
            event,
            dest,
            range,
            worded,
            image,
        });
    }

    /// Notes the blocks of a text that is to be one run.
    fn inline_only(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let block = match tag {
            Tag::Paragraph => {
                self.blocks += 1;
                (self.blocks == 2).then_some("a second paragraph")
            }
            Tag::Heading { .. } => Some("a heading"),
            Tag::List(_) => Some("a list"),
            Tag::CodeBlock(_) => Some("a code block"),
            Tag::BlockQuote(_) => Some("a quotation"),
            Tag::Table(_) => Some("a table"),
            Tag::Image { .. } => Some("an image"),
            Tag::FootnoteDefinition(_) => Some("a footnote"),
            Tag::DefinitionList => Some("a definition list"),
            _ => None,
        };
        if let Some(block) = block {
            self.fault(FaultKind::NotInline(block), range.clone());
        }
    }

    /// Notes a fault, without the blanks and line ends behind it.
    fn fault(&mut self, kind: FaultKind, range: Range<usize>) {
        let words = &self.text[range.clone()];
        let range = range.start..range.start + words.trim_end().len();
        self.found.faults.push(Fault { kind, range });
    }

    /// Whatever is not itself a heading fills the sections that are open.
    fn fill(&mut self, event: &Event<'_>) {
        if self.heading.is_none()
            && !matches!(event, Event::Start(Tag::Heading { .. }) | Event::End(_))
            && let Some(last) = self.found.headings.last_mut()
        {
            last.filled = true;
        }
    }

    /// Notes the anchors in HTML, and the addresses to which it leads.
    fn html(&mut self, html: &str, range: &Range<usize>) {
        let ids = raw::attributes(html, "id");
        self.found.html_ids.extend(ids.map(str::to_owned));
        let links = raw::attributes(html, "href").chain(raw::attributes(html, "src"));
        let outside = links.filter(|it| address::is_external(it));
        let outside = outside.map(|it| (it.replace("&amp;", "&"), range.clone()));
        self.found.html_links.extend(outside);
    }

    /// A section is filled by what stands in it, also by a section under it that is filled.
    fn finish(mut self) -> Contents {
        let headings = &mut self.found.headings;
        for at in (0..headings.len()).rev() {
            let level = headings[at].level;
            let mut below = headings[at + 1..].iter().take_while(|it| it.level > level);
            headings[at].filled |= below.any(|it| it.filled);
        }
        let empty: Vec<_> = headings.iter().filter(|it| !it.filled).cloned().collect();
        for it in empty {
            self.fault(FaultKind::EmptySection(it.text), it.range);
        }
        self.found.faults.sort_by_key(|it| it.range.start);
        self.found.headings.shrink_to_fit();
        self.found.links.shrink_to_fit();
        self.found.runs.shrink_to_fit();
        self.found
    }
}

/// Reads where an ordinary link leads.
fn dest(url: &str) -> Dest {
    if address::is_external(url) {
        return Dest::Url(url.to_owned());
    }
    match url.split_once('#') {
        Some(("", anchor)) => Dest::Anchor(anchor.to_owned()),
        Some((path, anchor)) => Dest::File(path.to_owned(), Some(anchor.to_owned())),
        None => Dest::File(url.to_owned(), None),
    }
}

/// The anchor of a heading: its words in lower case with hyphens.
#[must_use]
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in nfc(text).chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !matches!(c, '’' | '\'') && !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Document {
        Document::parse(text, Flavour::Block, &Highlighter::default())
    }

    #[test]
    fn headings_have_anchors_of_their_own() {
        let document =
            parse("## Practices\n\na\n\n## What’s new?\n\n### Under\n\nb\n\n## Empty {#e}\n");
        let ids: Vec<_> = document
            .headings
            .iter()
            .map(|it| (it.wanted.as_str(), it.filled))
            .collect();
        assert_eq!(
            ids,
            [
                ("practices", true),
                ("whats-new", true),
                ("under", true),
                ("e", false)
            ]
        );
    }

    #[test]
    fn a_bare_text_is_what_the_parser_would_make_of_it() {
        for text in [
            "Words.",
            "Ends in a colon: and so on (see 3.2); half – of 50 %?",
            "Über a/b - c + d = e, 1:2, it’s “so”",
            "a 1. b",
        ] {
            assert!(is_bare(text), "{text}");
            let parsed = read(text).events;
            assert_eq!(parsed.len(), 3, "{parsed:?}");
            assert_eq!(
                parsed[Run::WHOLE.event],
                (Event::Text(text.into()), 0..text.len())
            );
        }
        for text in [
            "",
            " a",
            "a ",
            "- a",
            "1. a",
            "a\nb",
            "a *b*",
            "a &amp; b",
            "[[a]]",
            "a | b",
            "See https://example.org/x-y",
            "a ==b== c",
        ] {
            assert!(!is_bare(text), "{text}");
        }
    }

    #[test]
    fn links_are_read_as_written() {
        let document = parse(
            "[[gdpr:32(1)(a)]] [x](../a.md#b) [y](#c) [z](https://a.b) [j](JavaScript:x)\n\n| a |\n|---|\n| [[HCS-09\\|keys]] |\n",
        );
        let dests: Vec<_> = document.links.iter().map(|it| it.dest.clone()).collect();
        assert_eq!(
            dests,
            [
                Dest::Wiki("gdpr:32(1)(a)".into()),
                Dest::File("../a.md".into(), Some("b".into())),
                Dest::Anchor("c".into()),
                Dest::Url("https://a.b".into()),
                Dest::Url("JavaScript:x".into()),
                Dest::Wiki("HCS-09".into()),
            ]
        );
        assert_eq!(
            document.faults[0].kind,
            FaultKind::UnsafeUrl("javascript".into())
        );
    }
}
