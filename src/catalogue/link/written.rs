//! The records of each kind, in the order in which they are read: by `order:`, then by id, `2` before `10`.
//!
//! Invariant: what numbers records and what links them walks the same lists.

use std::sync::Arc;

use super::{Filed, Records};
use crate::natural::{compare, compare_paths};
use crate::paths::folder_of;
use crate::schema::{Body, FrameworkNode, Record};
use crate::source::SourcePath;

impl Records {
    /// Measures by id.
    pub(super) fn ordered_measures(
        &self,
    ) -> Vec<(&SourcePath, &Arc<Filed>, &crate::schema::Measure)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, filed)| match &filed.record {
                Record::Measure(it) => Some((path, filed, it)),
                _ => None,
            })
            .collect();
        out.sort_by(|(path, _, it), (other_path, _, other)| {
            compare(&it.id, &other.id).then_with(|| path.cmp(other_path))
        });
        out
    }

    /// Mapping files by framework and measure.
    pub(super) fn ordered_mappings(
        &self,
    ) -> Vec<(&SourcePath, &Arc<Filed>, &crate::schema::MappingFile)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, filed)| match &filed.record {
                Record::Mappings(it) => Some((path, filed, it)),
                _ => None,
            })
            .collect();
        out.sort_by(|(a, ..), (b, ..)| compare_paths(a, b));
        out
    }

    /// Sets of mappings by framework.
    pub(super) fn ordered_sets(&self) -> Vec<(&SourcePath, &crate::schema::MappingSet)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, filed)| match &filed.record {
                Record::Set(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by(|(a, _), (b, _)| compare_paths(a, b));
        out
    }

    pub(super) fn ordered_use_cases(&self) -> Vec<(&SourcePath, &crate::schema::UseCase)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, it)| match &it.record {
                Record::UseCase(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by(|(path, it), (other_path, other)| {
            let order = it.order.cmp(&other.order);
            order
                .then_with(|| compare(&it.id, &other.id))
                .then_with(|| path.cmp(other_path))
        });
        out
    }

    pub(super) fn ordered_frameworks(&self) -> Vec<(&SourcePath, &crate::schema::Framework)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, it)| match &it.record {
                Record::Framework(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by(|(path, it), (other_path, other)| {
            let order = it.order.cmp(&other.order);
            order
                .then_with(|| compare(&it.id, &other.id))
                .then_with(|| path.cmp(other_path))
        });
        out
    }

    /// Pages by folder and order.
    pub(super) fn ordered_pages(&self) -> Vec<(&SourcePath, &crate::schema::PageMatter, &Body)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, it)| match &it.record {
                Record::Page(matter, body) => Some((path, matter, body)),
                _ => None,
            })
            .collect();
        out.sort_by(|(path, it, _), (other_path, other, _)| {
            let folders = compare_paths(folder_of(path), folder_of(other_path));
            folders
                .then_with(|| it.order.cmp(&other.order))
                .then_with(|| compare_paths(path, other_path))
        });
        out
    }

    pub(super) fn ordered_terms(&self) -> Vec<(&SourcePath, &crate::schema::Term)> {
        let out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, it)| match &it.record {
                Record::Glossary(list) => Some(list.iter().map(move |it| (path, it))),
                _ => None,
            })
            .flatten()
            .collect();
        // Terms that differ in capitals only are one: they stay as they are written.
        let lower: Vec<_> = out.iter().map(|(_, it)| it.term.to_lowercase()).collect();
        let mut order: Vec<_> = (0..out.len()).collect();
        order.sort_by(|a, b| compare(&lower[*a], &lower[*b]));
        order.into_iter().map(|at| out[at]).collect()
    }

    /// The trees in a framework's folder, by the ids of their tops.
    pub(super) fn trees(&self, folder: &str) -> Vec<(&SourcePath, &Filed, &FrameworkNode)> {
        let mut out: Vec<_> = self
            .parsed
            .range::<str, _>((
                std::ops::Bound::Included(folder),
                std::ops::Bound::Unbounded,
            ))
            .take_while(|(path, _)| path.starts_with(folder))
            .filter_map(|(path, it)| match &it.record {
                Record::Tree(top) => Some((path, &**it, top)),
                _ => None,
            })
            .collect();
        out.sort_by(|(path, _, it), (other_path, _, other)| {
            let order = it.order.cmp(&other.order);
            order
                .then_with(|| compare(&it.id, &other.id))
                .then_with(|| path.cmp(other_path))
        });
        out
    }
}
