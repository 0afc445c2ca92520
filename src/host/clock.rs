//! Measures durations and identifies this run of the program.

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

    /// The elapsed time in seconds: `0.84 s`.
    #[must_use]
    pub fn seconds(&self) -> String {
        format!("{:.2} s", self.0.elapsed().as_secs_f64())
    }

    /// The elapsed time in milliseconds, `12 ms`; from a second on in seconds.
    #[must_use]
    pub fn milliseconds(&self) -> String {
        match self.0.elapsed().as_millis() {
            it @ 0..1000 => format!("{it} ms"),
            _ => self.seconds(),
        }
    }
}

/// An identifier that differs for each run of the program.
#[must_use]
pub fn run_id() -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |it| it.as_nanos());
    format!("{now:x}-{:x}", std::process::id())
}
