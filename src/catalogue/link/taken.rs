//! Ids that are taken.
//!
//! Entry: [`Taken::claim`]. Invariant: the second bearer of an id is reported, also where only capitals differ.

use std::collections::BTreeMap;

use super::super::rules::{duplicate_id, invalid_id};
use super::Found;
use crate::schema::Ref;
use crate::source::{Place, SourcePath};

/// Ids that are taken, by namespace and in lower case.
#[derive(Default)]
pub(super) struct Taken(BTreeMap<(&'static str, String), Place>);

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
        match self.0.get(&(space, id.to_lowercase())) {
            Some(first) => found.push(duplicate_id::at(&place, id, first)),
            None => {
                self.0.insert((space, id.to_lowercase()), place);
            }
        }
    }
}
