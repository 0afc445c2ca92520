//! Parsed prose: headings, links, runs of plain text; and its HTML once the links are resolved.
//!
//! Entry: [`Document::parse`], then [`html::render`]. Invariant: nothing here knows the targets of links.

mod addresses;
pub mod anchors;
mod block_text;
mod cached;
pub mod citations;
mod comments;
mod foreign;
pub mod highlight;
pub mod html;
mod literal;
mod loose;
mod mask;
mod notes;
mod parser;
pub mod plain;
mod raw;
mod read;
pub mod references;
pub mod rules;
mod scan;
pub(crate) mod spelling;
pub mod unsupported;

pub(crate) use scan::slug;

use std::ops::{Deref, Range};
use std::sync::{Arc, LazyLock};

pub(crate) use cached::Cached;
pub use highlight::Highlighter;
pub use loose::LooseSign;
use unsupported::Unsupported;

/// Whether a text may have blocks, or is one run of prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flavour {
    /// A Markdown file: headings, lists, tables.
    Block,
    /// A text in YAML: emphasis, code and links only.
    Inline,
}

/// A parsed text; dereferences to its [`Contents`]. Byte ranges refer to [`Document::text`].
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The Markdown as written.
    pub text: Arc<str>,
    /// Blocks or one run.
    pub flavour: Flavour,
    /// None where it is one run of words without any mark-up, as most texts in YAML are, or where it is empty.
    found: Option<Box<Contents>>,
    /// The anchors of its headings, cached when it was last linked.
    pub(crate) anchors: Cached<anchors::Anchors>,
    /// The citations and terms in its runs, cached when it was last linked.
    pub(crate) mentions: Cached<citations::Mentions>,
}

/// The contents of a text.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Contents {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// Plain text outside links and code, where citations and terms are looked for.
    pub runs: Vec<Run>,
    /// Highlighted code blocks by the number of their event.
    pub code: Vec<(usize, Arc<str>)>,
    /// Faults in the text.
    pub faults: Vec<Fault>,
    /// Anchors in HTML that the author wrote.
    pub html_ids: Vec<String>,
    /// External URLs in HTML that the author wrote, and the range of the HTML.
    pub html_links: Vec<(String, Range<usize>)>,
}

/// The contents of every text without markup.
static BARE_CONTENTS: LazyLock<Contents> = LazyLock::new(|| Contents {
    runs: vec![Run::WHOLE],
    ..Contents::default()
});

/// The contents of an empty text.
static EMPTY_CONTENTS: LazyLock<Contents> = LazyLock::new(Contents::default);

/// A heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 2 to 6; a level of 1 is shown as 2.
    pub level: u8,
    /// The explicit anchor, or the one derived from its text; see [`anchors::assign`].
    pub wanted: String,
    /// Whether it has an explicit anchor: `{#…}`.
    pub asks: bool,
    /// The words.
    pub text: String,
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether its section has any content.
    pub filled: bool,
}

/// A link or an image.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The number of the event that begins it.
    pub event: usize,
    /// The target as written.
    pub dest: Dest,
    /// Where it stands.
    pub range: Range<usize>,
    /// Whether the author gave it a text.
    pub worded: bool,
    /// Whether it is an image.
    pub image: bool,
}

/// The target of a link as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dest {
    /// `[[…]]`: an id, with `framework:` before it where it is not the book's own.
    Wiki(String),
    /// A file beside this one, and an anchor in it.
    File(String, Option<String>),
    /// An anchor in this text's own page.
    Anchor(String),
    /// An address on the web.
    Url(String),
}

/// A run of plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// The number of its event.
    pub event: usize,
    /// The words, entities and escapes resolved, where they are not as they were written.
    pub words: Option<Box<str>>,
    /// The words before it in the same block, as far as a name beside it can reach; a line's end is one.
    pub before: String,
    /// Where it stands; as long as the words unless they were written with escapes. Of a bare text: from 0 to wherever it ends.
    pub range: Range<usize>,
    /// The separator between the previous run and this one.
    pub separator: Separator,
    /// The beginning of the code or of the link's words that follow it without a blank.
    pub after: String,
    /// Whether it is of a heading, in which a citation is proven but not linked.
    pub in_heading: bool,
}

/// The separator between two runs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// Words that are no run, or the end of a block.
    #[default]
    Apart,
    /// The end of a line.
    Line,
    /// Nothing visible: emphasis markers, a comment.
    Signs,
}

/// A fault in a text: markup that is wrong or not allowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// Where it stands.
    pub range: Range<usize>,
}

/// The kinds of [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// HTML as written by the author.
    RawHtml,
    /// A link with a scheme that can run code or leaves the web.
    UnsafeUrl(String),
    /// An address that leads nowhere, and what to write in its place.
    MalformedAddress(String),
    /// A heading of level 1: the page has one already.
    SecondTitle,
    /// A heading with nothing under it.
    EmptySection(String),
    /// An image without words for those who can't see it.
    MissingAlt,
    /// A link without words.
    EmptyLink,
    /// A link or a picture without an address.
    EmptyAddress,
    /// A block where one run of prose belongs.
    NotInline(&'static str),
    /// A heading inside a quotation, a list, a definition or a note.
    NestedHeading,
    /// A comment without an end.
    OpenComment,
    /// Cells of a row for which the table’s head has no column, and how many.
    CutCells(usize),
    /// A row of hyphens under words that have another number of cells, so that there is no table.
    NoTable,
    /// `[words][label]` without an address for the label.
    UndefinedReference(String),
    /// `[^name]` without a note of this name.
    UndefinedNote(String),
    /// `[label]: address` to which nothing refers.
    UnusedReference(String),
    /// A note to which nothing refers.
    UnusedNote(String),
    /// A second note of a name.
    DoubleNote(String),
    /// `[[` that begins no link; whether it stands in a table.
    NoRecordLink(bool),
    /// `[words](…)` that is no link.
    BrokenLink(BrokenLink),
    /// A line behind a table without a cell of its own, which the table takes for a row.
    BareRow,
    /// A sign that begins or ends no mark-up.
    LooseSign(&'static LooseSign),
    /// Mark-up that nothing renders.
    Unsupported(&'static Unsupported),
}

/// Why `[text](…)` is not a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokenLink {
    /// The address, in which a blank stands.
    Blank(String),
    /// Nothing closes the bracket.
    Open,
    /// Something else, such as a link inside it.
    Other,
}

impl Run {
    /// The run of a bare text: all of it. Its event is that after the one which would begin its paragraph.
    const WHOLE: Self = Self {
        event: 1,
        words: None,
        before: String::new(),
        range: 0..usize::MAX,
        separator: Separator::Apart,
        after: String::new(),
        in_heading: false,
    };

    /// The words, in a document of which this is a run.
    #[must_use]
    pub fn text<'a>(&'a self, document: &'a Document) -> &'a str {
        let end = self.range.end.min(document.text.len());
        let written = || document.text.get(self.range.start..end).unwrap_or_default();
        self.words.as_deref().unwrap_or_else(written)
    }
}

impl Document {
    /// Parses a text.
    #[must_use]
    pub fn parse(text: &str, flavour: Flavour, highlighter: &Highlighter) -> Self {
        scan::scan(text, flavour, highlighter)
    }

    /// Whether it is one run of words without any mark-up.
    #[must_use]
    pub fn is_bare(&self) -> bool {
        self.found.is_none() && !self.text.is_empty()
    }

    /// The words alone.
    #[must_use]
    pub fn plain(&self) -> String {
        plain::text(&self.text)
    }

    /// Whether there is nothing to read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }
}

impl Deref for Document {
    type Target = Contents;

    fn deref(&self) -> &Contents {
        match &self.found {
            Some(found) => found,
            None if self.text.is_empty() => &EMPTY_CONTENTS,
            None => &BARE_CONTENTS,
        }
    }
}

/// The events of a text, with the same numbers for all users.
pub(crate) fn events(
    text: &str,
) -> impl Iterator<Item = (pulldown_cmark::Event<'_>, Range<usize>)> {
    read::read(text).events.into_iter()
}
