//! Access to the machine: disk, clock, environment, network and subprocesses.
//!
//! Entry: [`read::read`], [`write::write`], [`git::change_dates`]; for the preview [`watch::Watch`] and [`http::serve`].
//! Invariant: nothing here knows the catalogue; a file is a path and its bytes.

pub mod browser;
pub mod clock;
pub mod create;
pub mod environment;
pub mod folder;
pub mod git;
pub mod http;
pub mod interrupt;
pub mod published;
pub mod read;
pub mod read_cache;
pub mod revise;
pub mod secret;
pub mod watch;
pub mod write;
