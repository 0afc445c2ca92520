//! The machine around the build: disk, clock, environment, network and subprocesses.
//!
//! Entry: [`read::read`], [`write::write`], [`git::changed`]; for the preview [`watch::Watch`] and [`http::serve`].
//! Invariant: nothing here knows what a measure is; a file is a path and its bytes.

pub mod board;
pub mod browser;
pub mod clock;
pub mod create;
pub mod environment;
pub mod folder;
pub mod git;
pub mod http;
pub mod interrupt;
pub mod memory;
pub mod read;
pub mod revise;
pub mod secret;
pub mod watch;
pub mod write;
