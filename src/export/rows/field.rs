//! What a field of a row can be, and what becomes of it beside the JSON: its cell in a table, and whether it is searched.
//!
//! Entry: [`Field`]. A list's cell has its entries with a semicolon and a blank between them; a cell is empty where there is
//! nothing to say, and `yes` or `no` for what holds or does not. Nested rows are no columns, but for those that give a reason
//! for naming another record: their cell is its identifier. Invariant: a field's type alone decides.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::catalogue::{AnchoredTarget, Catalogue, CoverageStatus, Prose};
use crate::schema::{
    Actor, Factor, FlowKind, Impact, MeasureKind, Method, Phase, Property, Rationale, Relation,
    Relevance, ServiceModel, State, Style,
};
use crate::site::Site;

/// What stands between the entries of a cell that holds several.
const BETWEEN: &str = "; ";

/// Takes each text that is searched.
pub(in crate::export) type Visit<'v, 'a> = &'v mut dyn FnMut(Cow<'a, str>);

/// What can stand in a row.
pub(in crate::export) trait Field<'a> {
    /// Whether it is a column of the row's table.
    const COLUMN: bool = true;

    /// Its cell; empty where there is nothing to say.
    fn cell(&self) -> Cow<'_, str>;

    /// Visits each text in it that is searched.
    fn texts(&self, visit: Visit<'_, 'a>) {
        let _ = visit;
    }
}

/// A text of the book as plain words. It is searched.
pub(in crate::export) struct Text<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) prose: &'a Prose,
}

/// The address of a thing, from the site's root; empty where it has none.
pub(in crate::export) struct Address<'a> {
    pub(super) catalogue: &'a Catalogue,
    pub(super) site: &'a Site,
    pub(super) target: AnchoredTarget,
}

/// A text that is not searched: it tells of more than its own record, such as the reason for naming another.
#[derive(Serialize)]
#[serde(transparent)]
pub(in crate::export) struct Unsearched<T>(pub(super) T);

/// What is no column, although it could be one: the table would be too wide, or tells it otherwise.
#[derive(Serialize)]
#[serde(transparent)]
pub(in crate::export) struct InDocument<T>(pub(super) T);

/// The name of what the next text tells; both are searched as `name: text`.
#[derive(Serialize)]
#[serde(transparent)]
pub(in crate::export) struct Label<'a>(pub(super) &'a str);

impl<'a> Text<'a> {
    fn plain(&self) -> Cow<'a, str> {
        self.catalogue.plain(self.prose)
    }
}

impl Address<'_> {
    /// The address as it is written.
    pub(in crate::export) fn href(&self) -> String {
        let address = self.site.address(self.catalogue, &self.target);
        address.map_or_else(String::new, |it| it.seen_from(""))
    }
}

impl<'a> Field<'a> for Text<'a> {
    fn cell(&self) -> Cow<'_, str> {
        self.plain()
    }

    fn texts(&self, visit: Visit<'_, 'a>) {
        visit(self.plain());
    }
}

impl Field<'_> for Address<'_> {
    fn cell(&self) -> Cow<'_, str> {
        self.href().into()
    }
}

impl<'a, T: Field<'a>> Field<'a> for Unsearched<T> {
    const COLUMN: bool = T::COLUMN;

    fn cell(&self) -> Cow<'_, str> {
        self.0.cell()
    }
}

impl<'a, T: Field<'a>> Field<'a> for InDocument<T> {
    const COLUMN: bool = false;

    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed("")
    }

    fn texts(&self, visit: Visit<'_, 'a>) {
        self.0.texts(visit);
    }
}

impl<'a> Field<'a> for Label<'a> {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn texts(&self, visit: Visit<'_, 'a>) {
        visit(format!("{}:", self.0).into());
    }
}

impl<'a, T: Field<'a>> Field<'a> for Option<T> {
    const COLUMN: bool = T::COLUMN;

    fn cell(&self) -> Cow<'_, str> {
        self.as_ref().map_or(Cow::Borrowed(""), Field::cell)
    }

    fn texts(&self, visit: Visit<'_, 'a>) {
        if let Some(it) = self {
            it.texts(visit);
        }
    }
}

impl<'a, T: Field<'a>> Field<'a> for Vec<T> {
    const COLUMN: bool = T::COLUMN;

    fn cell(&self) -> Cow<'_, str> {
        join_cells(self)
    }

    fn texts(&self, visit: Visit<'_, 'a>) {
        for it in self {
            it.texts(visit);
        }
    }
}

impl<'a, T: Field<'a>> Field<'a> for &[T] {
    const COLUMN: bool = T::COLUMN;

    fn cell(&self) -> Cow<'_, str> {
        join_cells(self)
    }

    fn texts(&self, visit: Visit<'_, 'a>) {
        for it in *self {
            it.texts(visit);
        }
    }
}

fn join_cells<'a, 'l, T: Field<'a>>(list: &'l [T]) -> Cow<'l, str> {
    let cells: Vec<_> = list.iter().map(Field::cell).collect();
    cells.join(BETWEEN).into()
}

impl Field<'_> for &str {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Field<'_> for String {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Field<'_> for usize {
    fn cell(&self) -> Cow<'_, str> {
        self.to_string().into()
    }
}

impl Field<'_> for bool {
    fn cell(&self) -> Cow<'_, str> {
        Cow::Borrowed(if *self { "yes" } else { "no" })
    }
}

/// Enums whose cell is their word.
macro_rules! words {
    ($($name:ident)+) => {
        $(impl Field<'_> for $name {
            fn cell(&self) -> Cow<'_, str> {
                Cow::Borrowed(self.word())
            }
        })+
    };
}

words! { Actor Factor FlowKind Impact MeasureKind Method Phase Property Rationale Relation Relevance ServiceModel CoverageStatus State Style }

/// What is written as a string.
macro_rules! written {
    ($($name:ident)+) => {
        $(impl Serialize for $name<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.cell())
            }
        })+
    };
}

written! { Text Address }

/// Types that have the schema of another: in the document they are nothing of their own.
macro_rules! described {
    ($([$($of:tt)*] $name:ty: $as:ty;)+) => {
        $(impl<$($of)*> JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                <$as>::schema_name()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                <$as>::json_schema(generator)
            }

            fn inline_schema() -> bool {
                <$as>::inline_schema()
            }
        })+
    };
}

described! {
    [] Text<'_>: String;
    [] Address<'_>: String;
    [] Label<'_>: String;
    [T: JsonSchema] Unsearched<T>: T;
    [T: JsonSchema] InDocument<T>: T;
}
