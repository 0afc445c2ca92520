//! Ten mistakes in a copy of the real content, found in one run, each at its line and column.

use controlbook::diagnostic::short;
use controlbook::pipeline::{ParseCache, check};

use crate::real::SOURCES;

/// Path, what is there, the mistake, and what is reported of it: the code and the text that is marked.
const MISTAKES: [(&str, &str, &str, &str, &str); 10] = [
    (
        "content/mappings/eucs/HCS-09.yaml",
        "    to: CKM-01.2\n",
        "    to: CKM-09.1\n",
        "unknown-requirement",
        "CKM-09.1",
    ),
    (
        "content/mappings/eucs/HCS-03.yaml",
        "relation: superset-of\n",
        "relation: superset\n",
        "unknown-value",
        "superset",
    ),
    (
        "content/mappings/gdpr/HCS-13.yaml",
        "property: ",
        "propert: ",
        "unknown-key",
        "propert",
    ),
    (
        "content/measures/HCS-01.yaml",
        "threats: [",
        "threats: [ransomwear, ",
        "unknown-threat",
        "ransomwear",
    ),
    (
        "content/measures/HCS-02.yaml",
        "related:\n  - { measure: HCS-",
        "related:\n  - { measure: HCS-9",
        "unknown-measure",
        "",
    ),
    (
        "content/measures/HCS-04.md",
        "## Common mistakes\n",
        "## Common mistakes\n\nSee [[HCS-04.99]].\n",
        "unresolved-link",
        "[[HCS-04.99]]",
    ),
    (
        "content/measures/HCS-05.md",
        "## Common mistakes\n",
        "## Common mistakes\n\nAs Art. 28(9)(z) GDPR has it.\n",
        "unresolved-citation",
        "Art. 28(9)(z)",
    ),
    (
        "content/use-cases/ehr.yaml",
        "mark: record\n",
        "mark: recrod\n",
        "unknown-value",
        "recrod",
    ),
    (
        "content/guide/threats.md",
        "---\n\n",
        "---\n\n<b>Bold</b> words.\n\n",
        "raw-html",
        "<b>",
    ),
    (
        "content/frameworks/eucs/PI.yaml",
        "level: basic\n",
        "level: bassic\n",
        "unknown-level",
        "bassic",
    ),
];

#[test]
fn ten_mistakes_are_found_in_one_run() {
    let mut sources = SOURCES.clone();
    for (path, right, wrong, ..) in MISTAKES {
        let text = sources.text(path).expect("the file is there");
        assert!(text.contains(right), "{path} has no {right:?}");
        sources.insert(path, text.replacen(right, wrong, 1).into_bytes());
    }
    let found = check(&sources, &mut ParseCache::default()).diagnostics;
    let report = short::render(&found, &sources);
    for (path, _, _, code, marked) in MISTAKES {
        let text = sources.text(path).expect("the file is there");
        let hit = found
            .iter()
            .find(|it| &*it.path == path && it.rule.code == code);
        let hit = hit.unwrap_or_else(|| panic!("no {code} in {path}:\n{report}"));
        let span = hit.span.expect("it has a range");
        if !marked.is_empty() {
            assert_eq!(&text[span.start..span.end], marked, "{report}");
        }
    }
    let helps = |code: &str, words: &str| {
        let mut of_it = found.iter().filter(|it| it.rule.code == code);
        of_it.any(|it| it.help.iter().any(|help| help.contains(words)))
    };
    for (code, words) in [
        ("unknown-value", "did you mean"),
        ("unknown-key", "did you mean"),
        ("unknown-threat", "did you mean"),
        ("unknown-level", "did you mean"),
        // Another number is never suggested.
        ("unknown-requirement", "`CKM` has `CKM-01` to `CKM-04`"),
        ("unknown-measure", "there are `HCS-01` to `HCS-17`"),
        ("unresolved-link", "`HCS-04` has `HCS-04.1` to"),
        ("unresolved-citation", "`28(9)`"),
    ] {
        assert!(helps(code, words), "{code} does not help:\n{report}");
    }
    // A file that could not be read as a record causes no second diagnostic: ten mistakes, ten lines, and no more in other files.
    let files: std::collections::BTreeSet<_> = found.iter().map(|it| it.path.clone()).collect();
    assert_eq!(files.len(), MISTAKES.len(), "{report}");
}
