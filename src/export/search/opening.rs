//! Titles for records without one.
//!
//! Entry: [`opening`].

use std::borrow::Cow;

/// Maximum length of such a title, in characters.
const TITLE: usize = 100;

/// The beginning of a text as a title.
pub(super) fn opening<'a>(text: &Cow<'a, str>) -> Cow<'a, str> {
    let end = text.char_indices().nth(TITLE);
    match end {
        None => text.clone(),
        Some((end, _)) => {
            let cut = text[..end].rfind(' ').unwrap_or(end);
            let opening = text[..cut].trim_end_matches([',', ';', ':', '.']);
            format!("{opening}…").into()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::opening;

    #[test]
    fn a_title_ends_at_a_word() {
        assert_eq!(opening(&"Short.".into()), "Short.");
        let long = opening(&"word ".repeat(40).into());
        assert!(
            long.ends_with("word…") && long.chars().count() <= 101,
            "{long}"
        );
    }
}
