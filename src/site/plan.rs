//! Which pages a catalogue has, area by area in the order of the site.
//!
//! Entry: [`pages`]. Invariant: two pages never share a route, also where names differ only in capitals.

use super::address::safe;
use super::checklists::{Checklists, part_route, stem};
use super::clash::{Bearer, clash};
use super::clashes;
use super::stretches::{BESIDE, List, Table, stretches};
use super::{Document, PageEntry, PageKind, Sheets, Site, below, splits};
use crate::catalogue::{
    Catalogue, FrameworkIx, GroupIx, MeasureIx, NodeIx, PageIx, PracticeIx, RowCounts, ThreatIx,
    UseCaseIx,
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
    plan.site.batches = catalogue.batches();
    plan.site.answers = catalogue.answers();
    plan.made(PageKind::Home, "index.html");
    plan.made(PageKind::NotFound, "404.html");
    plan.made(PageKind::Search, "search.html");
    plan.made(PageKind::Data, "data.html");
    plan.made(PageKind::Accessibility, "accessibility.html");
    let whole = config.output.html.print;
    if whole.unwrap_or(catalogue.measures.len() <= PRINTED) {
        plan.made(PageKind::Print, "print.html");
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
        plan.site.document = Document::of(&plan.site, catalogue);
    }
    let mut site = plan.site;
    let hidden = |route: &str| site.unshown.contains(&format!("{route}.html"));
    let unshown = catalogue.made.iter().filter(|(it, _)| hidden(it));
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
        self.made(PageKind::Measures, "measures.html");
        if splits(catalogue) {
            self.groups(catalogue);
        }
        for (at, it) in catalogue.measures.iter().enumerate() {
            let route = format!("measures/{}.html", safe(&it.id));
            self.add(PageKind::Measure(MeasureIx::new(at)), route, &it.place.path);
        }
    }

    /// A page a group, and one for the measures without a group.
    fn groups(&mut self, catalogue: &Catalogue) {
        let filled = catalogue.groups.iter().enumerate();
        let mut count = 0;
        for (at, it) in filled.filter(|(_, it)| !it.measures.is_empty()) {
            let kind = Some(GroupIx::new(at));
            let route = format!("measures/group-{}.html", safe(&it.id));
            self.made(PageKind::Group(kind), &route);
            self.stretches(List::Group(kind), it.measures.len());
            count += 1;
        }
        let loose = catalogue.loose().len();
        if loose > 0 {
            self.made(PageKind::Group(None), "measures/group~other.html");
            self.stretches(List::Group(None), loose);
            count += 1;
        }
        self.stretches(List::Groups, count);
    }

    fn use_cases(&mut self, catalogue: &Catalogue) {
        if !catalogue.use_cases.is_empty() {
            self.made(PageKind::UseCases, "use-cases.html");
            self.stretches(List::UseCases, catalogue.use_cases.len());
        }
        for (at, it) in catalogue.use_cases.iter().enumerate() {
            let route = format!("use-cases/{}.html", safe(&it.id));
            self.add(PageKind::UseCase(UseCaseIx::new(at)), route, &it.place.path);
        }
    }

    fn frameworks(&mut self, catalogue: &Catalogue) {
        if !catalogue.frameworks.is_empty() {
            self.made(PageKind::Frameworks, "frameworks.html");
        }
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            let route = format!("frameworks/{}.html", safe(&it.id));
            let ix = FrameworkIx::new(at);
            self.add(PageKind::Framework(ix), route, &it.path);
            self.stretches(List::Tops(ix), it.tops.len());
        }
        for (at, it) in catalogue.nodes.iter().enumerate() {
            let ix = NodeIx::new(at);
            if catalogue.kind_of(ix).page {
                let framework = safe(&catalogue.framework(it.framework).id);
                let route = format!("frameworks/{framework}/{}.html", safe(&it.slug));
                self.add(PageKind::Node(ix), route, &it.place.path);
                // A node with fewer nodes under it has fewer pages under it.
                if stretches(it.size) > 0 {
                    self.stretches(List::Below(ix), below(catalogue, ix).len());
                }
            }
        }
    }

    /// One page a use case and role; of a long list an overview, with a page for each part.
    fn checklists(&mut self, catalogue: &Catalogue) {
        let checklists = Checklists::of(catalogue);
        if checklists.iter().next().is_some() {
            self.made(PageKind::Checklists, "checklists.html");
        }
        for (list, listing) in checklists.iter() {
            let route = format!("{}.html", stem(catalogue, list));
            self.made(PageKind::Checklist(list), &route);
            for (at, part) in (0..).zip(&listing.parts) {
                let route = part_route(catalogue, list, part);
                self.made(PageKind::ChecklistPart(list, at), &route);
            }
        }
        self.site.checklists = checklists;
    }

    fn matrices(&mut self, catalogue: &Catalogue) {
        let sheets = Sheets::of(catalogue);
        for sheet in sheets.iter() {
            let route = sheets.route(catalogue, sheet);
            self.made(PageKind::Matrix(sheet), &route);
        }
        self.site.sheets = sheets;
    }

    /// For each framework that has leaves: its coverage, a page a level, lists by top node.
    fn coverage(&mut self, catalogue: &Catalogue) {
        let rows = RowCounts::new((0..catalogue.nodes.len()).map(|at| {
            let leaf = catalogue.is_leaf(NodeIx::new(at));
            usize::from(leaf)
        }));
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            let ix = FrameworkIx::new(at);
            if it.tops.iter().all(|top| rows.under(catalogue, *top) == 0) {
                continue;
            }
            if self.site.route(PageKind::Coverage).is_none() {
                self.made(PageKind::Coverage, "coverage.html");
            }
            let folder = format!("coverage/{}", safe(&it.id));
            self.add(PageKind::CoverageOf(ix), format!("{folder}.html"), &it.path);
            self.stretches(List::Numbers(Table::Of(ix)), it.tops.len());
            for place in catalogue.level_places(ix) {
                let name = it.levels.get(place).map_or("none", String::as_str);
                let route = format!("{folder}/level-{}.html", safe(name));
                self.add(PageKind::CoverageLevel(ix, place), route, &it.path);
                self.stretches(List::Numbers(Table::Level(ix, place)), it.tops.len());
            }
            let lists = it.tops.iter().flat_map(|it| catalogue.pages_of(&rows, *it));
            let lists: Vec<_> = lists.collect();
            for node in &lists {
                let route = format!("{folder}/{}.html", safe(&catalogue.node(*node).slug));
                let path = &catalogue.node(*node).place.path;
                self.add(PageKind::CoverageTop(*node), route, path);
            }
            for table in lists.into_iter().map(Table::Under) {
                let rows = self.site.rows_of(catalogue, table).len();
                self.stretches(List::Numbers(table), rows);
            }
            for batch in self.divided() {
                let route = format!("{folder}/measures-{}.html", batch + 1);
                self.add(PageKind::CoverageMeasures(ix, batch), route, &it.path);
            }
        }
    }

    /// For each ordered pair of frameworks that share a practice: an overview, and the ways by top node.
    fn crosswalk(&mut self, catalogue: &Catalogue) {
        let pairs = catalogue.pairs();
        if !pairs.is_empty() {
            self.made(PageKind::Crosswalk, "crosswalk.html");
        }
        for ((from, to), ways) in pairs {
            let it = catalogue.framework(from);
            let other = safe(&catalogue.framework(to).id);
            let folder = format!("crosswalk/{}-{other}", safe(&it.id));
            let kind = PageKind::CrosswalkOf(from, to);
            self.add(kind, format!("{folder}.html"), &it.path);
            let nodes = (0..catalogue.nodes.len()).map(NodeIx::new);
            let rows = RowCounts::new(nodes.map(|it| ways.get(&it).copied().unwrap_or_default()));
            for node in it.tops.iter().flat_map(|it| catalogue.pages_of(&rows, *it)) {
                let route = format!("{folder}/{}.html", safe(&catalogue.node(node).slug));
                let path = &catalogue.node(node).place.path;
                self.add(PageKind::CrosswalkTop(node, to), route, path);
            }
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
            self.add(PageKind::ProviderOf(ix), format!("{stem}.html"), &it.path);
            for (level, name) in it.levels.iter().enumerate() {
                let stem = format!("{stem}-{}", safe(name));
                let kind = PageKind::Provider(ix, level);
                self.add(kind, format!("{stem}.html"), &it.path);
                for batch in self.divided() {
                    let kind = PageKind::ProviderPart(ix, level, batch);
                    self.add(kind, format!("{stem}/{}.html", batch + 1), &it.path);
                }
            }
        }
    }

    /// The batches of measures that need pages of their own.
    fn divided(&self) -> std::ops::Range<usize> {
        match self.site.batches.len() {
            1 => 0..0,
            count => 0..count,
        }
    }

    fn guide(&mut self, catalogue: &Catalogue) {
        if !catalogue.pages.is_empty() {
            self.made(PageKind::Guide, "guide.html");
            self.stretches(List::Guide, catalogue.pages.len());
        }
        for (at, it) in catalogue.pages.iter().enumerate() {
            let slug = nfc(&it.slug);
            let route = slug.split('/').map(safe).collect::<Vec<_>>().join("/");
            let kind = PageKind::Page(PageIx::new(at));
            self.add(kind, format!("{route}.html"), &it.path);
        }
        if !catalogue.threats.is_empty() {
            self.made(PageKind::Threats, "threats.html");
            self.stretches(List::Threats, catalogue.threats.len());
            self.answers(catalogue);
        }
        if !catalogue.terms.is_empty() {
            self.made(PageKind::Glossary, "glossary.html");
            self.stretches(List::Glossary, catalogue.terms.len());
        }
    }

    /// A page for each threat that too many measures answer to be named beside it.
    fn answers(&mut self, catalogue: &Catalogue) {
        for (at, threat) in catalogue.threats.iter().enumerate() {
            let len = self.site.answers[at].measures.len();
            if len > BESIDE {
                let ix = ThreatIx::new(at);
                let route = format!("threats/{}.html", safe(&threat.id));
                self.made(PageKind::Answers(ix), &route);
                self.stretches(List::Answers(ix), len);
            }
        }
    }

    /// Pages for the stretches of a list that is too long for its own. No name that an author gives holds the sign `~`.
    fn stretches(&mut self, list: List, len: usize) {
        let Some(stem) = self.site.route(list.page()) else {
            return;
        };
        let stem = stem.trim_end_matches(".html").to_owned();
        for at in 0..stretches(len) {
            let route = format!("{stem}~{}.html", at + 1);
            self.made(PageKind::Stretch(list, at), &route);
        }
    }

    /// A page that is made of the whole book.
    fn made(&mut self, kind: PageKind, route: &str) {
        let toml = self.toml.clone();
        self.add(kind, route.to_owned(), &toml);
    }

    fn add(&mut self, kind: PageKind, route: String, path: &SourcePath) {
        let hideable = kind.info(self.catalogue).hideable;
        if hideable.is_some_and(|it| self.hidden.contains(&it)) {
            self.site.unshown.insert(route);
            return;
        }
        let lower = route.to_lowercase();
        if let Some(first) = self.site.by_route.get(&lower) {
            let first = &self.site.pages[*first];
            let first = Bearer::of(self.catalogue, first.kind, &first.source);
            let second = Bearer::of(self.catalogue, kind, path);
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
        self.site.by_kind.insert(kind, at);
        self.site.pages.push(PageEntry {
            route,
            kind,
            source: path.clone(),
        });
    }
}
