//! The custom properties of style sheets (design tokens), by appearance.
//!
//! Entry: [`tokens`], [`replace_colours`]. Invariant: declarations for forced colours and for print are ignored and never
//! replaced.

use std::ops::Range;

use crate::config::Colour;

/// The appearance of the site on a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mode {
    Light,
    Dark,
}

/// A custom property of the root element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub mode: Mode,
    /// Its name without the two hyphens.
    pub name: String,
    /// The range of its value in the sheet.
    pub value: Range<usize>,
}

/// All tokens of a sheet, in its order.
pub(super) fn tokens(sheet: &str) -> Vec<Token> {
    let mut out = Vec::new();
    let mut selectors: Vec<&str> = Vec::new();
    let mut start = 0;
    let mut i = 0;
    while let Some(byte) = sheet.as_bytes().get(i) {
        let mut next = i + 1;
        match byte {
            b'/' if sheet[i..].starts_with("/*") => {
                next = find_end(sheet, i + 2, "*/");
                if sheet[start..i].trim().is_empty() {
                    start = next;
                }
            }
            b'"' => next = find_end(sheet, i + 1, "\""),
            b'{' => {
                selectors.push(&sheet[start..i]);
                start = next;
            }
            b';' | b'}' => {
                out.extend(token(sheet, start..i, &selectors));
                if *byte == b'}' {
                    selectors.pop();
                }
                start = next;
            }
            _ => {}
        }
        i = next;
    }
    out
}

/// The offset after the next occurrence of `mark`.
fn find_end(sheet: &str, from: usize, mark: &str) -> usize {
    let rest = sheet.get(from..).unwrap_or_default();
    rest.find(mark)
        .map_or(sheet.len(), |i| from + i + mark.len())
}

fn token(sheet: &str, range: Range<usize>, selectors: &[&str]) -> Option<Token> {
    let (name, value) = sheet[range.clone()].split_once(':')?;
    let name = name.trim().strip_prefix("--")?;
    let end = range.start + sheet[range].trim_end().len();
    let start = end - value.trim().len();
    Some(Token {
        mode: mode(selectors)?,
        name: name.to_owned(),
        value: start..end,
    })
}

/// The appearance that declarations inside of these selectors and media queries apply to.
fn mode(selectors: &[&str]) -> Option<Mode> {
    let selectors: Vec<_> = selectors
        .iter()
        .map(|it| it.replace([' ', '\n', '\''], ""))
        .collect();
    let contains = |text: &str| selectors.iter().any(|it| it.contains(text));
    if contains("forced-colors:active") || contains("@mediaprint") {
        return None;
    }
    if contains("prefers-color-scheme:dark")
        || contains("[data-theme=\"dark\"]")
        || contains("[data-theme=dark]")
    {
        return Some(Mode::Dark);
    }
    let last = selectors.last()?;
    (last.contains(":root") || last == "html").then_some(Mode::Light)
}

/// Replaces the values of tokens in a sheet by colours.
pub(super) fn replace_colours(sheet: &str, colours: &[(Mode, &str, Colour)]) -> String {
    if colours.is_empty() {
        return sheet.to_owned();
    }
    let mut out = String::with_capacity(sheet.len());
    let mut copied = 0;
    for token in tokens(sheet) {
        let colour = colours
            .iter()
            .find(|(mode, name, _)| *mode == token.mode && *name == token.name);
        if let Some((.., colour)) = colour {
            out.push_str(&sheet[copied..token.value.start]);
            out.push_str(&colour.to_string());
            copied = token.value.end;
        }
    }
    out.push_str(&sheet[copied..]);
    out
}

#[cfg(test)]
mod tests {
    use super::{Mode, replace_colours, tokens};
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
        assert_eq!(replace_colours(SHEET, &colours), want);
        assert_eq!(tokens("} {"), []);
        assert_eq!(tokens("/* \" --a"), []);
    }
}
