//! What many pages show alike, turned into a value of the template engine once.
//!
//! Entry: [`Shared::new`]; [`Commons`] keeps what all pages of an edition share. Invariant: what is kept changes speed only.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Serialize, Serializer};
use tera::Value;

use super::marks::{self, MarkView};
use super::surroundings::Surroundings;
use crate::catalogue::{Catalogue, FrameworkIx, UseCaseIx};
use crate::site::PageKind;

/// A part of a view that is shown many times.
#[derive(Debug)]
pub(super) struct Shared<T>(Arc<Kept<T>>);

#[derive(Debug)]
struct Kept<T> {
    it: T,
    value: Value,
}

impl<T: Serialize> Shared<T> {
    pub(super) fn new(it: T) -> Self {
        let value = Value::from_serializable(&it);
        Self(Arc::new(Kept { it, value }))
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0.it
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.value.serialize(serializer)
    }
}

/// By folder and part of the navigation.
type Around = HashMap<(String, Option<PageKind>), Arc<Surroundings>>;

/// What the pages of an edition have in common.
#[derive(Debug)]
pub struct Commons {
    /// The marks of each framework's levels.
    levels: Vec<Vec<MarkView>>,
    use_cases: Vec<MarkView>,
    /// What stands around the pages of a folder that belong to one part of the navigation.
    around: Mutex<Around>,
}

impl Commons {
    /// What the pages of a catalogue have in common.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let levels = catalogue.frameworks.iter().map(|it| {
            let levels = it.levels.iter().enumerate();
            levels.map(|(at, name)| marks::level(name, at)).collect()
        });
        Self {
            levels: levels.collect(),
            use_cases: catalogue.use_cases.iter().map(marks::use_case).collect(),
            around: Mutex::default(),
        }
    }

    /// The mark of a framework's level, by position.
    pub(super) fn level(&self, ix: FrameworkIx, at: usize) -> Option<&MarkView> {
        self.levels.get(ix.at())?.get(at)
    }

    pub(super) fn use_case(&self, ix: UseCaseIx) -> &MarkView {
        &self.use_cases[ix.at()]
    }

    /// What stands around the pages of a folder, made when the first of them asks.
    pub(super) fn around(
        &self,
        folder: &str,
        part: Option<PageKind>,
        make: impl FnOnce() -> Surroundings,
    ) -> Arc<Surroundings> {
        let mut around = self.around.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = around.entry((folder.to_owned(), part));
        Arc::clone(kept.or_insert_with(|| Arc::new(make())))
    }
}
