//! English words whose forms do not begin alike: `child` and `children`, `steal` and `stolen`.
//!
//! Entry: [`base`] and [`forms`]. Only words with one meaning: `left` is no form of `leave`, `media` none of `medium`.

/// A word, and its forms that no rule leads to.
const WORDS: &[(&str, &[&str])] = &[
    ("break", &["broke", "broken"]),
    ("buy", &["bought"]),
    ("child", &["children"]),
    ("choose", &["chose", "chosen"]),
    ("criterion", &["criteria"]),
    ("forget", &["forgot", "forgotten"]),
    ("foot", &["feet"]),
    ("give", &["gave", "given"]),
    ("hide", &["hidden"]),
    ("hold", &["held"]),
    ("index", &["indices"]),
    ("keep", &["kept"]),
    ("know", &["knew", "known"]),
    ("lose", &["lost"]),
    ("make", &["made"]),
    ("man", &["men"]),
    ("matrix", &["matrices"]),
    ("pay", &["paid"]),
    ("person", &["people"]),
    ("sell", &["sold"]),
    ("send", &["sent"]),
    ("speak", &["spoke", "spoken"]),
    ("steal", &["stole", "stolen"]),
    ("take", &["took", "taken"]),
    ("teach", &["taught"]),
    ("tell", &["told"]),
    ("throw", &["threw", "thrown"]),
    ("woman", &["women"]),
    ("write", &["wrote", "written"]),
];

/// The word of which another is an irregular form.
pub(super) fn base(form: &str) -> Option<&'static str> {
    let word = WORDS.iter().find(|(_, forms)| forms.contains(&form));
    word.map(|(base, _)| *base)
}

/// The other forms of a word that is in the list, as a base or as a form.
pub(super) fn forms(word: &str) -> Vec<String> {
    let all = WORDS
        .iter()
        .find(|(base, forms)| *base == word || forms.contains(&word));
    let all = all
        .into_iter()
        .flat_map(|(base, forms)| [*base].into_iter().chain(forms.iter().copied()));
    all.filter(|it| *it != word).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::{WORDS, base, forms};

    #[test]
    fn each_form_has_one_word_and_leads_to_the_others() {
        assert_eq!(base("children"), Some("child"));
        assert_eq!(base("child"), None);
        assert_eq!(forms("stolen"), ["steal", "stole"]);
        assert_eq!(forms("door"), [""; 0]);
        let mut all: Vec<_> = WORDS
            .iter()
            .flat_map(|(base, forms)| forms.iter().chain([base]))
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a word stands twice");
    }
}
