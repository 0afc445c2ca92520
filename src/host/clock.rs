//! How long something took.

use std::time::Instant;

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
}
