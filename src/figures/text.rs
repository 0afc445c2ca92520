//! Text in figures: escaped, measured by estimate, wrapped into lines.
//!
//! Entry: [`escape_xml`], [`width`], [`wrap`]. Invariant: an estimated width is too large rather than too small; [`wrap`] returns no
//! empty line, and loses no text except beyond the maximum of lines, which an ellipsis marks.

/// Escapes text for XML elements and attributes, and replaces characters that XML forbids.
#[must_use]
pub fn escape_xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            it if it.is_control() => out.push(' '),
            it => out.push(it),
        }
    }
    out
}

/// The estimated width of a character in a sans-serif font, in thousandths of the font size.
fn relative_width(c: char) -> i32 {
    match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' | '‘' => 270,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 350,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 520,
        'm' | 'M' | 'w' | 'W' | '@' | '%' | '—' | '…' | 'Æ' | 'Œ' => 920,
        'A'..='Z' | '&' => 720,
        '\u{0}'..='\u{24f}' => 570,
        // Combining characters and zero-width characters.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        '\u{250}'..='\u{1fff}' => 700,
        _ => 1050,
    }
}

/// The estimated width of a text in units; `size` is the font size in tenths of a unit.
#[must_use]
pub fn width(text: &str, size: i32) -> i32 {
    let total: i32 = text
        .chars()
        .map(relative_width)
        .fold(0, i32::saturating_add);
    (total.min(1_000_000) * size / 10_000) + 1
}

/// The width of the widest word.
#[must_use]
pub fn widest_word(text: &str, size: i32) -> i32 {
    text.split_whitespace()
        .map(|it| width(it, size))
        .max()
        .unwrap_or_default()
}

/// Wraps a text into lines of at most `max_width` units. Words that are too long are broken; beyond `max_lines` the text is cut with
/// `…`.
#[must_use]
pub fn wrap(text: &str, size: i32, max_width: i32, max_lines: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(last) = lines.last_mut() {
            let longer = format!("{last} {word}");
            if width(&longer, size) <= max_width {
                *last = longer;
                continue;
            }
        }
        lines.extend(break_word(word, size, max_width));
        if lines.len() > max_lines {
            break;
        }
    }
    if lines.len() > max_lines {
        lines.truncate(max_lines);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(&format!("{last}…"), size) > max_width {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// Breaks a word into parts that fit, each of at least one character.
fn break_word(word: &str, size: i32, max_width: i32) -> Vec<String> {
    if width(word, size) <= max_width {
        return vec![word.to_owned()];
    }
    let mut out = vec![String::new()];
    for c in word.chars() {
        let last = out.last_mut().expect("it begins with one");
        if !last.is_empty() && width(&format!("{last}{c}"), size) > max_width {
            out.push(c.to_string());
        } else {
            last.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape_xml, width, wrap};

    #[test]
    fn no_sign_of_a_text_is_mark_up() {
        assert_eq!(
            escape_xml("</text><script>'\"&\0\u{ffff}"),
            "&lt;/text&gt;&lt;script&gt;&#39;&quot;&amp; \u{fffd}"
        );
    }

    #[test]
    fn lines_keep_every_word_while_they_may() {
        let lines = wrap("Record application of the ward", 145, 90, 4);
        assert_eq!(lines.join(" "), "Record application of the ward");
        assert!(lines.len() > 1 && lines.iter().all(|it| width(it, 145) <= 90));
    }

    #[test]
    fn what_does_not_fit_is_broken_and_ends_in_an_ellipsis() {
        let lines = wrap(&"W".repeat(50), 145, 60, 3);
        assert_eq!(lines.len(), 3);
        assert!(lines[2].ends_with('…'));
        assert!(lines.iter().all(|it| width(it, 145) <= 60), "{lines:?}");
        assert!(wrap(" \n", 145, 60, 3).is_empty());
    }
}
