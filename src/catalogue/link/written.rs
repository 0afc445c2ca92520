//! The records of each kind, in the order in which they are read.

use super::index::folder_of;
use super::{Filed, Records};
use crate::schema::{Body, FrameworkNode, Record};
use crate::source::SourcePath;

impl Records {
    pub(super) fn ordered_use_cases(&self) -> Vec<(&SourcePath, &crate::schema::UseCase)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, it)| match &it.record {
                Record::UseCase(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(path, it)| (it.order, (*path).clone()));
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
        out.sort_by_key(|(path, it)| (it.order, (*path).clone()));
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
        out.sort_by_key(|(path, it, _)| (folder_of(path).to_owned(), it.order, (*path).clone()));
        out
    }

    pub(super) fn ordered_terms(&self) -> Vec<(&SourcePath, &crate::schema::Term)> {
        let mut out: Vec<_> = self
            .parsed
            .iter()
            .filter_map(|(path, it)| match &it.record {
                Record::Glossary(list) => Some(list.iter().map(move |it| (path, it))),
                _ => None,
            })
            .flatten()
            .collect();
        out.sort_by_key(|(_, it)| it.term.to_lowercase());
        out
    }

    /// The trees in a framework's folder, in the order of its first kind's ids: by file name, numbers as numbers.
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
        out.sort_by_key(|(path, _, it)| (it.order, (*path).clone()));
        out
    }
}
