//! All ids of a book, collected before anything is linked.
//!
//! Entry: [`Ids::collect`]. Invariant: depends on nothing else in the records, so that it is valid until an id changes.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;

use super::entries::Entry;
use super::id_registry::IdRegistry;
use super::{LinkOutput, Records, Settings};
use crate::catalogue::{
    AssetIx, GroupIx, MeasureIx, NodeIx, PageIx, PracticeIx, TermIx, ThreatIx, UseCaseIx,
};
use crate::markdown::citations::{Citable, Grammar, Identifiers};
use crate::markdown::spelling::fold;
use crate::paths::folder_of;
use crate::schema::{FileKind, Framework, FrameworkNode, Record, UseCase};
use crate::source::{SourcePath, Sources, nfc};

/// All ids of a book with the index of each record.
#[derive(Debug, Default)]
pub(crate) struct Ids {
    pub(super) groups: HashMap<String, GroupIx>,
    pub(super) measures: FxHashMap<String, MeasureIx>,
    pub(super) practices: FxHashMap<String, (PracticeIx, MeasureIx)>,
    pub(super) use_cases: HashMap<String, UseCaseIx>,
    pub(super) threats: HashMap<String, ThreatIx>,
    pub(super) terms: HashMap<String, TermIx>,
    pub(super) pages: HashMap<SourcePath, PageIx>,
    pub(super) assets: Vec<SourcePath>,
    pub(super) asset_ix: HashMap<SourcePath, AssetIx>,
    pub(super) frameworks: Vec<FrameworkIds>,
    /// How each framework and the book itself are cited; empty once the grammar is built.
    citables: Vec<Citable>,
    pub(super) grammar: Grammar,
    /// Hash of the grammar and the glossary.
    pub(super) grammar_key: u64,
    /// Terms that texts link to automatically, by their first word in lowercase.
    pub(super) auto_terms: HashMap<String, Vec<(Vec<String>, TermIx)>>,
    /// Diagnostics of the ids themselves.
    pub(super) output: LinkOutput,
}

/// The ids of one framework.
#[derive(Debug)]
pub(super) struct FrameworkIds {
    pub id: String,
    pub name: String,
    pub version: String,
    pub nodes: FxHashMap<String, NodeIx>,
    /// The folder of its files, with a slash at its end.
    pub folder: String,
    /// Misprinted ids of the official text, each with the correct ids.
    pub printed: BTreeMap<String, Vec<String>>,
    /// Whether one of its files could not be parsed, so that a missing id may be defined there.
    pub has_unparsed_file: bool,
}

/// The ids of all frameworks and how each is cited.
#[derive(Default)]
struct Frameworks {
    ids: Vec<FrameworkIds>,
    citables: Vec<Citable>,
    output: LinkOutput,
}

/// The position of the book itself among the citables.
const OWN: usize = 0;

impl Ids {
    /// The ids of a book.
    pub(super) fn collect(records: &Records, sources: &Sources, settings: Settings<'_>) -> Self {
        let mut ids = Self {
            citables: vec![Citable {
                forms: vec!["{id}".to_owned()],
                own: true,
                ..Citable::default()
            }],
            ..Self::default()
        };
        let mut output = LinkOutput::default();
        let ((), frameworks) = rayon::join(
            || ids.collect_records(records, &mut output),
            || collect_frameworks(records),
        );
        let mut citables = std::mem::take(&mut ids.citables);
        citables.extend(frameworks.citables);
        ids.frameworks = frameworks.ids;
        output.add(&frameworks.output);
        ids.grammar = Grammar::new(citables, settings.instruments.to_vec());
        ids.grammar_key = ids.hash_grammar();
        ids.collect_assets(sources, settings.content_dir);
        ids.output = output;
        ids
    }

    /// Whether there are no diagnostics. Those that are there have positions, which change with every edit.
    pub(super) fn is_clean(&self) -> bool {
        self.output.diagnostics.is_empty()
    }

    fn hash_grammar(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.grammar.hash(&mut hasher);
        let terms: BTreeMap<_, _> = self.auto_terms.iter().collect();
        terms.hash(&mut hasher);
        hasher.finish()
    }

    fn collect_records(&mut self, records: &Records, output: &mut LinkOutput) {
        let mut registry = IdRegistry::default();
        // The measures with a file of mappings in the current folder.
        let mut mapped = (String::new(), IdRegistry::default());
        for entry in records.measures() {
            let (ix, path, measure) = (entry.ix, entry.path, entry.record);
            if !registry.register("record", path, &measure.id, output) {
                continue;
            }
            self.measures.entry(measure.id.value.clone()).or_insert(ix);
            self.citables[OWN].ids.insert(&measure.id, 0);
            for (number, practice) in (entry.first_practice..).zip(&measure.practices) {
                registry.register("record", path, &practice.id, output);
                self.practices
                    .entry(practice.id.value.clone())
                    .or_insert((PracticeIx::new(number), ix));
                self.citables[OWN].ids.insert(&practice.id, 0);
            }
        }
        for Entry { ix, path, record } in records.groups() {
            registry.register("group", path, &record.id, output);
            self.groups.entry(record.id.value.clone()).or_insert(ix);
        }
        for Entry { ix, path, record } in records.threats() {
            registry.register("threat", path, &record.id, output);
            self.threats.entry(record.id.value.clone()).or_insert(ix);
        }
        for (path, record) in &records.parsed {
            match &record.record {
                Record::UseCase(it) if registry.register("record", path, &it.id, output) => {
                    register_parts(it, path, output);
                }
                Record::Set(it) => {
                    registry.register_name("set", path, &it.framework, output);
                }
                Record::Mappings(it) => {
                    // One file for each measure in each set.
                    if mapped.0 != folder_of(path) {
                        mapped = (folder_of(path).to_owned(), IdRegistry::default());
                    }
                    mapped
                        .1
                        .register_name("mappings", path, &it.measure, output);
                }
                _ => {}
            }
        }
        for Entry { ix, record, .. } in records.use_cases() {
            self.use_cases.insert(record.id.value.clone(), ix);
        }
        for Entry { ix, path, .. } in records.pages() {
            self.pages.insert(path.clone(), ix);
        }
        self.collect_terms(records, &mut registry, output);
    }

    fn collect_terms<'a>(
        &mut self,
        records: &'a Records,
        registry: &mut IdRegistry<'a>,
        output: &mut LinkOutput,
    ) {
        for Entry {
            ix,
            path,
            record: term,
        } in records.terms()
        {
            registry.register_name("term", path, &term.term, output);
            let words = std::iter::once(term.term.value.as_str())
                .chain(term.also.iter().map(String::as_str));
            for word in words {
                self.terms.entry(fold_term(word)).or_insert(ix);
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

    fn collect_assets(&mut self, sources: &Sources, content_dir: &str) {
        for (path, _) in sources.under(content_dir) {
            if FileKind::from_path(&path[content_dir.len()..]) == Some(FileKind::Asset) {
                self.asset_ix
                    .insert(path.clone(), AssetIx::new(self.assets.len()));
                self.assets.push(path.clone());
            }
        }
    }
}

/// A term as it is looked up: in lowercase, in Unicode NFC.
pub(super) fn fold_term(term: &str) -> String {
    nfc(term).to_lowercase()
}

/// Registers the ids that are local to a use case. Duplicates are reported; both parts stay in the catalogue.
fn register_parts<'a>(use_case: &'a UseCase, path: &'a SourcePath, output: &mut LinkOutput) {
    let mut registry = IdRegistry::default();
    let mut own = LinkOutput::default();
    let zones = use_case.zones.iter().map(|it| ("zone", &it.id));
    let boxes = use_case.nodes.iter().map(|it| ("box", &it.id));
    let assets = use_case.assets.iter().map(|it| ("asset", &it.id));
    let actors = use_case.actors.iter().map(|it| ("actor", &it.id));
    for (namespace, id) in zones.chain(boxes).chain(assets).chain(actors) {
        registry.register(namespace, path, id, &mut own);
    }
    own.duplicates.clear();
    output.add(&own);
}

/// Collects the ids of all frameworks.
fn collect_frameworks(records: &Records) -> Frameworks {
    let mut out = Frameworks::default();
    let mut registry = IdRegistry::default();
    let trees = records.trees();
    for Entry {
        ix,
        path,
        record: framework,
    } in records.frameworks()
    {
        if !registry.register("framework", path, &framework.id, &mut out.output) {
            continue;
        }
        let folder = folder_of(path);
        let mut ids = FrameworkIds {
            id: framework.id.value.clone(),
            name: framework.name.clone(),
            version: framework.version.clone(),
            nodes: FxHashMap::default(),
            folder: folder.to_owned(),
            printed: BTreeMap::new(),
            has_unparsed_file: records.unparsed.iter().any(|it| it.starts_with(folder)),
        };
        let mut citable = citable(framework);
        let mut registry = IdRegistry::default();
        for tree in trees.iter().filter(|tree| tree.framework == ix) {
            let mut nodes = NodeCollector {
                framework,
                path: tree.path,
                next: tree.first,
                ids: &mut ids,
                cited: &mut citable.ids,
            };
            nodes.collect(tree.root, 0, &mut registry, &mut out.output);
        }
        // Misprints come after the correct ids, which take precedence.
        for printed in ids.printed.keys() {
            citable.ids.insert_printed(printed);
        }
        out.citables.push(citable);
        out.ids.push(ids);
    }
    out
}

/// How a framework is cited; its ids are added later.
fn citable(framework: &Framework) -> Citable {
    let cite = &framework.cite;
    let mut names = cite.names.clone();
    names.push(framework.name.clone());
    let mut kinds = Vec::new();
    let mut displays = Vec::new();
    for (position, kind) in framework.kinds.iter().enumerate() {
        kinds.push(fold(&kind.name));
        let plural = kind.plural.as_ref();
        kinds.push(plural.map_or_else(|| format!("{}s", fold(&kind.name)), |it| fold(it)));
        let display = kind.display.as_ref();
        displays.extend(display.map(|it| (it.clone(), position)));
    }
    displays.retain(|(it, _)| !cite.forms.contains(it));
    Citable {
        forms: cite.forms.clone(),
        displays,
        kinds,
        between: cite.between.clone(),
        names,
        version: framework.version.clone(),
        ids: Identifiers::default(),
        own: false,
    }
}

/// Collects the ids of the nodes in one file of a framework.
struct NodeCollector<'a, 'n> {
    framework: &'n Framework,
    path: &'a SourcePath,
    /// The index of the next node.
    next: usize,
    ids: &'n mut FrameworkIds,
    cited: &'n mut Identifiers,
}

impl<'a> NodeCollector<'a, '_> {
    /// Collects a node and those below it. `kind` is the position of its kind, unless it names another.
    fn collect(
        &mut self,
        node: &'a FrameworkNode,
        kind: usize,
        registry: &mut IdRegistry<'a>,
        output: &mut LinkOutput,
    ) {
        if !registry.register("node", self.path, &node.id, output) {
            return;
        }
        let mut kinds = self.framework.kinds.iter();
        let name = node.kind.as_ref();
        let named = name.and_then(|name| kinds.position(|it| it.name.value == name.value));
        let kind = named.unwrap_or(kind.min(self.framework.kinds.len().saturating_sub(1)));
        self.ids
            .nodes
            .entry(node.id.value.clone())
            .or_insert(NodeIx::new(self.next));
        self.cited.insert(&node.id, kind);
        self.next += 1;
        if let Some(printed) = &node.printed {
            let correct = self.ids.printed.entry(printed.value.clone()).or_default();
            correct.push(node.id.value.clone());
        }
        for child in &node.nodes {
            self.collect(child, kind + 1, registry, output);
        }
    }
}
