//! Scripts of the built-in theme as readers get them: without comments and indentation.
//!
//! Entry: [`lean`]. Invariant: a script that a book brings is never touched; ours hold comments on lines of their own and
//! no text of several lines.

/// A script without the lines that are comments alone, and without indentation.
pub(super) fn lean(script: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::lean;

    #[test]
    fn comments_on_lines_of_their_own_go() {
        let script = "// Head.\n(function () {\n  /** Doc. */\n  const a = \"// no\"; // kept\n  /**\n   * More.\n   */\n  const b = /** @type {x} */ (a);\n  /** @type {y} */ let c;\n})();\n";
        let want = "(function () {\nconst a = \"// no\"; // kept\nconst b = /** @type {x} */ (a);\n/** @type {y} */ let c;\n})();\n";
        assert_eq!(lean(script), want);
    }
}
