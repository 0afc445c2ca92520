//! A page while it is rendered: its route, and what its views look up.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::Renderer;
use super::chapter::{Chapter, RenderMode, chapter_anchor};
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
    pub(super) mode: RenderMode<'a>,
    pub(super) route: &'a str,
    pub(super) kind: PageKind,
    /// Its number among the pages of a divided list, from 1; 0 for the first page of the list and for all other pages.
    pub(super) number: usize,
    pub(super) info: PageInfo<'a>,
    pub(super) state: PageState,
}

impl<'a> Page<'a> {
    pub(super) fn new(
        renderer: &'a Renderer<'a>,
        entry: &'a PageEntry,
        mode: RenderMode<'a>,
    ) -> Self {
        Self {
            renderer,
            mode,
            route: &entry.route,
            kind: entry.kind,
            number: entry.number,
            info: entry.info(renderer.catalogue),
            state: PageState::default(),
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

    /// Its chapter, in the printed document.
    pub(super) fn chapter(&self) -> Option<Chapter<'a>> {
        match self.mode {
            RenderMode::Page => None,
            RenderMode::Chapter(chapter) => Some(chapter),
        }
    }

    /// The route of the file that it is written to.
    pub(super) fn file(&self) -> &'a str {
        self.chapter().map_or(self.route, |it| it.document)
    }

    /// The prefix of its anchors; empty except in the printed document.
    pub(super) fn prefix(&self) -> String {
        let chapter = self.chapter();
        chapter.map_or_else(String::new, |_| format!("{}:", chapter_anchor(self.route)))
    }

    /// The elements of its headings of the levels 1 to 4.
    pub(super) fn headings(&self) -> [&'static str; 4] {
        match self.mode {
            RenderMode::Page => ["h1", "h2", "h3", "h4"],
            RenderMode::Chapter(_) => ["h3", "h4", "h5", "h6"],
        }
    }

    /// The role of a scrolling part: a landmark on a page, but not in the printed document, which would have hundreds of them.
    pub(super) fn region(&self) -> &'static str {
        match self.mode {
            RenderMode::Page => "region",
            RenderMode::Chapter(_) => "group",
        }
    }

    /// An anchor of this page with its prefix.
    pub(super) fn anchor(&self, name: &str) -> String {
        format!("{}{name}", self.prefix())
    }

    /// The address of a target; `None` if it is not in the document and there is no site to link to.
    pub(super) fn href(&self, target: &AnchoredTarget) -> Option<String> {
        if let LinkTarget::Web(url) = &target.item {
            return Some(url.clone());
        }
        let address = self.renderer.site.address(self.catalogue(), target)?;
        let href = self.href_of(&address.route, address.anchor.as_deref())?;
        if target.anchor.is_some() && self.chapter().is_some() {
            self.state.author_links.borrow_mut().insert(href.clone());
        }
        Some(href)
    }

    /// The address of a route or of an anchor there; an empty route is this page. `None` if the page is not in the printed document
    /// and there is no site to link to.
    pub(super) fn href_of(&self, route: &str, anchor: Option<&str>) -> Option<String> {
        match self.mode {
            RenderMode::Page => Some(relative(self.route, route, anchor)),
            RenderMode::Chapter(chapter) => chapter.href(self.route, route, anchor),
        }
    }

    /// The address of a page, or of the home page if the site has no such page. Empty if it can't be linked to.
    pub(super) fn to(&self, kind: PageKind) -> String {
        self.to_route(self.renderer.site.route(kind).unwrap_or("index.html"))
    }

    /// The address of a route; empty if it can't be linked to.
    pub(super) fn to_route(&self, route: &str) -> String {
        self.href_of(route, None).unwrap_or_default()
    }

    pub(super) fn has(&self, kind: PageKind) -> bool {
        self.renderer.site.route(kind).is_some()
    }

    /// The address of a page, if the site has it and it can be linked to.
    pub(super) fn href_if_any(&self, kind: PageKind) -> Option<String> {
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
        let measure = self.catalogue().measure(ix);
        LinkView {
            href: self.to(PageKind::Measure(ix)),
            id: measure.id.clone(),
            title: measure.title.clone(),
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
        let node = self.catalogue().node(ix);
        let href = self.href(&LinkTarget::Node(ix).into()).unwrap_or_default();
        LinkView {
            href,
            id: node.shown.clone(),
            title: node.name().unwrap_or_default().to_owned(),
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

    /// The mark of a framework's level.
    pub(super) fn level_mark(&self, ix: FrameworkIx, level: usize) -> Option<MarkView> {
        let name = self.catalogue().framework(ix).levels.get(level)?;
        Some(marks::level(name, level))
    }

    /// The numbers of mapped, justified and open leaves.
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

    /// The status of a leaf; `None` for other nodes.
    pub(super) fn standing(&self, ix: NodeIx) -> Option<CoverageStatus> {
        self.coverage().status(ix)
    }

    /// A page above this one, with its name; the title is empty if the site has no such page.
    pub(super) fn crumb(&self, kind: PageKind) -> Crumb {
        self.crumb_with_title(kind, kind.name(self.catalogue()).unwrap_or_default())
    }

    /// A page above this one; the title is empty if the site has no such page.
    pub(super) fn crumb_with_title(&self, kind: PageKind, title: &str) -> Crumb {
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

    /// The breadcrumbs of a page directly under the home page.
    pub(super) fn top_crumbs(&self) -> Vec<Crumb> {
        vec![
            self.crumb(PageKind::Home),
            Self::current_crumb(&self.name()),
        ]
    }

    /// The last breadcrumb, which has no link.
    pub(super) fn current_crumb(title: &str) -> Crumb {
        Crumb {
            href: String::new(),
            title: title.to_owned(),
        }
    }

    /// The headings of level 2 of a text, for the table of contents.
    pub(super) fn headings_toc(prose: &Prose) -> Vec<TocItem> {
        let headings = prose.headings().filter(|(it, _)| it.level == 2);
        headings
            .map(|(heading, id)| TocItem::new(&fragment(id), &heading.text))
            .collect()
    }
}

/// What has been rendered of a page so far.
#[derive(Debug, Default)]
pub(super) struct PageState {
    /// The terms that are linked already: only the first use is.
    pub linked_terms: RefCell<BTreeSet<TermIx>>,
    /// The number of texts, for ids that differ from text to text.
    pub texts: RefCell<usize>,
    /// The name of the page, as its heading shows it.
    name: RefCell<String>,
    /// The addresses of links to an anchor that an author named.
    author_links: RefCell<BTreeSet<String>>,
}

impl PageState {
    pub(super) fn set_name(&self, label: &str, heading: &str) {
        let name = [label, heading].join(" ");
        self.name.replace(name.trim().to_owned());
    }

    /// The name of the page, and the addresses of links to an anchor that an author named.
    pub(super) fn into_parts(self) -> (String, BTreeSet<String>) {
        (self.name.into_inner(), self.author_links.into_inner())
    }
}

/// `1 measure`, `2 measures`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
