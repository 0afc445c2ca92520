//! Everything that is tested over whole books, in one binary.

mod content;
mod host;
mod html;
mod real;
mod site;
mod tidy;
