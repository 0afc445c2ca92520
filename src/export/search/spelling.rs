//! British and American spelling: a search for `centre` also finds `center`.
//!
//! Entry: [`americanize`] and [`variants`]. Invariant: a spelling that no text has never hides one that a text has.

use std::borrow::Cow;

use super::irregular;

/// Endings of roots, and pairs of British and American endings.
type Family = (
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// Words that change alike: how their roots end, and the endings that change, British and American. Letters may precede a root.
const FAMILIES: &[Family] = &[
    (
        &[
            "arm", "behavi", "col", "endeav", "fav", "harb", "hon", "lab", "neighb", "rum", "tum",
        ],
        &[
            ("our", "or"),
            ("ours", "ors"),
            ("oured", "ored"),
            ("ouring", "oring"),
            ("oural", "oral"),
            ("ourable", "orable"),
            ("ourless", "orless"),
        ],
    ),
    (
        &["calib", "cent", "fib", "theat"],
        &[
            ("re", "er"),
            ("res", "ers"),
            ("red", "ered"),
            ("ring", "ering"),
        ],
    ),
    (
        &["ana", "cata", "dia"],
        &[
            ("logue", "log"),
            ("logues", "logs"),
            ("logued", "loged"),
            ("loguing", "loging"),
        ],
    ),
    (
        &["defe", "lice", "offe", "prete"],
        &[
            ("nce", "nse"),
            ("nces", "nses"),
            ("nced", "nsed"),
            ("ncing", "nsing"),
        ],
    ),
    (
        &["practi"],
        &[
            ("se", "ce"),
            ("sed", "ced"),
            ("ses", "ces"),
            ("sing", "cing"),
        ],
    ),
    (&["program"], &[("me", ""), ("mes", "s")]),
    (
        &["judg", "acknowledg"],
        &[("ement", "ment"), ("ements", "ments")],
    ),
    (&["art"], &[("efact", "ifact"), ("efacts", "ifacts")]),
];

/// Roots whose last letter is doubled in Britain before an ending that begins with a vowel.
const DOUBLED_ROOTS: &[&str] = &[
    "cancel", "channel", "counsel", "dial", "equal", "fuel", "initial", "label", "level",
    "marshal", "model", "panel", "signal", "total", "travel", "tunnel",
];

/// Letters of words from the Greek, British and American: `anaesthesia`, `paediatric`, `leukaemia`.
const GREEK: &[(&str, &str)] = &[
    ("anaemi", "anemi"),
    ("anaesthe", "anesthe"),
    ("caesar", "cesar"),
    ("diarrhoea", "diarrhea"),
    ("foet", "fet"),
    ("gynaeco", "gyneco"),
    ("haemato", "hemato"),
    ("haemo", "hemo"),
    ("leukaemi", "leukemi"),
    ("oedema", "edema"),
    ("oesoph", "esoph"),
    ("oestr", "estr"),
    ("orthopaed", "orthoped"),
    ("paediatr", "pediatr"),
];

/// Endings of verbs and of what is made of them, after `is` or `iz`, `ys` or `yz`.
const VERBS: &[&str] = &[
    "e", "es", "ed", "er", "ers", "ing", "able", "ation", "ations", "ational",
];

/// The American spelling of a word; the base of an irregular form.
pub(super) fn americanize(word: &str) -> Cow<'_, str> {
    if let Some(base) = irregular::base(word) {
        return base.into();
    }
    respell(word, true).map_or(Cow::Borrowed(word), Cow::Owned)
}

/// The ways in which a word may be asked for that differ from it: as it is spelt on the other side, and a verb in all its forms,
/// which the stem of a word that no text has does not lead to.
pub(super) fn variants(word: &str) -> Vec<String> {
    let sides = [true, false];
    let family = sides.into_iter().find_map(|it| family(word, it));
    let start = sides.into_iter().find_map(|it| verb_start(word, it));
    // `practise` and `practice` are no such verb.
    if let Some(start) = start.filter(|_| family.is_none()) {
        let middles = if word[start.len()..].starts_with('i') {
            ["is", "iz"]
        } else {
            ["ys", "yz"]
        };
        let forms = middles
            .iter()
            .flat_map(|middle| VERBS.iter().map(move |end| format!("{start}{middle}{end}")));
        return forms.filter(|it| it != word).collect();
    }
    let other = respell(word, true).or_else(|| respell(word, false));
    other.into_iter().chain(irregular::forms(word)).collect()
}

/// A British word in American spelling, or an American one in British spelling.
fn respell(word: &str, british: bool) -> Option<String> {
    if !word.is_ascii() || word.len() < 5 {
        return None;
    }
    family(word, british)
        .or_else(|| verb(word, british))
        .or_else(|| double_last_letter(word, british))
        .or_else(|| greek(word, british))
}

/// A pair of spellings as from and to.
fn ordered(
    (first, second): (&'static str, &'static str),
    british: bool,
) -> (&'static str, &'static str) {
    if british {
        (first, second)
    } else {
        (second, first)
    }
}

fn verb(word: &str, british: bool) -> Option<String> {
    let start = verb_start(word, british)?;
    let letter = &word[start.len()..=start.len()];
    let ending = &word[start.len() + 2..];
    let other = if british { "z" } else { "s" };
    Some(format!("{start}{letter}{other}{ending}"))
}

/// What stands before `is` or `ys` of a British verb, `iz` or `yz` of an American one.
fn verb_start(word: &str, british: bool) -> Option<&str> {
    let middles = if british { ["is", "ys"] } else { ["iz", "yz"] };
    let starts = VERBS.iter().filter_map(|it| word.strip_suffix(it));
    let mut starts = starts.flat_map(|rest| middles.iter().filter_map(|it| rest.strip_suffix(*it)));
    // Not `rise`, `size`.
    starts.find(|it| it.len() > 2)
}

fn family(word: &str, british: bool) -> Option<String> {
    FAMILIES.iter().find_map(|(roots, endings)| {
        endings.iter().find_map(|pair| {
            let (from, to) = ordered(*pair, british);
            let root = word.strip_suffix(from)?;
            let fits = roots.iter().any(|it| root.ends_with(it));
            fits.then(|| format!("{root}{to}"))
        })
    })
}

fn double_last_letter(word: &str, british: bool) -> Option<String> {
    let mut roots = DOUBLED_ROOTS.iter();
    let (root, rest) = roots.find_map(|root| Some((root, word.strip_prefix(root)?)))?;
    let ending = if british {
        rest.strip_prefix('l')?
    } else {
        rest
    };
    let vowel = ["ed", "ing", "er", "ers", "ation", "ations"].contains(&ending);
    let doubling = if british { "" } else { "l" };
    vowel.then(|| format!("{root}{doubling}{ending}"))
}

fn greek(word: &str, british: bool) -> Option<String> {
    GREEK.iter().find_map(|pair| {
        let (from, to) = ordered(*pair, british);
        let at = word.find(from)?;
        Some(format!("{}{to}{}", &word[..at], &word[at + from.len()..]))
    })
}

#[cfg(test)]
mod tests {
    use super::{americanize, variants};

    #[test]
    fn both_spellings_come_down_to_one() {
        for (british, american) in [
            ("organisation", "organization"),
            ("pseudonymised", "pseudonymized"),
            ("analysing", "analyzing"),
            ("centre", "center"),
            ("datacentres", "datacenters"),
            ("centred", "centered"),
            ("licence", "license"),
            ("licensed", "licensed"),
            ("behavioural", "behavioral"),
            ("catalogued", "cataloged"),
            ("labelled", "labeled"),
            ("programmes", "programs"),
            ("anaesthesia", "anesthesia"),
            ("paediatrics", "pediatrics"),
            ("practising", "practicing"),
        ] {
            assert_eq!(americanize(british), americanize(american), "{british}");
        }
    }

    #[test]
    fn the_other_spelling_is_found_from_either() {
        for (word, wanted) in [
            ("center", Some("centre")),
            ("modeling", Some("modelling")),
            ("backup", None),
            ("laboratory", None),
            ("rise", None),
            ("hour", None),
            ("four", None),
        ] {
            assert_eq!(variants(word).first().map(String::as_str), wanted, "{word}");
        }
    }

    #[test]
    fn a_verb_is_found_in_every_form() {
        let forms = variants("anonymisation");
        for form in ["anonymising", "anonymizes", "anonymization", "anonymised"] {
            assert!(forms.iter().any(|it| it == form), "{form} of {forms:?}");
        }
        assert!(variants("analyses").iter().any(|it| it == "analyzing"));
        assert_eq!(variants("exercised").len(), 2 * super::VERBS.len() - 1);
    }
}
