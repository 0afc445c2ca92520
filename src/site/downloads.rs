//! What there is to download: the files, and the meaning of what they hold. The data files are made from the same
//! declarations, the page that leads to them and their `README.txt` show them.

/// The version of the files' format: raised when a key or a column goes or changes its meaning, not when one is added.
pub const FORMAT: u32 = 1;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name in the head.
    pub name: &'static str,
    /// What its cells hold.
    pub meaning: &'static str,
}

/// A table as the reader of the data page sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataTable {
    /// Its path in the site.
    pub route: String,
    /// The file's name.
    pub name: &'static str,
    /// What it holds.
    pub of: &'static str,
    /// How many rows it has, without its head.
    pub rows: usize,
    /// Its columns in order.
    pub columns: &'static [Column],
}

/// A list of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataList {
    /// Its key.
    pub key: &'static str,
    /// What it holds.
    pub meaning: String,
    /// How many records it has.
    pub records: usize,
}

/// What there is to download.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Downloads {
    /// The route of the document.
    pub document: String,
    /// The route of its schema.
    pub schema: String,
    /// The route of the text that says what the files are.
    pub readme: String,
    /// The document's lists.
    pub lists: Vec<DataList>,
    /// The tables.
    pub tables: Vec<DataTable>,
}
