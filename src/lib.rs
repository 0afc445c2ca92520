//! `controlbook` compiles YAML control definitions and Markdown guidance into a cross-linked static website.
#![forbid(unsafe_code)]
pub mod catalogue;
pub mod config;
pub mod diagnostic;
pub mod markdown;
pub mod output;
pub mod schema;
pub mod source;
pub mod structure;
