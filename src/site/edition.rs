//! All that pages and data files are made from, by reference.

use super::Site;
use crate::catalogue::{Catalogue, Coverage};
use crate::config::Config;

/// A catalogue with all that was found out about it.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The catalogue.
    pub catalogue: &'a Catalogue,
    /// What is mapped in it.
    pub coverage: &'a Coverage,
    /// Where its records stand.
    pub site: &'a Site,
    /// What the book says of itself.
    pub config: &'a Config,
}
