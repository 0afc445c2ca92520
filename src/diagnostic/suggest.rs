//! The nearest right answer to a wrong word.
//!
//! Entry: [`nearest`]. Invariant: what is far away is never suggested.

/// The known word nearest to `wrong`, with its title: one that it begins, or one of which at most a third of the letters differ.
pub fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<(&'a str, &'a str)> {
    let fold = |text: &str| text.to_lowercase().replace(['_', ' ', '.'], "-");
    let folded = fold(wrong);
    let limit = (wrong.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|(id, title)| (distance(&folded, &fold(id)), id, title))
        .filter(|(distance, id, _)| *distance <= limit && *id != wrong)
        .min_by_key(|(distance, id, _)| (*distance, *id))
        .map(|(_, id, title)| (id, title))
}

/// The number of letters that differ; a word that was only begun is as near as one with a slip.
fn distance(wrong: &str, known: &str) -> usize {
    if wrong.len() >= 4 && known.starts_with(wrong) {
        1
    } else {
        strsim::damerau_levenshtein(wrong, known)
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_near_word_is_found_and_a_far_one_is_not() {
        let known = [("essential", ""), ("important", ""), ("supporting", "")];
        assert_eq!(nearest("esential", known), Some(("essential", "")));
        assert_eq!(nearest("Essential", known), Some(("essential", "")));
        assert_eq!(nearest("import", known), Some(("important", "")));
        assert_eq!(nearest("whatever", known), None);
    }
}
