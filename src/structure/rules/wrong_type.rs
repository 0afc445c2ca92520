//! `wrong-type`.

use crate::diagnostic::{Certainty, Diagnostic, Example, Good, Rule, Severity, certain_if};
use crate::source::SourceLocation;
use crate::structure::Value;

/// The rule.
pub static RULE: Rule = Rule {
    code: "wrong-type",
    severity: Severity::Error,
    explain: "A value is of another type than its key takes, such as a text where a list belongs. \
              A list is written `[one, two]`, or with a hyphen before each item on a line of its \
              own.",
    bad: Example {
        files: &[(
            "content/glossary.yaml",
            "\
- term: back-up
  text: A copy of data, kept apart from the original.
- term: recovery point
  text: How much work may be lost, as a time.
  see: back-up
",
        )],
        path: "content/glossary.yaml",
        marks: "back-up",
    },
    good: Good::Change("see: back-up", "see: [back-up]"),
};

pub(crate) fn report(location: &SourceLocation, wanted: &str, value: &Value) -> Diagnostic {
    let found = value.type_name();
    let diagnostic = Diagnostic::new(&RULE, location, format!("expected {wanted}, found {found}"))
        .label(format!("should be {wanted}"));
    match value {
        Value::Bool(_) | Value::Date(_) | Value::Integer(_) | Value::Float(_)
            if wanted == "text" =>
        {
            diagnostic
                .help("put it in quotes")
                .mends_wrapped("", "\"", "\"", Certainty::Certain)
        }
        Value::Text(text) if wanted == "a list" && !text.contains(['\n', '"', '`']) => {
            let toml = location.path.ends_with(".toml");
            let plain = text
                .chars()
                .all(|c| c.is_alphanumeric() || "-_. ".contains(c));
            let item = if toml || !plain || text.is_empty() {
                format!("\"{text}\"")
            } else {
                text.clone()
            };
            // Words with blanks between them may be several items.
            let is_one = !text.contains(char::is_whitespace) && plain;
            diagnostic
                .help(format!("a list stands in square brackets: `[{item}]`"))
                .mends_whole(format!("[{item}]"), certain_if(is_one))
        }
        Value::Map(_) if wanted == "a list" && location.path.ends_with(".toml") => {
            diagnostic.help("each item of this list begins with its name in two brackets: `[[…]]`")
        }
        Value::Map(_) if wanted == "a list" => {
            diagnostic.help("each item begins with a hyphen and a blank")
        }
        Value::Null => diagnostic.help("write it behind the key, or take the key out"),
        _ => diagnostic,
    }
}

/// Reports a list of the wrong length.
pub(crate) fn length(location: &SourceLocation, wanted: usize, found: usize) -> Diagnostic {
    let items = |count| match count {
        1 => "1 item".to_owned(),
        count => format!("{count} items"),
    };
    let (wanted, found) = (items(wanted), items(found));
    let message = format!("expected a list of {wanted}, found {found}");
    Diagnostic::new(&RULE, location, message).label(format!("should have {wanted}"))
}

/// Reports an integer out of range.
pub(crate) fn range(
    location: &SourceLocation,
    least: Option<i64>,
    most: Option<i64>,
    found: i64,
) -> Diagnostic {
    let wanted = match (least, most) {
        (Some(least), Some(most)) => format!("a whole number from {least} to {most}"),
        (Some(least), None) => format!("a whole number from {least} on"),
        (None, Some(most)) => format!("a whole number up to {most}"),
        (None, None) => "a smaller number".to_owned(),
    };
    let message = format!("expected {wanted}, found {found}");
    Diagnostic::new(&RULE, location, message).label(format!("should be {wanted}"))
}

/// Reports a value that does not fit, without a known reason.
pub(crate) fn unfit(location: &SourceLocation) -> Diagnostic {
    let message = "this value has another form than its key takes";
    Diagnostic::new(&RULE, location, message)
        .label("not read")
        .help("`controlbook manual fields` says what each key takes")
}
