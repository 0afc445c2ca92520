//! Which measures answer each threat, and which use cases weigh it: the links that measures and use cases state, the
//! other way round.
//!
//! Entry: [`Catalogue::answers`]. Invariant: read in one pass, in reading order.

use super::{Catalogue, MeasureIx, UseCaseIx};

/// What leads to a threat.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The measures that answer it, in reading order.
    pub measures: Vec<MeasureIx>,
    /// The use cases in which it weighs most.
    pub use_cases: Vec<UseCaseIx>,
}

impl Catalogue {
    /// What leads to each threat, in the order of the threats.
    #[must_use]
    pub fn answers(&self) -> Vec<Answers> {
        let mut out = vec![Answers::default(); self.threats.len()];
        for ix in self.reading_order() {
            for threat in &self.measure(*ix).threats {
                out[threat.index()].measures.push(*ix);
            }
        }
        for (at, case) in self.use_cases.iter().enumerate() {
            for (threat, _) in &case.threats {
                out[threat.index()].use_cases.push(UseCaseIx::new(at));
            }
        }
        for it in &mut out {
            it.measures.dedup();
            it.use_cases.dedup();
        }
        out
    }
}
