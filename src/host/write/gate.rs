//! Guards the changes of a run against a signal that ends the program.
//!
//! Entry: [`Gate::pass`] before a change, [`Gate::shut`] at the end. Invariant: once the gate is shut, nothing passes.

use std::io::{self, ErrorKind};
use std::sync::{PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A gate that every change must pass. Flushes, which can take seconds, happen outside of it.
#[derive(Default)]
pub(super) struct Gate {
    is_shut: RwLock<bool>,
}

/// Permission to change the folder while this guard lives.
pub(super) struct Pass<'a> {
    _open: RwLockReadGuard<'a, bool>,
}

/// Proof that the gate is shut and no change is in progress.
pub(super) struct Shut<'a> {
    _shut: RwLockWriteGuard<'a, bool>,
}

impl Gate {
    /// Passes the gate; it can't be shut until the guard is dropped.
    ///
    /// # Errors
    /// When the gate is shut.
    pub fn pass(&self) -> io::Result<Pass<'_>> {
        let is_shut = self.is_shut.read().unwrap_or_else(PoisonError::into_inner);
        if *is_shut {
            let message = "the program was asked to end";
            return Err(io::Error::new(ErrorKind::Interrupted, message));
        }
        Ok(Pass { _open: is_shut })
    }

    /// Waits until all guards are dropped, and shuts the gate; `None` if it was shut before.
    pub fn shut(&self) -> Option<Shut<'_>> {
        let mut shut = self.is_shut.write().unwrap_or_else(PoisonError::into_inner);
        if std::mem::replace(&mut *shut, true) {
            return None;
        }
        Some(Shut { _shut: shut })
    }
}
