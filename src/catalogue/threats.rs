//! The measures that answer each threat and the use cases that name it: the inverse of the links in the records.
//!
//! Entry: [`Catalogue::answers`]. Invariant: one pass, in reading order.

use super::{Catalogue, MeasureIx, UseCaseIx};

/// The records that refer to a threat.
#[derive(Debug, Clone, Default)]
pub struct Answers {
    /// The measures that answer it, in reading order.
    pub measures: Vec<MeasureIx>,
    /// The use cases in which it weighs most.
    pub use_cases: Vec<UseCaseIx>,
}

impl Catalogue {
    /// The records that refer to each threat, in the order of the threats.
    #[must_use]
    pub fn answers(&self) -> Vec<Answers> {
        let mut out = vec![Answers::default(); self.threats.len()];
        for ix in self.reading_order() {
            for threat in &self.measure(*ix).threats {
                out[threat.index()].measures.push(*ix);
            }
        }
        for (position, use_case) in self.use_cases.iter().enumerate() {
            for (threat, _) in &use_case.threats {
                out[threat.index()].use_cases.push(UseCaseIx::new(position));
            }
        }
        for answers in &mut out {
            answers.measures.dedup();
            answers.use_cases.dedup();
        }
        out
    }
}
