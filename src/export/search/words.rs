//! Tokens and stems: how texts are folded, split into words and reduced to stems.
//!
//! Entry: [`Tokenizer`], [`Stemmer`]. Invariant: the script in the reader's browser folds and cuts in the same way.

use rust_stemmers::Algorithm;

use crate::markdown::spelling::fold;

use super::spelling;

/// Stop words.
pub(super) const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "been", "before", "but", "by", "can", "could", "did", "do", "does", "for", "from", "get",
    "had", "has", "have", "he", "her", "his", "how", "i", "if", "in", "into", "is", "it", "its",
    "may", "me", "must", "my", "not", "of", "on", "or", "our", "shall", "she", "should", "so",
    "than", "that", "the", "their", "them", "then", "there", "they", "this", "to", "was", "we",
    "were", "what", "when", "where", "which", "who", "why", "will", "with", "you",
];

/// Lowercases a text and strips its accents, into a buffer.
pub(super) fn fold_into(text: &str, out: &mut String) {
    const BLANKS: [char; 2] = [' ', '\n'];
    out.clear();
    let mut rest = text;
    // Normalisation never crosses a blank, so that only words with other characters need it.
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

/// The runs of letters and digits of a folded text, single letters excepted.
pub(super) fn tokens(folded: &str) -> impl Iterator<Item = &str> {
    let runs = folded.split(|it: char| !it.is_alphanumeric());
    runs.filter(|it| it.len() > 1 || it.starts_with(|first: char| first.is_ascii_digit()))
}

/// The kind of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A run of letters and digits.
    Run,
    /// Runs with the signs that make them one word: `1.3`, `c++`, `r&d`.
    Signs,
    /// Runs that a hyphen or point joins, written as one: `breakglass`.
    Compound,
    /// Two neighbours, written as one: `datacentre`. Stop words between them do not part them.
    Pair,
}

/// What is between a run and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joiner {
    /// `&` in `r&d`.
    Ampersand,
    /// The point of `1.3`.
    Point,
    /// The stroke of `a/b`, between runs of one or two signs.
    Stroke,
    /// The hyphen of `break-glass`, the point of `node.js`.
    Hyphen,
    /// Blanks alone.
    Blank,
    /// Anything else, or no run before it.
    None,
}

/// Splits folded texts into tokens; the script splits queries in the same way.
#[derive(Default)]
pub(super) struct Tokenizer {
    joined: String,
}

impl Tokenizer {
    /// Hands over each word of a text. `stops` says which runs neighbours are looked for beyond.
    pub(super) fn tokenize(
        &mut self,
        text: &str,
        stops: impl Fn(&str) -> bool,
        mut each: impl FnMut(&str, TokenKind),
    ) {
        let mut last: Option<(usize, usize)> = None;
        // Where the chain of runs with the same joiner begins, and how many runs it has.
        let mut chain = (Joiner::None, 0, 0);
        // The neighbour before, while nothing but blanks and stop words followed.
        let mut neighbour: Option<(usize, usize)> = None;
        let mut rest = 0;
        while let Some((start, end)) = next_run(text, rest) {
            let joiner = last.map_or(Joiner::None, |before| joiner(text, before, (start, end)));
            if joiner != chain.0 {
                self.end_chain(text, chain, last, &mut each);
                chain = (joiner, last.map_or(start, |it| it.0), 1);
            }
            chain.2 += 1;
            let word = &text[start..end];
            let stop = stops(word);
            let bare = !letter_beside_apostrophe(text, start, end);
            if bare {
                each(word, TokenKind::Run);
            }
            if let Some(signs) = signs_after(text, end) {
                each(&text[start..end + signs], TokenKind::Signs);
            } else if point_before(text, start) {
                each(&text[start - 1..end], TokenKind::Signs);
            }
            if joiner == Joiner::Hyphen {
                let (from, to) = last.expect("joined to it");
                self.join(&text[from..to], word);
                each(&self.joined, TokenKind::Compound);
            } else if let Some((from, to)) = neighbour.filter(|_| joiner == Joiner::Blank)
                && bare
                && !stop
                && makes_pair(&text[from..to], word)
            {
                self.join(&text[from..to], word);
                each(&self.joined, TokenKind::Pair);
            }
            neighbour = match joiner {
                _ if !stop && bare => Some((start, end)),
                Joiner::Blank => neighbour,
                _ => None,
            };
            last = Some((start, end));
            rest = end;
        }
        self.end_chain(text, chain, last, &mut each);
    }

    fn join(&mut self, first: &str, second: &str) {
        self.joined.clear();
        self.joined.push_str(first);
        self.joined.push_str(second);
    }

    /// Emits a chain of joined runs as one word.
    fn end_chain(
        &mut self,
        text: &str,
        (joiner, start, runs): (Joiner, usize, usize),
        last: Option<(usize, usize)>,
        each: &mut impl FnMut(&str, TokenKind),
    ) {
        let Some((_, end)) = last.filter(|_| runs > 1) else {
            return;
        };
        let whole = &text[start..end];
        match joiner {
            Joiner::Point => {
                // `v1.3` is a version 1.3.
                let bare = whole.strip_prefix('v').unwrap_or(whole);
                let digit = bare.starts_with(|it: char| it.is_ascii_digit());
                each(if digit { bare } else { whole }, TokenKind::Signs);
            }
            Joiner::Ampersand | Joiner::Stroke => each(whole, TokenKind::Signs),
            Joiner::Hyphen if runs > 2 => {
                self.joined.clear();
                self.joined
                    .extend(whole.chars().filter(|it| it.is_alphanumeric()));
                each(&self.joined, TokenKind::Compound);
            }
            Joiner::Hyphen | Joiner::Blank | Joiner::None => {}
        }
    }
}

/// The next run of letters and digits.
fn next_run(text: &str, from: usize) -> Option<(usize, usize)> {
    let start = from + text[from..].find(char::is_alphanumeric)?;
    let end = text[start..].find(|it: char| !it.is_alphanumeric());
    Some((start, end.map_or(text.len(), |it| start + it)))
}

fn joiner(text: &str, before: (usize, usize), run: (usize, usize)) -> Joiner {
    let digit = |it: u8| it.is_ascii_digit();
    let short = |(start, end): (usize, usize)| text[start..end].chars().nth(2).is_none();
    match &text[before.1..run.0] {
        "&" => Joiner::Ampersand,
        "." if digit(text.as_bytes()[before.1 - 1]) && digit(text.as_bytes()[run.0]) => {
            Joiner::Point
        }
        "/" if short(before) && short(run) => Joiner::Stroke,
        "-" | "\u{2010}" | "." => Joiner::Hyphen,
        between if between.chars().all(char::is_whitespace) => Joiner::Blank,
        _ => Joiner::None,
    }
}

/// Whether two neighbours make sense as one word: numbers beside each other would be another number.
fn makes_pair(first: &str, second: &str) -> bool {
    let digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    !(digit(first.chars().next_back()) && digit(second.chars().next()))
}

/// The letters of `it’s` and `l’accès` that are no words.
fn letter_beside_apostrophe(text: &str, start: usize, end: usize) -> bool {
    const APOSTROPHES: [char; 2] = ['\'', '\u{2019}'];
    text[start..end].chars().nth(1).is_none()
        && (text[..start].ends_with(APOSTROPHES) || text[end..].starts_with(APOSTROPHES))
}

/// The length of the signs behind a run that belong to it: `++`, `#`.
fn signs_after(text: &str, end: usize) -> Option<usize> {
    let after = &text[end..];
    let length = match after.strip_prefix('#') {
        Some(_) => 1,
        None => after.len() - after.trim_start_matches('+').len(),
    };
    let free = !after[length..].starts_with(char::is_alphanumeric);
    (length > 0 && free).then_some(length)
}

/// Whether a run is a name such as `.net`.
fn point_before(text: &str, start: usize) -> bool {
    let letter = text[start..].starts_with(char::is_alphabetic);
    let before = text[..start].strip_suffix('.').filter(|_| letter);
    before.is_some_and(|it| !it.ends_with(|last: char| last == '.' || last.is_alphanumeric()))
}

/// Reduces words to stems; leaves them as they are if the language is not supported.
pub(super) struct Stemmer {
    forms: Option<rust_stemmers::Stemmer>,
    /// Whether words are spelt in two ways.
    english: bool,
}

impl Stemmer {
    /// The stemmer of a language tag such as `en-GB`.
    pub(super) fn for_language(language: &str) -> Self {
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
            _ => {
                return Self {
                    forms: None,
                    english: false,
                };
            }
        };
        Self {
            forms: Some(rust_stemmers::Stemmer::create(algorithm)),
            english: algorithm == Algorithm::English,
        }
    }

    /// The stem of a word. British and American spellings have the same.
    pub(super) fn stem(&self, word: &str) -> String {
        match &self.forms {
            Some(forms) if word.chars().all(char::is_alphabetic) => {
                let word = if self.english {
                    spelling::americanize(word)
                } else {
                    word.into()
                };
                forms.stem(&word).into_owned()
            }
            _ => word.to_owned(),
        }
    }

    /// Spellings and forms of a word that a query may use.
    pub(super) fn other_forms(&self, word: &str) -> Vec<String> {
        if self.english {
            spelling::variants(word)
        } else {
            Vec::new()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{STOP_WORDS, Stemmer, Tokenizer, fold_into};
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

    /// What texts are cut into; the script is held against the same table by `tests/browser/search.test.mjs`.
    const TABLE: &str = include_str!("../../../tests/fixtures/words.json");

    #[test]
    fn texts_are_cut_as_the_table_says() {
        #[derive(serde::Deserialize)]
        struct Line {
            text: String,
            words: Vec<String>,
        }
        let table: Vec<Line> = serde_json::from_str(TABLE).expect("a list of texts");
        assert!(table.len() > 20, "the table was emptied");
        let stops = |it: &str| STOP_WORDS.binary_search(&it).is_ok();
        for line in table {
            let mut words = Vec::new();
            Tokenizer::default()
                .tokenize(&fold(&line.text), stops, |it, _| words.push(it.to_owned()));
            assert_eq!(words, line.words, "{:?}", line.text);
        }
    }

    #[test]
    fn forms_share_a_stem() {
        let it = Stemmer::for_language("en-GB");
        for form in ["encrypt", "encrypted", "encrypting", "encryption"] {
            assert_eq!(it.stem(form), "encrypt");
        }
        assert_eq!(Stemmer::for_language("xx").stem("encrypted"), "encrypted");
    }

    #[test]
    fn stop_words_stand_in_order() {
        assert!(STOP_WORDS.is_sorted());
    }
}
