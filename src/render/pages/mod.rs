//! One view a kind of page: ready lists for its template.

pub(super) mod checklist;
mod checklist_rows;
pub(super) mod checklists;
pub(super) mod data;
mod facets;
pub(super) mod framework;
pub(super) mod frameworks;
pub(super) mod glossary;
pub(super) mod guide;
pub(super) mod home;
pub(super) mod matrix;
pub(super) mod measure;
pub(super) mod measures;
pub(super) mod node;
pub(super) mod not_found;
mod parts;
pub(super) mod prose_page;
mod provision;
mod reached;
pub(super) mod search;
pub(super) mod threats;
pub(super) mod use_case;
pub(super) mod use_cases;
