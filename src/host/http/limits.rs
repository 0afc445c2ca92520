//! Places for connections and for the work that they ask for: few enough for this machine, and none held by who does nothing.
//!
//! Entry: [`Places`], [`Slots`]. Invariant: while there is no free place, the connection that has kept one longest for nothing
//! loses it to the next.

use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A connection that has asked for nothing for so long may lose its place. A browser's request comes with its connection.
const IDLE: Duration = Duration::from_millis(500);
/// A client that has been taking one answer for so long may lose its place too.
const SLOW: Duration = Duration::from_secs(2);
/// How long the next connection waits for the end of the one that loses its place.
const HANDOVER: Duration = Duration::from_millis(250);

/// A place among a limited number; given back when it is dropped.
pub(super) struct Place<'a>(&'a AtomicUsize);

impl<'a> Place<'a> {
    pub(super) fn take(count: &'a AtomicUsize, most: usize) -> Option<Self> {
        let place = Self(count);
        // Beyond the limit the place is given back at once.
        (count.fetch_add(1, Ordering::AcqRel) < most).then_some(place)
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

/// The connections that hold a place, and which of them could lose it.
#[derive(Default)]
pub(super) struct Places {
    taken: AtomicUsize,
    /// By the moment from which each could lose its place, with a number that makes it unique.
    idle: Mutex<BTreeMap<(Instant, usize), Arc<TcpStream>>>,
    number: AtomicUsize,
}

/// A connection that could lose its place; it no longer can when this is dropped.
pub(super) struct Idle<'a> {
    places: &'a Places,
    key: (Instant, usize),
}

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        locked(&self.places.idle).remove(&self.key);
    }
}

impl Places {
    /// A place; where all are taken, that of the connection that has been idle longest. None where none is idle.
    pub(super) fn take(&self, most: usize) -> Option<Place<'_>> {
        let free = || Place::take(&self.taken, most);
        if let Some(place) = free() {
            return Some(place);
        }
        let now = Instant::now();
        let oldest = locked(&self.idle).pop_first();
        let (key, stream) = oldest?;
        if key.0 > now {
            locked(&self.idle).insert(key, stream);
            return None;
        }
        // Its own thread sees the end, and gives the place back.
        let _ = stream.shutdown(Shutdown::Both);
        while now.elapsed() < HANDOVER {
            if let Some(place) = free() {
                return Some(place);
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        None
    }

    /// Notes that a connection waits for its client to ask.
    pub(super) fn asking(&self, stream: &Arc<TcpStream>) -> Idle<'_> {
        self.note(stream, IDLE)
    }

    /// Notes that a connection waits for its client to take an answer.
    pub(super) fn taking(&self, stream: &Arc<TcpStream>) -> Idle<'_> {
        self.note(stream, SLOW)
    }

    fn note(&self, stream: &Arc<TcpStream>, after: Duration) -> Idle<'_> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let key = (Instant::now() + after, number);
        locked(&self.idle).insert(key, stream.clone());
        Idle { places: self, key }
    }
}

/// A number of pieces of work that may be done at once.
pub(super) struct Slots {
    free: Mutex<usize>,
    given_back: Condvar,
}

/// The right to work; given back when it is dropped.
pub(super) struct Slot<'a>(&'a Slots);

impl Slots {
    pub(super) fn new(most: usize) -> Self {
        Self {
            free: Mutex::new(most.max(1)),
            given_back: Condvar::new(),
        }
    }

    /// Waits for a slot; none where nobody wants the work any more, which is asked now and then.
    pub(super) fn take(&self, is_wanted: impl Fn() -> bool) -> Option<Slot<'_>> {
        const LOOK: Duration = Duration::from_millis(100);
        let mut free = locked(&self.free);
        loop {
            if *free > 0 {
                *free -= 1;
                let slot = Slot(self);
                drop(free);
                // It is asked last, so that what was given up while it waited is not begun.
                return is_wanted().then_some(slot);
            }
            let waited = self.given_back.wait_timeout(free, LOOK);
            free = waited.unwrap_or_else(PoisonError::into_inner).0;
            if *free == 0 {
                drop(free);
                if !is_wanted() {
                    return None;
                }
                free = locked(&self.free);
            }
        }
    }
}

impl Drop for Slot<'_> {
    fn drop(&mut self) {
        *locked(&self.0.free) += 1;
        self.0.given_back.notify_one();
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
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
        let places = Places::default();
        let first = places.take(1).expect("it is free");
        assert!(places.take(1).is_none(), "nobody is idle");
        let (server, mut client) = pair();
        let idle = places.asking(&server);
        assert!(places.take(1).is_none(), "it has only just come");
        std::thread::sleep(IDLE);
        std::thread::scope(|scope| {
            let next = scope.spawn(|| places.take(1).is_some());
            // The thread of the idle connection sees its end and gives the place back.
            assert_eq!(client.read(&mut [0]).ok(), Some(0));
            drop((idle, first));
            assert!(next.join().expect("no thread has panicked"));
        });
        assert!(places.take(1).is_some(), "and it was given back");
    }

    #[test]
    fn work_that_nobody_wants_is_not_begun() {
        let slots = Slots::new(1);
        let first = slots.take(|| true).expect("it is free");
        assert!(slots.take(|| false).is_none());
        drop(first);
        assert!(slots.take(|| false).is_none());
        assert!(slots.take(|| true).is_some(), "it was given back");
    }
}
