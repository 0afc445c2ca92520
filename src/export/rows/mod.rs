//! A row a record: what the JSON document, the tables and the search tell of it, declared once.
//!
//! Entry: [`Row`], [`Record`] and the macro [`row`]. A field of a row is a key of the document, a column of the row's table,
//! if it has one, and is searched if it is a [`Text`]. How a column is made of a field, and what a field wears that is not all
//! of these: `field.rs`. Invariant: a row holds references; texts and addresses are made when they are written.

mod book;
mod cover;
mod field;
mod frameworks;
mod measures;
mod use_cases;

use std::borrow::Cow;

use crate::catalogue::{
    AnchoredTarget, Catalogue, CoverageStatus, MeasureIx, NodeIx, Prose, ThreatIx, UseCaseIx,
};
use crate::site::Edition;

pub(super) use book::{BookRow, PageRow, TermRow};
pub(super) use field::{Field, Visit};
pub(super) use frameworks::{CoverageRow, FrameworkRow, GapRow, MappingRow, NodeRow, SetRow};
pub(super) use measures::{GroupRow, MeasureRow, PracticeRow, RelevanceRow};
pub(super) use use_cases::{ThreatRow, UseCaseRow};

use field::{Address, Text};

/// The fields of a row, one after the other.
pub(super) trait Row<'a> {
    /// What is known of each field.
    const FIELDS: &'static [FieldInfo];

    /// The cell of each field; nothing for those that are no columns.
    fn cells(&self) -> Vec<Cow<'_, str>>;

    /// Visits each text that is searched.
    fn texts(&self, visit: Visit<'_, 'a>);
}

/// What is known of a field.
pub(super) struct FieldInfo {
    /// Its name in Rust.
    pub name: &'static str,
    /// What it holds.
    pub meaning: &'static str,
    /// Whether it is a column.
    pub column: bool,
    /// The field before whose column its own stands; by default, columns stand in the order of the fields.
    pub before: Option<&'static str>,
}

/// A row for each record of a kind.
pub(super) trait Record<'a>: Row<'a> + Sized {
    /// What names a record.
    type Key;

    /// Every record of a catalogue, in its order.
    fn keys(catalogue: &'a Catalogue) -> impl Iterator<Item = Self::Key>;

    /// The row of a record.
    fn row(edition: Edition<'a>, key: Self::Key) -> Self;
}

/// Declares a row's type: each field with its meaning and type. `#[serde(skip)]` stands above a field that is
/// a column alone, `#[schemars(description = "…")]` above one whose meaning in the document needs other words. `=> before x`
/// puts a column before that of the field `x`.
macro_rules! row {
    (
        $(#[$of:meta])*
        $name:ident {
            $(
                #[doc = $meaning:literal]
                $(#[$attribute:meta])*
                $field:ident: $type:ty $(=> before $next:ident)?,
            )+
        }
    ) => {
        $(#[$of])*
        #[derive(serde::Serialize, schemars::JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(in crate::export) struct $name<'a> {
            $(#[doc = $meaning] $(#[$attribute])* pub(in crate::export) $field: $type,)+
        }

        impl<'a> crate::export::rows::Row<'a> for $name<'a> {
            const FIELDS: &'static [crate::export::rows::FieldInfo] = &[
                $(crate::export::rows::FieldInfo {
                    name: stringify!($field),
                    meaning: $meaning.trim_ascii(),
                    column: <$type as crate::export::rows::Field<'a>>::COLUMN,
                    before: [$(stringify!($next),)?].first().copied(),
                },)+
            ];

            fn cells(&self) -> Vec<std::borrow::Cow<'_, str>> {
                vec![$(crate::export::rows::Field::cell(&self.$field)),+]
            }

            fn texts(&self, visit: crate::export::rows::Visit<'_, 'a>) {
                $(crate::export::rows::Field::texts(&self.$field, visit);)+
            }
        }

        impl<'a> crate::export::rows::Field<'a> for $name<'a> {
            const COLUMN: bool = false;

            fn cell(&self) -> std::borrow::Cow<'_, str> {
                std::borrow::Cow::Borrowed("")
            }

            fn texts(&self, visit: crate::export::rows::Visit<'_, 'a>) {
                crate::export::rows::Row::texts(self, visit);
            }
        }
    };
}

use row;

impl<'a> Edition<'a> {
    fn text(self, prose: &'a Prose) -> Text<'a> {
        Text {
            catalogue: self.catalogue,
            prose,
        }
    }

    /// The address of a thing's page from the site's root; empty where it has none.
    fn address(self, thing: impl Into<AnchoredTarget>) -> Address<'a> {
        Address {
            catalogue: self.catalogue,
            site: self.site,
            target: thing.into(),
        }
    }

    /// The node that decides how a leaf stands: itself or one above; none for what is open or not counted.
    fn decided_at(self, ix: NodeIx) -> Option<&'a str> {
        let at = match self.coverage.status(ix)? {
            CoverageStatus::Mapped => self.coverage.nearest_mapped(self.catalogue, ix),
            CoverageStatus::Justified => self
                .coverage
                .nearest_gap(self.catalogue, ix)
                .map(|(at, _)| at),
            CoverageStatus::Open => None,
        };
        at.map(|it| self.node_id(it))
    }

    /// The identifier of a node's framework.
    fn framework_id(self, ix: NodeIx) -> &'a str {
        let node = self.catalogue.node(ix);
        &self.catalogue.framework(node.framework).id
    }

    fn measure_ids(self, list: &[MeasureIx]) -> Vec<&'a str> {
        let ids = list.iter().map(|ix| &self.catalogue.measure(*ix).id);
        ids.map(String::as_str).collect()
    }

    fn threat_ids(self, list: &[ThreatIx]) -> Vec<&'a str> {
        let ids = list.iter().map(|ix| &self.catalogue.threat(*ix).id);
        ids.map(String::as_str).collect()
    }

    fn use_case_ids(self, list: &[UseCaseIx]) -> Vec<&'a str> {
        let ids = list.iter().map(|ix| &self.catalogue.use_case(*ix).id);
        ids.map(String::as_str).collect()
    }

    /// The framework's identifier of a node.
    fn node_id(self, ix: NodeIx) -> &'a str {
        &self.catalogue.node(ix).id
    }
}
