//! Minifies the scripts and style sheets of the built-in theme: removes comments and indentation.
//!
//! Entry: [`script`] and [`style`]. Invariant: files of a book are never minified; our scripts have comments on lines of their own
//! and no multi-line strings, our style sheets no comments inside strings.

/// Removes comment lines, empty lines and indentation from a script.
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

/// Removes comments, line breaks and redundant spaces from a style sheet.
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
    // Every second part is a quoted string, which must stay as it is.
    let parts = lines.join("\n");
    let outside = parts.split('"').enumerate().map(|(i, part)| {
        if i % 2 == 1 {
            return part.to_owned();
        }
        REPLACEMENTS
            .iter()
            .fold(part.to_owned(), |text, (long, short)| {
                text.replace(long, short)
            })
    });
    outside.collect::<Vec<_>>().join("\"") + "\n"
}

/// Sequences with a shorter equivalent in a style sheet.
const REPLACEMENTS: [(&str, &str); 9] = [
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
        let expected = "(function () {\nconst a = \"// no\"; // kept\nconst b = /** @type {x} */ (a);\n/** @type {y} */ let c;\n})();\n";
        assert_eq!(super::script(script), expected);
    }

    #[test]
    fn a_style_sheet_loses_comments_and_idle_spaces() {
        let sheet = "/* Head. */\n.a, .b > i {\n  color: red; /* why */\n  content: \"a: b; \";\n}\n@media (width > 2rem) {\n  a :hover {top: calc(1px + 2px)}\n}\n";
        let expected = ".a,.b > i{color:red;content:\"a: b; \";}\n@media (width > 2rem){a :hover{top:calc(1px + 2px)}}\n";
        assert_eq!(style(sheet), expected);
    }
}
