//! Finds terms of the glossary in plain text.

use std::ops::Range;

use super::index::Index;

impl Index<'_> {
    /// The terms in a text: the range and the index of each.
    pub(super) fn terms_in(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut out = Vec::new();
        if self.auto_terms.is_empty() {
            return out;
        }
        let mut end_of_last = 0;
        for (start, word) in split_words(text) {
            if start < end_of_last {
                continue;
            }
            let candidates = self.auto_terms.get(&word.to_lowercase()).or_else(|| {
                self.auto_terms
                    .get(word.to_lowercase().trim_end_matches('s'))
            });
            let longest = candidates
                .into_iter()
                .flatten()
                .find_map(|(parts, term)| Some((phrase_end(text, start, parts)?, *term)));
            if let Some((end, term)) = longest {
                out.push((start..end, term.index()));
                end_of_last = end;
            }
        }
        out
    }
}

/// The words of a text with their offsets.
fn split_words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut offset = 0;
    text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter_map(move |piece| {
            let start = offset;
            offset += piece.len();
            let word = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '-'));
            (!word.is_empty()).then_some((start, word))
        })
}

/// The end of a phrase that begins at `start`, with a plural `s`; case matters only for abbreviations.
fn phrase_end(text: &str, start: usize, parts: &[String]) -> Option<usize> {
    let mut offset = start;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            let rest = &text[offset..];
            let gap = rest.len() - rest.trim_start_matches([' ', '\n', '\u{a0}']).len();
            offset += if gap > 0 { gap } else { return None };
        }
        let end = offset + part.len();
        let word = text.get(offset..end)?;
        let is_abbreviation =
            part.chars().any(char::is_uppercase) && part.chars().skip(1).any(char::is_uppercase);
        let is_same = if is_abbreviation {
            word == part
        } else {
            word.to_lowercase() == part.to_lowercase()
        };
        if !is_same {
            return None;
        }
        offset = end;
    }
    if text[offset..].starts_with('s') {
        offset += 1;
    }
    let is_word_end = text[offset..]
        .chars()
        .next()
        .is_none_or(|c| !(c.is_alphanumeric() || c == '-'));
    is_word_end.then_some(offset)
}

#[cfg(test)]
mod tests {
    use super::phrase_end;

    #[test]
    fn terms_end_at_word_ends() {
        let parts = |phrase: &str| phrase.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            phrase_end("processors and", 0, &parts("processor")),
            Some(10)
        );
        assert_eq!(phrase_end("processorship", 0, &parts("processor")), None);
        assert_eq!(
            phrase_end("Break-glass access.", 0, &parts("break-glass access")),
            Some(18)
        );
        assert_eq!(phrase_end("rto", 0, &parts("RTO")), None);
    }
}
