//! The words of a block, without its mark-up.

/// Stands for each byte that is no word of the text: mark-up, code, links, escaped signs.
pub(super) const OTHER: char = '\0';

/// The words of a block, byte for byte at their places in the text.
pub(super) struct Literal<'a> {
    /// The words; all else is [`OTHER`], and each line ends with its line end.
    pub words: String,
    /// The text that they are from.
    pub source: &'a str,
    /// Where they begin in the text.
    pub start: usize,
    /// Whether they are of a table's cell.
    pub in_table: bool,
    /// Whether they begin a quotation.
    pub in_quotation: bool,
}

/// How many bytes from its beginning the end of a mark is looked for, so that the work grows with the text alone.
const REACH: usize = 1000;

/// The beginning of some words, as far as a mark may reach.
pub(super) fn near(words: &str) -> &str {
    let mut end = words.len().min(REACH);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
}
