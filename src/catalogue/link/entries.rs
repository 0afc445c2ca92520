//! The records of each kind with their indexes, in reading order: by `order:`, then by id, `2` before `10`.
//!
//! Entry: [`Records::measures`] and its like. Invariant: indexes are assigned here only, so that the look-up of an id and
//! the linking of its record agree. The second of two records with one id is removed before.

use std::cmp::Ordering;
use std::ops::Bound;
use std::sync::Arc;

use super::{ParsedFile, Records};
use crate::catalogue::{FrameworkIx, GroupIx, MeasureIx, PageIx, TermIx, ThreatIx, UseCaseIx};
use crate::natural::{compare, compare_paths};
use crate::paths::folder_of;
use crate::schema::{
    Body, Framework, FrameworkNode, Group, MappingFile, MappingSet, Measure, PageMatter, Record,
    Ref, Term, Threat, UseCase,
};
use crate::source::SourcePath;

/// A record and its index.
pub(super) struct Entry<'a, Ix, T> {
    pub ix: Ix,
    pub path: &'a SourcePath,
    pub record: T,
}

/// A measure and the index of its first practice.
pub(super) struct MeasureEntry<'a> {
    pub ix: MeasureIx,
    pub first_practice: usize,
    pub path: &'a SourcePath,
    pub file: &'a Arc<ParsedFile>,
    pub record: &'a Measure,
}

/// A file of a framework's nodes and the index of its root; the nodes below follow it.
pub(super) struct TreeEntry<'a> {
    pub framework: FrameworkIx,
    pub first: usize,
    pub path: &'a SourcePath,
    pub file: &'a Arc<ParsedFile>,
    pub root: &'a FrameworkNode,
}

impl TreeEntry<'_> {
    /// The index after that of the last node.
    pub(super) fn end(&self) -> usize {
        self.first + count(self.root)
    }
}

impl Records {
    /// Groups of measures as they are listed.
    pub(super) fn groups(&self) -> Vec<Entry<'_, GroupIx, &Group>> {
        let lists = self.of_kind(|record| match record {
            Record::Groups(list) => Some(list),
            _ => None,
        });
        let groups = lists.flat_map(|(path, _, list)| list.iter().map(move |it| (path, it)));
        numbered(groups, GroupIx::new)
    }

    /// Measures by id.
    pub(super) fn measures(&self) -> Vec<MeasureEntry<'_>> {
        let measures = self.of_kind(|record| match record {
            Record::Measure(measure) => Some(measure),
            _ => None,
        });
        let mut measures: Vec<_> = measures.collect();
        measures.sort_by(|(path, _, one), (other_path, _, other)| {
            compare(&one.id, &other.id).then_with(|| path.cmp(other_path))
        });
        let mut first_practice = 0;
        let numbered = measures
            .into_iter()
            .enumerate()
            .map(|(number, (path, file, record))| {
                let first = first_practice;
                first_practice += record.practices.len();
                MeasureEntry {
                    ix: MeasureIx::new(number),
                    first_practice: first,
                    path,
                    file,
                    record,
                }
            });
        numbered.collect()
    }

    /// Files of mappings by framework and measure.
    pub(super) fn mapping_files(&self) -> Vec<(&SourcePath, &Arc<ParsedFile>, &MappingFile)> {
        let files = self.of_kind(|record| match record {
            Record::Mappings(file) => Some(file),
            _ => None,
        });
        let mut files: Vec<_> = files.collect();
        files.sort_by(|(a, ..), (b, ..)| compare_paths(a, b));
        files
    }

    /// Sets of mappings by framework.
    pub(super) fn sets(&self) -> Vec<(&SourcePath, &MappingSet)> {
        let sets = self.of_kind(|record| match record {
            Record::Set(set) => Some(set),
            _ => None,
        });
        let mut sets: Vec<_> = sets.map(|(path, _, set)| (path, set)).collect();
        sets.sort_by(|(a, _), (b, _)| compare_paths(a, b));
        sets
    }

    /// Use cases by order and id.
    pub(super) fn use_cases(&self) -> Vec<Entry<'_, UseCaseIx, &UseCase>> {
        let use_cases = self.of_kind(|record| match record {
            Record::UseCase(use_case) => Some(use_case),
            _ => None,
        });
        let mut use_cases: Vec<_> = use_cases.map(|(path, _, it)| (path, it)).collect();
        use_cases.sort_by(|(path, one), (other_path, other)| {
            by_order(
                (one.order, &one.id, path),
                (other.order, &other.id, other_path),
            )
        });
        numbered(use_cases, UseCaseIx::new)
    }

    /// Threats as they are listed.
    pub(super) fn threats(&self) -> Vec<Entry<'_, ThreatIx, &Threat>> {
        let lists = self.of_kind(|record| match record {
            Record::Threats(list) => Some(list),
            _ => None,
        });
        let threats = lists.flat_map(|(path, _, list)| list.iter().map(move |it| (path, it)));
        numbered(threats, ThreatIx::new)
    }

    /// Frameworks by order and id.
    pub(super) fn frameworks(&self) -> Vec<Entry<'_, FrameworkIx, &Framework>> {
        let frameworks = self.of_kind(|record| match record {
            Record::Framework(framework) => Some(framework),
            _ => None,
        });
        let mut frameworks: Vec<_> = frameworks.map(|(path, _, it)| (path, it)).collect();
        frameworks.sort_by(|(path, one), (other_path, other)| {
            by_order(
                (one.order, &one.id, path),
                (other.order, &other.id, other_path),
            )
        });
        numbered(frameworks, FrameworkIx::new)
    }

    /// The trees of all frameworks, framework by framework.
    pub(super) fn trees(&self) -> Vec<TreeEntry<'_>> {
        let mut first = 0;
        let mut out = Vec::new();
        for framework in self.frameworks() {
            for (path, file, root) in self.trees_in(folder_of(framework.path)) {
                let tree = TreeEntry {
                    framework: framework.ix,
                    first,
                    path,
                    file,
                    root,
                };
                first = tree.end();
                out.push(tree);
            }
        }
        out
    }

    /// The trees in a framework's folder, by the order and the id of their roots.
    pub(super) fn trees_in(
        &self,
        folder: &str,
    ) -> Vec<(&SourcePath, &Arc<ParsedFile>, &FrameworkNode)> {
        let from = (Bound::Included(folder), Bound::Unbounded);
        let files = self.parsed.range::<str, _>(from);
        let inside = files.take_while(|(path, _)| path.starts_with(folder));
        let trees = inside.filter_map(|(path, file)| match &file.record {
            Record::Tree(root) => Some((path, file, root)),
            _ => None,
        });
        let mut trees: Vec<_> = trees.collect();
        trees.sort_by(|(path, _, one), (other_path, _, other)| {
            by_order(
                (one.order, &one.id, path),
                (other.order, &other.id, other_path),
            )
        });
        trees
    }

    /// Pages by folder, then by order and name.
    pub(super) fn pages(&self) -> Vec<Entry<'_, PageIx, (&PageMatter, &Body)>> {
        let pages = self.of_kind(|record| match record {
            Record::Page(matter, body) => Some((matter, body)),
            _ => None,
        });
        let mut pages: Vec<_> = pages.map(|(path, _, page)| (path, page)).collect();
        pages.sort_by(|(path, (one, _)), (other_path, (other, _))| {
            compare_paths(folder_of(path), folder_of(other_path))
                .then_with(|| one.order.cmp(&other.order))
                .then_with(|| compare_paths(path, other_path))
        });
        numbered(pages, PageIx::new)
    }

    /// Terms of the glossary by name.
    pub(super) fn terms(&self) -> Vec<Entry<'_, TermIx, &Term>> {
        let lists = self.of_kind(|record| match record {
            Record::Glossary(list) => Some(list),
            _ => None,
        });
        let terms = lists.flat_map(|(path, _, list)| list.iter().map(move |it| (path, it)));
        // Terms that differ in case only keep the author's order.
        let mut terms: Vec<_> = terms.map(|it| (it.1.term.to_lowercase(), it)).collect();
        terms.sort_by(|(one, _), (other, _)| compare(one, other));
        numbered(terms.into_iter().map(|(_, it)| it), TermIx::new)
    }

    /// The files of one kind, by path.
    fn of_kind<'a, T>(
        &'a self,
        select: impl Fn(&'a Record) -> Option<T> + 'a,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<ParsedFile>, T)> {
        let files = self.parsed.iter();
        files.filter_map(move |(path, file)| Some((path, file, select(&file.record)?)))
    }
}

/// Records with their indexes.
fn numbered<'a, Ix, T>(
    records: impl IntoIterator<Item = (&'a SourcePath, T)>,
    ix: impl Fn(usize) -> Ix,
) -> Vec<Entry<'a, Ix, T>> {
    let entry = |(position, (path, record))| Entry {
        ix: ix(position),
        path,
        record,
    };
    records.into_iter().enumerate().map(entry).collect()
}

/// Compares two records by `order:`, then by id, then by file.
fn by_order<N: Ord + Copy>(one: (N, &Ref, &SourcePath), other: (N, &Ref, &SourcePath)) -> Ordering {
    let order = one.0.cmp(&other.0);
    order
        .then_with(|| compare(one.1, other.1))
        .then_with(|| one.2.cmp(other.2))
}

/// How many nodes a tree has.
fn count(node: &FrameworkNode) -> usize {
    1 + node.nodes.iter().map(count).sum::<usize>()
}
