//! Whether a run may still change its folder: a signal that ends the program shuts the gate.
//!
//! Entry: [`Gate::pass`] before a change, [`Gate::shut`] at the end. Invariant: once shut, nothing passes any more.

use std::io::{self, ErrorKind};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The gate; a flush, which can take seconds, is waited for outside of it.
#[derive(Default)]
pub(super) struct Gate {
    is_shut: RwLock<bool>,
}

/// The leave to change the folder, for as long as it lives.
pub(super) struct Pass<'a> {
    _open: RwLockReadGuard<'a, bool>,
}

/// Nothing passes while this lives, nor afterwards.
pub(super) struct Shut<'a> {
    _shut: RwLockWriteGuard<'a, bool>,
}

impl Gate {
    /// Passes, and keeps the gate open until the pass is dropped.
    ///
    /// # Errors
    /// When the gate is shut.
    pub fn pass(&self) -> io::Result<Pass<'_>> {
        let open = self.is_shut.read().unwrap_or_else(PoisonError::into_inner);
        if *open {
            let why = "the program was asked to end";
            return Err(io::Error::new(ErrorKind::Interrupted, why));
        }
        Ok(Pass { _open: open })
    }

    /// Shuts the gate when all that passed are through; none if it was shut before.
    pub fn shut(&self) -> Option<Shut<'_>> {
        let mut shut = self.is_shut.write().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *shut, true) {
            return None;
        }
        Some(Shut { _shut: shut })
    }
}
