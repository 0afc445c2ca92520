//! A value computed from a text and cached beside it, so that an unchanged text is not processed again.
//!
//! Entry: [`Cached::get_or_insert`]. Invariant: affects speed only; the cache is ignored when texts are compared.

use std::sync::{Arc, Mutex, PoisonError};

/// The last value and its key.
pub(crate) struct Cached<T>(Mutex<Option<(u64, Arc<T>)>>);

impl<T> Cached<T> {
    /// The cached value if it has this key, else a new one.
    pub(crate) fn get_or_insert(&self, key: u64, find: impl FnOnce() -> Arc<T>) -> Arc<T> {
        self.get_or_insert_if(key, find, |_| true)
    }

    /// Like [`get_or_insert`](Self::get_or_insert), but caches only values that meet a condition.
    pub(crate) fn get_or_insert_if(
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

impl<T> Default for Cached<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Clone for Cached<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl<T> PartialEq for Cached<T> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<T> std::fmt::Debug for Cached<T> {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str("Memo")
    }
}

#[cfg(test)]
mod tests {
    use super::Cached;

    #[test]
    fn a_find_is_kept_until_the_key_changes() {
        let cached: Cached<u8> = Cached::default();
        assert_eq!(*cached.get_or_insert(1, || 1.into()), 1);
        assert_eq!(*cached.get_or_insert(1, || 2.into()), 1);
        assert_eq!(*cached.get_or_insert(2, || 3.into()), 3);
    }
}
