//! What a page is, said for machines: JSON-LD with the words of schema.org.
//!
//! Entry: [`Page::linked_data`]. It is a data block, which no policy for scripts concerns.
//! Invariant: no text of an author ends the block; its size does not grow with the catalogue.

use serde_json::{Map, Value, json};

use super::frame::{About, Crumb};
use super::page::Page;
use crate::catalogue::{FrameworkIx, NodeIx};
use crate::export::data;
use crate::site::{PageKind, percent};

/// The most authors that are named.
const AUTHORS: usize = 3;

impl Page<'_> {
    /// The block of a page; empty for pages that are no subject. `address` is the page's, `changed` an ISO date.
    pub(super) fn linked_data(
        &self,
        about: &About,
        address: Option<&str>,
        changed: Option<&String>,
    ) -> String {
        let mut graph = Vec::new();
        if let Some(mut subject) = self.subject(about) {
            let mut put = |key: &str, value: Value| drop(subject.insert(key.to_owned(), value));
            if let Some(address) = address {
                put("url", json!(address));
            }
            // A term is no work that someone wrote in a language on a day.
            if !matches!(self.kind, PageKind::Node(_)) {
                put("inLanguage", json!(self.config().book.language));
                if let Some(date) = changed {
                    put("dateModified", json!(date));
                }
            }
            graph.push(Value::Object(subject));
        }
        if !about.crumbs.is_empty() {
            graph.push(self.breadcrumbs(&about.crumbs));
        }
        if graph.is_empty() {
            return String::new();
        }
        let block = json!({"@context": "https://schema.org", "@graph": graph});
        escaped(&block.to_string())
    }

    /// What the page is about, by its kind.
    fn subject(&self, about: &About) -> Option<Map<String, Value>> {
        let name = &about.heading;
        let value = match self.kind {
            PageKind::Home => json!({
                "@type": "WebSite",
                "name": self.config().book.title,
                "version": self.config().book.version,
            }),
            PageKind::Measure(_) | PageKind::UseCase(_) | PageKind::Page(_) => {
                return Some(self.article(about));
            }
            PageKind::Framework(ix) => json!({
                "@type": "DefinedTermSet",
                "name": name,
                "version": self.catalogue().framework(ix).version,
            }),
            PageKind::Node(ix) => self.term(about, ix),
            PageKind::Glossary | PageKind::Threats => {
                json!({"@type": "DefinedTermSet", "name": name, "isPartOf": self.whole()})
            }
            PageKind::Data => self.dataset(about),
            _ => return None,
        };
        match value {
            Value::Object(map) => Some(map),
            _ => None,
        }
    }

    fn article(&self, about: &About) -> Map<String, Value> {
        let mut out = Map::new();
        let mut put = |key: &str, value: Value| drop(out.insert(key.to_owned(), value));
        put("@type", json!("TechArticle"));
        put("headline", json!(about.heading));
        put("isPartOf", self.whole());
        if !about.id.is_empty() {
            put("identifier", json!(about.id));
        }
        let authors = self.config().book.authors.iter().take(AUTHORS);
        let authors: Vec<_> = authors.map(|it| json!({ "name": it })).collect();
        if !authors.is_empty() {
            put("author", json!(authors));
        }
        if let Some(licence) = self.licence() {
            put("license", licence);
        }
        out
    }

    fn term(&self, about: &About, ix: NodeIx) -> Value {
        let framework = self.catalogue().node(ix).framework;
        json!({
            "@type": "DefinedTerm",
            "name": about.heading,
            "termCode": self.catalogue().node(ix).shown,
            "inDefinedTermSet": self.set(framework),
        })
    }

    fn set(&self, ix: FrameworkIx) -> Value {
        json!({
            "@type": "DefinedTermSet",
            "name": self.catalogue().framework(ix).title,
            "url": self.address_of(&self.to(PageKind::Framework(ix))),
        })
    }

    fn dataset(&self, about: &About) -> Value {
        let document = data::described(self.catalogue()).document;
        let mut out = json!({
            "@type": "Dataset",
            "name": self.config().book.title,
            "description": about.description,
            "version": self.config().book.version,
            "distribution": {
                "@type": "DataDownload",
                "encodingFormat": "application/json",
                "contentUrl": self.address_of(&self.to_route(&document)),
            },
        });
        if let Some(licence) = self.licence() {
            out["license"] = licence;
        }
        out
    }

    /// The site as a whole.
    fn whole(&self) -> Value {
        json!({"@type": "WebSite", "name": self.config().book.title})
    }

    fn licence(&self) -> Option<Value> {
        let licence = self.config().output.html.licence.as_ref()?;
        Some(json!({"@type": "CreativeWork", "name": licence}))
    }

    fn breadcrumbs(&self, crumbs: &[Crumb]) -> Value {
        let steps = crumbs.iter().zip(1..).map(|(crumb, position)| {
            let mut step = json!({"@type": "ListItem", "position": position, "name": crumb.title});
            if !crumb.href.is_empty() {
                step["item"] = json!(self.address_of(&crumb.href));
            }
            step
        });
        json!({"@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>()})
    }

    /// The address of a link on this page: absolute where the site's is known, else as it stands.
    fn address_of(&self, href: &str) -> String {
        let Some(site) = &self.config().output.html.site_url else {
            return href.to_owned();
        };
        let mut parts: Vec<_> = self.route.split('/').map(percent).collect();
        if href.starts_with('#') {
            return format!("{site}{}{href}", parts.join("/"));
        }
        parts.pop();
        for part in href.split('/') {
            match part {
                ".." => drop(parts.pop()),
                part => parts.push(part.to_owned()),
            }
        }
        format!("{site}{}", parts.join("/"))
    }
}

/// JSON that can stand in a page: signs that could end the block, or a line of a script, only as `\u…`.
fn escaped(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_text_ends_the_block() {
        let text = "</script><!--\u{2028}\u{2029}& \"\\";
        let json = escaped(&serde_json::to_string(text).expect("text is JSON"));
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        let back: String = serde_json::from_str(&json).expect("it is JSON still");
        assert_eq!(back, text);
    }
}
