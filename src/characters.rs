//! Detects invisible characters: controls, bidirectional formatting, joiners, tags.
//!
//! Entry: [`hidden`] finds them in a text, [`printable`] and [`escape_json`] keep them from a terminal.
//! Invariant: characters that a script or an emoji needs are not reported. Names are those of the Unicode Character Database; controls have
//! none there, and are named as ISO 6429 does.

use std::borrow::Cow;

use unicode_script::{Script, UnicodeScript};

/// The effect of a hidden character.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Reorders text (UAX #9): embeddings, overrides and isolates.
    Direction,
    /// Controls a device: C0 except tab and line breaks, DEL, C1.
    Control,
    /// Has no width, or looks like a space.
    Invisible,
}

/// A hidden character and its offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden {
    /// The offset in bytes.
    pub at: usize,
    /// The character.
    pub character: char,
    /// What it does.
    pub kind: Kind,
}

/// The maximum distance between a joiner or directional mark and a letter that needs it, in characters.
const MAX_DISTANCE: usize = 8;

/// The effect of a character regardless of context; `None` for visible characters, tabs and line breaks.
#[must_use]
pub fn kind(c: char) -> Option<Kind> {
    Some(match c {
        '\t' | '\n' | '\r' => return None,
        c if c.is_control() => Kind::Control,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Kind::Direction,
        c if is_invisible(c) => Kind::Invisible,
        _ => return None,
    })
}

fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
    ) || matches!(c, '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}' | '\u{2029}')
        || matches!(c, '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{2800}' | '\u{3164}')
        || matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}')
        || matches!(c, '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
        || is_noncharacter(c)
}

fn is_noncharacter(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// The hidden characters of a text in order, except those that their context needs.
#[must_use]
pub fn hidden(text: &str) -> Vec<Hidden> {
    if !text.bytes().any(is_suspect) {
        return Vec::new();
    }
    let found = text.char_indices().filter_map(|(at, character)| {
        let kind = kind(character)?;
        let needed = kind == Kind::Invisible && is_needed(text, at, character);
        (!needed).then_some(Hidden {
            at,
            character,
            kind,
        })
    });
    found.collect()
}

/// Whether a character that is written as an escape between two texts is hidden there.
#[must_use]
pub fn is_hidden_between(before: &str, c: char, after: &str) -> bool {
    let start = before
        .char_indices()
        .rev()
        .nth(MAX_DISTANCE)
        .map_or(0, |it| it.0);
    let end = after
        .char_indices()
        .nth(MAX_DISTANCE)
        .map_or(after.len(), |it| it.0);
    let before = &before[start..];
    let whole = format!("{before}{c}{}", &after[..end]);
    let at = before.len();
    hidden(&whole).iter().any(|it| it.at == at)
}

/// Whether a byte may begin a hidden character in UTF-8. Most texts contain none, and need no further examination.
fn is_suspect(byte: u8) -> bool {
    is_c0(byte) || matches!(byte, 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1..=0xe3 | 0xef..=0xf4)
}

/// Whether a byte is an ASCII control other than tab and line breaks.
fn is_c0(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')
}

/// Whether the characters around an invisible one need it.
fn is_needed(text: &str, at: usize, c: char) -> bool {
    let before = &text[..at];
    let after = &text[at + c.len_utf8()..];
    match c {
        '\u{200d}' if joins_emoji(before, after) => true,
        '\u{200c}'..='\u{200f}' | '\u{34f}' | '\u{61c}' | '\u{17b4}' | '\u{17b5}' => {
            has_script_nearby(before, after, needs_joiners)
        }
        '\u{180b}'..='\u{180f}' => has_script_nearby(before, after, |it| it == Script::Mongolian),
        '\u{115f}' | '\u{1160}' => has_script_nearby(before, after, |it| it == Script::Hangul),
        '\u{2800}' => has_script_nearby(before, after, |it| it == Script::Braille),
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => {
            before.chars().next_back().is_some_and(takes_variants)
        }
        '\u{e0020}'..='\u{e007f}' => is_flag(before, after, c),
        _ => false,
    }
}

/// Whether the nearest letter on either side, on the same line, has a script that matches.
fn has_script_nearby(before: &str, after: &str, fits: impl Fn(Script) -> bool) -> bool {
    let reached = |c: &char| *c != '\n';
    let letter = |c: &char| c.is_alphabetic() || c.script() == Script::Braille && *c != '\u{2800}';
    let mut left = before.chars().rev().take(MAX_DISTANCE).take_while(reached);
    let mut right = after.chars().take(MAX_DISTANCE).take_while(reached);
    let fits = |c: char| fits(c.script());
    let (left, right) = (left.find(letter), right.find(letter));
    left.is_some_and(&fits) || right.is_some_and(&fits)
}

/// Whether a script is written from right to left, or has letters that join or stack.
fn needs_joiners(script: Script) -> bool {
    use Script as S;
    matches!(
        script,
        S::Arabic
            | S::Hebrew
            | S::Syriac
            | S::Thaana
            | S::Nko
            | S::Mandaic
            | S::Samaritan
            | S::Adlam
            | S::Hanifi_Rohingya
            | S::Mongolian
            | S::Phags_Pa
            | S::Manichaean
            | S::Sogdian
            | S::Chorasmian
            | S::Devanagari
            | S::Bengali
            | S::Gurmukhi
            | S::Gujarati
            | S::Oriya
            | S::Tamil
            | S::Telugu
            | S::Kannada
            | S::Malayalam
            | S::Sinhala
            | S::Khmer
            | S::Myanmar
            | S::Lao
            | S::Thai
            | S::Tibetan
            | S::Balinese
            | S::Javanese
            | S::Sundanese
            | S::Grantha
            | S::Newa
            | S::Tirhuta
            | S::Modi
            | S::Sharada
            | S::Brahmi
            | S::Kaithi
            | S::Chakma
            | S::Meetei_Mayek
            | S::Syloti_Nagri
            | S::Limbu
            | S::Lepcha
            | S::Saurashtra
            | S::Tifinagh
    )
}

/// Whether a variation selector has an effect after a character: emoji, keycaps, ideographs, mathematical symbols.
fn takes_variants(c: char) -> bool {
    matches!(c, '0'..='9' | '#' | '*') || is_pictographic(c) || {
        use Script as S;
        let scripts = [S::Han, S::Myanmar, S::Phags_Pa, S::Manichaean, S::Mongolian];
        scripts.contains(&c.script())
            || matches!(c, '\u{2190}'..='\u{2bff}' | '\u{3000}'..='\u{303f}')
    }
}

/// Whether a joiner stands between two emoji (UTS #51, ED-16).
fn joins_emoji(before: &str, after: &str) -> bool {
    let left = before
        .chars()
        .rev()
        .take(MAX_DISTANCE)
        .find(|c| !matches!(c, '\u{fe0f}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{20e3}'));
    left.is_some_and(is_pictographic) && after.chars().next().is_some_and(is_pictographic)
}

/// The blocks that hold Unicode's pictographs.
fn is_pictographic(c: char) -> bool {
    matches!(
        c,
        '\u{a9}' | '\u{ae}' | '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}'
    ) || matches!(c, '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{24c2}')
        || matches!(c, '\u{25a0}'..='\u{27bf}' | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}')
        || matches!(c, '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}')
        || matches!(c, '\u{1f000}'..='\u{1faff}')
}

/// Whether a tag belongs to a flag: a black flag, then up to six letters and digits, then the end (UTS #51, ED-14A).
fn is_flag(before: &str, after: &str, c: char) -> bool {
    let is_word = |c: &char| matches!(c, '\u{e0030}'..='\u{e0039}' | '\u{e0061}'..='\u{e007a}');
    // A flag is never longer; this bounds the work for long runs of tags.
    let mut left = before.chars().rev().take(MAX_DISTANCE).skip_while(is_word);
    let first = left.next() == Some('\u{1f3f4}');
    let length = before
        .chars()
        .rev()
        .take(MAX_DISTANCE)
        .take_while(is_word)
        .count();
    if c == '\u{e007f}' {
        return first && (3..=6).contains(&length);
    }
    let more = after.chars().take(MAX_DISTANCE).take_while(is_word).count();
    let ends = after.chars().nth(more) == Some('\u{e007f}');
    first && is_word(&c) && (3..=6).contains(&(length + 1 + more)) && ends
}

/// A character's number and name: `U+202E RIGHT-TO-LEFT OVERRIDE`.
#[must_use]
pub fn name(c: char) -> String {
    let number = u32::from(c);
    let known = NAMES.iter().find(|(it, _)| *it == c).map(|(_, name)| *name);
    let name = match c {
        _ if known.is_some() => known.unwrap_or_default().to_owned(),
        '\u{fe00}'..='\u{fe0f}' => format!("VARIATION SELECTOR-{}", number - 0xfe00 + 1),
        '\u{e0100}'..='\u{e01ef}' => format!("VARIATION SELECTOR-{}", number - 0xe0100 + 17),
        '\u{e0020}'..='\u{e007e}' => {
            let shown = char::from_u32(number - 0xe0000).unwrap_or(' ');
            format!("TAG CHARACTER for `{shown}`")
        }
        '\u{80}'..='\u{9f}' => "C1 CONTROL".to_owned(),
        c if c.is_control() => "CONTROL".to_owned(),
        c if is_noncharacter(c) => "NONCHARACTER".to_owned(),
        '\u{1d173}'..='\u{1d17a}' => "MUSICAL SYMBOL FORMAT CONTROL".to_owned(),
        '\u{1bca0}'..='\u{1bca3}' => "SHORTHAND FORMAT CONTROL".to_owned(),
        _ => "DEFAULT IGNORABLE CODE POINT".to_owned(),
    };
    format!("U+{number:04X} {name}")
}

const NAMES: [(char, &str); 71] = [
    ('\0', "NULL"),
    ('\u{1}', "START OF HEADING"),
    ('\u{2}', "START OF TEXT"),
    ('\u{3}', "END OF TEXT"),
    ('\u{4}', "END OF TRANSMISSION"),
    ('\u{5}', "ENQUIRY"),
    ('\u{6}', "ACKNOWLEDGE"),
    ('\u{7}', "BELL"),
    ('\u{8}', "BACKSPACE"),
    ('\t', "CHARACTER TABULATION"),
    ('\n', "LINE FEED"),
    ('\u{b}', "LINE TABULATION"),
    ('\u{c}', "FORM FEED"),
    ('\r', "CARRIAGE RETURN"),
    ('\u{e}', "SHIFT OUT"),
    ('\u{f}', "SHIFT IN"),
    ('\u{1a}', "SUBSTITUTE"),
    ('\u{1b}', "ESCAPE"),
    ('\u{7f}', "DELETE"),
    ('\u{85}', "NEXT LINE"),
    ('\u{9b}', "CONTROL SEQUENCE INTRODUCER"),
    ('\u{9d}', "OPERATING SYSTEM COMMAND"),
    ('\u{34f}', "COMBINING GRAPHEME JOINER"),
    ('\u{61c}', "ARABIC LETTER MARK"),
    ('\u{115f}', "HANGUL CHOSEONG FILLER"),
    ('\u{1160}', "HANGUL JUNGSEONG FILLER"),
    ('\u{17b4}', "KHMER VOWEL INHERENT AQ"),
    ('\u{17b5}', "KHMER VOWEL INHERENT AA"),
    ('\u{180b}', "MONGOLIAN FREE VARIATION SELECTOR ONE"),
    ('\u{180c}', "MONGOLIAN FREE VARIATION SELECTOR TWO"),
    ('\u{180d}', "MONGOLIAN FREE VARIATION SELECTOR THREE"),
    ('\u{180e}', "MONGOLIAN VOWEL SEPARATOR"),
    ('\u{180f}', "MONGOLIAN FREE VARIATION SELECTOR FOUR"),
    ('\u{200b}', "ZERO WIDTH SPACE"),
    ('\u{200c}', "ZERO WIDTH NON-JOINER"),
    ('\u{200d}', "ZERO WIDTH JOINER"),
    ('\u{200e}', "LEFT-TO-RIGHT MARK"),
    ('\u{200f}', "RIGHT-TO-LEFT MARK"),
    ('\u{2028}', "LINE SEPARATOR"),
    ('\u{2029}', "PARAGRAPH SEPARATOR"),
    ('\u{202a}', "LEFT-TO-RIGHT EMBEDDING"),
    ('\u{202b}', "RIGHT-TO-LEFT EMBEDDING"),
    ('\u{202c}', "POP DIRECTIONAL FORMATTING"),
    ('\u{202d}', "LEFT-TO-RIGHT OVERRIDE"),
    ('\u{202e}', "RIGHT-TO-LEFT OVERRIDE"),
    ('\u{2060}', "WORD JOINER"),
    ('\u{2061}', "FUNCTION APPLICATION"),
    ('\u{2062}', "INVISIBLE TIMES"),
    ('\u{2063}', "INVISIBLE SEPARATOR"),
    ('\u{2064}', "INVISIBLE PLUS"),
    ('\u{2066}', "LEFT-TO-RIGHT ISOLATE"),
    ('\u{2067}', "RIGHT-TO-LEFT ISOLATE"),
    ('\u{2068}', "FIRST STRONG ISOLATE"),
    ('\u{2069}', "POP DIRECTIONAL ISOLATE"),
    ('\u{206a}', "INHIBIT SYMMETRIC SWAPPING"),
    ('\u{206b}', "ACTIVATE SYMMETRIC SWAPPING"),
    ('\u{206c}', "INHIBIT ARABIC FORM SHAPING"),
    ('\u{206d}', "ACTIVATE ARABIC FORM SHAPING"),
    ('\u{206e}', "NATIONAL DIGIT SHAPES"),
    ('\u{206f}', "NOMINAL DIGIT SHAPES"),
    ('\u{2800}', "BRAILLE PATTERN BLANK"),
    ('\u{3164}', "HANGUL FILLER"),
    ('\u{feff}', "ZERO WIDTH NO-BREAK SPACE"),
    ('\u{ffa0}', "HALFWIDTH HANGUL FILLER"),
    ('\u{fff9}', "INTERLINEAR ANNOTATION ANCHOR"),
    ('\u{fffa}', "INTERLINEAR ANNOTATION SEPARATOR"),
    ('\u{fffb}', "INTERLINEAR ANNOTATION TERMINATOR"),
    ('\u{e0001}', "LANGUAGE TAG"),
    ('\u{e007f}', "CANCEL TAG"),
    ('\u{0084}', "INDEX"),
    ('\u{0090}', "DEVICE CONTROL STRING"),
];

/// Makes a text safe for one line of a terminal or a log: hidden characters, line breaks and tabs are replaced by visible ones.
#[must_use]
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| visible_substitute(c) == c) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(visible_substitute).collect())
}

/// The visible substitute of a character; the character itself if it is harmless.
fn visible_substitute(c: char) -> char {
    let picture = |number: u32| char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER);
    match c {
        '\0'..='\u{1f}' => picture(0x2400 + u32::from(c)),
        '\u{7f}' => '\u{2421}',
        // Characters of scripts and emoji do not reorder text and are kept.
        '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => c,
        c if kind(c).is_some() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

/// Escapes hidden non-ASCII characters in JSON as `\u…`. In valid JSON they occur in strings only.
#[must_use]
pub fn escape_json(json: &str) -> Cow<'_, str> {
    let is_hidden = |c: char| kind(c).is_some();
    if !json.contains(is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Replaces each control by a space, preserving the length in bytes.
#[must_use]
pub fn without_controls(text: &str) -> Cow<'_, str> {
    // All of C1 begin with this byte, and few other characters do.
    let may_be = |it: u8| is_c0(it) || matches!(it, 0x7f | 0xc2);
    if !text.bytes().any(may_be) || !text.contains(|c| kind(c) == Some(Kind::Control)) {
        return Cow::Borrowed(text);
    }
    let blank = |c: char| match kind(c) {
        Some(Kind::Control) if c.len_utf8() == 1 => ' ',
        // A no-break blank has two bytes, as all of C1 have.
        Some(Kind::Control) => '\u{a0}',
        _ => c,
    };
    Cow::Owned(text.chars().map(blank).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden_in(text: &str) -> Vec<char> {
        hidden(text).into_iter().map(|it| it.character).collect()
    }

    #[test]
    fn what_nobody_sees_is_found_at_its_place() {
        let text = "a\u{202e}b\u{200b}c\u{1}\u{9b}";
        let kinds: Vec<_> = hidden(text).iter().map(|it| (it.at, it.kind)).collect();
        let wanted = [
            (1, Kind::Direction),
            (5, Kind::Invisible),
            (9, Kind::Control),
            (10, Kind::Control),
        ];
        assert_eq!(kinds, wanted);
        for c in NAMES.map(|it| it.0) {
            let expected = !matches!(c, '\t' | '\n' | '\r');
            assert_eq!(
                !hidden_in(&format!("a{c}b")).is_empty(),
                expected,
                "{}",
                name(c)
            );
        }
        for c in [
            '\u{ffff}',
            '\u{fdd0}',
            '\u{1fffe}',
            '\u{2065}',
            '\u{e0041}',
            '\u{fe0f}',
        ] {
            assert_eq!(hidden_in(&format!("a{c}b")), [c]);
        }
    }

    #[test]
    fn what_a_script_needs_is_not_hidden() {
        for text in [
            "می\u{200c}خواهم",
            "שלום!\u{200f} a",
            "क्\u{200d}ष",
            "ශ්\u{200d}රී",
            "ᠰᠠᠢᠨ\u{180e}ᠠ",
            "👩\u{200d}⚕\u{fe0f}",
            "👩🏽\u{200d}🚀",
            "1\u{fe0f}\u{20e3}",
            "葛\u{e0100}",
            "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "soft\u{ad}hyphen, no\u{a0}break\u{202f}blank\r\n\t",
        ] {
            assert_eq!(hidden_in(text), [], "{text:?}");
        }
    }

    #[test]
    fn the_same_elsewhere_is_hidden() {
        for (text, c) in [
            ("pass\u{200d}word", '\u{200d}'),
            ("x\u{200e}y", '\u{200e}'),
            ("Auf\u{200c}lage", '\u{200c}'),
            ("a\u{fe0f}", '\u{fe0f}'),
            ("👩\u{fe0f}\u{fe01}", '\u{fe01}'),
            ("👩\u{200d}x", '\u{200d}'),
            ("\u{1f3f4}\u{e0067}", '\u{e0067}'),
            ("a\u{180e}b", '\u{180e}'),
            ("\u{feff}", '\u{feff}'),
        ] {
            assert_eq!(hidden_in(text), [c], "{text:?}");
        }
    }

    #[test]
    fn a_terminal_sees_no_command() {
        assert_eq!(
            printable("a\u{1b}[0m\n\u{9b}\u{202e}\u{7f}b"),
            "a␛[0m␊\u{fffd}\u{fffd}␡b"
        );
        assert_eq!(
            escape_json("\"\u{202e}\u{e0041}\u{85}\""),
            "\"\\u202e\\udb40\\udc41\\u0085\""
        );
        assert_eq!(without_controls("a\u{1}\u{85}\n"), "a \u{a0}\n");
        assert_eq!(name('\u{202e}'), "U+202E RIGHT-TO-LEFT OVERRIDE");
        assert_eq!(name('\u{fe0f}'), "U+FE0F VARIATION SELECTOR-16");
    }
}
