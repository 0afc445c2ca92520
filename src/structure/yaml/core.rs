//! Resolves scalars by the core schema of YAML 1.2, as editors do.
//!
//! Entry: [`resolve`] for a plain scalar; [`may_differ`] finds files in which the library may resolve one otherwise.
//! Invariant: a quoted scalar is text, whatever it looks like.

use std::collections::HashMap;

use serde_saphyr::granit_parser::{Event, Parser, ScalarStyle, Tag};

use super::super::rules::unknown_tag;
use super::super::{Node, Value};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};

/// The value of a plain scalar (YAML 1.2.2, section 10.3.2).
pub(in super::super) fn resolve(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        _ => number(text).unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

/// A number; an integer beyond 64 bits becomes the nearest float.
#[expect(
    clippy::cast_precision_loss,
    reason = "a number beyond 64 bits has no other form"
)]
fn number(text: &str) -> Option<Value> {
    let based = |digits: &str, base: u32| {
        let all = !digits.is_empty() && digits.chars().all(|it| it.is_digit(base));
        let number = all.then(|| i128::from_str_radix(digits, base).ok())??;
        Some(i64::try_from(number).map_or(Value::Float(number as f64), Value::Integer))
    };
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let digits = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if digits(unsigned) {
        let number = text.parse().map(Value::Integer);
        return number.or_else(|_| text.parse().map(Value::Float)).ok();
    }
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            let sign = if text.starts_with('-') { -1.0 } else { 1.0 };
            return Some(Value::Float(sign * f64::INFINITY));
        }
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Some(Value::Float(f64::NAN)),
        _ => {}
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let exponent = exponent.map(|it| it.strip_prefix(['-', '+']).unwrap_or(it));
    let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fits = (digits(whole) && (part.is_empty() || digits(part))
        || whole.is_empty() && digits(part))
        && exponent.is_none_or(digits);
    fits.then(|| text.parse().map(Value::Float).ok())?
}

/// The integer that a plain scalar stands for, by the rules of JSON Schema: `1.0` is an integer.
pub(super) fn parse_integer(text: &str) -> Option<i64> {
    match resolve(text) {
        Value::Integer(number) => Some(number),
        Value::Float(number) => exact_integer(number),
        _ => None,
    }
}

/// A float without a fraction, if it is small enough to be exact.
#[expect(clippy::cast_possible_truncation, reason = "it is whole and below 2⁵³")]
pub(in super::super) fn exact_integer(number: f64) -> Option<i64> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    (number.fract() == 0.0 && number.abs() < LIMIT).then_some(number as i64)
}

/// Whether a text may hold a scalar that the library resolves otherwise: a tag, a quoted number or keyword, a number in a form
/// that the core schema does not have, or `true` in place of text. Cheap, because most files need no more than this check.
pub(super) fn may_differ(text: &str) -> bool {
    let is_value = |it: &str| !matches!(resolve(it.trim()), Value::Text(_) | Value::Null);
    let bytes = text.as_bytes();
    for (i, byte) in bytes.iter().enumerate() {
        let before = i.checked_sub(1).map_or(b'\n', |before| bytes[before]);
        let starts = before.is_ascii_whitespace() || b"[{,:-?".contains(&before);
        match byte {
            b'!' if starts => return true,
            b'"' | b'\'' if starts => {
                let rest = &text[i + 1..];
                let short = rest.bytes().take(32).position(|it| it == *byte);
                if let Some(inside) = short.and_then(|it| rest.get(..it))
                    && (is_value(inside) || inside.contains('\\'))
                {
                    return true;
                }
            }
            b't' | b'f' | b'T' | b'F' if starts && starts_with_bool(&text[i..]) => return true,
            b'_' if before.is_ascii_digit() => return true,
            b'b' | b'B' | b'X' | b'O' if before == b'0' => return true,
            b'x' | b'o' if before == b'0' && i > 1 && b"+-".contains(&bytes[i - 2]) => {
                return true;
            }
            _ => {}
        }
    }
    // A number alone on a line may be the content of a block scalar.
    text.lines().any(is_value)
}

fn starts_with_bool(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphabetic());
    matches!(resolve(&rest[..end.unwrap_or(rest.len())]), Value::Bool(_))
}

/// How the scalars of a text are written.
pub(super) struct ScalarStyles {
    /// By the offset of the scalar's first byte.
    by_offset: HashMap<usize, Style>,
    /// A diagnostic for each tag that is not supported.
    pub(super) unknown_tags: Vec<Diagnostic>,
}

#[derive(Clone, Copy)]
enum Style {
    Plain,
    /// Quoted, a block scalar, or tagged as text.
    Text,
    /// Tagged as another type.
    Tagged,
}

/// The tags of the core schema.
const CORE_TAGS: [&str; 7] = ["str", "int", "float", "bool", "null", "seq", "map"];

/// Collects the scalar styles and the unknown tags of a text.
pub(super) fn scalar_styles(path: &SourcePath, text: &str) -> ScalarStyles {
    let mut styles = ScalarStyles {
        by_offset: HashMap::new(),
        unknown_tags: Vec::new(),
    };
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        let (tag, style) = match &event {
            Event::Scalar(_, style, _, tag) => (tag.as_deref(), Some(*style)),
            Event::SequenceStart(_, _, tag) | Event::MappingStart(_, _, tag) => {
                (tag.as_deref(), None)
            }
            _ => continue,
        };
        let name = tag.map(ToString::to_string);
        let core = tag.and_then(core_tag);
        if let (Some(tag), None) = (&name, core) {
            let start = span.tag_start.and_then(|it| it.byte_offset());
            let start = start.or(span.start.byte_offset()).unwrap_or_default();
            let end = text[start..].find(|c: char| c.is_whitespace() || ",]}".contains(c));
            let span = Span::new(start, end.map_or(text.len(), |it| start + it));
            let shown = text.get(span.start..span.end);
            let shown = shown.filter(|it| it.starts_with('!')).unwrap_or(tag);
            let path = path.clone();
            let location = SourceLocation { path, span };
            let diagnostic = unknown_tag::report(&location, shown);
            styles.unknown_tags.push(diagnostic);
        }
        let (Some(style), Some(range)) = (style, span.byte_range()) else {
            continue;
        };
        if range.is_empty() && core.is_none() {
            continue;
        }
        let style = match core {
            Some("str" | "!") => Style::Text,
            Some(_) => Style::Tagged,
            None if style == ScalarStyle::Plain => Style::Plain,
            None => Style::Text,
        };
        styles.by_offset.insert(range.start, style);
    }
    styles
}

/// The name of a tag of the core schema, or `!`, which marks a scalar as text.
fn core_tag(tag: &Tag) -> Option<&'static str> {
    let whole = tag.to_string();
    if whole == "!" {
        return Some("!");
    }
    let name = whole
        .strip_prefix("tag:yaml.org,2002:")
        .or_else(|| whole.strip_prefix("!!"))?;
    CORE_TAGS.into_iter().find(|it| *it == name)
}

impl ScalarStyles {
    /// Sets each scalar of a tree to the value that the core schema gives it.
    pub(super) fn resolve(&self, text: &str, node: &mut Node) {
        match &mut node.value {
            Value::List(items) => items.iter_mut().for_each(|it| self.resolve(text, it)),
            Value::Map(entries) => entries
                .iter_mut()
                .for_each(|(_, it)| self.resolve(text, it)),
            value => {
                let style = self.by_offset.get(&node.span.start);
                let raw = text.get(node.span.start..node.span.end).unwrap_or_default();
                match (style, &*value) {
                    (Some(Style::Plain), Value::Text(_)) if raw.contains('\n') => {}
                    (Some(Style::Plain), _) => *value = resolve(raw.trim_end()),
                    (Some(Style::Text), Value::Text(_)) | (Some(Style::Tagged) | None, _) => {}
                    (Some(Style::Text), _) => {
                        *value = Value::Text(raw.trim_matches(['"', '\'']).to_owned());
                    }
                }
            }
        }
    }
}
