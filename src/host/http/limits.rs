//! Limits on concurrent connections and on concurrent rendering.
//!
//! Entry: [`ConnectionPool`], [`Semaphore`]. Invariant: when all connections are in use, the one that has been idle longest is
//! closed in favour of a new one.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A connection without a request for this long may be evicted. A browser sends a request as soon as it connects.
const IDLE_GRACE: Duration = Duration::from_millis(500);
/// A connection whose client has been receiving one response for this long may be evicted.
const READER_GRACE: Duration = Duration::from_secs(2);
/// How long a new connection waits for an evicted one to end.
const EVICTION_TIMEOUT: Duration = Duration::from_millis(250);

/// One of a limited number of permits; released on drop.
pub(super) struct Permit<'a>(&'a AtomicUsize);

impl<'a> Permit<'a> {
    pub(super) fn acquire(count: &'a AtomicUsize, limit: usize) -> Option<Self> {
        let permit = Self(count);
        // Beyond the limit, dropping the permit corrects the count at once.
        (count.fetch_add(1, Ordering::AcqRel) < limit).then_some(permit)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Counts the open connections, and knows which of them are idle.
#[derive(Default)]
pub(super) struct ConnectionPool {
    count: AtomicUsize,
    /// By the time from which each may be evicted, with a number that makes the key unique.
    idle: Mutex<BTreeMap<(Instant, usize), Arc<TcpStream>>>,
    number: AtomicUsize,
}

/// Marks a connection as idle until dropped.
pub(super) struct IdleGuard<'a> {
    pool: &'a ConnectionPool,
    key: (Instant, usize),
}

impl Drop for IdleGuard<'_> {
    fn drop(&mut self) {
        lock(&self.pool.idle).remove(&self.key);
    }
}

impl ConnectionPool {
    /// A permit for a connection. If all are in use, evicts the connection that has been idle longest; `None` if none is idle.
    pub(super) fn acquire(&self, limit: usize) -> Option<Permit<'_>> {
        let free = || Permit::acquire(&self.count, limit);
        if let Some(permit) = free() {
            return Some(permit);
        }
        let now = Instant::now();
        let oldest = lock(&self.idle).pop_first();
        let (key, stream) = oldest?;
        if key.0 > now {
            lock(&self.idle).insert(key, stream);
            return None;
        }
        // The thread of that connection notices the end and releases its permit.
        let _ = stream.shutdown(Shutdown::Both);
        while now.elapsed() < EVICTION_TIMEOUT {
            if let Some(permit) = free() {
                return Some(permit);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// Marks a connection as waiting for the next request.
    pub(super) fn await_request(&self, stream: &Arc<TcpStream>) -> IdleGuard<'_> {
        self.mark_idle(stream, IDLE_GRACE)
    }

    /// Marks a connection as waiting for its client to receive the response.
    pub(super) fn await_reader(&self, stream: &Arc<TcpStream>) -> IdleGuard<'_> {
        self.mark_idle(stream, READER_GRACE)
    }

    fn mark_idle(&self, stream: &Arc<TcpStream>, after: Duration) -> IdleGuard<'_> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let key = (Instant::now() + after, number);
        lock(&self.idle).insert(key, stream.clone());
        IdleGuard { pool: self, key }
    }
}

/// Limits how many threads render at once.
pub(super) struct Semaphore {
    free: Mutex<usize>,
    released: Condvar,
}

/// The right to render; released on drop.
pub(super) struct SemaphorePermit<'a>(&'a Semaphore);

impl Semaphore {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            free: Mutex::new(limit.max(1)),
            released: Condvar::new(),
        }
    }

    /// Waits for a permit; `None` once `is_needed`, which is polled meanwhile, returns false.
    pub(super) fn acquire_if(&self, is_needed: impl Fn() -> bool) -> Option<SemaphorePermit<'_>> {
        const POLL_INTERVAL: Duration = Duration::from_millis(100);
        let mut free = lock(&self.free);
        loop {
            if *free > 0 {
                *free -= 1;
                let permit = SemaphorePermit(self);
                drop(free);
                // Checked once more, since the client may have gone during the wait.
                return is_needed().then_some(permit);
            }
            let waited = self.released.wait_timeout(free, POLL_INTERVAL);
            free = waited.unwrap_or_else(PoisonError::into_inner).0;
            if *free == 0 {
                drop(free);
                if !is_needed() {
                    return None;
                }
                free = lock(&self.free);
            }
        }
    }
}

impl Drop for SemaphorePermit<'_> {
    fn drop(&mut self) {
        *lock(&self.0.free) += 1;
        self.0.released.notify_one();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    /// The two ends of a connection.
    fn pair() -> (Arc<TcpStream>, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port is free");
        let address = listener.local_addr().expect("it has one");
        let client = TcpStream::connect(address).expect("it listens");
        let (server, _) = listener.accept().expect("it is connected");
        (Arc::new(server), client)
    }

    #[test]
    fn only_who_has_been_idle_for_a_while_loses_a_place() {
        let pool = ConnectionPool::default();
        let first = pool.acquire(1).expect("it is free");
        assert!(pool.acquire(1).is_none(), "nobody is idle");
        let (server, mut client) = pair();
        let idle = pool.await_request(&server);
        assert!(pool.acquire(1).is_none(), "it has only just come");
        std::thread::sleep(IDLE_GRACE);
        std::thread::scope(|scope| {
            let next = scope.spawn(|| pool.acquire(1).is_some());
            // The thread of the idle connection notices the end and releases its permit.
            assert_eq!(client.read(&mut [0]).ok(), Some(0));
            drop((idle, first));
            assert!(next.join().expect("no thread has panicked"));
        });
        assert!(pool.acquire(1).is_some(), "and it was given back");
    }

    #[test]
    fn work_that_nobody_wants_is_not_begun() {
        let semaphore = Semaphore::new(1);
        let first = semaphore.acquire_if(|| true).expect("it is free");
        assert!(semaphore.acquire_if(|| false).is_none());
        drop(first);
        assert!(semaphore.acquire_if(|| false).is_none());
        assert!(semaphore.acquire_if(|| true).is_some(), "it was given back");
    }
}
