//! The colours that style sheets declare as tokens, by appearance.
//!
//! Entry: [`tokens`], [`replaced`]. Invariant: what a sheet says of forced colours and of paper is never read as an appearance
//! and never replaced.

use std::ops::Range;

use crate::config::Colour;

/// How the site appears on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    Light,
    Dark,
}

/// A custom property of the whole page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub mode: Mode,
    /// Its name without the two hyphens.
    pub name: String,
    /// Where its value stands.
    pub value: Range<usize>,
}

/// Every token of a sheet, in its order.
pub(super) fn tokens(sheet: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(byte) = sheet.as_bytes().get(at) {
        let mut next = at + 1;
        match byte {
            b'/' if sheet[at..].starts_with("/*") => {
                next = end_of(sheet, at + 2, "*/");
                if sheet[start..at].trim().is_empty() {
                    start = next;
                }
            }
            b'"' => next = end_of(sheet, at + 1, "\""),
            b'{' => {
                open.push(&sheet[start..at]);
                start = next;
            }
            b';' | b'}' => {
                out.extend(token(sheet, start..at, &open));
                if *byte == b'}' {
                    open.pop();
                }
                start = next;
            }
            _ => {}
        }
        at = next;
    }
    out
}

/// The offset behind the next mark.
fn end_of(sheet: &str, from: usize, mark: &str) -> usize {
    let rest = sheet.get(from..).unwrap_or_default();
    rest.find(mark)
        .map_or(sheet.len(), |at| from + at + mark.len())
}

fn token(sheet: &str, range: Range<usize>, open: &[&str]) -> Option<Token> {
    let (name, value) = sheet[range.clone()].split_once(':')?;
    let name = name.trim().strip_prefix("--")?;
    let end = range.start + sheet[range].trim_end().len();
    let start = end - value.trim().len();
    Some(Token {
        mode: mode(open)?,
        name: name.to_owned(),
        value: start..end,
    })
}

/// The appearance that is meant inside of these rules.
fn mode(open: &[&str]) -> Option<Mode> {
    let open: Vec<_> = open
        .iter()
        .map(|it| it.replace([' ', '\n', '\''], ""))
        .collect();
    let any = |words: &str| open.iter().any(|it| it.contains(words));
    if any("forced-colors:active") || any("@mediaprint") {
        return None;
    }
    if any("prefers-color-scheme:dark") || any("[data-theme=\"dark\"]") || any("[data-theme=dark]")
    {
        return Some(Mode::Dark);
    }
    let last = open.last()?;
    (last.contains(":root") || last == "html").then_some(Mode::Light)
}

/// A sheet with other colours in place of those that its tokens have.
pub(super) fn replaced(sheet: &str, colours: &[(Mode, &str, Colour)]) -> String {
    if colours.is_empty() {
        return sheet.to_owned();
    }
    let mut out = String::with_capacity(sheet.len());
    let mut done = 0;
    for token in tokens(sheet) {
        let colour = colours
            .iter()
            .find(|(mode, name, _)| *mode == token.mode && *name == token.name);
        if let Some((.., colour)) = colour {
            out.push_str(&sheet[done..token.value.start]);
            out.push_str(&colour.to_string());
            done = token.value.end;
        }
    }
    out.push_str(&sheet[done..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{Mode, replaced, tokens};
    use crate::config::Colour;

    const SHEET: &str = "\
/* One: two; {three} */
:root {
  --a: #fff; --b: \"x;}\"; /* --c: #000; */
  --a-2: red
}
@media screen and (prefers-color-scheme: dark) {:root:not([data-theme=\"light\"]) {--a: #111}}
@media screen {:root[data-theme=\"dark\"] {--a: #111;}}
@media (forced-colors: active) {:root {--a: Canvas}}
@media print {:root {--a: #222}}
.x {--a: #333}
";

    #[test]
    fn tokens_are_found_by_appearance() {
        let found: Vec<_> = tokens(SHEET)
            .into_iter()
            .map(|it| (it.mode, it.name, &SHEET[it.value]))
            .collect();
        let want = [
            (Mode::Light, "a", "#fff"),
            (Mode::Light, "b", "\"x;}\""),
            (Mode::Light, "a-2", "red"),
            (Mode::Dark, "a", "#111"),
            (Mode::Dark, "a", "#111"),
        ];
        let want = want.map(|(mode, name, value)| (mode, name.to_owned(), value));
        assert_eq!(found, want);
    }

    #[test]
    fn a_colour_is_replaced_in_its_appearance_alone() {
        let colours = [
            (Mode::Light, "a", Colour::BLACK),
            (Mode::Dark, "a", Colour::WHITE),
        ];
        let want = SHEET
            .replace("--a: #fff", "--a: #000000")
            .replace("--a: #111", "--a: #ffffff");
        assert_eq!(replaced(SHEET, &colours), want);
        assert_eq!(tokens("} {"), []);
        assert_eq!(tokens("/* \" --a"), []);
    }
}
