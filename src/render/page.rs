//! One page while it is rendered: its route, and what its views look up.

use serde::Serialize;

use super::Renderer;
use super::chapter::{Chapter, Output, chapter_anchor};
use super::frame::TocItem;
use super::marks::{self, MarkView};
use super::prose::Seen;
use crate::catalogue::{
    Catalogue, Coverage, FrameworkIx, MeasureIx, NodeIx, PracticeIx, Prose, Standing, Target,
    Thing, UseCaseIx,
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
    pub(super) info: PageInfo,
    pub(super) seen: Seen,
}

/// A link: its address, and an id and words that are shown.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub href: String,
    pub id: String,
    pub title: String,
}

/// How many leaves are mapped, left out with a reason, and open.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct CountView {
    pub mapped: usize,
    pub justified: usize,
    pub open: usize,
    pub total: usize,
    /// Per cent, for the bar.
    pub mapped_share: f64,
    pub justified_share: f64,
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

    /// What is on the page; the printed document lists its chapters instead.
    pub(super) fn contents(&self, toc: Vec<TocItem>) -> Vec<TocItem> {
        match self.output {
            Output::Page => toc,
            Output::Chapter(_) => Vec::new(),
        }
    }

    /// An anchor of this page, as it is printed.
    pub(super) fn anchor(&self, name: &str) -> String {
        format!("{}{name}", self.prefix())
    }

    /// The address of a target; none where nothing can be reached.
    pub(super) fn href(&self, target: &Target) -> Option<String> {
        if let Thing::Web(url) = &target.thing {
            return Some(url.clone());
        }
        let address = self.renderer.site.address(self.catalogue(), target)?;
        let href = self.href_of(&address.route, address.anchor.as_deref())?;
        if target.anchor.is_some() && self.chapter().is_some() {
            self.seen.led_to(&href);
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

    /// The headings of level 2 of a text, for the list of what is on the page.
    pub(super) fn toc_of(prose: &Prose) -> Vec<TocItem> {
        let headings = prose.headings().filter(|(it, _)| it.level == 2);
        headings
            .map(|(it, id)| TocItem::new(&fragment(id), &it.text))
            .collect()
    }
}

/// `1 measure`, `2 measures`.
pub(super) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
