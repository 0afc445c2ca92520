//! What was found in a text, kept beside it, so that a text that has not changed is not read again.
//!
//! Entry: [`Memo::of`]. Invariant: it can change speed only; two texts are equal whatever is kept beside them.

use std::sync::{Arc, Mutex, PoisonError};

/// The last find, and the key of what was looked for.
pub(crate) struct Memo<T>(Mutex<Option<(u64, Arc<T>)>>);

impl<T> Memo<T> {
    /// What is found for a key: the find that is kept, or a new one.
    pub(crate) fn of(&self, key: u64, find: impl FnOnce() -> Arc<T>) -> Arc<T> {
        self.of_if(key, find, |_| true)
    }

    /// The same, where only some finds are fit to be kept.
    pub(crate) fn of_if(
        &self,
        key: u64,
        find: impl FnOnce() -> Arc<T>,
        fit: impl FnOnce(&T) -> bool,
    ) -> Arc<T> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, found)) = kept.as_ref().filter(|(it, _)| *it == key) {
            return found.clone();
        }
        let found = find();
        *kept = fit(&found).then(|| (key, found.clone()));
        found
    }
}

impl<T> Default for Memo<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T> PartialEq for Memo<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> std::fmt::Debug for Memo<T> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Memo")
    }
}

#[cfg(test)]
mod tests {
    use super::Memo;

    #[test]
    fn a_find_is_kept_until_the_key_changes() {
        let memo: Memo<u8> = Memo::default();
        assert_eq!(*memo.of(1, || 1.into()), 1);
        assert_eq!(*memo.of(1, || 2.into()), 1);
        assert_eq!(*memo.of(2, || 3.into()), 3);
    }
}
