//! Two pages that would be written to one file.
//!
//! Entry: [`clash`]. Invariant: both records are named with their places, in whichever order they were planned.

use super::PageKind;
use super::info::NamedAfter;
use crate::catalogue::Catalogue;
use crate::config::BOOK_TOML;
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, SourcePath, Span, nfc};

/// `duplicate-route`.
pub static DUPLICATE_ROUTE: Rule = Rule {
    code: "duplicate-route",
    severity: Severity::Error,
    explain: "Two pages, or two pictures, would be written to one file of the site, also where their \
              names differ only in capitals, in signs that addresses can't hold, or in the form in \
              which letters with marks are stored. Rename one of the files or records.",
    bad: Example {
        files: &[(
            "content/guide/About.md",
            "\
---
title: About us
summary: Who we are.
---

We sell tools.
",
        )],
        path: "content/guide/about.md",
        marks: "",
    },
    good: Good::Files(&[(
        "content/guide/acme.md",
        "\
---
title: About us
summary: Who we are.
---

We sell tools.
",
    )]),
};

/// What a page is made from, as a mistake names it.
pub(super) struct RouteOwner {
    words: String,
    path: SourcePath,
    /// The range of its id; none where it is a file, or the book as a whole.
    id: Option<Span>,
    /// Whether an author named it, so that it can be renamed.
    named: bool,
}

impl RouteOwner {
    pub(super) fn new(catalogue: &Catalogue, kind: PageKind, path: &SourcePath) -> Self {
        let (words, place) = match kind.info(catalogue).named_after {
            NamedAfter::Measure(ix) => {
                let measure = catalogue.measure(ix);
                let words = format!("the measure `{}`", measure.id);
                (words, Some(&measure.place))
            }
            NamedAfter::UseCase(ix) => {
                let use_case = catalogue.use_case(ix);
                let words = format!("the use case `{}`", use_case.id);
                (words, Some(&use_case.place))
            }
            NamedAfter::Node(ix) => {
                let node = catalogue.node(ix);
                let words = format!("the {} `{}`", catalogue.kind_of(ix).name, node.id);
                (words, Some(&node.place))
            }
            NamedAfter::Framework(ix) => {
                let id = &catalogue.framework(ix).id;
                (format!("the framework `{id}`"), None)
            }
            NamedAfter::Level(ix, level) => {
                let framework = catalogue.framework(ix);
                let level = framework.levels.get(level).map_or("none", String::as_str);
                let words = format!("the level `{level}` of `{}`", framework.id);
                (words, None)
            }
            NamedAfter::Group(ix) => {
                let id = &catalogue.group(ix).id;
                (format!("the page of the group `{id}`"), None)
            }
            NamedAfter::Threat(ix) => {
                let id = &catalogue.threat(ix).id;
                (format!("the page of the threat `{id}`"), None)
            }
            NamedAfter::Page => (format!("the page `{path}`"), None),
            NamedAfter::Book => ("a page of the whole book".to_owned(), None),
        };
        Self {
            words,
            path: place.map_or_else(|| path.clone(), |it| it.path.clone()),
            id: place.map(|it| it.span),
            named: &**path != BOOK_TOML,
        }
    }

    fn location(&self) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span: self.id.unwrap_or_default(),
        }
    }
}

/// Two pages with one route: told at the one that an author can rename, the later one where this holds of both.
pub(super) fn clash(route: &str, first: RouteOwner, second: RouteOwner) -> Diagnostic {
    let (here, other) = if second.named || !first.named {
        (second, first)
    } else {
        (first, second)
    };
    let message = format!(
        "{} and {} would be written to one file, `{route}`",
        here.words, other.words
    );
    let clash = match here.id {
        Some(_) => Diagnostic::new(&DUPLICATE_ROUTE, &here.location(), message),
        None => Diagnostic::of_file(&DUPLICATE_ROUTE, &here.path, message),
    };
    let clash = clash.label("the second of this route");
    if here.path != other.path && nfc(&here.path) == nfc(&other.path) {
        let first = format!("the first is made from {}", other.path);
        let clash = clash
            .related(&other.location(), "the first of this route")
            .help(first);
        return clash.help(
            "the names of both look alike: one holds letters and their marks as signs apart (NFD, as macOS stores them), \
             the other as one (NFC); delete one of them",
        );
    }
    if other.named {
        clash
            .related(&other.location(), "the first of this route")
            .help("rename one of the two")
    } else {
        clash.help("give it another name: the other page is made by the program")
    }
}
