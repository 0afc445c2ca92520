//! Detects the markup of other programs in plain text.
//!
//! Entry: [`find_foreign_markup`]. Invariant: prices, comparisons, paths and bracketed words are not markup.

use std::ops::Range;

use super::block_text::{BlockText, NON_TEXT, within_reach};
use super::unsupported::{self, Unsupported};
use super::{Fault, FaultKind};

/// Reports the markup of other programs in the text of a block.
pub(super) fn find_foreign_markup(literal: &BlockText<'_>, out: &mut Vec<Fault>) {
    let words = literal.words.as_str();
    let mut found: Vec<(&'static Unsupported, Range<usize>)> = Vec::new();
    let mut start = 0;
    for line in words.split_inclusive('\n') {
        let blank = |c: char| c == NON_TEXT || c == ' ' || c == '\t';
        let inner = line.trim_start_matches(blank);
        let from = start + (line.len() - inner.len());
        let inner = inner.trim_end();
        // Text after a link or code does not begin a line.
        let leads = words[start..from]
            .chars()
            .all(|it| it == NON_TEXT || it == ' ')
            && literal.starts_line(from);
        if leads && let Some(kind) = line_kind(inner) {
            found.push((kind, from..from + inner.len()));
        }
        start += line.len();
    }
    if literal.in_quotation
        && let Some(end) = alert(words)
    {
        found.push((&unsupported::ALERT, 0..end));
    }
    found.extend(tags(words));
    found.extend(attributes(words));
    found.extend(math(words));
    for (sign, kind) in [
        ("==", &unsupported::HIGHLIGHT),
        ("++", &unsupported::INSERTED),
        ("%%", &unsupported::HIDDEN),
    ] {
        found.extend(pairs(words, sign).map(|range| (kind, range)));
    }
    found.extend(raised(words));
    found.sort_by_key(|(_, range)| (range.start, std::cmp::Reverse(range.end)));
    let mut end = 0;
    for (what, range) in found {
        if range.start >= end {
            end = range.end;
            out.push(Fault {
                kind: FaultKind::Unsupported(what),
                range: literal.source_range(range),
            });
        }
    }
    if let Some(range) = delimiters(literal) {
        out.push(Fault {
            kind: FaultKind::NoTable,
            range: literal.source_range(range),
        });
    }
}

/// The kind of a line that is markup as a whole.
fn line_kind(line: &str) -> Option<&'static Unsupported> {
    let lower = line.to_ascii_lowercase();
    let behind = |marks: &[&str]| marks.iter().find_map(|it| line.strip_prefix(it));
    if line.starts_with(":::") {
        return Some(&unsupported::CONTAINER);
    }
    if let Some(name) = behind(&["!!! ", "!!!+ ", "??? ", "???+ "]) {
        return name
            .starts_with(|c: char| c.is_ascii_lowercase())
            .then_some(&unsupported::ADMONITION);
    }
    if behind(&["=== \"", "===! \"", "===+ \""]).is_some() {
        return Some(&unsupported::TAB);
    }
    if matches!(
        lower.as_str(),
        "[toc]" | "@[toc]" | "[[toc]]" | "[[_toc_]]" | "{:toc}" | "[tableofcontents]"
    ) {
        return Some(&unsupported::CONTENTS);
    }
    if line.starts_with("--8<--") {
        return Some(&unsupported::SNIPPET);
    }
    if line.starts_with("*[") && line.contains("]:") {
        return Some(&unsupported::ABBREVIATION);
    }
    let drawn = line.len() > 4 && line.starts_with('+') && line.ends_with('+');
    if drawn && line.chars().all(|it| "+-=:".contains(it)) {
        return Some(&unsupported::GRID);
    }
    let command = line.strip_prefix('\\')?;
    let name = command.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let named = command.len() - name.len() > 1;
    (named && (name.is_empty() || name.starts_with(['{', '[']))).then_some(&unsupported::LATEX)
}

/// `[!INFO]` at the start of a quotation, and where it ends.
fn alert(words: &str) -> Option<usize> {
    let rest = words.strip_prefix("[!")?;
    let name = rest.split(']').next()?;
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_ascii_alphanumeric());
    (is_name && name.len() < rest.len()).then_some(name.len() + 3)
}

/// `{{ … }}`, `{% … %}`, `{{< … >}}`.
fn tags(words: &str) -> Vec<(&'static Unsupported, Range<usize>)> {
    let mut out = Vec::new();
    for (open, close) in [("{{", "}}"), ("{%", "%}"), ("{#", "#}"), ("<%", "%>")] {
        let mut at = 0;
        while let Some(start) = words[at..].find(open).map(|it| it + at) {
            let inner = start + open.len();
            let Some(end) = within_reach(&words[inner..])
                .find(close)
                .map(|it| it + inner)
            else {
                at = inner;
                continue;
            };
            at = end + close.len();
            out.push((&unsupported::TEMPLATE, start..at));
        }
    }
    out
}

/// `{.class}`, `{width=50%}`, `{: #id}` behind a picture, a link or code, or at either end of a block.
fn attributes(words: &str) -> Vec<(&'static Unsupported, Range<usize>)> {
    let mut out = Vec::new();
    for (open, _) in words.match_indices('{') {
        let Some(close) = within_reach(&words[open..]).find('}').map(|it| it + open) else {
            continue;
        };
        let before = words[..open].chars().next_back();
        let joined = before.is_none_or(|it| matches!(it, NON_TEXT | ')' | ']' | '\n'));
        let last = words[close + 1..]
            .trim_matches([NON_TEXT, ' ', '\n'])
            .is_empty();
        let inner = words[open + 1..close].trim_start_matches(':').trim();
        if (joined || last) && !inner.is_empty() && inner.split_whitespace().all(is_attribute) {
            out.push((&unsupported::ATTRIBUTES, open..close + 1));
        }
    }
    out
}

fn is_attribute(word: &str) -> bool {
    let is_name = |it: &str| {
        it.starts_with(|c: char| c.is_ascii_alphabetic())
            && it
                .chars()
                .all(|it| it.is_ascii_alphanumeric() || "-_:".contains(it))
    };
    match (word.strip_prefix(['.', '#']), word.split_once('=')) {
        (Some(name), _) => is_name(name),
        (None, Some((name, value))) => is_name(name) && !value.is_empty(),
        _ => false,
    }
}

/// `$$…$$`, and `$…$` around what no sentence holds.
fn math(words: &str) -> Vec<(&'static Unsupported, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = words[at..].find('$').map(|it| it + at) {
        let end = if words[open..].starts_with("$$") {
            let inner = open + 2;
            let close = within_reach(&words[inner..]).find("$$");
            close
                .filter(|it| !words[inner..inner + it].trim().is_empty())
                .map(|it| inner + it + 2)
        } else {
            formula(words, open)
        };
        at = match end {
            Some(end) => {
                out.push((&unsupported::MATH, open..end));
                end
            }
            None => open + 1,
        };
    }
    out
}

/// Where a formula ends that a dollar sign opens. Pandoc's rules (no blank behind the first sign or before the second, no
/// digit behind it), and a sign inside that makes it a formula: `$5 and $6` is a sentence.
fn formula(words: &str, open: usize) -> Option<usize> {
    let rest = &words[open + 1..];
    let before = words[..open].chars().next_back();
    if before.is_some_and(char::is_alphanumeric) || rest.starts_with(char::is_whitespace) {
        return None;
    }
    let line = within_reach(rest);
    let close = line.match_indices('$').map(|(at, _)| at).find(|at| {
        let after = line[at + 1..].chars().next();
        *at > 0
            && !line[..*at].ends_with(char::is_whitespace)
            && !after.is_some_and(char::is_alphanumeric)
    })?;
    let inner = &line[..close];
    let has_sign = inner.contains(['\\', '^', '_', '=', '{', '+', '*', '<', '>', NON_TEXT]);
    let letter = inner.chars().count() <= 2 && inner.chars().all(char::is_alphabetic);
    (has_sign && !inner.contains('$') || letter).then_some(open + 1 + close + 1)
}

/// Formulas between `\\(` and `\\)`, `\\[` and `\\]`, as TeX has them. Words in such brackets are words with brackets: a sign
/// inside makes them a formula. `source` is what the words were written as.
pub(super) fn latex(words: &str, source: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = words[at..].find('\\').map(|it| it + at) {
        at = open + 1;
        if !words[at..].starts_with(['(', '[']) {
            continue;
        }
        at += 1;
        let close = if words[open..].starts_with("\\(") {
            "\\)"
        } else {
            "\\]"
        };
        let rest = within_reach(&words[at..]);
        if source[..open].ends_with('\\') {
            continue;
        }
        if let Some(end) = rest.find(close)
            && rest[..end].contains(['\\', '^', '_', '=', '{', '+', '<', '>'])
        {
            at += end + 2;
            out.push(open..at);
        }
    }
    out
}

/// Words between two equal marks, where no letter joins the marks from outside and no blank from inside.
fn pairs<'a>(words: &'a str, mark: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(open) = words[at..].find(mark).map(|it| it + at) {
            let inner = open + mark.len();
            at = inner;
            let sign = mark.chars().next().unwrap_or_default();
            let joined = words[..open].ends_with(|c: char| c.is_alphanumeric() || c == sign);
            // A hidden remark may have blanks inside its marks.
            let loose = mark == "%%";
            if joined || words[inner..].starts_with(sign) {
                continue;
            }
            if !loose && words[inner..].starts_with(char::is_whitespace) {
                continue;
            }
            let close = within_reach(&words[inner..])
                .match_indices(mark)
                .map(|(it, _)| it + inner);
            let mut close = close.filter(|close| {
                let before = &words[inner..*close];
                let after = &words[close + mark.len()..];
                !before.trim().is_empty()
                    && (loose || !before.ends_with(char::is_whitespace))
                    && !after.starts_with(|c: char| c.is_alphanumeric() || c == sign)
            });
            if let Some(close) = close.next() {
                at = close + mark.len();
                return Some(open..at);
            }
        }
        None
    })
}

/// `x^2^` and `H~2~O`, and `^[a note in the line]`.
fn raised(words: &str) -> Vec<(&'static Unsupported, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = words[at..].find(['^', '~']).map(|it| it + at) {
        at = open + 1;
        let rest = &words[at..];
        let (mark, kind) = if words[open..].starts_with('^') {
            ('^', &unsupported::SUPERSCRIPT)
        } else {
            ('~', &unsupported::SUBSCRIPT)
        };
        if mark == '^' && rest.starts_with('[') {
            let end = within_reach(rest).find(']').map_or(1, |it| it + 1);
            out.push((&unsupported::INLINE_NOTE, open..at + end));
            continue;
        }
        let joined = words[..open].ends_with(|c: char| c.is_alphanumeric() || c == ')');
        let Some(close) = within_reach(rest).find(mark).filter(|it| *it > 0 && joined) else {
            continue;
        };
        let is_part = |c: char| c.is_alphanumeric() || "+-−=,.()*/".contains(c);
        if rest[..close].chars().all(is_part) && !rest[close + 1..].starts_with(mark) {
            out.push((kind, open..at + close + 1));
            at += close + 1;
        }
    }
    out
}

/// A line that divides a table's head from its rows, in a block that is no table.
fn delimiters(literal: &BlockText<'_>) -> Option<Range<usize>> {
    if literal.in_table || !literal.words.contains("--") {
        return None;
    }
    let mut start = 0;
    for line in literal.words.split_inclusive('\n') {
        let inner = line.trim_matches([NON_TEXT, ' ', '\n', '\t']);
        let cells = inner.trim_matches('|').split('|');
        let is_cell = |it: &str| {
            let it = it.trim();
            let hyphens = it.trim_start_matches(':').trim_end_matches(':');
            !hyphens.is_empty() && hyphens.chars().all(|it| it == '-')
        };
        let is_row = inner.contains('|') && cells.clone().all(is_cell);
        if start > 0 && is_row {
            let from = start + line.find(inner).unwrap_or_default();
            return Some(from..from + inner.len());
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::literal;
    use super::super::read::read;
    use super::super::unsupported::ALL;
    use super::super::{BrokenLink, FaultKind};

    /// What is found in a text: kinds and the words that each is of.
    fn markup_in(text: &str) -> Vec<(FaultKind, &str)> {
        let reading = read(text);
        let embedded = reading.faults.into_iter();
        let embedded = embedded.filter(|it| matches!(it.kind, FaultKind::Unsupported(_)));
        let found = embedded.chain(literal::faults(text, &reading.events));
        found.map(|it| (it.kind, &text[it.range])).collect()
    }

    #[track_caller]
    fn unsupported(text: &str, what: &str, part: &str) {
        let found = markup_in(text);
        let [(FaultKind::Unsupported(kind), marked)] = found.as_slice() else {
            panic!("{text:?}: {found:?}");
        };
        assert_eq!((kind.what, *marked), (what, part), "{text:?}");
    }

    #[test]
    fn each_kind_is_found_in_its_example_and_in_code_is_not() {
        for kind in ALL {
            let found = markup_in(kind.example);
            assert!(
                !found.is_empty()
                    && found
                        .iter()
                        .all(|(it, _)| *it == FaultKind::Unsupported(kind)),
                "{}: {found:?}",
                kind.what
            );
            let code = format!("Words:\n\n````text\n{}\n````\n", kind.example);
            assert_eq!(markup_in(&code), [], "{}", kind.what);
            if !kind.example.contains(['\n', '`']) {
                let code = format!("The words `{}` are code.", kind.example);
                assert_eq!(markup_in(&code), [], "{}", kind.what);
            }
        }
    }

    #[test]
    fn the_mark_up_of_other_programs_is_found_where_it_stands() {
        for (text, what, part) in [
            ("Let $x$ be.", "mathematics", "$x$"),
            ("So $a_i + b_i$, then.", "mathematics", "$a_i + b_i$"),
            (
                "$$\n\\frac{a}{b}\n$$",
                "mathematics",
                "$$\n\\frac{a}{b}\n$$",
            ),
            ("See *it*: $\\alpha$.", "mathematics", "$\\alpha$"),
            ("- a\n- :::tip x", "a container", ":::tip x"),
            ("> !!! danger \"X\"", "an admonition", "!!! danger \"X\""),
            ("??? note", "an admonition", "??? note"),
            (
                "> [!summary] Title",
                "an alert of another kind",
                "[!summary]",
            ),
            ("[x](a.md){.button}", "a list of attributes", "{.button}"),
            (
                "Words at the end. {: #id .c }",
                "a list of attributes",
                "{: #id .c }",
            ),
            ("## Head {#id .c}", "a list of attributes", "{#id .c}"),
            (
                "On {{ page.title }} we",
                "a template’s tag",
                "{{ page.title }}",
            ),
            (
                "{% include x.md %}",
                "a template’s tag",
                "{% include x.md %}",
            ),
            ("a ==b c== d", "highlighted words", "==b c=="),
            ("10^-3^ m", "a superscript", "^-3^"),
            ("CO~2~", "a subscript", "~2~"),
            ("Words^[so].", "a footnote in the line", "^[so]"),
            ("@[toc]", "a table of contents", "@[toc]"),
            ("\\begin{table}", "a command of LaTeX", "\\begin{table}"),
            ("![[ACME-01]]", "an embedded record", "![[ACME-01]]"),
            ("a %%hidden%% b", "a hidden remark", "%%hidden%%"),
            ("\\(x^2\\) is", "mathematics", "\\(x^2\\)"),
            ("so\n\\[a_b\\]", "mathematics", "\\[a_b\\]"),
            ("| a |\n|---|\n| ==b== |", "highlighted words", "==b=="),
            ("```mermaid\na\n```", "a diagram as code", "```mermaid"),
        ] {
            unsupported(text, what, part);
        }
    }

    #[test]
    fn the_work_grows_with_the_text_alone() {
        for mark in [
            "[a ", "==a ", "{a ", "$a ", "x^a ", "[[a ", "[a](b ", "{{a ", "%%a ", "a~b ", "`a ",
        ] {
            let started = std::time::Instant::now();
            let _ = markup_in(&mark.repeat(5_000));
            assert!(started.elapsed().as_secs() < 20, "{mark}");
        }
    }

    #[test]
    fn ordinary_words_are_ordinary() {
        for text in [
            "It costs $5 and $6, or US$5 to US$7, or 5$ and 6$.",
            "Set $HOME and $PATH, $A/$B.",
            "A price of $10-$20, [sic], [x], array[0], m[i][j] and [...].",
            "a == b and c == d, a==b, i++ and j++, C++ and C++.",
            "100 % of 50 %, 5%% x",
            "At 10:30: go :smile: to a::b.",
            "Use {id} and { a }, f{x}, {a,b}.",
            "x^2 and y^2, ^top",
            "What?? Really!!! And so.",
            "!!! Stop",
            "~~gone~~ and ~gone~ too, a~~b~~c, ~/x and ~/y, x~1\\y~1",
            "\\[x\\]\\[y\\] \\$x\\$ \\==a== \\{{ b }}",
            "1. a\n2. b",
            "> [!NOTE]\n> Words.",
            "Term\n: meaning",
            "[a](b.md) [a][c] [c]\n\n[c]: d.md",
            "a[^1]\n\n[^1]: b",
            "C:\\dir and \\\\server\\share",
            "---\n\n***\n\nA | B\n",
            "## Head {#id}",
            "f(a)(b) [see](x.md) (y)",
            "<https://a.example/{x}>",
            "- [ ] open\n- [x] done",
            "—— a -- b --- c",
        ] {
            assert_eq!(markup_in(text), [], "{text:?}");
        }
    }

    #[test]
    fn what_was_meant_as_a_link_is_found() {
        let reference = |label: &str| FaultKind::UndefinedReference(label.to_owned());
        let note = |name: &str| FaultKind::UndefinedNote(name.to_owned());
        let blank = |address: &str| FaultKind::BrokenLink(BrokenLink::Blank(address.to_owned()));
        for (text, kind, part) in [
            (
                "See [the *plan*][plan].",
                reference("plan"),
                "[the *plan*][plan]",
            ),
            ("See [plan][].", reference("plan"), "[plan][]"),
            ("> a\n> [b\n> c][d]", reference("d"), "[b\n> c][d]"),
            ("| a |\n|---|\n| [b][c] |", reference("c"), "[b][c]"),
            ("Words.[^n]", note("n"), "[^n]"),
            (
                "[x](https://a.example/b c)",
                blank("https://a.example/b c"),
                "[x](https://a.example/b c)",
            ),
            (
                "![x](a b.png \"T\")",
                blank("a b.png"),
                "[x](a b.png \"T\")",
            ),
            (
                "[x](a.md",
                FaultKind::BrokenLink(BrokenLink::Open),
                "[x](a.md",
            ),
            (
                "[x [y](a.md) z](b.md)",
                FaultKind::BrokenLink(BrokenLink::Other),
                "[x [y](a.md) z](b.md)",
            ),
            (
                "See [[ACME-01].",
                FaultKind::NoRecordLink(false),
                "[[ACME-01].",
            ),
            ("See [[]].", FaultKind::NoRecordLink(false), "[[]]"),
            ("a <!-- b", FaultKind::OpenComment, "<!-- b"),
            ("| a | b |\n|---|\n| c |", FaultKind::NoTable, "|---|"),
        ] {
            assert_eq!(markup_in(text), [(kind, part)], "{text:?}");
        }
        assert_eq!(
            markup_in("| a | b |\n|---|---|\n| [[A|b]] | c |"),
            [(FaultKind::NoRecordLink(true), "[[A")]
        );
    }
}
