//! One page while it is rendered: its route, and what its views look up.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Renderer;
use super::marks::{self, MarkView};
use super::views::{CountView, Crumb, LinkView, TocItem};
use crate::catalogue::{
    Catalogue, Coverage, FrameworkIx, MeasureIx, NodeIx, PracticeIx, Prose, Standing, Target,
    TermIx, Thing, UseCaseIx,
};
use crate::config::Config;
use crate::site::{PageEntry, PageInfo, PageKind, fragment, relative};

pub(super) struct Page<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) route: &'a str,
    pub(super) kind: PageKind,
    /// Which page of its list it is, from 1; 0 is the list's own page.
    pub(super) number: usize,
    pub(super) info: PageInfo<'a>,
    pub(super) seen: Seen,
}

impl<'a> Page<'a> {
    pub(super) fn new(renderer: &'a Renderer<'a>, entry: &'a PageEntry) -> Self {
        Self {
            renderer,
            route: &entry.route,
            kind: entry.kind,
            number: entry.number,
            info: entry.info(renderer.catalogue),
            seen: Seen::default(),
        }
    }

    pub(super) fn catalogue(&self) -> &'a Catalogue {
        self.renderer.catalogue
    }

    pub(super) fn config(&self) -> &'a Config {
        self.renderer.config
    }

    pub(super) fn coverage(&self) -> &'a Coverage {
        self.renderer.coverage
    }

    /// The relative address of a target.
    pub(super) fn href(&self, target: &Target) -> Option<String> {
        if let Thing::Web(url) = &target.thing {
            return Some(url.clone());
        }
        let address = self.renderer.site.address(self.catalogue(), target)?;
        Some(address.seen_from(self.route))
    }

    /// The relative address of a page; of one that the site does not have, the home page's.
    pub(super) fn to(&self, kind: PageKind) -> String {
        self.to_route(self.renderer.site.route(kind).unwrap_or("index.html"))
    }

    pub(super) fn to_route(&self, route: &str) -> String {
        relative(self.route, route, None)
    }

    pub(super) fn has(&self, kind: PageKind) -> bool {
        self.renderer.site.route(kind).is_some()
    }

    /// The relative address of a page, if the site has it.
    pub(super) fn way(&self, kind: PageKind) -> Option<String> {
        self.has(kind).then(|| self.to(kind))
    }

    /// The relative address of an anchor on a page of the site.
    pub(super) fn to_anchor(&self, kind: PageKind, anchor: &str) -> String {
        let route = self.renderer.site.route(kind).unwrap_or("index.html");
        relative(self.route, route, Some(anchor))
    }

    /// The relative address of a numbered page of a list.
    pub(super) fn to_page(&self, kind: PageKind, number: usize) -> String {
        self.to_page_anchor(kind, number, None)
    }

    /// The relative address of an anchor on a numbered page of a list.
    pub(super) fn to_page_anchor(
        &self,
        kind: PageKind,
        number: usize,
        anchor: Option<&str>,
    ) -> String {
        let route = self.renderer.site.route_of_page(kind, number);
        relative(self.route, route.unwrap_or("index.html"), anchor)
    }

    pub(super) fn measure_link(&self, ix: MeasureIx) -> LinkView {
        let it = self.catalogue().measure(ix);
        LinkView {
            href: self.to(PageKind::Measure(ix)),
            id: it.id.clone(),
            title: it.title.clone(),
        }
    }

    /// A practice's id, as a link to it.
    pub(super) fn practice_link(&self, ix: PracticeIx) -> LinkView {
        LinkView {
            href: self.href(&Thing::Practice(ix).into()).unwrap_or_default(),
            id: self.catalogue().practice(ix).id.clone(),
            title: String::new(),
        }
    }

    pub(super) fn node_link(&self, ix: NodeIx) -> LinkView {
        let it = self.catalogue().node(ix);
        let href = self.href(&Thing::Node(ix).into()).unwrap_or_default();
        LinkView {
            href,
            id: it.shown.clone(),
            title: it.name().unwrap_or_default().to_owned(),
        }
    }

    pub(super) fn use_case_mark(&self, ix: UseCaseIx) -> MarkView {
        marks::use_case(self.catalogue().use_case(ix))
    }

    /// The mark of a node's level.
    pub(super) fn level(&self, ix: NodeIx) -> Option<MarkView> {
        let node = self.catalogue().node(ix);
        self.level_mark(node.framework, node.level?)
    }

    /// The mark of a framework's level, by position.
    pub(super) fn level_mark(&self, ix: FrameworkIx, at: usize) -> Option<MarkView> {
        let name = self.catalogue().framework(ix).levels.get(at)?;
        Some(marks::level(name, at))
    }

    /// The standing of leaves.
    pub(super) fn count(&self, leaves: impl Iterator<Item = NodeIx>) -> CountView {
        let [mapped, justified, open] = self.coverage().count(leaves);
        let total = mapped + justified + open;
        #[expect(
            clippy::cast_precision_loss,
            reason = "counts of a catalogue are far below 2^52"
        )]
        let share = |part: usize| {
            if total == 0 {
                0.0
            } else {
                (part as f64 * 1000.0 / total as f64).round() / 10.0
            }
        };
        CountView {
            mapped,
            justified,
            open,
            total,
            mapped_share: share(mapped),
            justified_share: share(justified),
        }
    }

    /// Whether a node is a leaf, and how it stands.
    pub(super) fn standing(&self, ix: NodeIx) -> Option<Standing> {
        self.coverage().standing(ix)
    }

    /// A page above this one by its name; without words if the site does not show it.
    pub(super) fn crumb(&self, kind: PageKind) -> Crumb {
        self.crumb_called(kind, kind.name(self.catalogue()).unwrap_or_default())
    }

    /// A page above this one; without words if the site does not show it.
    pub(super) fn crumb_called(&self, kind: PageKind, title: &str) -> Crumb {
        Crumb {
            href: self.to(kind),
            title: if self.has(kind) { title } else { "" }.to_owned(),
        }
    }

    /// The name of this page.
    pub(super) fn name(&self) -> String {
        let name = self.info.name;
        name.unwrap_or_default().to_owned()
    }

    /// The way to a page that the home page leads to.
    pub(super) fn crumbs_of_top(&self) -> Vec<Crumb> {
        vec![self.crumb(PageKind::Home), Self::here(&self.name())]
    }

    pub(super) fn here(title: &str) -> Crumb {
        Crumb {
            href: String::new(),
            title: title.to_owned(),
        }
    }

    /// The headings of level 2 of a text, for the list of what is on the page.
    pub(super) fn toc_of(prose: &Prose) -> Vec<TocItem> {
        let headings = prose.headings().filter(|(it, _)| it.level == 2);
        headings
            .map(|(it, id)| TocItem::new(&fragment(id), &it.text))
            .collect()
    }
}

/// What a page has shown so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub terms: RefCell<BTreeSet<TermIx>>,
    pub texts: RefCell<usize>,
}

/// `1 measure`, `2 measures`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
