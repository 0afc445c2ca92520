//! The records of each kind, in the order in which they are read.

use super::index::{Index, folder_of};
use crate::schema::{Body, FrameworkNode, Record};
use crate::source::SourcePath;

impl<'a> Index<'a> {
    pub(super) fn ordered_use_cases(&self) -> Vec<(&'a SourcePath, &'a crate::schema::UseCase)> {
        let mut out: Vec<_> = self
            .records
            .parsed
            .iter()
            .filter_map(|(path, it)| match it.as_ref() {
                Record::UseCase(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(path, it)| (it.order, (*path).clone()));
        out
    }

    pub(super) fn ordered_frameworks(&self) -> Vec<(&'a SourcePath, &'a crate::schema::Framework)> {
        let mut out: Vec<_> = self
            .records
            .parsed
            .iter()
            .filter_map(|(path, it)| match it.as_ref() {
                Record::Framework(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(path, it)| (it.order, (*path).clone()));
        out
    }

    /// Pages by folder and order.
    pub(super) fn ordered_pages(
        &self,
    ) -> Vec<(&'a SourcePath, &'a crate::schema::PageMatter, &'a Body)> {
        let mut out: Vec<_> = self
            .records
            .parsed
            .iter()
            .filter_map(|(path, it)| match it.as_ref() {
                Record::Page(matter, body) => Some((path, matter, body)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(path, it, _)| (folder_of(path).to_owned(), it.order, (*path).clone()));
        out
    }

    pub(super) fn ordered_terms(&self) -> Vec<(&'a SourcePath, &'a crate::schema::Term)> {
        let mut out: Vec<_> = self
            .records
            .parsed
            .iter()
            .filter_map(|(path, it)| match it.as_ref() {
                Record::Glossary(list) => Some(list.iter().map(move |it| (path, it))),
                _ => None,
            })
            .flatten()
            .collect();
        out.sort_by_key(|(_, it)| it.term.to_lowercase());
        out
    }

    /// The trees in a framework's folder, in the order of its first kind's ids: by file name, numbers as numbers.
    pub(super) fn trees(&self, folder: &str) -> Vec<(&'a SourcePath, &'a FrameworkNode)> {
        let mut out: Vec<_> = self
            .records
            .parsed
            .range::<str, _>((
                std::ops::Bound::Included(folder),
                std::ops::Bound::Unbounded,
            ))
            .take_while(|(path, _)| path.starts_with(folder))
            .filter_map(|(path, it)| match it.as_ref() {
                Record::Tree(it) => Some((path, it)),
                _ => None,
            })
            .collect();
        out.sort_by_key(|(path, it)| (it.order, (*path).clone()));
        out
    }
}
