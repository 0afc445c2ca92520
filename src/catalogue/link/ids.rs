//! Every id of a book, gathered before anything is linked.
//!
//! Entry: [`Ids::of`]. Invariant: it holds nothing of what the records say besides, so that it stands until an id changes.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use rustc_hash::FxHashMap;

use super::taken::Taken;
use super::written::Written;
use super::{Found, Records, Settings};
use crate::catalogue::{
    AssetIx, GroupIx, MeasureIx, NodeIx, PageIx, PracticeIx, TermIx, ThreatIx, UseCaseIx,
};
use crate::markdown::citations::{Citable, Grammar, Identifiers};
use crate::markdown::spelling::fold;
use crate::paths::folder_of;
use crate::schema::{FileKind, Framework, FrameworkNode, Record, UseCase};
use crate::source::{SourcePath, Sources, nfc};

/// Where each id leads.
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
    /// How each framework and the book itself are cited, while they are gathered.
    citables: Vec<Citable>,
    pub(super) grammar: Grammar,
    /// What tells this grammar and glossary from others.
    pub(super) grammar_key: u64,
    /// Terms that texts link to, by their first word in lower case.
    pub(super) auto_terms: HashMap<String, Vec<(Vec<String>, TermIx)>>,
    /// What is wrong with the ids themselves.
    pub(super) found: Found,
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
    /// What the official text misprints, and the ids that are right.
    pub printed: BTreeMap<String, Vec<String>>,
    /// Whether one of its files could not be read, so that a missing id may well be there.
    pub broken: bool,
}

/// The ids of all frameworks, and how each is cited.
#[derive(Default)]
struct Frameworks {
    ids: Vec<FrameworkIds>,
    citables: Vec<Citable>,
    found: Found,
}

/// The number of the book's own ids among the citers.
const OWN: usize = 0;

impl Ids {
    /// The ids of a book.
    pub(super) fn of(records: &Records, sources: &Sources, settings: Settings<'_>) -> Self {
        let mut it = Self {
            citables: vec![Citable {
                forms: vec!["{id}".to_owned()],
                own: true,
                ..Citable::default()
            }],
            ..Self::default()
        };
        let mut found = Found::default();
        let ((), frameworks) =
            rayon::join(|| it.collect(records, &mut found), || frameworks(records));
        let mut citables = std::mem::take(&mut it.citables);
        citables.extend(frameworks.citables);
        it.frameworks = frameworks.ids;
        found.add(&frameworks.found);
        it.grammar = Grammar::new(citables, settings.instruments.to_vec());
        it.grammar_key = it.key();
        it.collect_assets(sources, settings.content_dir);
        it.found = found;
        it
    }

    /// Whether nothing is wrong with them: what is, stands at places that move with every edit.
    pub(super) fn is_sound(&self) -> bool {
        self.found.diagnostics.is_empty()
    }

    fn key(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.grammar.hash(&mut hasher);
        let terms: BTreeMap<_, _> = self.auto_terms.iter().collect();
        terms.hash(&mut hasher);
        hasher.finish()
    }

    fn collect(&mut self, records: &Records, found: &mut Found) {
        let mut taken = Taken::default();
        let mut mapped = (String::new(), Taken::default());
        for written in records.measures() {
            let (ix, path, measure) = (written.ix, written.path, written.record);
            if !taken.claim("record", path, &measure.id, found) {
                continue;
            }
            self.measures.entry(measure.id.value.clone()).or_insert(ix);
            self.citables[OWN].ids.insert(&measure.id, 0);
            for (number, practice) in (written.first_practice..).zip(&measure.practices) {
                taken.claim("record", path, &practice.id, found);
                self.practices
                    .entry(practice.id.value.clone())
                    .or_insert((PracticeIx::new(number), ix));
                self.citables[OWN].ids.insert(&practice.id, 0);
            }
        }
        for Written { ix, path, record } in records.groups() {
            taken.claim("group", path, &record.id, found);
            self.groups.entry(record.id.value.clone()).or_insert(ix);
        }
        for Written { ix, path, record } in records.threats() {
            taken.claim("threat", path, &record.id, found);
            self.threats.entry(record.id.value.clone()).or_insert(ix);
        }
        for (path, record) in &records.parsed {
            match &record.record {
                Record::UseCase(it) if taken.claim("record", path, &it.id, found) => {
                    parts_of(it, path, found);
                }
                Record::Set(it) => {
                    taken.claim_any("set", path, &it.framework, found);
                }
                Record::Mappings(it) => {
                    // One file a measure in each set.
                    if mapped.0 != folder_of(path) {
                        mapped = (folder_of(path).to_owned(), Taken::default());
                    }
                    mapped.1.claim_any("mappings", path, &it.measure, found);
                }
                _ => {}
            }
        }
        for Written { ix, record, .. } in records.use_cases() {
            self.use_cases.insert(record.id.value.clone(), ix);
        }
        for Written { ix, path, .. } in records.pages() {
            self.pages.insert(path.clone(), ix);
        }
        self.collect_terms(records, &mut taken, found);
    }

    fn collect_terms<'a>(
        &mut self,
        records: &'a Records,
        taken: &mut Taken<'a>,
        found: &mut Found,
    ) {
        for Written {
            ix,
            path,
            record: term,
        } in records.terms()
        {
            taken.claim_any("term", path, &term.term, found);
            let words = std::iter::once(term.term.value.as_str())
                .chain(term.also.iter().map(String::as_str));
            for word in words {
                self.terms.entry(folded(word)).or_insert(ix);
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

/// A term as it is looked up: in small letters and one form of Unicode.
pub(super) fn folded(term: &str) -> String {
    nfc(term).to_lowercase()
}

/// Claims the ids that count inside a use case only. Two parts of one id are a mistake, and both stay in their places.
fn parts_of<'a>(it: &'a UseCase, path: &'a SourcePath, found: &mut Found) {
    let mut inner = Taken::default();
    let mut own = Found::default();
    let zones = it.zones.iter().map(|it| ("zone", &it.id));
    let boxes = it.nodes.iter().map(|it| ("box", &it.id));
    let assets = it.assets.iter().map(|it| ("asset", &it.id));
    let actors = it.actors.iter().map(|it| ("actor", &it.id));
    for (space, id) in zones.chain(boxes).chain(assets).chain(actors) {
        inner.claim(space, path, id, &mut own);
    }
    own.doubles.clear();
    found.add(&own);
}

/// Gathers the ids of all frameworks.
fn frameworks(records: &Records) -> Frameworks {
    let mut out = Frameworks::default();
    let mut taken = Taken::default();
    let trees = records.trees();
    for Written {
        ix,
        path,
        record: framework,
    } in records.frameworks()
    {
        if !taken.claim("framework", path, &framework.id, &mut out.found) {
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
            broken: records.unparsed.iter().any(|it| it.starts_with(folder)),
        };
        let mut citable = citable(framework);
        let mut taken = Taken::default();
        for tree in trees.iter().filter(|tree| tree.framework == ix) {
            let mut nodes = Nodes {
                framework,
                path: tree.path,
                next: tree.first,
                ids: &mut ids,
                cited: &mut citable.ids,
            };
            nodes.collect(tree.top, 0, &mut taken, &mut out.found);
        }
        // A misprint counts after what is right.
        for printed in ids.printed.keys() {
            citable.ids.insert_printed(printed);
        }
        out.citables.push(citable);
        out.ids.push(ids);
    }
    out
}

/// How a framework is cited, without its ids.
fn citable(framework: &Framework) -> Citable {
    let cite = &framework.cite;
    let mut names = cite.names.clone();
    names.push(framework.name.clone());
    let mut kinds = Vec::new();
    let mut displays = Vec::new();
    for (number, kind) in framework.kinds.iter().enumerate() {
        kinds.push(fold(&kind.name));
        let plural = kind.plural.as_ref();
        kinds.push(plural.map_or_else(|| format!("{}s", fold(&kind.name)), |it| fold(it)));
        let display = kind.display.as_ref();
        displays.extend(display.map(|it| (it.clone(), number)));
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

/// The nodes of one framework's file, as they are gathered.
struct Nodes<'a, 'n> {
    framework: &'n Framework,
    path: &'a SourcePath,
    /// The number of the node that comes next.
    next: usize,
    ids: &'n mut FrameworkIds,
    cited: &'n mut Identifiers,
}

impl<'a> Nodes<'a, '_> {
    /// Gathers a node and those below it. `depth` is the number of its kind, unless it names another.
    fn collect(
        &mut self,
        node: &'a FrameworkNode,
        depth: usize,
        taken: &mut Taken<'a>,
        found: &mut Found,
    ) {
        if !taken.claim("node", self.path, &node.id, found) {
            return;
        }
        let mut kinds = self.framework.kinds.iter();
        let named = node.kind.as_ref();
        let named = named.and_then(|it| kinds.position(|kind| kind.name.value == it.value));
        let kind = named.unwrap_or(depth.min(self.framework.kinds.len().saturating_sub(1)));
        self.ids
            .nodes
            .entry(node.id.value.clone())
            .or_insert(NodeIx::new(self.next));
        self.cited.insert(&node.id, kind);
        self.next += 1;
        if let Some(printed) = &node.printed {
            let right = self.ids.printed.entry(printed.value.clone()).or_default();
            right.push(node.id.value.clone());
        }
        for below in &node.nodes {
            self.collect(below, kind + 1, taken, found);
        }
    }
}
