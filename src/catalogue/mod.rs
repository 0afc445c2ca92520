//! The linked model: every reference is an index, so that a broken link can't be represented.
//!
//! Entry: [`link::link`]. Invariant: knows nothing of pages, HTML or disk.

mod area;
mod buckets;
mod checklist;
mod coverage;
mod crosswalk;
mod division;
mod framework;
mod ids;
pub mod link;
mod look_up;
mod matrix;
mod model;
mod prose;
mod provider;
pub mod rules;
mod threats;
mod use_case;
mod words;

pub use area::{Area, Clash};
pub use checklist::Checklist;
pub use coverage::{Coverage, Standing};
pub use crosswalk::{Pairs, Through, Way};
pub use division::{Batch, LISTED, RowCounts};
pub use framework::{Framework, Kind, Node, Noun, Status};
pub use ids::*;
pub use matrix::{Hit, Matrix, nodes};
pub use model::*;
pub use prose::{Cited, Prose, Target, TermUse, Thing};
pub use provider::{Backing, Support};
pub use threats::Answers;
pub use use_case::{Flow, FlowNode, UseCase, Zone};
