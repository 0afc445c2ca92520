//! Synonyms from the glossary: a search for `MFA` also finds `multi-factor authentication`.
//!
//! Entry: [`Names::new`], then [`Names::find_in`] for each text. Invariant: names come from the book's own glossary alone.

use rustc_hash::FxHashMap;

use super::words::{Stemmer, TokenKind, Tokenizer};
use crate::markdown::spelling::fold;

/// A word of a name: what its forms have in common, as a number. Nought is a word of no name.
pub(super) type Symbol = u32;

/// The names of all terms with more than one.
#[derive(Default)]
pub(super) struct Names {
    symbols: FxHashMap<String, Symbol>,
    /// Names by their first word, the longest first.
    by_first: FxHashMap<Symbol, Vec<Name>>,
    /// What each name leads to: the other names of its term, folded.
    pub others: Vec<Vec<String>>,
}

struct Name {
    words: Vec<Symbol>,
    number: usize,
}

impl Names {
    /// The names of terms, given as lists of the names of each.
    pub(super) fn new<'a>(terms: impl Iterator<Item = Vec<&'a str>>, stemmer: &Stemmer) -> Self {
        let mut out = Self::default();
        for names in terms.filter(|it| it.len() > 1) {
            let names: Vec<_> = names.into_iter().map(fold).collect();
            let words: Vec<_> = names.iter().map(|it| out.symbols_of(it, stemmer)).collect();
            for (at, own) in words.iter().enumerate().filter(|(_, it)| !it.is_empty()) {
                // A longer name of the same words tells nothing more: `controller`, `data controller`.
                let more = |(other, words): &(usize, &Vec<Symbol>)| {
                    *other != at && !words.windows(own.len()).any(|it| it == own)
                };
                let others = words.iter().enumerate().filter(more);
                let others: Vec<_> = others.map(|(other, _)| names[other].clone()).collect();
                if others.is_empty() {
                    continue;
                }
                let named = out.by_first.entry(own[0]).or_default();
                named.push(Name {
                    words: own.clone(),
                    number: out.others.len(),
                });
                named.sort_by_key(|it| std::cmp::Reverse(it.words.len()));
                out.others.push(others);
            }
        }
        out
    }

    fn symbols_of(&mut self, name: &str, stemmer: &Stemmer) -> Vec<Symbol> {
        let mut out = Vec::new();
        Tokenizer::default().tokenize(
            name,
            |_| false,
            |word, form| {
                if form == TokenKind::Run {
                    let next =
                        u32::try_from(self.symbols.len() + 1).expect("a glossary has fewer words");
                    out.push(*self.symbols.entry(stemmer.stem(word)).or_insert(next));
                }
            },
        );
        out
    }

    /// The symbol of a word.
    pub(super) fn symbol(&self, word: &str, stemmer: &Stemmer) -> Symbol {
        if self.symbols.is_empty() {
            return 0;
        }
        self.symbols.get(&stemmer.stem(word)).copied().unwrap_or(0)
    }

    /// Calls `each` with the number of each name in a text of these words.
    pub(super) fn find_in(&self, text: &[Symbol], mut each: impl FnMut(usize)) {
        let mut at = 0;
        while at < text.len() {
            let names = self.by_first.get(&text[at]);
            let name = names.and_then(|it| it.iter().find(|it| text[at..].starts_with(&it.words)));
            at += name.map_or(1, |name| {
                each(name.number);
                name.words.len()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, Stemmer};

    #[test]
    fn a_name_leads_to_the_others_unless_they_only_add_words() {
        let stemmer = Stemmer::for_language("en");
        let terms = [
            vec!["MFA", "multi-factor authentication", "two-step sign-in"],
            vec!["controller", "data controller"],
            vec!["alone"],
        ];
        let names = Names::new(terms.into_iter(), &stemmer);
        let found = |text: &str| {
            let words: Vec<_> = text
                .split(' ')
                .map(|it| names.symbol(it, &stemmer))
                .collect();
            let mut out = Vec::new();
            names.find_in(&words, |it| out.push(names.others[it].join(", ")));
            out
        };
        assert_eq!(
            found("the mfa and the multi factor authentications"),
            [
                "multi-factor authentication, two-step sign-in",
                "mfa, two-step sign-in"
            ]
        );
        assert_eq!(found("a controller alone and multi factor locks"), [""; 0]);
        assert_eq!(found("the data controller"), ["controller"]);
    }
}
