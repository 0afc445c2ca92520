//! Edits that fix mistakes.
//!
//! Entry: [`Edit`], written by [`Remedy::edit`] from the text that stands there. Invariant: an edit changes no more than
//! its range, and what it writes keeps the quotes of the value that it replaces.

use crate::characters::kind;
use crate::source::Span;

/// Whether an edit may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A guess; a person must decide.
    Suggested,
    /// The only right answer.
    Certain,
}

/// A text in place of a range of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The range that is replaced, in the file's text.
    pub span: Span,
    /// What is written there.
    pub text: String,
    /// Whether it may be made unasked.
    pub certainty: Certainty,
}

impl Edit {
    /// Whether it may be made unasked.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.certainty == Certainty::Certain
    }

    /// A text after the edit; none where the text has no such range.
    #[must_use]
    pub fn applied(&self, text: &str) -> Option<String> {
        let (before, after) = (text.get(..self.span.start)?, text.get(self.span.end..)?);
        Some(format!("{before}{}{after}", self.text))
    }
}

/// A text for one line, in which each hidden character and each line end is written as its number: `\u{202e}`.
#[must_use]
pub fn visible(text: &str) -> String {
    let is_seen = |c: char| kind(c).is_none() && !matches!(c, '\n' | '\r' | '\t');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_seen(c) {
            out.push(c);
        } else {
            out.extend(c.escape_unicode());
        }
    }
    out
}

/// What a rule knows of the right text, before it has seen how the wrong one is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remedy {
    pub(super) change: Change,
    pub(super) certainty: Certainty,
}

/// How the right text follows from the marked one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Another text in place of all of it.
    Whole(String),
    /// Another word in place of the one that is wrong, which stands in it once.
    Word { wrong: String, right: String },
    /// Text before and behind it, where its beginning is taken away.
    Wrapped {
        without: &'static str,
        before: &'static str,
        after: &'static str,
    },
    /// Nothing in place of the line that it begins.
    NoLine,
    /// Nothing in place of an item of a list in brackets, and of the comma beside it.
    NoItem,
}

impl Remedy {
    /// The edit of a text whose range is marked; none where that can't be written safely.
    pub(super) fn edit(&self, text: &str, marked: Span) -> Option<Edit> {
        let raw = text.get(marked.start..marked.end)?;
        let (span, text) = match &self.change {
            Change::Whole(text) => (marked, text.clone()),
            Change::Word { wrong, right } => word(raw, marked, wrong, right)?,
            Change::Wrapped {
                without,
                before,
                after,
            } => (marked, wrapped(raw.strip_prefix(without)?, before, after)?),
            Change::NoLine => (line(text, marked)?, String::new()),
            Change::NoItem => (item(text, marked)?, String::new()),
        };
        Some(Edit {
            span,
            text,
            certainty: self.certainty,
        })
    }
}

/// A text of one line between two others, where neither quotes nor emphasis in it would end what they begin.
fn wrapped(inner: &str, before: &str, after: &str) -> Option<String> {
    let is_line = !inner.is_empty() && !inner.contains(['\n', '"', '\\']);
    // An alias, a tag or an anchor is no value as it stands.
    let is_value = |c: char| c.is_alphanumeric() || "+-.:_ ".contains(c);
    let is_line = is_line && (before != "\"" || inner.chars().all(is_value));
    let is_emphasis = after.contains('*') && inner.contains('*');
    let inner = inner.trim_end();
    (is_line && !is_emphasis).then(|| format!("{before}{inner}{after}"))
}

/// The range of the wrong word in a marked text, and the right one as it is written there.
fn word(raw: &str, marked: Span, wrong: &str, right: &str) -> Option<(Span, String)> {
    if right.contains(['"', '\'', '\\']) || right.contains(char::is_control) {
        return None;
    }
    let mut places = raw.match_indices(wrong);
    let (at, _) = places.next()?;
    let end = at + wrong.len();
    let is_part =
        raw[..at].ends_with(char::is_alphanumeric) || raw[end..].starts_with(char::is_alphanumeric);
    if wrong.is_empty() || places.next().is_some() || is_part {
        return None;
    }
    let span = Span::new(marked.start + at, marked.start + end);
    // A value without quotes must need none afterwards; mark-up is no such value.
    let is_bare = raw == wrong && !wrong.starts_with('[');
    (!is_bare || needs_no_quotes(right)).then(|| (span, right.to_owned()))
}

/// Whether a text is the same text as a plain scalar of YAML, a key of it, and a word of Markdown.
fn needs_no_quotes(text: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || "-_.()/ ".contains(c);
    let other = ["null", "true", "false", "yes", "no", "on", "off"];
    text.starts_with(char::is_alphanumeric)
        && !text.ends_with(' ')
        && text.chars().all(fits)
        && !other.iter().any(|it| text.eq_ignore_ascii_case(it))
}

/// The line that a mark begins, with its end; none where what it begins may go on below.
fn line(text: &str, marked: Span) -> Option<Span> {
    let start = text[..marked.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[marked.start..].find('\n');
    let end = end.map_or(text.len(), |end| marked.start + end + 1);
    let next = text[end..].lines().next().unwrap_or_default();
    let is_alone = text[start..marked.start].trim().is_empty()
        && (next.trim().is_empty() || next.starts_with('['));
    is_alone.then(|| Span::new(start, end))
}

/// An item of a list in brackets with the comma behind it, or of the last one before it; none of an item that stands alone.
fn item(text: &str, marked: Span) -> Option<Span> {
    const BLANKS: [char; 2] = [' ', '\t'];
    let after = text[marked.end..].trim_start_matches(BLANKS);
    if let Some(next) = after.strip_prefix(',') {
        let next = next.trim_start_matches(BLANKS);
        return Some(Span::new(marked.start, text.len() - next.len()));
    }
    let before = text[..marked.start].trim_end_matches(BLANKS);
    let before = before
        .strip_suffix(',')
        .filter(|_| after.starts_with(']'))?;
    Some(Span::new(before.len(), marked.end))
}

#[cfg(test)]
mod tests {
    use super::{Certainty, Change, Remedy};
    use crate::source::Span;

    /// The text after the remedy of the range that `»` and `«` enclose.
    fn mended(marked: &str, change: Change) -> Option<String> {
        let start = marked.find('»')?;
        let text = marked.replacen('»', "", 1);
        let end = text.find('«')?;
        let text = text.replacen('«', "", 1);
        let remedy = Remedy {
            change,
            certainty: Certainty::Certain,
        };
        remedy.edit(&text, Span::new(start, end))?.applied(&text)
    }

    fn word(marked: &str, wrong: &str, right: &str) -> Option<String> {
        let (wrong, right) = (wrong.to_owned(), right.to_owned());
        mended(marked, Change::Word { wrong, right })
    }

    #[test]
    fn a_word_keeps_its_quotes_and_its_surroundings() {
        for (marked, wanted) in [
            ("to: »abd« # x", "to: abc # x"),
            ("to: »\"abd\"«", "to: \"abc\""),
            ("to: »'abd'«", "to: 'abc'"),
            ("see »[abx](abd)«.", "see [abx](abc)."),
            ("»[[abd|words]]«", "[[abc|words]]"),
        ] {
            assert_eq!(word(marked, "abd", "abc").as_deref(), Some(wanted));
        }
    }

    #[test]
    fn what_can_not_be_told_or_written_is_left_alone() {
        for (marked, right) in [
            ("»[abd](abd)«", "abc"),
            ("»[x](abde)«", "abc"),
            ("»\"\\u0061bd\"«", "abc"),
            ("»abd«", "true"),
            ("»abd«", "a: b"),
            ("»abd«", "[a"),
            ("»abd«", "a #b"),
            ("»\"abd\"«", "a\"b"),
        ] {
            assert_eq!(word(marked, "abd", right), None, "{marked} {right}");
        }
    }

    #[test]
    fn an_item_goes_with_one_comma() {
        let gone = |marked| mended(marked, Change::NoItem);
        assert_eq!(gone("[»a«, b, c]").as_deref(), Some("[b, c]"));
        assert_eq!(gone("[a, »b« , c]").as_deref(), Some("[a, c]"));
        assert_eq!(gone("[a, »b«]").as_deref(), Some("[a]"));
        assert_eq!(gone("[»a«]"), None);
        assert_eq!(gone("- a\n- »b«\n"), None);
    }

    #[test]
    fn hidden_characters_are_written_as_numbers() {
        assert_eq!(super::visible("a\u{200b}ü\n"), "a\\u{200b}ü\\u{a}");
    }

    #[test]
    fn a_line_goes_only_where_it_stands_alone() {
        let gone = |marked| mended(marked, Change::NoLine);
        assert_eq!(gone("a\n\n»[x]«: y\n").as_deref(), Some("a\n\n"));
        assert_eq!(gone("»[x]«: y\n[z]: y\n").as_deref(), Some("[z]: y\n"));
        assert_eq!(gone("»[^x]«: y\n    z\n"), None);
        assert_eq!(gone("a »[x]«: y\n"), None);
    }
}
