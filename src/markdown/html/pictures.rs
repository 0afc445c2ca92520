//! Renders pictures with their dimensions and captions.
//!
//! Invariant: no figure is inside a paragraph.

use std::collections::BTreeSet;
use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::{Writer, escape, title_attribute};

/// The paragraphs that hold pictures only, bare or as links, one of them with a title, by the number of their event.
pub(super) fn paragraphs(events: &[(Event<'_>, Range<usize>)]) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut start = None;
    let (mut titled, mut pictures) = (false, 0usize);
    for (number, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::Paragraph) => {
                start = Some(number);
                (titled, pictures) = (false, 0);
            }
            Event::End(TagEnd::Paragraph) => out.extend(start.take().filter(|_| titled)),
            Event::Start(Tag::Image { title, .. }) => {
                pictures += 1;
                titled |= !title.is_empty();
            }
            Event::End(TagEnd::Image) => pictures = pictures.saturating_sub(1),
            Event::Start(Tag::Link { .. })
            | Event::End(TagEnd::Link)
            | Event::SoftBreak
            | Event::HardBreak => {}
            Event::Text(words) if words.trim().is_empty() => {}
            _ if pictures > 0 => {}
            _ => start = None,
        }
    }
    out
}

/// What each picture shows in words, the last first. The words of one inside another are those of both.
pub(super) fn alts(events: &[(Event<'_>, Range<usize>)]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = Vec::new();
    for (event, _) in events {
        let words = match event {
            Event::Start(Tag::Image { .. }) => {
                open.push(out.len());
                out.push(String::new());
                continue;
            }
            Event::End(TagEnd::Image) => {
                open.pop();
                continue;
            }
            Event::Text(words) | Event::Code(words) => &**words,
            Event::SoftBreak | Event::HardBreak => " ",
            _ => continue,
        };
        for at in &open {
            out[*at].push_str(words);
        }
    }
    out.reverse();
    out
}

impl Writer<'_> {
    /// Begins a figure, in a paragraph of pictures, at a picture or at the link that leads on from it.
    pub(super) fn open_figure(&mut self) {
        if self.in_pictures {
            if self.figure == 0 {
                self.html("<figure>");
            }
            self.figure += 1;
        }
    }

    pub(super) fn close_figure(&mut self) {
        if !self.in_pictures {
            return;
        }
        self.figure -= 1;
        if self.figure == 0 {
            let caption = std::mem::take(&mut self.caption);
            if !caption.is_empty() {
                self.html(format!("<figcaption>{}</figcaption>", escape(&caption)));
            }
            self.html("</figure>\n");
        }
    }

    /// A picture: with its title as a caption where it stands alone, as an attribute where it stands in a line.
    pub(super) fn picture(&mut self, title: &str) {
        let at = self.link;
        self.link += 1;
        let alt = self.alts.pop().unwrap_or_default();
        self.skip += 1;
        let shown = self.resolve.link(at);
        let src = escape(&shown.href.unwrap_or_default());
        let alt = escape(alt.trim());
        let size = shown.size.map_or_else(String::new, |(width, height)| {
            format!(" width=\"{width}\" height=\"{height}\"")
        });
        // Paper shows every picture at once.
        let loading = if self.resolve.levels_down() > 0 {
            ""
        } else {
            " loading=\"lazy\""
        };
        let tip = if self.in_pictures {
            self.caption.push_str(title);
            String::new()
        } else {
            title_attribute(title)
        };
        self.html(format!(
            "<img src=\"{src}\" alt=\"{alt}\"{tip}{size}{loading}>"
        ));
        self.closers.push(("".into(), true));
    }
}
