//! Every page of the site and its route, before the first page is rendered.
//!
//! Entry: [`Site::plan`]. Invariant: two pages never share a route, and every link is relative and names a file.

use std::collections::{BTreeMap, HashMap};

use crate::catalogue::{
    Catalogue, FrameworkIx, GroupIx, MeasureIx, NodeIx, PageIx, PracticeIx, Target, Thing,
    UseCaseIx,
};
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::source::SourcePath;

/// `duplicate-route`.
pub static DUPLICATE_ROUTE: Rule = Rule {
    code: "duplicate-route",
    severity: Severity::Error,
    explain: "Two pages would be written to one file of the site, also where their names differ \
              only in capitals or in signs that addresses can't hold. Rename one of the files or \
              records.",
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
    good: &[(
        "content/guide/acme.md",
        "\
---
title: About us
summary: Who we are.
---

We sell tools.
",
    )],
};

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PageKind {
    /// The home page.
    Home,
    /// The index of measures.
    Measures,
    /// A group of measures, where the index would be too long.
    Group(GroupIx),
    /// A measure.
    Measure(MeasureIx),
    /// The index of use cases.
    UseCases,
    /// A use case.
    UseCase(UseCaseIx),
    /// The index of frameworks.
    Frameworks,
    /// A framework.
    Framework(FrameworkIx),
    /// A node that has a page.
    Node(NodeIx),
    /// The index of pages.
    Guide,
    /// A page of prose.
    Page(PageIx),
    /// The threats, with the measures that answer them.
    Threats,
    /// The glossary.
    Glossary,
    /// The page for addresses that lead nowhere.
    NotFound,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageEntry {
    /// Its path in the site.
    pub route: String,
    /// What it shows.
    pub kind: PageKind,
}

/// A place in the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The page's or file's path; empty for the page on which a link stands.
    pub route: String,
    /// The anchor.
    pub anchor: Option<String>,
}

/// Every page and its route.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// Pages in the order of the navigation.
    pub pages: Vec<PageEntry>,
    /// Routes that are taken twice.
    pub diagnostics: Vec<Diagnostic>,
    routes: HashMap<PageKind, String>,
}

impl Site {
    /// Plans the pages of a catalogue.
    #[must_use]
    pub fn plan(catalogue: &Catalogue) -> Self {
        let mut plan = Plan {
            site: Self::default(),
            taken: BTreeMap::new(),
        };
        let toml: SourcePath = crate::config::BOOK_TOML.into();
        plan.add(PageKind::Home, "index.html".to_owned(), &toml);
        plan.add(PageKind::NotFound, "404.html".to_owned(), &toml);
        plan.add(PageKind::Measures, "measures.html".to_owned(), &toml);
        if splits(catalogue) {
            for (at, it) in catalogue.groups.iter().enumerate() {
                plan.add(
                    PageKind::Group(GroupIx::new(at)),
                    format!("measures/group-{}.html", safe(&it.id)),
                    &toml,
                );
            }
        }
        for (at, it) in catalogue.measures.iter().enumerate() {
            plan.add(
                PageKind::Measure(MeasureIx::new(at)),
                format!("measures/{}.html", safe(&it.id)),
                &it.place.path,
            );
        }
        if !catalogue.use_cases.is_empty() {
            plan.add(PageKind::UseCases, "use-cases.html".to_owned(), &toml);
        }
        for (at, it) in catalogue.use_cases.iter().enumerate() {
            plan.add(
                PageKind::UseCase(UseCaseIx::new(at)),
                format!("use-cases/{}.html", safe(&it.id)),
                &it.place.path,
            );
        }
        if !catalogue.frameworks.is_empty() {
            plan.add(PageKind::Frameworks, "frameworks.html".to_owned(), &toml);
        }
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            plan.add(
                PageKind::Framework(FrameworkIx::new(at)),
                format!("frameworks/{}.html", safe(&it.id)),
                &it.path,
            );
        }
        for (at, it) in catalogue.nodes.iter().enumerate() {
            let ix = NodeIx::new(at);
            if catalogue.kind_of(ix).page {
                let framework = &catalogue.framework(it.framework).id;
                plan.add(
                    PageKind::Node(ix),
                    format!("frameworks/{}/{}.html", safe(framework), safe(&it.slug)),
                    &it.place.path,
                );
            }
        }
        if !catalogue.pages.is_empty() {
            plan.add(PageKind::Guide, "guide.html".to_owned(), &toml);
        }
        for (at, it) in catalogue.pages.iter().enumerate() {
            let route = it.slug.split('/').map(safe).collect::<Vec<_>>().join("/");
            plan.add(
                PageKind::Page(PageIx::new(at)),
                format!("{route}.html"),
                &it.path,
            );
        }
        if !catalogue.threats.is_empty() {
            plan.add(PageKind::Threats, "threats.html".to_owned(), &toml);
        }
        if !catalogue.terms.is_empty() {
            plan.add(PageKind::Glossary, "glossary.html".to_owned(), &toml);
        }
        plan.site
    }

    /// The route of a page, if the site has it.
    #[must_use]
    pub fn route(&self, kind: PageKind) -> Option<&str> {
        self.routes.get(&kind).map(String::as_str)
    }

    /// Where a target of a link stands; none for what has no page, or an address on the web.
    #[must_use]
    pub fn address(&self, catalogue: &Catalogue, target: &Target) -> Option<Address> {
        let (kind, own) = match &target.thing {
            Thing::Home => (PageKind::Home, None),
            Thing::Measure(ix) => (PageKind::Measure(*ix), None),
            Thing::Practice(ix) => (
                PageKind::Measure(catalogue.practice(*ix).measure),
                Some(practice_anchor(catalogue, *ix)),
            ),
            Thing::UseCase(ix) => (PageKind::UseCase(*ix), None),
            Thing::Framework(ix) => (PageKind::Framework(*ix), None),
            Thing::Node(ix) => return self.node_address(catalogue, *ix),
            Thing::Page(ix) => (PageKind::Page(*ix), None),
            Thing::Threat(ix) => (PageKind::Threats, Some(catalogue.threat(*ix).id.clone())),
            Thing::Term(ix) => (PageKind::Glossary, Some(catalogue.term(*ix).slug.clone())),
            Thing::Threats => (PageKind::Threats, None),
            Thing::Glossary => (PageKind::Glossary, None),
            Thing::Asset(ix) => {
                return Some(Address {
                    route: asset_route(catalogue.asset(*ix)),
                    anchor: None,
                });
            }
            Thing::Here => {
                return Some(Address {
                    route: String::new(),
                    anchor: target.anchor.clone(),
                });
            }
            Thing::Web(_) => return None,
        };
        let route = self.route(kind)?.to_owned();
        Some(Address {
            route,
            anchor: target.anchor.clone().or(own),
        })
    }

    /// A node's own page, or its anchor on the nearest page above it.
    fn node_address(&self, catalogue: &Catalogue, ix: NodeIx) -> Option<Address> {
        let node = catalogue.node(ix);
        match catalogue.page_node(ix) {
            Some(page) => {
                let route = self.route(PageKind::Node(page))?.to_owned();
                Some(Address {
                    route,
                    anchor: (page != ix).then(|| node.slug.clone()),
                })
            }
            None => {
                let route = self.route(PageKind::Framework(node.framework))?.to_owned();
                Some(Address {
                    route,
                    anchor: Some(node.slug.clone()),
                })
            }
        }
    }
}

/// The longest list of measures on one page; a longer one is divided by group.
const LISTED: usize = 200;

/// Whether the index of measures is divided into a page a group.
#[must_use]
pub fn splits(catalogue: &Catalogue) -> bool {
    catalogue.measures.len() > LISTED
}

/// The path of a picture or document in the site.
#[must_use]
pub fn asset_route(path: &str) -> String {
    let inner = path.split_once('/').map_or(path, |(_, inner)| inner);
    format!("files/{inner}")
}

/// The relative address that leads from one route to another; to itself, the anchor alone.
#[must_use]
pub fn relative(from: &str, to: &Address) -> String {
    let anchor = to
        .anchor
        .as_ref()
        .map_or_else(String::new, |it| format!("#{it}"));
    if to.route.is_empty() || (to.route == from && !anchor.is_empty()) {
        return anchor;
    }
    let up = from.split('/').count() - 1;
    let from: Vec<_> = from.split('/').collect();
    let parts: Vec<_> = to.route.split('/').collect();
    let same = from[..up]
        .iter()
        .zip(&parts[..parts.len() - 1])
        .take_while(|(a, b)| a == b)
        .count();
    let climb = std::iter::repeat_n("..", up - same).chain(parts[same..].iter().copied());
    let path: Vec<_> = climb.map(percent).collect();
    format!("{}{anchor}", path.join("/"))
}

/// A part of an address with the characters that addresses can't hold as `%…`.
fn percent(part: &str) -> String {
    let mut out = String::new();
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~()".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn practice_anchor(catalogue: &Catalogue, ix: PracticeIx) -> String {
    safe(&catalogue.practice(ix).id)
}

/// A name that is a file's name on every disk and an anchor in every address.
#[must_use]
pub fn safe(name: &str) -> String {
    let fit = |c: char| {
        if c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '(' | ')') {
            c
        } else {
            '-'
        }
    };
    let out: String = name.chars().take(80).map(fit).collect();
    match out.trim_start_matches('.') {
        "" => "unnamed".to_owned(),
        out => out.to_owned(),
    }
}

struct Plan {
    site: Site,
    taken: BTreeMap<String, SourcePath>,
}

impl Plan {
    fn add(&mut self, kind: PageKind, route: String, path: &SourcePath) {
        if let Some(first) = self.taken.get(&route.to_lowercase()) {
            let it = Diagnostic::of_file(
                &DUPLICATE_ROUTE,
                path,
                format!("a second page would be written to `{route}`"),
            )
            .help(format!("the first is made from {first}"));
            self.site.diagnostics.push(it);
            return;
        }
        self.taken.insert(route.to_lowercase(), path.clone());
        self.site.routes.insert(kind, route.clone());
        self.site.pages.push(PageEntry { route, kind });
    }
}

#[cfg(test)]
mod tests {
    use super::{Address, relative, safe};

    fn to(route: &str, anchor: Option<&str>) -> Address {
        Address {
            route: route.to_owned(),
            anchor: anchor.map(str::to_owned),
        }
    }

    #[test]
    fn addresses_are_relative_and_name_a_file() {
        assert_eq!(
            relative("measures/A.html", &to("index.html", None)),
            "../index.html"
        );
        assert_eq!(
            relative("measures/A.html", &to("measures/B.html", Some("x"))),
            "B.html#x"
        );
        assert_eq!(
            relative("measures/A.html", &to("measures/A.html", Some("x"))),
            "#x"
        );
        assert_eq!(
            relative("a.html", &to("frameworks/e/C.html", None)),
            "frameworks/e/C.html"
        );
        assert_eq!(
            relative("frameworks/e/C.html", &to("frameworks/g/ü d.html", None)),
            "../g/%C3%BC%20d.html"
        );
    }

    #[test]
    fn names_stay_in_their_folder() {
        assert_eq!(safe("../../etc/passwd"), "-..-etc-passwd");
        assert_eq!(safe(""), "unnamed");
    }
}
