//! Identifiers as they are searched: `CKM-03.1`, `ckm 3.1` and `Article 32(1)(b)` come down to one key each.
//!
//! Entry: [`key`], [`nouns`]. Invariant: what counts as a word around an identifier comes from the framework's `cite`.

use std::collections::BTreeSet;

use super::words::{fold, tokens};
use crate::catalogue::Framework;

/// Marks a key among the words: no word begins with it.
pub(super) const MARK: char = '=';

/// The parts of an identifier, letters and digits divided, noughts before a number dropped: `ckm.3.1`.
pub(super) fn key(id: &str) -> String {
    let mut out = String::with_capacity(id.len());
    let mut last = None;
    // Where the part begins that is being read.
    let mut start = 0;
    for it in fold(id).chars() {
        let class = match it {
            it if it.is_ascii_digit() => Some(0),
            it if it.is_alphanumeric() => Some(1),
            _ => None,
        };
        if class.is_some() {
            if class != last {
                if !out.is_empty() {
                    out.push('.');
                }
                start = out.len();
            }
            if &out[start..] == "0" {
                out.pop();
            }
            out.push(it);
        }
        last = class;
    }
    out
}

/// The words that may stand around a framework's identifiers: `art`, `gdpr`, `paragraph`.
pub(super) fn nouns(framework: &Framework) -> BTreeSet<String> {
    let cite = &framework.cite;
    let forms = cite.forms.iter().map(|it| it.replace("{id}", " "));
    let kinds = framework.kinds.iter().flat_map(|it| {
        [
            it.name.clone(),
            it.plural.clone(),
            it.display.replace("{id}", " "),
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

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn spellings_of_one_identifier_share_a_key() {
        for it in ["CKM-03.1", "ckm 3.1", "ckm03.1", "CKM‑03 . 1"] {
            assert_eq!(key(it), "ckm.3.1");
        }
        assert_eq!(key("32(1)(b)"), "32.1.b");
        assert_eq!(key("A-00"), "a.0");
        assert_eq!(key(""), "");
    }
}
