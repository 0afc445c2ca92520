//! One page while it is rendered: its route, and what its views look up.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Renderer;
use super::chapter::{Chapter, Output, chapter_anchor};
use super::marks::{self, MarkView};
use super::views::{CountView, Crumb, LinkView, TocItem};
use crate::catalogue::{
    AnchoredTarget, Catalogue, Coverage, CoverageStatus, FrameworkIx, LinkTarget, MeasureIx,
    NodeIx, PracticeIx, Prose, TermIx, UseCaseIx,
};
use crate::config::Config;
use crate::site::{PageEntry, PageInfo, PageKind, fragment, relative};

pub(super) struct Page<'a> {
    pub(super) renderer: &'a Renderer<'a>,
    pub(super) output: Output<'a>,
    pub(super) route: &'a str,
    pub(super) kind: PageKind,
    /// Which page of its list it is, from 1; 0 is the list's own page.
    pub(super) number: usize,
    pub(super) info: PageInfo<'a>,
    pub(super) seen: Seen,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        renderer: &'a Renderer<'a>,
        entry: &'a PageEntry,
        output: Output<'a>,
    ) -> Self {
        Self {
            renderer,
            output,
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

    /// The chapter that it is, in the printed document.
    pub(super) fn chapter(&self) -> Option<Chapter<'a>> {
        match self.output {
            Output::Page => None,
            Output::Chapter(chapter) => Some(chapter),
        }
    }

    /// The route of the file in which it stands.
    pub(super) fn file(&self) -> &'a str {
        self.chapter().map_or(self.route, |it| it.document)
    }

    /// What stands before each of its anchors: nothing, but in the printed document.
    pub(super) fn prefix(&self) -> String {
        let chapter = self.chapter();
        chapter.map_or_else(String::new, |_| format!("{}:", chapter_anchor(self.route)))
    }

    /// The elements of its headings of the levels 1 to 4.
    pub(super) fn headings(&self) -> [&'static str; 4] {
        match self.output {
            Output::Page => ["h1", "h2", "h3", "h4"],
            Output::Chapter(_) => ["h3", "h4", "h5", "h6"],
        }
    }

    /// The role of a part that scrolls. In the printed document there would be hundreds of landmarks.
    pub(super) fn region(&self) -> &'static str {
        match self.output {
            Output::Page => "region",
            Output::Chapter(_) => "group",
        }
    }

    /// An anchor of this page, as it is printed.
    pub(super) fn anchor(&self, name: &str) -> String {
        format!("{}{name}", self.prefix())
    }

    /// The address of a target; none where nothing can be reached.
    pub(super) fn href(&self, target: &AnchoredTarget) -> Option<String> {
        if let LinkTarget::Web(url) = &target.item {
            return Some(url.clone());
        }
        let address = self.renderer.site.address(self.catalogue(), target)?;
        let href = self.href_of(&address.route, address.anchor.as_deref())?;
        if target.anchor.is_some() && self.chapter().is_some() {
            self.seen.leads.borrow_mut().insert(href.clone());
        }
        Some(href)
    }

    /// The address of an anchor at a route, or of its top; an empty route is this page. In the printed document none
    /// where nothing can be reached.
    pub(super) fn href_of(&self, route: &str, anchor: Option<&str>) -> Option<String> {
        match self.output {
            Output::Page => Some(relative(self.route, route, anchor)),
            Output::Chapter(chapter) => chapter.href(self.route, route, anchor),
        }
    }

    /// The address of a page; of one that the site does not have, the home page's. Empty where nothing can be reached.
    pub(super) fn to(&self, kind: PageKind) -> String {
        self.to_route(self.renderer.site.route(kind).unwrap_or("index.html"))
    }

    /// The address of a route; empty where nothing can be reached.
    pub(super) fn to_route(&self, route: &str) -> String {
        self.href_of(route, None).unwrap_or_default()
    }

    pub(super) fn has(&self, kind: PageKind) -> bool {
        self.renderer.site.route(kind).is_some()
    }

    /// The address of a page, if the site has it and it can be reached.
    pub(super) fn way(&self, kind: PageKind) -> Option<String> {
        let route = self.renderer.site.route(kind)?;
        self.href_of(route, None)
    }

    /// The relative address of an anchor on a page of the site.
    pub(super) fn to_anchor(&self, kind: PageKind, anchor: &str) -> String {
        let route = self.renderer.site.route(kind).unwrap_or("index.html");
        self.href_of(route, Some(anchor)).unwrap_or_default()
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
        self.href_of(route.unwrap_or("index.html"), anchor)
            .unwrap_or_default()
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
            href: self
                .href(&LinkTarget::Practice(ix).into())
                .unwrap_or_default(),
            id: self.catalogue().practice(ix).id.clone(),
            title: String::new(),
        }
    }

    pub(super) fn node_link(&self, ix: NodeIx) -> LinkView {
        let it = self.catalogue().node(ix);
        let href = self.href(&LinkTarget::Node(ix).into()).unwrap_or_default();
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
    pub(super) fn standing(&self, ix: NodeIx) -> Option<CoverageStatus> {
        self.coverage().status(ix)
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
    /// The name of the page, as its heading shows it.
    name: RefCell<String>,
    /// Where anchors lead that authors name.
    leads: RefCell<BTreeSet<String>>,
}

impl Seen {
    pub(super) fn show_as(&self, label: &str, heading: &str) {
        let name = [label, heading].join(" ");
        self.name.replace(name.trim().to_owned());
    }

    /// The name of the page, and where anchors lead that authors name.
    pub(super) fn into_parts(self) -> (String, BTreeSet<String>) {
        (self.name.into_inner(), self.leads.into_inner())
    }
}

/// `1 measure`, `2 measures`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
