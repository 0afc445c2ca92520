//! The linked model: every reference is an index, so that a broken link can't be represented.
//!
//! Entry: [`link::link`]. Invariant: knows nothing of pages, HTML or disk.

mod area;
mod buckets;
mod checklist;
mod coverage;
mod crosswalk;
mod framework;
mod ids;
pub mod link;
mod look_up;
mod matrix;
mod model;
mod plain_text;
mod prose;
mod provider;
pub mod rules;
mod threats;
mod use_case;

pub use area::{Area, Clash};
pub use checklist::Checklist;
pub use coverage::{Coverage, CoverageStatus};
pub use crosswalk::{Pairs, PracticesByNode, SharedPractice};
pub use framework::{Framework, FrameworkStatus, Kind, Node, Noun};
pub use ids::*;
pub use matrix::{Matrix, MatrixEntry, nodes};
pub use model::*;
pub use prose::{AnchoredTarget, Cited, LinkTarget, Prose, TermUse};
pub use provider::{Backing, Support};
pub use threats::Answers;
pub use use_case::{Flow, FlowNode, UseCase, Zone};
