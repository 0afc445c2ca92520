//! Ids that are taken.
//!
//! Entry: [`Taken::claim`]. Invariant: the second bearer of an id is reported, also where only capitals differ.

use std::collections::hash_map::Entry;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHashMap;

use super::super::rules::{duplicate_id, invalid_id};
use super::Found;
use crate::schema::Ref;
use crate::source::{SourceLocation, SourcePath};

/// Ids that are taken, by namespace, each with its first bearer.
#[derive(Default)]
pub(super) struct Taken<'a>(FxHashMap<(&'static str, Folded<'a>), (&'a SourcePath, &'a Ref)>);

/// An id that is equal to another one where only capitals differ.
struct Folded<'a>(&'a str);

impl Folded<'_> {
    fn chars(&self) -> impl Iterator<Item = char> {
        let lower = self.0.chars().flat_map(char::to_lowercase);
        // The one letter whose small form depends on its place in the word.
        lower.map(|c| if c == 'ς' { 'σ' } else { c })
    }
}

impl PartialEq for Folded<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0 || self.chars().eq(other.chars())
    }
}

impl Eq for Folded<'_> {}

impl Hash for Folded<'_> {
    fn hash<H: Hasher>(&self, to: &mut H) {
        self.chars().for_each(|it| it.hash(to));
    }
}

impl<'a> Taken<'a> {
    /// Takes an identifier, which must be a sound one; false if another record bears it.
    pub(super) fn claim(
        &mut self,
        space: &'static str,
        path: &'a SourcePath,
        id: &'a Ref,
        found: &mut Found,
    ) -> bool {
        if !invalid_id::sound(id) {
            found.push(invalid_id::report(&location(path, id), id));
        }
        self.claim_any(space, path, id, found)
    }

    /// Takes any words; false if another record bears them.
    pub(super) fn claim_any(
        &mut self,
        space: &'static str,
        path: &'a SourcePath,
        id: &'a Ref,
        found: &mut Found,
    ) -> bool {
        match self.0.entry((space, Folded(id))) {
            Entry::Occupied(first) => {
                let (first_path, first) = *first.get();
                let first = location(first_path, first);
                let second = location(path, id);
                found.push(duplicate_id::report(&second, id, &first));
                found.doubles.push(second);
                false
            }
            Entry::Vacant(free) => {
                free.insert((path, id));
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
    use super::{Found, Ref, Taken};
    use crate::source::{SourcePath, Span};

    #[test]
    fn an_id_is_taken_also_in_other_capitals() {
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
            let mut found = Found::default();
            let mut taken = Taken::default();
            taken.claim_any("term", &path, &one, &mut found);
            taken.claim_any("threat", &path, &other, &mut found);
            assert!(found.diagnostics.is_empty(), "spaces are apart");
            taken.claim_any("term", &path, &other, &mut found);
            assert_eq!(!found.diagnostics.is_empty(), same, "{one:?} {other:?}");
        }
    }
}
