//! Markup of other programs that is not supported, and what to write instead.
//!
//! Entry: [`ALL`], [`fence`]. Invariant: each kind has an example, which the manual shows and the tests check.

/// A kind of mark-up that nothing renders.
#[derive(Debug, PartialEq, Eq)]
pub struct Unsupported {
    /// What it is, as the subject of a sentence.
    pub what: &'static str,
    /// How it is written.
    pub example: &'static str,
    /// What to write instead.
    pub instead: &'static str,
}

macro_rules! kinds {
    ($($name:ident: $what:literal, $example:literal, $instead:literal;)+) => {
        $(pub(super) static $name: Unsupported = Unsupported {
            what: $what,
            example: $example,
            instead: $instead,
        };)+

        /// Every kind, in the order of the manual.
        pub static ALL: &[&Unsupported] = &[$(&$name),+];
    };
}

kinds! {
    MATH: "mathematics", "$E = mc^2$",
        "write it in words and signs (`E = mc²`), or show a picture of it; where a dollar sign is meant, write `\\$`";
    DIAGRAM: "a diagram as code", "```mermaid\ngraph TD; A --> B\n```",
        "show a picture of the diagram (SVG or PNG); to show its source, write ```` ```text ````";
    DIRECTIVE: "a directive in a code block", "```{note}\nWords.\n```",
        "write a quotation that begins with `[!NOTE]`; to show code, write the language alone: ```` ```python ````";
    CONTAINER: "a container", ":::warning\nWords.\n:::",
        "write a quotation that begins with `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`";
    ADMONITION: "an admonition", "!!! note",
        "write a quotation that begins with `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`";
    ALERT: "an alert of another kind", "> [!INFO]\n> Words.",
        "alerts are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` and `[!CAUTION]`, alone on their line";
    TAB: "a tab", "=== \"Linux\"",
        "write a heading for each tab";
    ATTRIBUTES: "a list of attributes", "![A plan](plan.svg){width=50%}",
        "take it out: a picture is shown in its own size, as wide as the text at most; the anchor of a heading is `{#name}`";
    TEMPLATE: "a template’s tag", "{{ version }}",
        "write what it stands for; to show it, put it into backticks";
    CONTENTS: "a table of contents", "[TOC]",
        "take it out: each page lists its headings of level 2 itself";
    LATEX: "a command of LaTeX", "\\newpage",
        "take it out, or write it in Markdown; to show it, put it into backticks";
    HIGHLIGHT: "highlighted words", "==words==",
        "write `**words**`";
    INSERTED: "underlined words", "++words++",
        "write `*words*`";
    SUPERSCRIPT: "a superscript", "x^2^",
        "write the sign itself: `x²`, `10⁻³`";
    SUBSCRIPT: "a subscript", "H~2~O",
        "write the sign itself: `H₂O`; struck words stand between two tildes: `~~words~~`";
    INLINE_NOTE: "a footnote in the line", "Words.^[A note.]",
        "write `Words.[^1]`, and `[^1]: A note.` as a paragraph of its own";
    ABBREVIATION: "an abbreviation", "*[ISP]: internet service provider",
        "explain it in `glossary.yaml`; `auto: true` links to it";
    HIDDEN: "a hidden remark", "%% Ask Ann. %%",
        "write `<!-- Ask Ann. -->`";
    EMBED: "an embedded record", "![[ACME-01]]",
        "link to it, `[[ACME-01]]`; a picture is `![What it shows](picture.png)`";
    SNIPPET: "an included file", "--8<-- \"terms.md\"",
        "write the words here, or link to the page";
    GRID: "a table drawn with signs", "+---+---+\n| a | b |\n+---+---+",
        "write a table with bars: a head, `|---|---|`, and a row a line";
}

/// Languages of code blocks that other programs draw.
const DIAGRAMS: [&str; 42] = [
    "abc",
    "actdiag",
    "blockdiag",
    "bpmn",
    "bytefield",
    "c4plantuml",
    "chart",
    "d2",
    "dbml",
    "ditaa",
    "dot",
    "echarts",
    "erd",
    "excalidraw",
    "flow",
    "flowchart",
    "geojson",
    "gnuplot",
    "graphviz",
    "kroki",
    "markmap",
    "mermaid",
    "mindmap",
    "nomnoml",
    "nwdiag",
    "packetdiag",
    "pikchr",
    "plantuml",
    "plotly",
    "puml",
    "rackdiag",
    "seqdiag",
    "sequence",
    "structurizr",
    "svgbob",
    "tikz",
    "topojson",
    "uml",
    "vega",
    "vega-lite",
    "wavedrom",
    "wsd",
];

/// Languages of code blocks that other programs set as mathematics.
const FORMULAS: [&str; 5] = ["asciimath", "katex", "latexmath", "math", "mathjax"];

/// Languages of code blocks that other programs show as boxes, tabs or included files.
const DIRECTIVES: [&str; 8] = [
    "admonish",
    "admonition",
    "details",
    "include",
    "tab",
    "tabbed",
    "tabs",
    "toc",
];

/// What other programs make of a code block with these words behind its fence; none where it is code.
pub(super) fn fence(info: &str) -> Option<&'static Unsupported> {
    let info = info.trim().to_ascii_lowercase();
    let first = info.split([' ', '\t', ',', '{']).next().unwrap_or_default();
    if info.starts_with('{') || first.starts_with("ad-") || DIRECTIVES.contains(&first) {
        // `{.python}` is a list of attributes.
        let inner = info.trim_start_matches('{').trim_start();
        let word = inner.split([' ', '}', ',']).next().unwrap_or_default();
        return Some(match word {
            _ if DIAGRAMS.contains(&word) => &DIAGRAM,
            _ if FORMULAS.contains(&word) => &MATH,
            _ => &DIRECTIVE,
        });
    }
    if DIAGRAMS.contains(&first) {
        return Some(&DIAGRAM);
    }
    FORMULAS.contains(&first).then_some(&MATH)
}

#[cfg(test)]
mod tests {
    use super::{DIAGRAM, DIRECTIVE, MATH, fence};

    #[test]
    fn a_fence_that_nothing_draws_is_told_from_code() {
        for (info, what) in [
            ("mermaid", Some(&DIAGRAM)),
            ("Mermaid {theme: x}", Some(&DIAGRAM)),
            ("{mermaid}", Some(&DIAGRAM)),
            ("dot", Some(&DIAGRAM)),
            ("math", Some(&MATH)),
            ("{math}", Some(&MATH)),
            ("{note} Title", Some(&DIRECTIVE)),
            ("{.python .numbered}", Some(&DIRECTIVE)),
            ("ad-note", Some(&DIRECTIVE)),
            ("admonish warning", Some(&DIRECTIVE)),
            ("", None),
            ("rust", None),
            ("python,ignore", None),
            ("no-such-language", None),
            ("text", None),
            ("note", None),
        ] {
            assert_eq!(fence(info), what, "{info}");
        }
    }
}
