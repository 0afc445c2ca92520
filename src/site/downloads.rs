//! What there is to download: the files, and the meaning of what they hold. The data files are made from the same
//! declarations, the page that leads to them and their `README.txt` show them.

/// The version of the files' format: raised when a key or a column goes or changes its meaning, not when one is added.
pub const FORMAT: u32 = 1;

/// What there is to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloads {
    /// The files, in the order in which they are shown.
    pub files: Vec<DataFile>,
}

/// A file to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Its path in the site.
    pub route: String,
    /// Its name.
    pub name: &'static str,
    /// What it holds, in a sentence.
    pub about: &'static str,
    /// What it holds.
    pub holds: Holds,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holds {
    /// The whole catalogue, in these lists.
    Document(Vec<DataList>),
    /// The schema of the document.
    Schema,
    /// A table.
    Table {
        /// How many rows it has, without its head.
        rows: usize,
        /// Its columns in order.
        columns: Vec<Column>,
    },
    /// What the files are.
    Manual,
}

/// A list of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataList {
    /// Its key.
    pub key: String,
    /// What it holds.
    pub meaning: &'static str,
    /// How many records it has.
    pub records: usize,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name in the head.
    pub name: String,
    /// What its cells hold.
    pub meaning: &'static str,
}
