//! The text of a block, without its markup.

/// Replaces each byte that is not plain text: markup, code, links, escaped characters.
pub(super) const NON_TEXT: char = '\0';

/// The plain text of a block, with the byte offsets of the source.
pub(super) struct BlockText<'a> {
    /// The words; all else is [`NON_TEXT`], and each line ends with its line end.
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

/// How far the end of a mark is searched, in bytes, so that the work stays linear.
const MAX_MARK_BYTES: usize = 1000;

/// The beginning of a text, limited to [`MAX_MARK_BYTES`].
pub(super) fn within_reach(words: &str) -> &str {
    let mut end = words.len().min(MAX_MARK_BYTES);
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    &words[..end]
}
