//! Finds characters that were meant as markup but mark nothing, and would be shown to readers.
//!
//! Entry: [`find_loose_signs`], [`is_fence_closed`]. Invariant: code, links and escaped characters are not examined.

use std::ops::Range;

use super::block_text::{BlockText, NON_TEXT};
use super::unsupported;
use super::{Fault, FaultKind};

/// A kind of sign that marks nothing.
#[derive(Debug, PartialEq, Eq)]
pub struct LooseSign {
    /// What it is, as the subject of a sentence.
    pub what: &'static str,
    /// What becomes of it.
    pub becomes: &'static str,
    /// What to write instead.
    pub instead: &'static str,
}

static HEADING: LooseSign = LooseSign {
    what: "a number sign that begins no heading",
    becomes: "shown as it is written",
    instead: "write a blank behind it, and six signs at most: `## Words`; the sign itself is `\\#`",
};
static STRONG: LooseSign = LooseSign {
    what: "signs of emphasis that open or close nothing",
    becomes: "shown as they are written",
    instead: "put them on both sides, with no blank inside: `**words**`; the signs themselves are `\\*\\*`",
};
static CODE: LooseSign = LooseSign {
    what: "a backtick that opens or closes no code",
    becomes: "shown as it is written",
    instead: "put one on both sides; the sign itself is `` \\` ``",
};
static ROW: LooseSign = LooseSign {
    what: "a row of a table that is none",
    becomes: "shown with its bars",
    instead: "a table is a head, `|---|---|` and its rows, with no empty line between them; a bar that is a sign is `\\|`",
};
pub(super) static FENCE: LooseSign = LooseSign {
    what: "nothing closes this code",
    becomes: "all that follows is shown as code",
    instead: "write the same signs on a line of their own behind the code, in the same column",
};

/// Notes the loose signs in the words of a block.
pub(super) fn find_loose_signs(literal: &BlockText<'_>, out: &mut Vec<Fault>) {
    let words = literal.words.as_str();
    let mut found: Vec<(&'static LooseSign, Range<usize>)> = Vec::new();
    let mut start = 0;
    let mut rows = 0;
    for line in words.split_inclusive('\n') {
        let inner = line.trim_matches([' ', '\t', '\n']);
        let from = start + line.find(inner).unwrap_or_default();
        if is_heading(inner) && literal.starts_line(from) {
            let end = inner.find([' ', NON_TEXT]).unwrap_or(inner.len());
            found.push((&HEADING, from..from + end));
        }
        let is_row = inner.len() > 2 && inner.starts_with('|') && inner.ends_with('|');
        if is_row && !literal.in_table && rows == 0 && literal.starts_line(from) {
            rows += 1;
            found.push((&ROW, from..from + inner.len()));
        }
        start += line.len();
    }
    // Where a head and a row of hyphens do not fit each other, or a table is drawn, that is said already.
    let kinds = [
        FaultKind::NoTable,
        FaultKind::Unsupported(&unsupported::GRID),
    ];
    let no_table = |it: &Fault| kinds.contains(&it.kind) && it.range.start >= literal.start;
    if out.iter().any(no_table) {
        found.retain(|(kind, _)| **kind != ROW);
    }
    found.extend(emphasis(words).map(|range| (&STRONG, range)));
    let backtick = words.match_indices('`').next();
    found.extend(backtick.map(|(at, _)| (&CODE, at..at + 1)));
    out.extend(found.into_iter().map(|(kind, range)| Fault {
        kind: FaultKind::LooseSign(kind),
        range: literal.source_range(range),
    }));
}

/// Takes loose backticks out of rows of tables that have too many cells: there a bar has divided code, as is said already.
pub(super) fn drop_in_cut_rows(text: &str, faults: &mut Vec<Fault>) {
    let line = |at: usize| text[..at].rfind('\n');
    let cut: Vec<_> = faults
        .iter()
        .filter(|it| matches!(it.kind, FaultKind::CutCells(_)))
        .map(|it| line(it.range.start))
        .collect();
    if !cut.is_empty() {
        faults.retain(|fault| {
            fault.kind != FaultKind::LooseSign(&CODE) || !cut.contains(&line(fault.range.start))
        });
    }
}

/// `##Words`, and more signs than a heading has.
fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    let signs = line.len() - rest.len();
    let word = rest.starts_with(char::is_alphanumeric);
    signs > 1 && word || signs > 6 && rest.starts_with(' ')
}

/// `**` with a word on one side and none on the other. `2**3` is a power.
fn emphasis(words: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    words.match_indices("**").filter_map(move |(at, _)| {
        let before = words[..at].chars().next_back();
        let after = words[at + 2..].chars().next();
        let longer = before == Some('*') || after == Some('*');
        let joins = is_word(before) != is_word(after);
        (!longer && joins).then_some(at..at + 2)
    })
}

/// Whether the last line of a fenced block of code closes it.
pub(super) fn is_fence_closed(block: &str) -> bool {
    let signs = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let first = line.chars().next().filter(|it| matches!(it, '`' | '~'))?;
        let count = line.chars().take_while(|it| *it == first).count();
        Some((first, count, line[count..].trim().is_empty()))
    };
    let mut lines = block.trim_end().lines();
    let Some((sign, count, _)) = lines.next().and_then(signs) else {
        return true;
    };
    let last = lines.next_back().and_then(signs);
    last.is_some_and(|(it, length, bare)| it == sign && length >= count && bare)
}

#[cfg(test)]
mod tests {
    use super::super::literal;
    use super::super::read::read;
    use super::super::{FaultKind, LooseSign};
    use super::{CODE, FENCE, HEADING, ROW, STRONG};

    fn markup_in(text: &str) -> Vec<(&'static LooseSign, &str)> {
        let found = literal::faults(text, &read(text).events).into_iter();
        let found = found.filter_map(|it| match it.kind {
            FaultKind::LooseSign(kind) => Some((kind, &text[it.range])),
            _ => None,
        });
        found.collect()
    }

    #[test]
    fn signs_that_mark_nothing_are_found() {
        for (text, kind, part) in [
            ("## A\n\n##Back-ups\n\nb", &HEADING, "##Back-ups"),
            ("####### Seven", &HEADING, "#######"),
            ("- ###x y", &HEADING, "###x"),
            ("**Never.", &STRONG, "**"),
            ("Never** so", &STRONG, "**"),
            ("**\u{201e}Never\u{201c}**so", &STRONG, "**"),
            ("> a **b", &STRONG, "**"),
            ("| a |\n|---|\n| **b |", &STRONG, "**"),
            ("a `b", &CODE, "`"),
            ("a `` b ` c", &CODE, "`"),
            ("| a | b |", &ROW, "| a | b |"),
            ("| a | b |\n|===|===|", &ROW, "| a | b |"),
            ("| a |\n|---|\n\n| c | d |", &ROW, "| c | d |"),
            ("a\n\n```sh\nb\n\n## C", &FENCE, "```sh"),
            ("~~~\nb\n```", &FENCE, "~~~"),
            ("````\nb\n```", &FENCE, "````"),
            ("> ```\n> a\n\nb", &FENCE, "```"),
            ("- ```\n  a\n\nb", &FENCE, "```"),
            ("```", &FENCE, "```"),
        ] {
            let all = markup_in(text);
            assert!(all.contains(&(kind, part)), "{text:?}: {all:?}");
        }
    }

    #[test]
    fn signs_that_are_words_are_words() {
        for text in [
            "#1 of the list",
            "\\##x",
            "C# and F#",
            "a #b",
            "`**` and `` ` ``",
            "\\*\\*a",
            "2**3",
            "a * b ** c",
            "\\`a",
            "a | b",
            "| alone",
            "\\| a |",
            "| a | b |\n|---|---|\n| c | d |",
            "```\na\n```",
            "~~~ sh\na\n~~~~",
            "> ```\n> a\n> ```",
            "- ```\n  a\n  ```",
            "```\n```",
            "    a\n    b",
            "***both***",
        ] {
            assert_eq!(markup_in(text), [], "{text:?}");
        }
    }
}
