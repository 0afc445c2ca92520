//! Terms of the glossary in plain text.

use std::ops::Range;

use super::index::Index;

impl Index<'_> {
    /// Terms of the glossary in a text, by position: where, and which.
    pub(super) fn terms_in(&self, text: &str) -> Vec<(Range<usize>, usize)> {
        let mut out = Vec::new();
        if self.auto_terms.is_empty() {
            return out;
        }
        let mut at = 0;
        for (start, word) in words(text) {
            if start < at {
                continue;
            }
            let candidates = self.auto_terms.get(&word.to_lowercase()).or_else(|| {
                self.auto_terms
                    .get(word.to_lowercase().trim_end_matches('s'))
            });
            let hit = candidates
                .into_iter()
                .flatten()
                .find_map(|(parts, term)| Some((phrase_end(text, start, parts)?, *term)));
            if let Some((end, term)) = hit {
                out.push((start..end, term.index()));
                at = end;
            }
        }
        out
    }
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '-'))
        .filter_map(move |piece| {
            let start = from;
            from += piece.len();
            let word = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '-'));
            (!word.is_empty()).then_some((start, word))
        })
}

/// Where a phrase that begins at `start` ends; capitals count only where the term is written in capitals, and a plural's `s` is taken in.
fn phrase_end(text: &str, start: usize, parts: &[String]) -> Option<usize> {
    let mut at = start;
    for (number, part) in parts.iter().enumerate() {
        if number > 0 {
            let rest = &text[at..];
            let gap = rest.len() - rest.trim_start_matches([' ', '\n', '\u{a0}']).len();
            at += if gap > 0 { gap } else { return None };
        }
        let end = at + part.len();
        let word = text.get(at..end)?;
        let capitals =
            part.chars().any(char::is_uppercase) && part.chars().skip(1).any(char::is_uppercase);
        let same = if capitals {
            word == part
        } else {
            word.to_lowercase() == part.to_lowercase()
        };
        if !same {
            return None;
        }
        at = end;
    }
    if text[at..].starts_with('s') {
        at += 1;
    }
    let ends = text[at..]
        .chars()
        .next()
        .is_none_or(|c| !(c.is_alphanumeric() || c == '-'));
    ends.then_some(at)
}

#[cfg(test)]
mod tests {
    use super::phrase_end;

    #[test]
    fn terms_end_at_word_ends() {
        let part = |it: &str| it.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(
            phrase_end("processors and", 0, &part("processor")),
            Some(10)
        );
        assert_eq!(phrase_end("processorship", 0, &part("processor")), None);
        assert_eq!(
            phrase_end("Break-glass access.", 0, &part("break-glass access")),
            Some(18)
        );
        assert_eq!(phrase_end("rto", 0, &part("RTO")), None);
    }
}
