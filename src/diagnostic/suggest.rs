//! The nearest right answer to a wrong word.
//!
//! Entry: [`nearest`]. Invariant: what is far away is never suggested.

/// The known word nearest to `wrong`, with its title, if at most a third of its letters differ.
pub fn nearest<'a>(
    wrong: &str,
    known: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Option<(&'a str, &'a str)> {
    let fold = |text: &str| text.to_lowercase().replace(['_', ' ', '.'], "-");
    let folded = fold(wrong);
    let limit = (wrong.chars().count() / 3).clamp(1, 3);
    known
        .into_iter()
        .map(|(id, title)| (strsim::damerau_levenshtein(&folded, &fold(id)), id, title))
        .filter(|(distance, id, _)| *distance <= limit && *id != wrong)
        .min_by_key(|(distance, id, _)| (*distance, *id))
        .map(|(_, id, title)| (id, title))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_near_word_is_found_and_a_far_one_is_not() {
        let known = [("essential", ""), ("important", ""), ("supporting", "")];
        assert_eq!(nearest("esential", known), Some(("essential", "")));
        assert_eq!(nearest("Essential", known), Some(("essential", "")));
        assert_eq!(nearest("whatever", known), None);
    }
}
