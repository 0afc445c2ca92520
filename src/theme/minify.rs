//! Scripts and style sheets of the built-in theme as readers get them: without comments and indentation.
//!
//! Entry: [`script`] and [`style`]. Invariant: a file that a book brings is never touched; our scripts hold comments on lines
//! of their own and no text of several lines, our style sheets no comment inside a text.

/// A script without the lines that are comments alone, and without indentation.
pub(super) fn script(script: &str) -> String {
    let mut out = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        let starts = line.starts_with("/*");
        let ends = line.ends_with("*/");
        let comment =
            in_comment || line.starts_with("//") || (starts && (ends || !line.contains("*/")));
        in_comment = (in_comment || starts) && comment && !ends;
        if !comment && !line.is_empty() {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// A style sheet without comments, line ends and the spaces that mean nothing.
pub(super) fn style(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some((before, comment)) = rest.split_once("/*") {
        out.push_str(before);
        rest = comment.split_once("*/").map_or("", |it| it.1);
    }
    out.push_str(rest);
    let lines: Vec<_> = out
        .lines()
        .map(str::trim)
        .filter(|it| !it.is_empty())
        .collect();
    // Texts stand between quotes: only what is outside is shortened.
    let parts = lines.join("\n");
    let outside = parts.split('"').enumerate().map(|(at, part)| {
        if at % 2 == 1 {
            return part.to_owned();
        }
        SHORTER.iter().fold(part.to_owned(), |text, (long, short)| {
            text.replace(long, short)
        })
    });
    outside.collect::<Vec<_>>().join("\"") + "\n"
}

/// What is written shorter in a style sheet.
const SHORTER: [(&str, &str); 9] = [
    (",\n", ","),
    (";\n", ";"),
    ("{\n", "{"),
    ("\n}", "}"),
    (" {", "{"),
    ("; ", ";"),
    (": ", ":"),
    (", ", ","),
    ("} ", "}"),
];

#[cfg(test)]
mod tests {
    use super::style;

    #[test]
    fn comments_on_lines_of_their_own_go() {
        let script = "// Head.\n(function () {\n  /** Doc. */\n  const a = \"// no\"; // kept\n  /**\n   * More.\n   */\n  const b = /** @type {x} */ (a);\n  /** @type {y} */ let c;\n})();\n";
        let want = "(function () {\nconst a = \"// no\"; // kept\nconst b = /** @type {x} */ (a);\n/** @type {y} */ let c;\n})();\n";
        assert_eq!(super::script(script), want);
    }

    #[test]
    fn a_style_sheet_loses_comments_and_idle_spaces() {
        let sheet = "/* Head. */\n.a, .b > i {\n  color: red; /* why */\n  content: \"a: b; \";\n}\n@media (width > 2rem) {\n  a :hover {top: calc(1px + 2px)}\n}\n";
        let want = ".a,.b > i{color:red;content:\"a: b; \";}\n@media (width > 2rem){a :hover{top:calc(1px + 2px)}}\n";
        assert_eq!(style(sheet), want);
    }
}
