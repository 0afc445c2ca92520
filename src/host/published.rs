//! The latest of something, for many readers: what is published replaces what was there.
//!
//! Entry: [`Board::publish`], [`Board::newer`]. Invariant: a reader that is late finds the latest and misses nothing that
//! still stands; the lock is never held while anything is made, written or sent.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A numbered value that is replaced as a whole.
#[derive(Debug)]
pub struct Board<T> {
    now: Mutex<(u64, Arc<T>)>,
    changed: Condvar,
}

impl<T> Board<T> {
    /// A board with its first value, which has the number 1.
    #[must_use]
    pub fn new(first: T) -> Self {
        Self {
            now: Mutex::new((1, Arc::new(first))),
            changed: Condvar::new(),
        }
    }

    /// The latest value and its number.
    #[must_use]
    pub fn now(&self) -> (u64, Arc<T>) {
        self.lock().clone()
    }

    /// Replaces the value, and returns the one that stood there.
    pub fn publish(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        let old = {
            let mut now = self.lock();
            now.0 += 1;
            std::mem::replace(&mut now.1, value)
        };
        self.changed.notify_all();
        old
    }

    /// The number of the latest value as soon as it is not `than`; none if that does not happen in time.
    #[must_use]
    pub fn newer(&self, than: Option<u64>, wait: Duration) -> Option<u64> {
        let (now, _) = self
            .changed
            .wait_timeout_while(self.lock(), wait, |now| Some(now.0) == than)
            .unwrap_or_else(PoisonError::into_inner);
        Some(now.0).filter(|it| Some(*it) != than)
    }

    fn lock(&self) -> MutexGuard<'_, (u64, Arc<T>)> {
        // A number and a pointer are whole at any time, also after a panic elsewhere.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::Board;
    use std::sync::Arc;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_late_reader_finds_the_latest() {
        let board = Board::new("a");
        board.publish("b");
        board.publish("c");
        assert_eq!(board.newer(Some(1), Duration::ZERO), Some(3));
        assert_eq!(*board.now().1, "c");
        assert_eq!(board.newer(Some(3), Duration::ZERO), None);
        assert_eq!(board.newer(None, Duration::ZERO), Some(3));
    }

    #[test]
    fn a_waiting_reader_wakes() {
        let board = Arc::new(Board::new(0));
        let waiting = {
            let board = board.clone();
            thread::spawn(move || board.newer(Some(1), Duration::from_secs(20)))
        };
        board.publish(1);
        assert_eq!(waiting.join().expect("it ends"), Some(2));
    }
}
