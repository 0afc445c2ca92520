//! `controlbook explain`.

use super::terminal::{Terminal, counted};
use super::{Failure, Outcome, init};
use crate::diagnostic::nearest;
use crate::{manual, rules};

pub(super) fn run(code: Option<&str>, terminal: &Terminal) -> Result<Outcome, Failure> {
    let Some(code) = code else {
        Terminal::result(&list());
        terminal.say(&format!(
            "{}; `controlbook explain CODE` prints one in full.",
            counted(rules::ALL.len(), "rule")
        ));
        return Ok(Outcome::Clean);
    };
    let Some(rule) = rules::find(code) else {
        let known = rules::ALL.iter().map(|it| (it.code, ""));
        let near = match nearest(code, known) {
            Some((right, _)) => format!("did you mean `{right}`?"),
            None => "`controlbook explain` lists them all".to_owned(),
        };
        return Err(format!("there is no rule `{code}`; {near}"));
    };
    Terminal::result(&manual::rules::rule_page(rule, &init::starter()));
    Ok(Outcome::Clean)
}

/// Every rule, a line each: code, severity, what the mistake is.
fn list() -> String {
    let width = rules::ALL.iter().map(|it| it.code.len()).max();
    let width = width.unwrap_or_default();
    let mut out = String::new();
    for rule in rules::ALL {
        out.push_str(&format!(
            "{:width$}  {:7}  {}\n",
            rule.code,
            rule.severity.word(),
            rule.summary()
        ));
    }
    out
}
