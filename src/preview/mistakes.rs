//! Mistakes as the overlay shows them: the words and the excerpt of the terminal, and a link to the place.
//!
//! Entry: [`rows`]. Invariant: what an author wrote is data, never mark-up.

use serde::Serialize;

use super::editor::Editor;
use crate::characters::printable;
use crate::diagnostic::{Diagnostic, Severity, human, line_column, visible};
use crate::source::Sources;

/// How many mistakes are shown; the terminal has all.
const SHOWN: usize = 100;

/// A mistake.
#[derive(Debug, Serialize)]
pub(super) struct Row {
    pub(super) severity: &'static str,
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) path: String,
    pub(super) line: Option<usize>,
    pub(super) column: Option<usize>,
    pub(super) excerpt: String,
    pub(super) help: Vec<String>,
    /// The address that opens the place in the author’s editor.
    pub(super) edit: Option<String>,
    pub(super) fix: Option<Offer>,
}

/// A fix that an author can apply.
#[derive(Debug, Serialize)]
pub(super) struct Offer {
    /// The mistake's number in this state.
    number: usize,
    old: String,
    new: String,
    certain: bool,
}

/// Mistakes, errors first; no more than a person reads. `state` are those of the state, by whose numbers fixes are asked for.
pub(super) fn rows(
    found: &[&Diagnostic],
    state: &[Diagnostic],
    sources: &Sources,
    editor: Editor<'_>,
) -> Vec<Row> {
    let of = |wanted: Severity| found.iter().filter(move |it| it.severity == wanted);
    let all = of(Severity::Error).chain(of(Severity::Warning));
    let row = |it: &&Diagnostic| Row {
        fix: offer(it, state, sources),
        ..row(it, sources, editor)
    };
    all.take(SHOWN).map(row).collect()
}

fn row(found: &Diagnostic, sources: &Sources, editor: Editor<'_>) -> Row {
    let text = sources.text(&found.path);
    let place = found.span.zip(text);
    let place = place.map(|(span, text)| line_column(text, span.start));
    let (line, column) = place.unwrap_or((1, 1));
    Row {
        severity: found.severity.word(),
        code: found.rule.code,
        message: printable(&found.message).into_owned(),
        path: printable(&found.path).into_owned(),
        line: place.map(|it| it.0),
        column: place.map(|it| it.1),
        excerpt: excerpt(found, sources),
        help: found
            .help
            .iter()
            .map(|it| printable(it).into_owned())
            .collect(),
        edit: editor.address(sources.disk_path(&found.path), line, column),
        fix: None,
    }
}

fn offer(found: &Diagnostic, state: &[Diagnostic], sources: &Sources) -> Option<Offer> {
    let fix = found.fix.as_ref()?;
    let text = sources.text(&found.path)?;
    Some(Offer {
        number: state.iter().position(|it| std::ptr::eq(it, found))?,
        old: visible(text.get(fix.span.start..fix.span.end)?),
        new: visible(&fix.text),
        certain: fix.is_certain(),
    })
}

/// The lines of the terminal's report between the place and the help.
fn excerpt(found: &Diagnostic, sources: &Sources) -> String {
    if found.span.is_none() {
        return String::new();
    }
    let report = human::render(std::slice::from_ref(found), sources, false);
    let lines = report.lines().skip_while(|it| !it.contains("-->")).skip(1);
    let lines = lines.take_while(|it| !it.trim_start().starts_with("= help: "));
    // The rule above the first line and below the last holds nothing.
    let is_empty = |it: &&str| matches!(it.trim(), "" | "|");
    let mut lines: Vec<_> = lines.skip_while(is_empty).collect();
    while lines.last().is_some_and(is_empty) {
        lines.pop();
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{Editor, rows};
    use crate::diagnostic::Diagnostic;
    use crate::source::{SourceLocation, Sources, Span};
    use crate::theme::rules::template_mistake::RULE as TEMPLATE_MISTAKE;

    #[test]
    fn the_excerpt_is_that_of_the_terminal() {
        let mut sources = Sources::default();
        sources.insert("a.yaml", "id: A\nto: B\n".as_bytes());
        let place = SourceLocation {
            path: "a.yaml".into(),
            span: Span::new(10, 11),
        };
        let found = Diagnostic::at(&TEMPLATE_MISTAKE, &place, "there is no `B`")
            .label("nowhere")
            .help("did you mean `C`?");
        let editor = Editor {
            template: Some("e://{path}:{line}:{column}"),
            root: "/r",
        };
        let rows = rows(&[&found], &[], &sources, editor);
        assert_eq!(rows[0].excerpt, "2 | to: B\n  |     ^ nowhere");
        assert_eq!(rows[0].edit.as_deref(), Some("e:///r/a.yaml:2:5"));
        assert_eq!(rows[0].help, ["did you mean `C`?"]);
    }
}
