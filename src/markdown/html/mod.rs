//! Renders a text as HTML; the caller resolves its links.
//!
//! Entry: [`render`]. Invariant: no inline styles, no scripts, no author's HTML unless allowed; all attributes are quoted and escaped.

mod notes;
mod pictures;
mod tables;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd};

use super::read::{ParsedText, read};
use super::{Document, Flavour};
use notes::Notes;

/// A link or a picture as resolved by the caller.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The URL relative to the page; `None` for a broken link, of which only the text is shown.
    pub href: Option<String>,
    /// The words, if the author gave none.
    pub words: Option<String>,
    /// The class, such as `id` for an identifier.
    pub class: Option<&'static str>,
    /// The width and height of a picture in pixels, where they are known.
    pub size: Option<(u32, u32)>,
}

/// A link that the generator adds to a part of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextLink {
    /// The part of the run's text, in bytes.
    pub range: Range<usize>,
    /// The address, relative to the page; none where nothing can be reached: then only the words have the class.
    pub href: Option<String>,
    /// The class.
    pub class: &'static str,
    /// The accessible name, if the text has no letter, like `32` in a list of articles.
    pub label: Option<String>,
}

/// Resolves links and anchors for the renderer.
pub trait Resolve {
    /// How the `n`-th link of the document is shown.
    fn link(&mut self, n: usize) -> ResolvedLink;
    /// The anchor of the `n`-th heading; none where its text stands on several pages.
    fn anchor(&self, n: usize) -> Option<String>;
    /// The links to set on the run with this event number, in order and without overlap.
    fn marks(&mut self, event: usize) -> Vec<TextLink>;
    /// Before each footnote's and each table's anchor, so that two texts of a page do not clash.
    fn prefix(&self) -> &str;
    /// The author's HTML as it is passed on; none where none is allowed.
    fn raw_html(&self, html: &str) -> Option<String>;
    /// How many levels lower than on a page its headings stand. Below a page, a text is one of many: it has no landmarks, and
    /// its pictures are loaded at once.
    fn levels_down(&self) -> u8;
}

/// The HTML of a document: with sections for its headings of level 2, or without its paragraph for an inline text.
pub fn render(document: &Document, resolve: &mut dyn Resolve) -> String {
    if let ([run], true) = (document.runs.as_slice(), document.is_bare()) {
        return render_bare(&document.text, &resolve.marks(run.event));
    }
    let ParsedText { events, notes, .. } = read(&document.text);
    let mut writer = Writer {
        resolve,
        document,
        out: Vec::new(),
        link: 0,
        heading: 0,
        code: 0,
        open_section: false,
        skip: 0,
        closers: Vec::new(),
        table: Vec::new(),
        column: 0,
        head: false,
        notes: Notes::new(notes),
        tables: 0,
        only_pictures: pictures::paragraphs(&events),
        in_pictures: false,
        figure: 0,
        caption: String::new(),
        alts: pictures::alts(&events),
    };
    for (number, (event, _)) in events.into_iter().enumerate() {
        writer.event(number, event);
    }
    if writer.open_section {
        writer.html("</section>\n");
    }
    writer.close_notes();
    let mut out = String::new();
    pulldown_cmark::html::push_html(&mut out, writer.out.into_iter());
    out
}

/// Words in which nothing needs to be escaped, with the links that are set on them.
fn render_bare(words: &str, marks: &[TextLink]) -> String {
    let mut out = String::with_capacity(words.len());
    let mut from = 0;
    for mark in marks {
        let (Some(before), Some(marked)) = (
            words.get(from..mark.range.start),
            words.get(mark.range.clone()),
        ) else {
            continue;
        };
        out.push_str(before);
        out.push_str(&anchor(mark, marked));
        from = mark.range.end;
    }
    out.push_str(&words[from..]);
    out
}

/// A link on a part of a run.
fn anchor(link: &TextLink, text: &str) -> String {
    let class = link.class;
    let words = escape(text);
    let Some(href) = &link.href else {
        return format!("<span class=\"{class}\">{words}</span>");
    };
    let href = escape(href);
    // A number alone says nothing where it is heard without its text.
    let label = link.label.as_ref();
    let label = label.filter(|_| !text.contains(char::is_alphabetic));
    let label = label.map_or_else(String::new, |it| format!(" aria-label=\"{}\"", escape(it)));
    format!("<a class=\"{class}\" href=\"{href}\"{label}>{words}</a>")
}

/// Escapes text for HTML's text and quoted attributes.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

struct Writer<'a> {
    resolve: &'a mut dyn Resolve,
    document: &'a Document,
    out: Vec<Event<'a>>,
    link: usize,
    heading: usize,
    code: usize,
    open_section: bool,
    /// Above zero, events are swallowed: inside a link whose words are replaced, or a code block.
    skip: usize,
    /// What closes each open link and quotation, and whether its words are swallowed.
    closers: Vec<(Cow<'static, str>, bool)>,
    table: Vec<Alignment>,
    column: usize,
    head: bool,
    notes: Notes<'a>,
    tables: usize,
    /// The paragraphs that hold pictures only, one of them with a caption, by the number of their event.
    only_pictures: BTreeSet<usize>,
    /// Whether such a paragraph is open.
    in_pictures: bool,
    /// How many links and pictures are open in it.
    figure: usize,
    /// The caption of the figure that is open.
    caption: String,
    /// What each picture shows, in words, the last first.
    alts: Vec<String>,
}

impl<'a> Writer<'a> {
    fn html(&mut self, html: impl Into<CowStr<'a>>) {
        self.out.push(Event::Html(html.into()));
    }

    fn event(&mut self, number: usize, event: Event<'a>) {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) if self.skip > 0 => {
                // Words that are replaced hold a link or a picture.
                self.link += 1;
                if matches!(event, Event::Start(Tag::Image { .. })) {
                    self.alts.pop();
                }
                self.skip += 1;
                self.figure += usize::from(self.in_pictures);
                self.closers.push(("".into(), true));
            }
            Event::Start(tag) if self.skip == 0 => self.start(number, tag),
            Event::End(tag @ (TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock)) => self.end(tag),
            Event::End(tag) if self.skip == 0 => self.end(tag),
            _ if self.skip > 0 => {}
            // Between two pictures that are blocks of their own.
            Event::SoftBreak | Event::HardBreak if self.in_pictures => {}
            Event::Text(words) => self.write_text(number, &words),
            Event::Html(html) | Event::InlineHtml(html) => {
                let raw = self.resolve.raw_html(&html);
                self.out.push(match raw {
                    Some(raw) => Event::Html(raw.into()),
                    None => Event::Text(html),
                });
            }
            Event::FootnoteReference(name) => self.reference(&name),
            Event::TaskListMarker(done) => {
                self.html(if done {
                    "<b>Done:</b> "
                } else {
                    "<b>Open:</b> "
                });
            }
            other => self.out.push(other),
        }
    }

    fn start(&mut self, number: usize, tag: Tag<'a>) {
        match tag {
            Tag::Link { title, .. } => {
                self.open_figure();
                self.open_link(&title);
            }
            Tag::Image { title, .. } => {
                self.open_figure();
                self.picture(&title);
            }
            Tag::Paragraph if self.only_pictures.contains(&number) => self.in_pictures = true,
            Tag::CodeBlock(_) => {
                self.skip += 1;
                let html = self
                    .document
                    .code
                    .get(self.code)
                    .map_or("", |(_, html)| html.as_ref());
                self.code += 1;
                let region = self.region();
                self.html(format!("<pre tabindex=\"0\" role=\"{region}\" aria-label=\"Example {}\"><code>{html}</code></pre>\n", self.code));
            }
            Tag::Paragraph if self.document.flavour == Flavour::Inline => {}
            Tag::Heading { .. } => self.open_heading(),
            Tag::Table(columns) => self.open_table(columns),
            Tag::TableHead => {
                (self.head, self.column) = (true, 0);
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.open_cell(),
            Tag::BlockQuote(Some(kind)) => {
                let (class, name) = alert(kind);
                let role = if self.resolve.levels_down() > 0 {
                    " role=\"note\""
                } else {
                    ""
                };
                self.html(format!(
                    "<aside class=\"{class}\" aria-label=\"{name}\"{role}><p class=\"label\">{name}</p>\n"
                ));
                self.closers.push(("</aside>\n".into(), false));
            }
            Tag::BlockQuote(None) => {
                self.html("<blockquote>\n");
                self.closers.push(("</blockquote>\n".into(), false));
            }
            Tag::FootnoteDefinition(name) => self.open_note(&name),
            other => self.out.push(Event::Start(other)),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::Image | TagEnd::BlockQuote(_) => {
                let (closer, swallowed) = self.closers.pop().unwrap_or_default();
                self.skip -= usize::from(swallowed);
                self.html(closer);
                if !matches!(tag, TagEnd::BlockQuote(_)) {
                    self.close_figure();
                }
            }
            TagEnd::CodeBlock => self.skip = self.skip.saturating_sub(1),
            TagEnd::Paragraph if self.document.flavour == Flavour::Inline => {}
            TagEnd::Paragraph if self.in_pictures => self.in_pictures = false,
            TagEnd::Heading(_) => {
                let level = self
                    .document
                    .headings
                    .get(self.heading)
                    .map_or(2, |it| it.level);
                let level = self.lowered(level);
                self.heading += 1;
                self.html(format!("</h{level}>\n"));
            }
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::FootnoteDefinition => self.close_note(),
            other => self.out.push(Event::End(other)),
        }
    }

    fn write_text(&mut self, number: usize, words: &str) {
        let marks = self.resolve.marks(number);
        let mut from = 0;
        for mark in marks {
            let (Some(before), Some(marked)) = (
                words.get(from..mark.range.start),
                words.get(mark.range.clone()),
            ) else {
                continue;
            };
            self.out.push(Event::Text(before.to_owned().into()));
            self.html(anchor(&mark, marked));
            from = mark.range.end;
        }
        self.out.push(Event::Text(words[from..].to_owned().into()));
    }

    /// Opens a link and swallows its words where the caller has better ones.
    fn open_link(&mut self, title: &str) {
        let at = self.link;
        self.link += 1;
        let shown = self.resolve.link(at);
        let worded = self.document.links.get(at).is_none_or(|it| it.worded);
        let class = shown
            .class
            .map_or_else(String::new, |class| format!(" class=\"{class}\""));
        let closer = match &shown.href {
            Some(href) => {
                let title = title_attribute(title);
                self.html(format!("<a{class} href=\"{}\"{title}>", escape(href)));
                "</a>"
            }
            None => "",
        };
        let words = shown.words.filter(|_| !worded);
        let swallowed = words.is_some();
        if let Some(words) = words {
            self.html(escape(&words));
            self.skip += 1;
        }
        self.closers.push((closer.into(), swallowed));
    }

    /// The level at which a heading is written.
    fn lowered(&self, level: u8) -> u8 {
        (level + self.resolve.levels_down()).min(6)
    }

    fn open_heading(&mut self) {
        let Some(heading) = self.document.headings.get(self.heading) else {
            return;
        };
        let level = heading.level;
        let id = self.resolve.anchor(self.heading);
        let id = id.map_or_else(String::new, |it| format!(" id=\"{}\"", escape(&it)));
        if level == 2 {
            let end = if self.open_section {
                "</section>\n"
            } else {
                ""
            };
            self.html(format!("{end}<section>\n"));
            self.open_section = true;
        }
        let level = self.lowered(level);
        self.html(format!("<h{level}{id}>"));
    }
}

/// A title as an attribute.
fn title_attribute(title: &str) -> String {
    if title.is_empty() {
        String::new()
    } else {
        format!(" title=\"{}\"", escape(title))
    }
}

fn alert(kind: BlockQuoteKind) -> (&'static str, &'static str) {
    match kind {
        BlockQuoteKind::Note => ("note", "Note"),
        BlockQuoteKind::Tip => ("note key", "Tip"),
        BlockQuoteKind::Important => ("note key", "Important"),
        BlockQuoteKind::Warning => ("note", "Warning"),
        BlockQuoteKind::Caution => ("note", "Caution"),
    }
}
