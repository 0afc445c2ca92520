//! Words as they are searched: folded, without accents, with what they have in common.
//!
//! Entry: [`tokens`], [`Stemmer`]. Invariant: the script in the reader's browser folds and cuts in the same way.

use rust_stemmers::Algorithm;

use crate::markdown::spelling::fold;

/// Words that a question is made of and that tell nothing of what is asked.
pub(super) const STOP_WORDS: &[&str] = &[
    "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "but", "by", "can", "could", "did", "do", "does", "for", "from", "get", "had", "has",
    "have", "he", "her", "his", "how", "if", "in", "into", "is", "it", "its", "may", "me", "must",
    "my", "not", "of", "on", "or", "our", "shall", "she", "should", "so", "than", "that", "the",
    "their", "them", "then", "there", "they", "this", "to", "was", "we", "were", "what", "when",
    "where", "which", "who", "why", "will", "with", "you",
];

/// A text in lower case and without accents, into a text that is used again.
pub(super) fn fold_into(text: &str, out: &mut String) {
    const BLANKS: [char; 2] = [' ', '\n'];
    out.clear();
    let mut rest = text;
    // Accents and the forms of a letter do not reach beyond a blank.
    while let Some(at) = rest.bytes().position(|it| !it.is_ascii()) {
        let start = rest[..at].rfind(BLANKS).map_or(0, |it| it + 1);
        let end = rest[at..].find(BLANKS).map_or(rest.len(), |it| at + it);
        out.push_str(&rest[..start]);
        out.push_str(&fold(&rest[start..end]));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out.make_ascii_lowercase();
}

/// The words of a folded text: runs of letters and digits. A letter alone is none.
pub(super) fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    let cut = folded.split(|it: char| !it.is_alphanumeric());
    cut.filter(|it| it.len() > 1 || it.starts_with(|first: char| first.is_ascii_digit()))
}

/// Brings the forms of a word together, in the language of the book where it is known.
pub(super) struct Stemmer(Option<rust_stemmers::Stemmer>);

impl Stemmer {
    /// The stemmer of a language tag such as `en-GB`.
    pub(super) fn of(language: &str) -> Self {
        let algorithm = match language.split('-').next().unwrap_or_default() {
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "de" => Algorithm::German,
            "el" => Algorithm::Greek,
            "en" => Algorithm::English,
            "es" => Algorithm::Spanish,
            "fi" => Algorithm::Finnish,
            "fr" => Algorithm::French,
            "hu" => Algorithm::Hungarian,
            "it" => Algorithm::Italian,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "nl" => Algorithm::Dutch,
            "pt" => Algorithm::Portuguese,
            "ro" => Algorithm::Romanian,
            "sv" => Algorithm::Swedish,
            "tr" => Algorithm::Turkish,
            _ => return Self(None),
        };
        Self(Some(rust_stemmers::Stemmer::create(algorithm)))
    }

    /// What the forms of a word have in common.
    pub(super) fn stem(&self, word: &str) -> String {
        match &self.0 {
            Some(stemmer) if !word.starts_with(|it: char| it.is_ascii_digit()) => {
                stemmer.stem(word).into_owned()
            }
            _ => word.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{STOP_WORDS, Stemmer, fold_into, tokens};
    use crate::markdown::spelling::fold;

    #[test]
    fn accents_and_capitals_are_folded() {
        assert_eq!(fold("Données chiffrées, ÄRZTE"), "donnees chiffrees, arzte");
        let mut folded = "before".to_owned();
        for text in [
            "Plain WORDS",
            "Données  chiffrées,\nÄRZTE",
            "ΟΔΟΣ ΣΑΣ\u{a0}Σ ﬁn",
            "A\u{308} e\u{301}",
            "",
        ] {
            fold_into(text, &mut folded);
            assert_eq!(folded, fold(text));
        }
    }

    #[test]
    fn letters_alone_are_no_words() {
        let words: Vec<_> = tokens("the provider’s 72 hours, break-glass; 5 a").collect();
        assert_eq!(
            words,
            ["the", "provider", "72", "hours", "break", "glass", "5"]
        );
    }

    #[test]
    fn forms_share_a_stem() {
        let it = Stemmer::of("en-GB");
        for form in ["encrypt", "encrypted", "encrypting", "encryption"] {
            assert_eq!(it.stem(form), "encrypt");
        }
        assert_eq!(Stemmer::of("xx").stem("encrypted"), "encrypted");
    }

    #[test]
    fn stop_words_stand_in_order() {
        assert!(STOP_WORDS.is_sorted());
    }
}
