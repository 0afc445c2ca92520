//! Text in figures: escaped, measured by estimate, broken into lines.
//!
//! Entry: [`escaped`], [`width`], [`wrap`]. Invariant: an estimate is rather too wide than too narrow; no line of [`wrap`] is
//! empty, and no text is lost but where a box may not grow further, which an ellipsis shows.

/// Text as it stands between tags or in an attribute: no sign of it is mark-up, and none is forbidden in XML.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
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

/// How wide a text is in thousandths of its size, in a sans-serif face.
fn share(sign: char) -> i32 {
    match sign {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '’' | '‘' => 270,
        ' ' | 'f' | 't' | 'r' | 'I' | '(' | ')' | '[' | ']' | '/' | '-' | '"' => 350,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 520,
        'm' | 'M' | 'w' | 'W' | '@' | '%' | '—' | '…' | 'Æ' | 'Œ' => 920,
        'A'..='Z' | '&' => 720,
        '\u{0}'..='\u{24f}' => 570,
        // Marks that stand on the sign before take no room.
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' => 0,
        '\u{250}'..='\u{1fff}' => 700,
        _ => 1050,
    }
}

/// The width of a text in units, by its size in tenths of a unit.
#[must_use]
pub fn width(text: &str, size: i32) -> i32 {
    let shares: i32 = text.chars().map(share).fold(0, i32::saturating_add);
    (shares.min(1_000_000) * size / 10_000) + 1
}

/// The widest word.
#[must_use]
pub fn widest_word(text: &str, size: i32) -> i32 {
    text.split_whitespace()
        .map(|it| width(it, size))
        .max()
        .unwrap_or_default()
}

/// A text in lines of at most so many units; a word that is too long is broken, a last line that may not be ends in `…`.
#[must_use]
pub fn wrap(text: &str, size: i32, room: i32, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        if let Some(last) = lines.last_mut() {
            let longer = format!("{last} {word}");
            if width(&longer, size) <= room {
                *last = longer;
                continue;
            }
        }
        lines.extend(pieces(word, size, room));
        if lines.len() > most {
            break;
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && width(&format!("{last}…"), size) > room {
                last.pop();
            }
            last.push('…');
        }
    }
    lines
}

/// A word in pieces that fit, each of one sign at least.
fn pieces(word: &str, size: i32, room: i32) -> Vec<String> {
    if width(word, size) <= room {
        return vec![word.to_owned()];
    }
    let mut out = vec![String::new()];
    for sign in word.chars() {
        let last = out.last_mut().expect("it begins with one");
        if !last.is_empty() && width(&format!("{last}{sign}"), size) > room {
            out.push(sign.to_string());
        } else {
            last.push(sign);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, width, wrap};

    #[test]
    fn no_sign_of_a_text_is_mark_up() {
        assert_eq!(
            escaped("</text><script>'\"&\0\u{ffff}"),
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
