//! Mistakes as the overlay shows them: message and excerpt as on the terminal, and a link into the editor.
//!
//! Entry: [`rows`]. Invariant: an author's text is data, never mark-up.

use serde::Serialize;

use super::editor::Editor;
use crate::characters::printable;
use crate::diagnostic::{Diagnostic, Severity, human, line_column, visible};
use crate::source::Sources;

/// Maximum number of mistakes shown; the terminal lists all.
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
    pub(super) fix: Option<FixView>,
}

/// A fix that an author can apply.
#[derive(Debug, Serialize)]
pub(super) struct FixView {
    /// The index of the mistake in this revision.
    number: usize,
    old: String,
    new: String,
    certain: bool,
}

/// The first mistakes, errors before warnings. A fix is requested by the index of its mistake in `state`.
pub(super) fn rows(
    diagnostics: &[&Diagnostic],
    state: &[Diagnostic],
    sources: &Sources,
    editor: Editor<'_>,
) -> Vec<Row> {
    let with = |wanted: Severity| diagnostics.iter().filter(move |it| it.severity == wanted);
    let all = with(Severity::Error).chain(with(Severity::Warning));
    let row = |it: &&Diagnostic| Row {
        fix: fix_view(it, state, sources),
        ..row(it, sources, editor)
    };
    all.take(SHOWN).map(row).collect()
}

fn row(diagnostic: &Diagnostic, sources: &Sources, editor: Editor<'_>) -> Row {
    let text = sources.text(&diagnostic.path);
    let place = diagnostic.span.zip(text);
    let place = place.map(|(span, text)| line_column(text, span.start));
    let (line, column) = place.unwrap_or((1, 1));
    Row {
        severity: diagnostic.severity.word(),
        code: diagnostic.rule.code,
        message: printable(&diagnostic.message).into_owned(),
        path: printable(&diagnostic.path).into_owned(),
        line: place.map(|it| it.0),
        column: place.map(|it| it.1),
        excerpt: excerpt(diagnostic, sources),
        help: diagnostic
            .help
            .iter()
            .map(|it| printable(it).into_owned())
            .collect(),
        edit: editor.address(sources.disk_path(&diagnostic.path), line, column),
        fix: None,
    }
}

fn fix_view(diagnostic: &Diagnostic, state: &[Diagnostic], sources: &Sources) -> Option<FixView> {
    let fix = diagnostic.fix.as_ref()?;
    let text = sources.text(&diagnostic.path)?;
    Some(FixView {
        number: state.iter().position(|it| std::ptr::eq(it, diagnostic))?,
        old: visible(text.get(fix.span.start..fix.span.end)?),
        new: visible(&fix.text),
        certain: fix.is_certain(),
    })
}

/// The lines of the terminal's report between the place and the help.
fn excerpt(diagnostic: &Diagnostic, sources: &Sources) -> String {
    if diagnostic.span.is_none() {
        return String::new();
    }
    let report = human::render(std::slice::from_ref(diagnostic), sources, false);
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
        let found = Diagnostic::new(&TEMPLATE_MISTAKE, &place, "there is no `B`")
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
