//! Which pages a catalogue has, area by area in the order of the site.
//!
//! Entry: [`pages`]. Invariant: two pages never share a route, also where names differ only in capitals.

use std::collections::BTreeSet;

use super::address::safe;
use super::checklists::{Checklists, stem};
use super::clash::{RouteOwner, clash};
use super::clashes;
use super::kind::FIXED;
use super::pagination::{MAX_INLINE, MAX_ROWS, Pagination, RowCounts, list_nodes};
use super::{Document, Grids, NodeEntries, PageEntry, PageKind, Site, splits, ungrouped};
use crate::catalogue::{
    Catalogue, FrameworkIx, GroupIx, MeasureIx, NodeIx, PageIx, PracticeIx, ThreatIx, UseCaseIx,
};
use crate::config::{Config, Hidden};
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, nfc};

/// With more measures than this, the whole catalogue as one document is made where `book.toml` asks for it.
const PRINTED: usize = 500;

/// Every page of a catalogue, without the parts that are hidden.
pub(super) fn pages(catalogue: &Catalogue, config: &Config) -> Site {
    let mut plan = Plan {
        catalogue,
        hidden: &config.theme.hide,
        site: Site::default(),
        toml: crate::config::BOOK_TOML.into(),
    };
    plan.site.answers = catalogue.answers();
    for (kind, route) in FIXED {
        plan.book_page(kind, route);
    }
    let whole = config.output.html.print;
    if whole.unwrap_or(catalogue.measures.len() <= PRINTED) {
        plan.book_page(PageKind::Print, "print.html");
    } else {
        plan.site.unshown.insert("print.html".to_owned());
    }
    plan.measures(catalogue);
    plan.use_cases(catalogue);
    plan.frameworks(catalogue);
    plan.matrices(catalogue);
    plan.coverage(catalogue);
    plan.crosswalk(catalogue);
    plan.provider(catalogue);
    plan.checklists(catalogue);
    plan.guide(catalogue);
    if plan.site.route(PageKind::Print).is_some() {
        plan.site.document = Document::new(&plan.site, catalogue);
    }
    let mut site = plan.site;
    let hidden = |route: &str| site.unshown.contains(&format!("{route}.html"));
    let unshown = catalogue.linked_routes.iter().filter(|(it, _)| hidden(it));
    site.unshown_links = unshown.map(|(_, at)| at.clone()).collect();
    site.unshown_links.sort();
    site.diagnostics.extend(clashes::same_files(catalogue));
    site.diagnostics.extend(clashes::not_made(&site, catalogue));
    site
}

struct Plan<'a> {
    catalogue: &'a Catalogue,
    hidden: &'a [Hidden],
    site: Site,
    toml: SourcePath,
}

impl Plan<'_> {
    fn measures(&mut self, catalogue: &Catalogue) {
        self.book_page(PageKind::Measures, "measures.html");
        if splits(catalogue) {
            self.groups(catalogue);
        }
        for (at, it) in catalogue.measures.iter().enumerate() {
            let route = format!("measures/{}.html", safe(&it.id));
            self.page(PageKind::Measure(MeasureIx::new(at)), route, &it.place.path);
        }
    }

    /// A page a group, and one for the measures without a group.
    fn groups(&mut self, catalogue: &Catalogue) {
        let filled = catalogue.groups.iter().enumerate();
        let mut count = 0;
        for (at, it) in filled.filter(|(_, it)| !it.measures.is_empty()) {
            let kind = Some(GroupIx::new(at));
            let route = format!("measures/group-{}.html", safe(&it.id));
            self.book_page(PageKind::Group(kind), &route);
            self.rows(PageKind::Group(kind), it.measures.len());
            count += 1;
        }
        let ungrouped = catalogue.ungrouped().len();
        if ungrouped > 0 {
            self.book_page(PageKind::Group(None), "measures/group~other.html");
            self.rows(PageKind::Group(None), ungrouped);
            count += 1;
        }
        self.rows(PageKind::Measures, count);
    }

    fn use_cases(&mut self, catalogue: &Catalogue) {
        if !catalogue.use_cases.is_empty() {
            self.book_page(PageKind::UseCases, "use-cases.html");
            self.rows(PageKind::UseCases, catalogue.use_cases.len());
        }
        for (at, it) in catalogue.use_cases.iter().enumerate() {
            let route = format!("use-cases/{}.html", safe(&it.id));
            self.page(PageKind::UseCase(UseCaseIx::new(at)), route, &it.place.path);
        }
    }

    fn frameworks(&mut self, catalogue: &Catalogue) {
        if !catalogue.frameworks.is_empty() {
            self.book_page(PageKind::Frameworks, "frameworks.html");
            self.rows(PageKind::Frameworks, catalogue.frameworks.len());
        }
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            let route = format!("frameworks/{}.html", safe(&it.id));
            let ix = FrameworkIx::new(at);
            self.page(PageKind::Framework(ix), route, &it.path);
            self.rows(PageKind::Framework(ix), it.roots.len());
        }
        // A row for each node, and for each mapping that its provision lists.
        let mut mappings = vec![0; catalogue.nodes.len()];
        for it in &catalogue.mappings {
            mappings[it.to.index()] += 1;
        }
        let rows = RowCounts::new(mappings.iter().map(|it| 1 + it.min(&MAX_ROWS)));
        for (at, it) in catalogue.nodes.iter().enumerate() {
            let ix = NodeIx::new(at);
            if catalogue.kind_of(ix).page {
                let framework = safe(&catalogue.framework(it.framework).id);
                let route = format!("frameworks/{framework}/{}.html", safe(&it.slug));
                self.page(PageKind::Node(ix), route, &it.place.path);
                self.node_entries(ix, &rows);
            }
        }
    }

    /// What a node lists; one without a page takes the rows of itself and of all under it.
    fn node_entries(&mut self, ix: NodeIx, rows: &RowCounts) {
        let catalogue = self.catalogue;
        if rows.under(catalogue, ix) > MAX_ROWS {
            let entries = NodeEntries::new(catalogue, ix);
            let inner = entries.inner.iter().map(|it| rows.under(catalogue, *it));
            let children = entries.children.iter().map(|_| 1);
            self.list(PageKind::Node(ix), inner.chain(children));
        }
    }

    /// One page a use case and role.
    fn checklists(&mut self, catalogue: &Catalogue) {
        let checklists = Checklists::new(catalogue);
        if checklists.iter().next().is_some() {
            self.book_page(PageKind::Checklists, "checklists.html");
            self.rows(PageKind::Checklists, checklists.use_cases().len());
        }
        for (list, statements) in checklists.iter() {
            let route = format!("{}.html", stem(catalogue, list));
            self.book_page(PageKind::Checklist(list), &route);
            let rows = statements.by_measure(catalogue).map(<[_]>::len);
            self.list(PageKind::Checklist(list), rows);
        }
        self.site.checklists = checklists;
    }

    fn matrices(&mut self, catalogue: &Catalogue) {
        let grids = Grids::new(catalogue);
        for (grid, number) in grids.iter() {
            let route = grids.route(catalogue, grid, number);
            let toml = self.toml.clone();
            self.add(PageKind::Matrix(grid), number, route, &toml);
        }
        self.site.grids = grids;
    }

    /// For each framework that has leaves: its coverage, a page a level, lists by top node.
    fn coverage(&mut self, catalogue: &Catalogue) {
        let rows = RowCounts::new((0..catalogue.nodes.len()).map(|at| {
            let leaf = catalogue.is_leaf(NodeIx::new(at));
            usize::from(leaf)
        }));
        let frameworks = (0..catalogue.frameworks.len()).map(FrameworkIx::new);
        let roots = |ix: &FrameworkIx| &catalogue.framework(*ix).roots;
        let counted = |ix: &FrameworkIx| roots(ix).iter().any(|it| rows.under(catalogue, *it) > 0);
        let covered: Vec<_> = frameworks.filter(counted).collect();
        if !covered.is_empty() {
            self.book_page(PageKind::Coverage, "coverage.html");
            self.rows(PageKind::Coverage, covered.len());
        }
        for ix in covered {
            let it = catalogue.framework(ix);
            let folder = format!("coverage/{}", safe(&it.id));
            self.page(PageKind::CoverageOf(ix), format!("{folder}.html"), &it.path);
            self.rows(PageKind::CoverageOf(ix), it.roots.len());
            for place in catalogue.level_places(ix) {
                let name = it.levels.get(place).map_or("none", String::as_str);
                let route = format!("{folder}/level-{}.html", safe(name));
                self.page(PageKind::CoverageLevel(ix, place), route, &it.path);
                self.rows(PageKind::CoverageLevel(ix, place), it.roots.len());
            }
            self.node_lists(&folder, ix, &rows, PageKind::CoverageTop);
            let measures = self.practices_by_measure();
            if !measures.pages().is_empty() {
                let kind = PageKind::CoverageMeasures(ix);
                self.page(kind, format!("{folder}~measures.html"), &it.path);
                self.divide(kind, measures);
            }
        }
    }

    /// For each ordered pair of frameworks that share a practice: an overview, and the ways by top node.
    fn crosswalk(&mut self, catalogue: &Catalogue) {
        let pairs = catalogue.pairs();
        if !pairs.is_empty() {
            self.book_page(PageKind::Crosswalk, "crosswalk.html");
            self.rows(PageKind::Crosswalk, pairs.len());
        }
        for ((from, to), ways) in pairs {
            let it = catalogue.framework(from);
            let other = safe(&catalogue.framework(to).id);
            let folder = format!("crosswalk/{}-{other}", safe(&it.id));
            let kind = PageKind::CrosswalkOf(from, to);
            self.page(kind, format!("{folder}.html"), &it.path);
            let nodes = (0..catalogue.nodes.len()).map(NodeIx::new);
            let rows = RowCounts::new(nodes.map(|it| ways.get(&it).copied().unwrap_or_default()));
            let roots = it.roots.iter().filter(|it| rows.under(catalogue, **it) > 0);
            self.rows(kind, roots.count());
            self.node_lists(&folder, from, &rows, |it| PageKind::CrosswalkTop(it, to));
        }
    }

    /// For each framework with levels to which a practice is mapped: the levels side by side, and a page each.
    fn provider(&mut self, catalogue: &Catalogue) {
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            let ix = FrameworkIx::new(at);
            let mut practices = (0..catalogue.practices.len()).map(PracticeIx::new);
            if it.levels.is_empty() || !practices.any(|it| catalogue.lowest_level(it, ix).is_some())
            {
                continue;
            }
            let stem = format!("provider/{}", safe(&it.id));
            self.page(PageKind::ProviderOf(ix), format!("{stem}.html"), &it.path);
            for (level, name) in it.levels.iter().enumerate() {
                let stem = format!("{stem}-{}", safe(name));
                let kind = PageKind::Provider(ix, level);
                self.page(kind, format!("{stem}.html"), &it.path);
                self.divide(kind, self.practices_by_measure());
            }
        }
    }

    /// Measures in reading order, each with a row for each of its practices, and one at least.
    fn practices_by_measure(&self) -> Pagination {
        let order = self.catalogue.reading_order().iter();
        let rows = |ix: &MeasureIx| self.catalogue.measure(*ix).practices.len().max(1);
        Pagination::new(order.map(rows))
    }

    /// For the roots of a framework and the nodes that divide their lists: a page each, and what it has to list itself.
    fn node_lists(
        &mut self,
        folder: &str,
        ix: FrameworkIx,
        rows: &RowCounts,
        kind: impl Fn(NodeIx) -> PageKind,
    ) {
        let catalogue = self.catalogue;
        let roots = catalogue.framework(ix).roots.iter();
        let lists: BTreeSet<_> = roots
            .flat_map(|it| list_nodes(catalogue, rows, *it))
            .collect();
        for node in &lists {
            let route = format!("{folder}/{}.html", safe(&catalogue.node(*node).slug));
            self.page(kind(*node), route, &catalogue.node(*node).place.path);
            let parts = catalogue.nearest_below(*node, |it| lists.contains(&it));
            let own = ungrouped(catalogue, *node, &parts);
            let own: usize = own.map(|it| rows.rows_of(it)).sum();
            self.rows(kind(*node), parts.len() + own);
        }
    }

    fn guide(&mut self, catalogue: &Catalogue) {
        if !catalogue.pages.is_empty() {
            self.book_page(PageKind::Guide, "guide.html");
            self.rows(PageKind::Guide, catalogue.pages.len());
        }
        for (at, it) in catalogue.pages.iter().enumerate() {
            let slug = nfc(&it.slug);
            let route = slug.split('/').map(safe).collect::<Vec<_>>().join("/");
            let kind = PageKind::Page(PageIx::new(at));
            self.page(kind, format!("{route}.html"), &it.path);
            if it.has_errata() {
                self.rows(kind, catalogue.errata().len());
            }
        }
        if !catalogue.threats.is_empty() {
            self.book_page(PageKind::Threats, "threats.html");
            self.rows(PageKind::Threats, catalogue.threats.len());
            self.answers(catalogue);
        }
        if !catalogue.terms.is_empty() {
            self.book_page(PageKind::Glossary, "glossary.html");
            self.rows(PageKind::Glossary, catalogue.terms.len());
        }
    }

    /// A page for each threat that too many measures answer to be named beside it.
    fn answers(&mut self, catalogue: &Catalogue) {
        for (at, threat) in catalogue.threats.iter().enumerate() {
            let len = self.site.answers[at].measures.len();
            if len > MAX_INLINE {
                let ix = ThreatIx::new(at);
                let route = format!("threats/{}.html", safe(&threat.id));
                self.book_page(PageKind::Answers(ix), &route);
                self.rows(PageKind::Answers(ix), len);
            }
        }
    }

    /// Numbered pages for a list of so many rows, where it is too long for its own page.
    fn rows(&mut self, kind: PageKind, len: usize) {
        self.list(kind, std::iter::repeat_n(1, len));
    }

    /// The same by the rows that each entry of the list takes.
    fn list(&mut self, kind: PageKind, rows: impl IntoIterator<Item = usize>) {
        self.divide(kind, Pagination::new(rows));
    }

    /// The numbered pages of a list. No name that an author gives holds the sign `~`.
    fn divide(&mut self, kind: PageKind, pagination: Pagination) {
        let Some(own) = self.site.by_kind.get(&(kind, 0)) else {
            return;
        };
        let PageEntry { route, source, .. } = self.site.pages[*own].clone();
        let stem = route.trim_end_matches(".html");
        for number in 1..=pagination.pages().len() {
            self.add(kind, number, format!("{stem}~{number}.html"), &source);
        }
        if !pagination.pages().is_empty() {
            self.site.divided.insert(kind, pagination);
        }
    }

    /// A page that is made of the whole book.
    fn book_page(&mut self, kind: PageKind, route: &str) {
        let toml = self.toml.clone();
        self.page(kind, route.to_owned(), &toml);
    }

    /// A page, or the own page of a list.
    fn page(&mut self, kind: PageKind, route: String, path: &SourcePath) {
        self.add(kind, 0, route, path);
    }

    fn add(&mut self, kind: PageKind, number: usize, route: String, path: &SourcePath) {
        let hideable = kind.info(self.catalogue).hideable;
        if hideable.is_some_and(|it| self.hidden.contains(&it)) {
            self.site.unshown.insert(route);
            return;
        }
        let lower = route.to_lowercase();
        if let Some(first) = self.site.by_route.get(&lower) {
            let first = &self.site.pages[*first];
            let first = RouteOwner::new(self.catalogue, first.kind, &first.source);
            let second = RouteOwner::new(self.catalogue, kind, path);
            let it = clash(&route, first, second);
            // Pages that are made of the same two records, such as those of their coverage, share their routes as well.
            let told = |other: &Diagnostic| {
                (&other.path, other.span, &other.related) == (&it.path, it.span, &it.related)
            };
            if !self.site.diagnostics.iter().any(told) {
                self.site.diagnostics.push(it);
            }
            return;
        }
        let at = self.site.pages.len();
        self.site.by_route.insert(lower, at);
        self.site.by_kind.insert((kind, number), at);
        self.site.pages.push(PageEntry {
            route,
            kind,
            number,
            source: path.clone(),
        });
    }
}
