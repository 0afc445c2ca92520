//! Figures, drawn when the site is built, as SVG inside the page.
//!
//! Entry: [`flow::Picture`] for a use case's data flow, [`around::Around`] for a measure, [`shares::Shares`] for coverage.
//! Invariant: a figure has a name, a description and classes instead of colours; it holds no author's text that is not
//! escaped, and all that it shows also stands as text on the page.

pub mod around;
pub mod flow;
pub mod shares;
pub mod svg;
pub mod text;
