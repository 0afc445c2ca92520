//! How long something took, and a word for this run of the program.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Measures time from its start.
#[derive(Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start, as people say it: `0.84 s`.
    #[must_use]
    pub fn words(&self) -> String {
        format!("{:.2} s", self.0.elapsed().as_secs_f64())
    }

    /// The same where it is short: `12 ms`.
    #[must_use]
    pub fn short(&self) -> String {
        match self.0.elapsed().as_millis() {
            it @ 0..1000 => format!("{it} ms"),
            _ => self.words(),
        }
    }
}

/// A word that is another in each run of the program.
#[must_use]
pub fn run() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |it| it.as_nanos());
    format!("{now:x}-{:x}", std::process::id())
}
