//! The words that may stand around an identifier in a query: `Article 32(1)(b)`.
//!
//! Entry: [`nouns`]. Invariant: what counts as a word around an identifier comes from the framework's `cite`.

use std::collections::BTreeSet;

use super::words::tokens;
use crate::catalogue::Framework;
use crate::markdown::spelling::fold;

/// Marks a key among the words: no word begins with it.
pub(super) const MARK: char = '=';

/// The words that may stand around a framework's identifiers: `art`, `gdpr`, `paragraph`.
pub(super) fn nouns(framework: &Framework) -> BTreeSet<String> {
    let cite = &framework.cite;
    let forms = cite.forms.iter().map(|it| it.replace("{id}", " "));
    let kinds = framework.kinds.iter().flat_map(|kind| {
        [
            kind.name.clone(),
            kind.plural.clone(),
            kind.display.replace("{id}", " "),
        ]
    });
    let own = [framework.id.clone(), framework.name.clone()];
    let all = forms
        .chain(kinds)
        .chain(cite.between.iter().cloned())
        .chain(cite.names.iter().cloned())
        .chain(own);
    let all: Vec<_> = all.map(|it| fold(&it)).collect();
    let words = all.iter().flat_map(|it| tokens(it));
    let letters = words.filter(|it| !it.starts_with(|first: char| first.is_ascii_digit()));
    letters.map(str::to_owned).collect()
}
