//! `controlbook` compiles YAML control definitions and Markdown guidance into a cross-linked static website.
//!
//! The stages and their layers are described in `ARCHITECTURE.md`; [`pipeline::build`] runs them all.
#![forbid(unsafe_code)]

pub mod address;
pub mod catalogue;
pub mod characters;
pub mod check;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod draft;
pub mod export;
pub mod figures;
pub mod host;
pub mod hosting;
pub mod manual;
pub mod markdown;
pub mod natural;
pub mod output;
pub mod paths;
pub mod pipeline;
pub mod preview;
pub mod render;
pub mod rules;
pub mod schema;
pub mod site;
pub mod source;
pub mod structure;
pub mod theme;
