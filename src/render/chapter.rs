//! A page as a chapter of the whole document: its anchors made its own, its headings one step down, its links turned to
//! the chapters they lead to.
//!
//! Entry: [`Chapter::fit`]. Invariant: the page's words stay as they are; what only a page of its own needs is left out.

use std::collections::HashSet;

use super::tags::{Tag, Token, tokens};

/// The classes of what a chapter leaves out: buttons, ways through the site, what a page says of its own address.
const ALONE: [&str; 8] = [
    "js", "no-js", "actions", "toc", "next", "stamp", "letters", "alone",
];

/// Attributes that name anchors, apart from `href`.
const NAMES: [&str; 6] = [
    "for",
    "headers",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
];

/// How many steps lower a chapter's headings are than a page's.
const STEPS: u8 = 2;

/// Where a page stands in the document.
pub(super) struct Chapter<'a> {
    /// Its anchor, and with a colon the beginning of those inside.
    pub anchor: &'a str,
    /// Its number: `2.1`.
    pub number: &'a str,
    /// Where a relative link leads, as a whole address; none where nothing can be reached.
    pub lead: &'a dyn Fn(&str) -> Option<String>,
    /// The path from the document to a file that a page names.
    pub file: &'a dyn Fn(&str) -> String,
}

/// A chapter as it stands in the document.
pub(super) struct Fitted {
    /// What its first heading says, as HTML without tags; small print is no part of it.
    pub title: String,
    /// Its HTML.
    pub html: String,
    /// Its anchors, as they are in the document.
    pub anchors: Vec<String>,
    /// The anchors in other chapters to which it leads, as its links have them.
    pub leads: Vec<String>,
}

impl Chapter<'_> {
    /// The HTML of a page's own part, fitted.
    pub(super) fn fit(&self, html: &str) -> Fitted {
        let kept = kept(tokens(html));
        let anchors: HashSet<&str> = kept
            .iter()
            .filter_map(|it| match it {
                Token::Open(tag) => tag.attribute("id"),
                _ => None,
            })
            .collect();
        let mut out = Writer {
            chapter: self,
            anchors,
            title: None,
            heading: false,
            small: false,
            plain: Vec::new(),
            drawings: 0,
            leads: Vec::new(),
            html: String::with_capacity(html.len() + html.len() / 4),
        };
        for token in &kept {
            out.token(token);
        }
        let own = |it: &&str| format!("{}:{it}", self.anchor);
        Fitted {
            title: words(&out.title.unwrap_or_default()),
            html: out.html,
            anchors: out.anchors.iter().map(own).collect(),
            leads: out.leads,
        }
    }
}

/// The tokens without the elements that a chapter leaves out.
fn kept(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut out = Vec::with_capacity(tokens.len());
    // The name of the element that is left out, and how many of that name are open.
    let mut skipped: Option<(&str, usize)> = None;
    for token in tokens {
        match (&token, &mut skipped) {
            (Token::Open(tag), Some((name, depth))) => {
                *depth += usize::from(tag.name == *name && !tag.empty());
            }
            (Token::Close(closed), Some((name, depth))) => {
                *depth -= usize::from(closed == name);
                if *depth == 0 {
                    skipped = None;
                }
            }
            (_, Some(_)) => {}
            (Token::Open(tag), None) if ALONE.iter().any(|it| tag.has_class(it)) => {
                skipped = (!tag.empty()).then_some((tag.name, 1));
            }
            _ => out.push(token),
        }
    }
    out
}

struct Writer<'a> {
    chapter: &'a Chapter<'a>,
    /// Every anchor of the chapter, as its page has it.
    anchors: HashSet<&'a str>,
    /// The words of the first heading.
    title: Option<String>,
    /// Whether that heading is open.
    heading: bool,
    /// Whether small print is open.
    small: bool,
    /// For each open link, whether it became plain words.
    plain: Vec<bool>,
    /// How many drawings are open: in one, other elements stand for words.
    drawings: usize,
    /// The anchors in other chapters to which it leads.
    leads: Vec<String>,
    html: String,
}

impl Writer<'_> {
    fn token(&mut self, token: &Token<'_>) {
        match token {
            Token::Text(text) => {
                if let (true, false, Some(title)) = (self.heading, self.small, &mut self.title) {
                    title.push_str(text);
                }
                self.html.push_str(text);
            }
            Token::Open(tag) => self.open(tag),
            Token::Close(name) => self.close(name),
        }
    }

    fn open(&mut self, tag: &Tag<'_>) {
        let name = step(tag.name);
        self.small |= tag.name == "small";
        let lead = match (tag.name, tag.attribute("href")) {
            ("a", Some(href)) => {
                let lead = self.lead(href);
                self.plain.push(lead.is_none());
                lead
            }
            ("a", None) => {
                self.plain.push(false);
                None
            }
            _ => None,
        };
        let plain = tag.name == "a" && self.plain.last() == Some(&true);
        self.html.push('<');
        self.html.push_str(if plain { self.bare() } else { &name });
        for (key, value) in &tag.attributes {
            self.attribute(tag, (key, *value), lead.as_deref());
        }
        self.drawings += usize::from(tag.name == "svg" && !tag.closed);
        // Landmarks of a page: in the document there would be hundreds, many of one name.
        if tag.name == "aside" && tag.attribute("role").is_none() {
            self.html.push_str(" role=\"note\"");
        }
        self.html.push_str(if tag.closed { "/>" } else { ">" });
        if name != tag.name && self.title.is_none() {
            self.heading = true;
            self.title = Some(String::new());
            let number = self.chapter.number;
            self.html
                .push_str(&format!("<span class=\"n\">{number}</span> "));
        }
    }

    /// Writes an attribute as it is in the document; what is not needed there is left out.
    fn attribute(&mut self, tag: &Tag<'_>, (key, value): (&str, Option<&str>), lead: Option<&str>) {
        let Some(value) = value else {
            self.html.push_str(&format!(" {key}"));
            return;
        };
        let own = |name: &str| format!("{}:{name}", self.chapter.anchor);
        let value = match key {
            "id" => own(value),
            // Words that lead nowhere need no other name.
            "aria-label" if tag.name == "a" && lead.is_none() => return,
            "href" if tag.name == "a" => match lead {
                Some(lead) => lead.to_owned(),
                None => return,
            },
            "href" => match value.strip_prefix('#') {
                Some(name) if self.anchors.contains(name) => format!("#{}", own(name)),
                _ => value.to_owned(),
            },
            "role" if value == "region" => "group".to_owned(),
            "src" => (self.chapter.file)(value),
            // Paper shows every picture at once; a download is a way through the site.
            "loading" | "download" => return,
            key if NAMES.contains(&key) => {
                let names: Vec<_> = value.split_whitespace().map(own).collect();
                names.join(" ")
            }
            _ => self.drawn(value),
        };
        let value = value.replace('"', "&quot;");
        self.html.push_str(&format!(" {key}=\"{value}\""));
    }

    /// A value that may name a part of a drawing: `url(#arrow)`.
    fn drawn(&self, value: &str) -> String {
        let name = value
            .strip_prefix("url(#")
            .and_then(|it| it.strip_suffix(')'))
            .filter(|it| self.anchors.contains(it));
        name.map_or_else(
            || value.to_owned(),
            |it| format!("url(#{}:{it})", self.chapter.anchor),
        )
    }

    /// Where a link leads from the document.
    fn lead(&mut self, href: &str) -> Option<String> {
        let anchor = self.chapter.anchor;
        match href.strip_prefix('#') {
            Some(name) if self.anchors.contains(name) => Some(format!("#{anchor}:{name}")),
            Some(_) => Some(format!("#{anchor}")),
            None if is_whole(href) => Some(href.to_owned()),
            None => {
                let lead = (self.chapter.lead)(href)?;
                self.leads.extend(lead.strip_prefix('#').map(str::to_owned));
                Some(lead)
            }
        }
    }

    /// What stands for a link that leads nowhere.
    fn bare(&self) -> &'static str {
        if self.drawings > 0 { "g" } else { "span" }
    }

    fn close(&mut self, name: &str) {
        let plain = name == "a" && self.plain.pop() == Some(true);
        let lower = step(name);
        self.small &= name != "small";
        if lower != name {
            self.heading = false;
        }
        let name = if plain { self.bare() } else { &lower };
        self.drawings -= usize::from(name == "svg" && self.drawings > 0);
        self.html.push_str(&format!("</{name}>"));
    }
}

/// Words with one blank between them.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an address names its scheme: it leads to the web, or to a mailbox.
fn is_whole(href: &str) -> bool {
    href.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    })
}

/// The name of an element, a heading some steps lower.
fn step(name: &str) -> String {
    let level = name
        .strip_prefix('h')
        .and_then(|it| it.parse::<u8>().ok())
        .filter(|it| (1..=6).contains(it));
    level.map_or_else(|| name.to_owned(), |it| format!("h{}", (it + STEPS).min(6)))
}

#[cfg(test)]
mod tests {
    use super::Chapter;

    fn fit(html: &str) -> (String, String) {
        let lead = |href: &str| (href == "B.html#x").then(|| "#b:x".to_owned());
        let chapter = Chapter {
            anchor: "a",
            number: "1.2",
            lead: &lead,
            file: &|it| format!("files/{it}"),
        };
        let it = chapter.fit(html);
        (it.title, it.html)
    }

    #[test]
    fn anchors_headings_and_links_are_fitted() {
        let (title, html) = fit(
            "<h1><b>A <small>c</small></b> &amp; B</h1><h2 id=\"x\">X</h2><a href=\"#x\">x</a><a href=\"#y\">y</a>\
             <a class=\"id\" href=\"B.html#x\">b</a><a class=\"id\" href=\"C.html\">c</a>\
             <a href=\"https://example.org\">w</a>",
        );
        assert_eq!(title, "A &amp; B");
        assert_eq!(
            html,
            "<h3><span class=\"n\">1.2</span> <b>A <small>c</small></b> &amp; B</h3><h4 id=\"a:x\">X</h4>\
             <a href=\"#a:x\">x</a><a href=\"#a\">y</a><a class=\"id\" href=\"#b:x\">b</a>\
             <span class=\"id\">c</span><a href=\"https://example.org\">w</a>"
        );
    }

    #[test]
    fn what_a_page_needs_alone_is_left_out() {
        let (_, html) = fit(
            "<p>a<button class=\"link js\" data-copy>b<span>c</span></button>d</p>\
             <section class=\"alone\"><section>x</section>y</section><input class=\"js\">e",
        );
        assert_eq!(html, "<p>ad</p>e");
    }

    #[test]
    fn drawings_keep_their_parts_and_symbols() {
        let (_, html) = fit(
            "<svg aria-labelledby=\"t u\"><title id=\"t\">T</title><marker id=\"m\"/>\
             <path marker-end=\"url(#m)\" fill=\"url(#hatch)\"/><use href=\"#by-shared\"/></svg>\
             <img src=\"p.png\" alt=\"\" loading=\"lazy\">",
        );
        assert_eq!(
            html,
            "<svg aria-labelledby=\"a:t a:u\"><title id=\"a:t\">T</title><marker id=\"a:m\"/>\
             <path marker-end=\"url(#a:m)\" fill=\"url(#hatch)\"/><use href=\"#by-shared\"/></svg>\
             <img src=\"files/p.png\" alt=\"\">"
        );
    }
}
