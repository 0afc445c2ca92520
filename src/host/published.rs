//! The latest version of a value, published by one thread and read by many.
//!
//! Entry: [`Published::publish`], [`Published::wait_for_newer`]. Invariant: a late reader always finds the latest version; the
//! lock is never held while a value is made, written or sent.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A value with a version number; publishing replaces it as a whole.
#[derive(Debug)]
pub struct Published<T> {
    latest: Mutex<(u64, Arc<T>)>,
    changed: Condvar,
}

impl<T> Published<T> {
    /// Publishes the first value, as version 1.
    #[must_use]
    pub fn new(first: T) -> Self {
        Self {
            latest: Mutex::new((1, Arc::new(first))),
            changed: Condvar::new(),
        }
    }

    /// The latest value and its version.
    #[must_use]
    pub fn latest(&self) -> (u64, Arc<T>) {
        self.lock().clone()
    }

    /// Replaces the value and returns the previous one.
    pub fn publish(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let old = {
            let mut latest = self.lock();
            latest.0 += 1;
            std::mem::replace(&mut latest.1, value)
        };
        self.changed.notify_all();
        old
    }

    /// Waits until the latest version differs from `known` and returns it; `None` on timeout.
    #[must_use]
    pub fn wait_for_newer(&self, known: Option<u64>, timeout: Duration) -> Option<u64> {
        let (latest, _) = self
            .changed
            .wait_timeout_while(self.lock(), timeout, |latest| Some(latest.0) == known)
            .unwrap_or_else(PoisonError::into_inner);
        Some(latest.0).filter(|version| Some(*version) != known)
    }

    fn lock(&self) -> MutexGuard<'_, (u64, Arc<T>)> {
        // A poisoned lock is harmless: version and pointer are always consistent.
        self.latest.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Published;
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_late_reader_finds_the_latest() {
        let published = Published::new("a");
        published.publish("b");
        published.publish("c");
        assert_eq!(published.wait_for_newer(Some(1), Duration::ZERO), Some(3));
        assert_eq!(*published.latest().1, "c");
        assert_eq!(published.wait_for_newer(Some(3), Duration::ZERO), None);
        assert_eq!(published.wait_for_newer(None, Duration::ZERO), Some(3));
    }

    #[test]
    fn a_waiting_reader_wakes() {
        let published = Arc::new(Published::new(0));
        let waiting = {
            let published = published.clone();
            thread::spawn(move || published.wait_for_newer(Some(1), Duration::from_secs(20)))
        };
        published.publish(1);
        assert_eq!(waiting.join().expect("it ends"), Some(2));
    }
}
