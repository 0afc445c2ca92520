//! Every id of a book, before anything is linked.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use super::super::rules::{printed_id, unknown_framework, unknown_requirement};
use super::super::{
    AssetIx, FrameworkIx, GroupIx, MeasureIx, NodeIx, PageIx, PracticeIx, Target, TermIx, Thing,
    ThreatIx, UseCaseIx,
};
use super::taken::Taken;
use super::{Found, Records, Settings};
use crate::markdown::citations::{Citer, Grammar, shape};
use crate::schema::{Body, FileKind, FrameworkNode, Record, stem};
use crate::source::{Place, SourcePath, Sources};

/// What every step of linking looks things up in.
pub(super) struct Index<'a> {
    pub records: &'a Records,
    pub sources: &'a Sources,
    pub settings: Settings<'a>,
    pub groups: HashMap<&'a str, GroupIx>,
    pub measures: HashMap<&'a str, MeasureIx>,
    pub practices: HashMap<&'a str, (PracticeIx, MeasureIx)>,
    pub use_cases: HashMap<&'a str, UseCaseIx>,
    pub threats: HashMap<&'a str, ThreatIx>,
    pub terms: HashMap<String, TermIx>,
    pub pages: HashMap<SourcePath, PageIx>,
    pub assets: Vec<SourcePath>,
    pub asset_ix: HashMap<SourcePath, AssetIx>,
    pub frameworks: Vec<FrameworkIds<'a>>,
    /// The pages of the site that texts lead to by their route, as they are found.
    pub made: Mutex<Vec<(String, Place)>>,
    pub grammar: Grammar,
    /// What tells this grammar and glossary from others.
    pub grammar_key: u64,
    /// Terms that texts link to, by their first word in lower case.
    pub auto_terms: HashMap<String, Vec<(Vec<String>, TermIx)>>,
}

/// The ids of one framework.
pub(super) struct FrameworkIds<'a> {
    pub id: &'a str,
    pub name: &'a str,
    pub version: &'a str,
    pub nodes: HashMap<&'a str, NodeIx>,
    /// Titles by id, in order, for suggestions.
    pub titles: Vec<(&'a str, &'a str)>,
    /// What the official text misprints, and the ids that are right.
    pub printed: HashMap<&'a str, Vec<&'a str>>,
    /// Whether one of its files could not be read, so that a missing id may well be there.
    pub broken: bool,
}

/// The number of the book's own ids among the citers.
const OWN: usize = 0;

impl<'a> Index<'a> {
    pub(super) fn of(
        records: &'a Records,
        sources: &'a Sources,
        settings: Settings<'a>,
        found: &mut Found,
    ) -> Self {
        let mut it = Self {
            records,
            sources,
            settings,
            groups: HashMap::new(),
            measures: HashMap::new(),
            practices: HashMap::new(),
            use_cases: HashMap::new(),
            threats: HashMap::new(),
            terms: HashMap::new(),
            pages: HashMap::new(),
            assets: Vec::new(),
            asset_ix: HashMap::new(),
            frameworks: Vec::new(),
            made: Mutex::default(),
            grammar: Grammar {
                citers: vec![Citer {
                    forms: vec!["{id}".to_owned()],
                    own: true,
                    ..Citer::default()
                }],
                others: settings.instruments.to_vec(),
            },
            grammar_key: 0,
            auto_terms: HashMap::new(),
        };
        it.collect(found);
        it.grammar_key = it.key();
        it.collect_assets();
        it
    }

    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.grammar.hash(&mut hasher);
        let terms: BTreeMap<_, _> = self.auto_terms.iter().collect();
        terms.hash(&mut hasher);
        hasher.finish()
    }

    fn collect(&mut self, found: &mut Found) {
        let mut taken = Taken::default();
        let mut practices = 0;
        for (path, record) in &self.records.parsed {
            match record.as_ref() {
                Record::Groups(list) => {
                    for (at, group) in list.iter().enumerate() {
                        taken.claim("group", path, &group.id, found);
                        self.groups.entry(&group.id).or_insert(GroupIx::new(at));
                    }
                }
                Record::Measure(measure) => {
                    taken.claim("record", path, &measure.id, found);
                    let ix = MeasureIx::new(self.measures.len());
                    self.measures.insert(&measure.id, ix);
                    self.grammar.citers[OWN].shapes.insert(shape(&measure.id));
                    for practice in &measure.practices {
                        taken.claim("record", path, &practice.id, found);
                        self.practices
                            .entry(&practice.id)
                            .or_insert((PracticeIx::new(practices), ix));
                        self.grammar.citers[OWN].shapes.insert(shape(&practice.id));
                        practices += 1;
                    }
                }
                Record::UseCase(it) => {
                    taken.claim("record", path, &it.id, found);
                    let mut inner = Taken::default();
                    it.zones
                        .iter()
                        .for_each(|it| inner.claim("zone", path, &it.id, found));
                    it.nodes
                        .iter()
                        .for_each(|it| inner.claim("box", path, &it.id, found));
                    it.assets
                        .iter()
                        .for_each(|it| inner.claim("asset", path, &it.id, found));
                    it.actors
                        .iter()
                        .for_each(|it| inner.claim("actor", path, &it.id, found));
                }
                Record::Threats(list) => {
                    for (at, threat) in list.iter().enumerate() {
                        taken.claim("threat", path, &threat.id, found);
                        self.threats.entry(&threat.id).or_insert(ThreatIx::new(at));
                    }
                }
                _ => {}
            }
        }
        for (at, (_, it)) in self.ordered_use_cases().into_iter().enumerate() {
            self.use_cases.insert(&it.id, UseCaseIx::new(at));
        }
        for (at, (path, ..)) in self.ordered_pages().into_iter().enumerate() {
            self.pages.insert(path.clone(), PageIx::new(at));
        }
        self.collect_terms(&mut taken, found);
        self.collect_frameworks(&mut taken, found);
    }

    fn collect_terms(&mut self, taken: &mut Taken, found: &mut Found) {
        for (at, (path, term)) in self.ordered_terms().into_iter().enumerate() {
            taken.claim_any("term", path, &term.term, found);
            let ix = TermIx::new(at);
            let words = std::iter::once(term.term.value.as_str())
                .chain(term.also.iter().map(String::as_str));
            for word in words {
                self.terms.entry(word.to_lowercase()).or_insert(ix);
                if term.auto {
                    let parts: Vec<_> = word.split_whitespace().map(str::to_owned).collect();
                    let Some(first) = parts.first() else { continue };
                    self.auto_terms
                        .entry(first.to_lowercase())
                        .or_default()
                        .push((parts, ix));
                }
            }
        }
        let longest_first = |list: &mut Vec<(Vec<String>, TermIx)>| {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        };
        self.auto_terms.values_mut().for_each(longest_first);
    }

    fn collect_frameworks(&mut self, taken: &mut Taken, found: &mut Found) {
        let mut next = 0;
        for (path, framework) in self.ordered_frameworks() {
            taken.claim("framework", path, &framework.id, found);
            let folder = folder_of(path);
            let mut ids = FrameworkIds {
                id: &framework.id,
                name: &framework.name,
                version: &framework.version,
                nodes: HashMap::new(),
                titles: Vec::new(),
                printed: HashMap::new(),
                broken: self.records.failed.iter().any(|it| it.starts_with(folder)),
            };
            let mut citer = Citer {
                forms: framework.cite.forms.clone(),
                names: framework.cite.names.clone(),
                ..Citer::default()
            };
            citer.names.push(framework.name.clone());
            let mut taken = Taken::default();
            for (path, top) in self.trees(folder) {
                collect_nodes(top, path, &mut next, &mut ids, &mut taken, found);
            }
            citer.shapes.extend(
                ids.nodes
                    .keys()
                    .chain(ids.printed.keys())
                    .map(|id| shape(id)),
            );
            self.grammar.citers.push(citer);
            self.frameworks.push(ids);
        }
    }

    fn collect_assets(&mut self) {
        for (path, _) in self.sources.under(self.settings.content_dir) {
            if FileKind::of(&path[self.settings.content_dir.len()..]) == Some(FileKind::Asset) {
                self.asset_ix
                    .insert(path.clone(), AssetIx::new(self.assets.len()));
                self.assets.push(path.clone());
            }
        }
    }

    /// The prose beside a record, by the record's path with another stem and ending.
    pub(super) fn prose_beside(
        &self,
        path: &str,
        stem: &str,
    ) -> Option<(&'a SourcePath, &'a Body)> {
        let wanted = format!("{}{stem}.md", folder_of(path));
        let (path, record) = self.records.parsed.get_key_value(wanted.as_str())?;
        match record.as_ref() {
            Record::Prose(body) => Some((path, body)),
            _ => None,
        }
    }

    /// Whether a file of this stem in a folder of the content could not be parsed.
    pub(super) fn failed(&self, folder: &str, wanted: &str) -> bool {
        let failed = self.records.failed.iter();
        let mut relative = failed.filter_map(|it| it.strip_prefix(self.settings.content_dir));
        relative.any(|it| it.starts_with(folder) && stem(it) == wanted)
    }

    /// Whether a file of the same name, or of the same framework, gave no record.
    pub(super) fn beside_lost(&self, path: &str) -> bool {
        let frameworks = format!("{}frameworks/", self.settings.content_dir);
        let beside = |it: &SourcePath| {
            folder_of(it) == folder_of(path)
                && (stem(it) == stem(path) || it.starts_with(&frameworks))
        };
        self.records.failed.iter().any(beside)
    }

    pub(super) fn framework(&self, id: &str) -> Option<FrameworkIx> {
        self.frameworks
            .iter()
            .position(|it| it.id == id)
            .map(FrameworkIx::new)
    }

    /// Reports a framework that the book does not have, unless its file gave no record.
    pub(super) fn no_framework(&self, id: &str, at: &Place, found: &mut Found) {
        if !self.failed(&format!("frameworks/{id}/"), "framework") {
            found.push(unknown_framework::at(
                at,
                id,
                self.frameworks.iter().map(|it| (it.id, it.name)),
            ));
        }
    }

    /// A node by the framework's id; a misprint or an unknown one is reported.
    pub(super) fn node(
        &self,
        framework: FrameworkIx,
        at: &Place,
        id: &str,
        found: &mut Found,
    ) -> Option<NodeIx> {
        let ids = &self.frameworks[framework.at()];
        if let Some(ix) = ids.nodes.get(id) {
            return Some(*ix);
        }
        if let Some(right) = ids.printed.get(id) {
            found.push(printed_id::at(at, id, right[0]));
        } else if !ids.broken {
            let known = ids.titles.iter().copied();
            found.push(unknown_requirement::at(
                at,
                id,
                (ids.name, ids.version),
                known,
            ));
        }
        None
    }

    /// Measures with their titles, for suggestions.
    pub(super) fn measure_titles(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.records
            .parsed
            .values()
            .filter_map(|it| match it.as_ref() {
                Record::Measure(it) => Some((it.id.value.as_str(), it.title.value.as_str())),
                _ => None,
            })
    }

    /// The book's own thing of a name: a measure, a practice, a use case, a threat, a term.
    pub(super) fn own(&self, id: &str) -> Option<Target> {
        let thing = if let Some(ix) = self.measures.get(id) {
            Thing::Measure(*ix)
        } else if let Some((ix, _)) = self.practices.get(id) {
            Thing::Practice(*ix)
        } else if let Some(ix) = self.use_cases.get(id) {
            Thing::UseCase(*ix)
        } else if let Some(ix) = self.threats.get(id) {
            Thing::Threat(*ix)
        } else if let Some(ix) = self.framework(id) {
            Thing::Framework(ix)
        } else {
            Thing::Term(*self.terms.get(&id.to_lowercase())?)
        };
        Some(thing.into())
    }
}

/// The folder of a path, with its slash.
pub(super) fn folder_of(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..=at])
}

fn collect_nodes<'a>(
    node: &'a FrameworkNode,
    path: &SourcePath,
    next: &mut usize,
    ids: &mut FrameworkIds<'a>,
    taken: &mut Taken,
    found: &mut Found,
) {
    taken.claim("node", path, &node.id, found);
    ids.nodes.entry(&node.id).or_insert(NodeIx::new(*next));
    *next += 1;
    let name = node
        .title
        .as_ref()
        .map(|it| it.value.as_str())
        .or(node.label.as_deref());
    ids.titles.push((&node.id, name.unwrap_or_default()));
    if let Some(printed) = &node.printed {
        ids.printed.entry(printed).or_default().push(&node.id);
    }
    for below in &node.nodes {
        collect_nodes(below, path, next, ids, taken, found);
    }
}
