//! The machine around the build: disk, clock, environment and subprocesses.
//!
//! Entry: [`read::read`], [`write::write`], [`git::changed`].
//! Invariant: nothing here knows what a measure is; a file is a path and its bytes.

pub mod clock;
pub mod create;
pub mod environment;
pub mod git;
pub mod read;
pub mod write;
