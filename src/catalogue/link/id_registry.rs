//! The ids in use, to find duplicates.
//!
//! Entry: [`IdRegistry::register`]. Invariant: the second record with an id is reported, also if only the case differs.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::super::rules::{duplicate_id, invalid_id};
use super::LinkOutput;
use crate::schema::Ref;
use crate::source::{SourceLocation, SourcePath};

/// The ids in use by namespace, each with the first record that has it.
#[derive(Default)]
pub(super) struct IdRegistry<'a>(
    FxHashMap<(&'static str, CaseFolded<'a>), (&'a SourcePath, &'a Ref)>,
);

/// An id that is compared without regard to case.
struct CaseFolded<'a>(&'a str);

impl CaseFolded<'_> {
    fn chars(&self) -> impl Iterator<Item = char> {
        let lower = self.0.chars().flat_map(char::to_lowercase);
        // Final sigma: the one letter whose lowercase form depends on its position.
        lower.map(|c| if c == 'ς' { 'σ' } else { c })
    }
}

impl PartialEq for CaseFolded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.chars().eq(other.chars())
    }
}

impl Eq for CaseFolded<'_> {}

impl Hash for CaseFolded<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.chars().for_each(|it| it.hash(to));
    }
}

impl<'a> IdRegistry<'a> {
    /// Registers an id, and reports it if it is invalid; false if another record has it.
    pub(super) fn register(
        &mut self,
        namespace: &'static str,
        path: &'a SourcePath,
        id: &'a Ref,
        output: &mut LinkOutput,
    ) -> bool {
        if !invalid_id::is_valid(id) {
            output.push(invalid_id::report(&location(path, id), id));
        }
        self.register_name(namespace, path, id, output)
    }

    /// Registers any text as an id; false if another record has it.
    pub(super) fn register_name(
        &mut self,
        namespace: &'static str,
        path: &'a SourcePath,
        id: &'a Ref,
        output: &mut LinkOutput,
    ) -> bool {
        match self.0.entry((namespace, CaseFolded(id))) {
            Entry::Occupied(first) => {
                let (first_path, first) = *first.get();
                let first = location(first_path, first);
                let second = location(path, id);
                output.push(duplicate_id::report(&second, id, &first));
                output.duplicates.push(second);
                false
            }
            Entry::Vacant(vacant) => {
                vacant.insert((path, id));
                true
            }
        }
    }
}

fn location(path: &SourcePath, id: &Ref) -> SourceLocation {
    SourceLocation {
        path: path.clone(),
        span: id.span,
    }
}

#[cfg(test)]
mod tests {
    use super::{IdRegistry, LinkOutput, Ref};
    use crate::source::{SourcePath, Span};

    #[test]
    fn ids_that_differ_in_case_are_duplicates() {
        let path: SourcePath = "content/glossary.yaml".into();
        let id = |text: &str| Ref {
            value: text.to_owned(),
            span: Span::default(),
        };
        for (one, other, same) in [
            ("HCS-01", "hcs-01", true),
            ("ΟΔΟΣ", "οδος", true),
            ("Éléa", "éLÉA", true),
            ("HCS-01", "HCS-02", false),
        ] {
            let (one, other) = (id(one), id(other));
            let mut output = LinkOutput::default();
            let mut registry = IdRegistry::default();
            registry.register_name("term", &path, &one, &mut output);
            registry.register_name("threat", &path, &other, &mut output);
            assert!(output.diagnostics.is_empty(), "namespaces are separate");
            registry.register_name("term", &path, &other, &mut output);
            assert_eq!(!output.diagnostics.is_empty(), same, "{one:?} {other:?}");
        }
    }
}
