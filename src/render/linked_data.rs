//! Structured data of a page: JSON-LD in the vocabulary of schema.org.
//!
//! Entry: [`json`]. It is a data block, so no content security policy for scripts applies.
//! Invariant: no text of an author can end the block; its size does not grow with the catalogue.

use serde::Serialize;

use super::page::Page;
use super::views::{About, Crumb};
use crate::catalogue::FrameworkIx;
use crate::paths::{folder_of, resolve};
use crate::site::{Holds, PageKind, Shows, percent};

/// The largest number of authors that are listed.
const MAX_AUTHORS: usize = 3;

#[derive(Serialize)]
struct Block<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    SchemaOrgThing(Box<SchemaOrgThing<'a>>),
    Breadcrumbs(Breadcrumbs<'a>),
}

/// What a page is about, with the properties that its type has, in alphabetical order.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct SchemaOrgThing<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distribution: Option<Download>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_defined_term_set: Option<RelatedThing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<RelatedThing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<RelatedThing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    term_code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'a str>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

/// A related thing, by its name.
#[derive(Serialize)]
struct RelatedThing<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Download {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    content_url: String,
    encoding_format: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    item_list_element: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    schema_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    name: &'a str,
    position: usize,
}

/// The JSON-LD of a page; empty for a page without a type in schema.org. `address` is that of the page, `changed` an ISO date.
pub(super) fn json(
    page: &Page<'_>,
    about: &About,
    address: Option<&str>,
    changed: Option<&String>,
) -> String {
    Describer { page }.json(about, address, changed)
}

/// Describes a page in the vocabulary of schema.org.
struct Describer<'p> {
    page: &'p Page<'p>,
}

impl Describer<'_> {
    fn json(&self, about: &About, address: Option<&str>, changed: Option<&String>) -> String {
        let shows = self.page.info.shows;
        let mut subject = self.subject(about, shows);
        if let Some(subject) = &mut subject {
            subject.url = address;
            // A DefinedTerm has neither inLanguage nor dateModified.
            if !matches!(shows, Shows::Node(_)) {
                subject.in_language = Some(&self.page.config().book.language);
                subject.date_modified = changed.map(String::as_str);
            }
        }
        let crumbs = (!about.crumbs.is_empty()).then(|| self.breadcrumbs(&about.crumbs));
        let graph: Vec<Entry<'_>> = [
            subject.map(|it| Entry::SchemaOrgThing(Box::new(it))),
            crumbs.map(Entry::Breadcrumbs),
        ]
        .into_iter()
        .flatten()
        .collect();
        if graph.is_empty() {
            return String::new();
        }
        let block = Block {
            context: "https://schema.org",
            graph,
        };
        escape(&serde_json::to_string(&block).expect("texts and numbers are JSON"))
    }

    /// What the page is about, by its kind.
    fn subject<'a>(&'a self, about: &'a About, shows: Shows) -> Option<SchemaOrgThing<'a>> {
        let book = &self.page.config().book;
        let name = Some(about.heading.as_str());
        let set = SchemaOrgThing {
            schema_type: "DefinedTermSet",
            name,
            ..SchemaOrgThing::default()
        };
        Some(match shows {
            Shows::Site => SchemaOrgThing {
                schema_type: "WebSite",
                name: Some(&book.title),
                version: Some(&book.version),
                ..SchemaOrgThing::default()
            },
            Shows::Measure(_) | Shows::UseCase(_) | Shows::Page(_) => self.article(about),
            Shows::Framework(ix) => SchemaOrgThing {
                version: Some(&self.page.catalogue().framework(ix).version),
                ..set
            },
            Shows::Node(ix) => SchemaOrgThing {
                schema_type: "DefinedTerm",
                name,
                term_code: Some(&self.page.catalogue().node(ix).shown),
                in_defined_term_set: Some(self.set(self.page.catalogue().node(ix).framework)),
                ..SchemaOrgThing::default()
            },
            Shows::Threats | Shows::Glossary => SchemaOrgThing {
                is_part_of: Some(self.site()),
                ..set
            },
            Shows::Data => self.dataset(about),
            Shows::CoverageOf(_) | Shows::List => return None,
        })
    }

    fn article<'a>(&'a self, about: &'a About) -> SchemaOrgThing<'a> {
        let authors = self.page.config().book.authors.iter().take(MAX_AUTHORS);
        SchemaOrgThing {
            schema_type: "TechArticle",
            headline: Some(&about.heading),
            is_part_of: Some(self.site()),
            identifier: Some(about.id.as_str()).filter(|it| !it.is_empty()),
            author: authors.map(|name| Author { name }).collect(),
            license: self.licence(),
            ..SchemaOrgThing::default()
        }
    }

    fn set(&self, ix: FrameworkIx) -> RelatedThing<'_> {
        RelatedThing {
            schema_type: "DefinedTermSet",
            name: &self.page.catalogue().framework(ix).title,
            url: Some(self.address_of(&self.page.to(PageKind::Framework(ix)))),
        }
    }

    fn dataset<'a>(&'a self, about: &'a About) -> SchemaOrgThing<'a> {
        let mut files = self.page.renderer.downloads.files.iter();
        let document = files.find(|it| matches!(it.holds, Holds::Document(_)));
        SchemaOrgThing {
            schema_type: "Dataset",
            name: Some(&self.page.config().book.title),
            description: Some(&about.description),
            version: Some(&self.page.config().book.version),
            distribution: document.map(|it| Download {
                schema_type: "DataDownload",
                content_url: self.address_of(&self.page.to_route(&it.route)),
                encoding_format: "application/json",
            }),
            license: self.licence(),
            ..SchemaOrgThing::default()
        }
    }

    /// The site.
    fn site(&self) -> RelatedThing<'_> {
        RelatedThing {
            schema_type: "WebSite",
            name: &self.page.config().book.title,
            url: None,
        }
    }

    fn licence(&self) -> Option<RelatedThing<'_>> {
        Some(RelatedThing {
            schema_type: "CreativeWork",
            name: self.page.config().output.html.licence.as_ref()?,
            url: None,
        })
    }

    fn breadcrumbs<'a>(&self, crumbs: &'a [Crumb]) -> Breadcrumbs<'a> {
        let step = |(crumb, position): (&'a Crumb, usize)| Step {
            schema_type: "ListItem",
            item: (!crumb.href.is_empty()).then(|| self.address_of(&crumb.href)),
            name: &crumb.title,
            position,
        };
        Breadcrumbs {
            schema_type: "BreadcrumbList",
            item_list_element: crumbs.iter().zip(1..).map(step).collect(),
        }
    }

    /// The address of a link on this page; absolute if the URL of the site is known.
    fn address_of(&self, href: &str) -> String {
        let Some(site) = &self.page.config().output.html.site_url else {
            return href.to_owned();
        };
        let route = percent(self.page.route);
        let path = match href.strip_prefix('#') {
            Some(_) => format!("{route}{href}"),
            None => resolve(folder_of(&route), href).unwrap_or_default(),
        };
        format!("{site}{path}")
    }
}

/// Escapes JSON for a script element: the characters that could end it or a line of a script become `\u…`.
fn escape(json: &str) -> String {
    const ESCAPED: [char; 5] = ['<', '>', '&', '\u{2028}', '\u{2029}'];
    let mut out = String::with_capacity(json.len());
    for piece in json.split_inclusive(ESCAPED) {
        match piece.char_indices().next_back() {
            Some((at, c)) if ESCAPED.contains(&c) => {
                out.push_str(&piece[..at]);
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            _ => out.push_str(piece),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn no_text_ends_the_block() {
        let text = "</script><!--\u{2028}\u{2029}& \"\\";
        let json = escape(&serde_json::to_string(text).expect("text is JSON"));
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        let back: String = serde_json::from_str(&json).expect("it is JSON still");
        assert_eq!(back, text);
    }
}
