//! Ids that are taken.
//!
//! Entry: [`Taken::claim`]. Invariant: the second bearer of an id is reported, also where only capitals differ.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::super::rules::{duplicate_id, invalid_id};
use super::Found;
use crate::schema::Ref;
use crate::source::{Place, SourcePath};

/// Ids that are taken, by namespace and in lower case.
#[derive(Default)]
pub(super) struct Taken(FxHashMap<(&'static str, String), Place>);

impl Taken {
    pub(super) fn claim(
        &mut self,
        space: &'static str,
        path: &SourcePath,
        id: &Ref,
        found: &mut Found,
    ) {
        if !invalid_id::sound(id) {
            let place = Place {
                path: path.clone(),
                span: id.span,
            };
            found.push(invalid_id::at(&place, id));
        }
        self.claim_any(space, path, id, found);
    }

    pub(super) fn claim_any(
        &mut self,
        space: &'static str,
        path: &SourcePath,
        id: &Ref,
        found: &mut Found,
    ) {
        let place = Place {
            path: path.clone(),
            span: id.span,
        };
        match self.0.entry((space, id.to_lowercase())) {
            Entry::Occupied(first) => found.push(duplicate_id::at(&place, id, first.get())),
            Entry::Vacant(free) => _ = free.insert(place),
        }
    }
}
