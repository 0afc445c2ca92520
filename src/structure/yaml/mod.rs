//! Parses YAML into a typed value, or reports every mistake with its range.
//!
//! Entry: [`parse`]; [`parse_tree`] for the untyped tree. `serde-saphyr` parses; [`core`] corrects what it reads otherwise than editors.
//! Invariant: time and memory are bounded for any input; aliases, nodes and depth have limits.

pub(super) mod core;
mod from_tree;

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{AliasLimits, DuplicateKeyPolicy};
use serde_saphyr::{Budget, Location, Options};

use super::escapes::{Format, blank_controls};
use super::rules::{invalid_yaml, missing_key, wrong_type};
use super::{Node, Spanned, Value, json_schema};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};

/// Maximum nesting depth. A framework of seven levels needs fifteen.
const MAX_DEPTH: usize = 32;

/// Maximum number of nodes in a file: enough for 100,000 requirements with five keys each.
const MAX_NODES: usize = 1_000_000;

/// Parses a YAML file into `T`.
///
/// # Errors
/// One diagnostic for invalid YAML; otherwise one for each part that does not fit `T`.
pub fn parse<T: DeserializeOwned + JsonSchema>(
    path: &SourcePath,
    text: &str,
) -> Result<T, Vec<Diagnostic>> {
    let text = &*blank_controls(text, Format::Yaml);
    if let Some(location) = excessive_depth(path, text) {
        let what = format!("nested more than {MAX_DEPTH} levels deep");
        return Err(vec![invalid_yaml::report(&location, &what)]);
    }
    let parsed = match deserialize(text) {
        Ok(value) if !core::may_differ(text) => return Ok(value),
        parsed => parsed,
    };
    let mut tree = match parse_tree(text) {
        Ok(tree) => tree,
        Err(error) => return Err(vec![syntax_error(path, text, &error)]),
    };
    // The library accepts a quoted number as a number and `!include x` as text; editors do not.
    let styles = core::scalar_styles(path, text);
    styles.resolve(text, &mut tree);
    let mut diagnostics = json_schema::validate::<T>(path, &tree, Format::Yaml);
    if parsed.is_ok() {
        // The schema requires some keys in editors only; the type has a default for them.
        diagnostics.retain(|it| it.rule != &missing_key::RULE);
    }
    diagnostics.extend(styles.unknown_tags);
    if !diagnostics.is_empty() {
        return Err(diagnostics);
    }
    let error = match parsed {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // The library does not accept every form of an integer.
    if let Some(value) = from_tree::from_tree(text, &tree) {
        return Ok(value);
    }
    Err(vec![wrong_type::unfit(&error_location(path, text, &error))])
}

fn deserialize<T: DeserializeOwned>(text: &str) -> Result<T, serde_saphyr::Error> {
    serde_saphyr::from_str_with_options(text, options())
}

/// Parses a YAML text into an untyped tree.
///
/// # Errors
/// The text is not valid YAML.
pub(crate) fn parse_tree(text: &str) -> Result<Node, serde_saphyr::Error> {
    let mut options = options();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    serde_saphyr::from_str_with_options(text, options)
}

/// In the map that has a value at `offset`, the range of the value of another key; the range of the key itself if its value is
/// empty or spans several lines.
#[must_use]
pub fn sibling_span(text: &str, offset: usize, key: &str) -> Option<Span> {
    let tree = parse_tree(text).ok()?;
    let (name, node) = sibling_entry(&tree, offset, key)?;
    let rest = text.get(node.span.start..)?;
    let empty = |open, close| {
        let inside = rest.strip_prefix(open)?.trim_start_matches([' ', '\t']);
        inside.strip_prefix(close).map(|it| rest.len() - it.len())
    };
    let (start, length) = match &node.value {
        Value::List(_) => (node.span.start, empty('[', ']')),
        Value::Map(_) => (node.span.start, empty('{', '}')),
        Value::Null => (node.span.start, None),
        _ => return Some(node.span),
    };
    Some(length.map_or(name.span, |it| Span::new(start, start + it)))
}

fn sibling_entry<'a>(
    node: &'a Node,
    offset: usize,
    key: &str,
) -> Option<(&'a Spanned<String>, &'a Node)> {
    match &node.value {
        Value::Map(entries) if entries.iter().any(|(_, it)| it.span.start == offset) => {
            let mut entries = entries.iter();
            let (name, value) = entries.find(|(name, _)| name.value == key)?;
            Some((name, value))
        }
        Value::Map(entries) => {
            let mut below = entries.iter().map(|(_, it)| it);
            below.find_map(|it| sibling_entry(it, offset, key))
        }
        Value::List(items) => items.iter().find_map(|it| sibling_entry(it, offset, key)),
        _ => None,
    }
}

fn options() -> Options {
    let mut budget = Budget::default();
    budget.max_depth = MAX_DEPTH;
    budget.max_nodes = MAX_NODES;
    budget.max_events = 3 * MAX_NODES;
    budget.max_aliases = 1_000;
    budget.max_anchors = 1_000;
    let mut options = Options::default();
    options.budget = Some(budget);
    let mut limits = AliasLimits::default();
    limits.max_total_replayed_events = 100_000;
    limits.max_replay_stack_depth = 8;
    limits.max_alias_expansions_per_anchor = 1_000;
    options.alias_limits = limits;
    options.with_snippet = false;
    options.strict_booleans = true;
    options
}

/// The bracket that exceeds the nesting depth. Checked before parsing, because the parser counts depth only while it recurses,
/// which a line of 100,000 brackets would exploit.
fn excessive_depth(path: &SourcePath, text: &str) -> Option<SourceLocation> {
    let opening = text.bytes().filter(|it| matches!(it, b'[' | b'{'));
    if opening.count() <= MAX_DEPTH {
        return None;
    }
    let (mut depth, mut quoted) = (0_usize, None);
    for (offset, byte) in text.bytes().enumerate() {
        match (byte, quoted) {
            (b'"' | b'\'', None) => quoted = Some(byte),
            (byte, Some(quote)) if byte == quote => quoted = None,
            (b'\n', _) => quoted = None,
            (b'[' | b'{', None) => depth += 1,
            (b']' | b'}', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let span = Span::new(offset, offset + 1);
            return Some(SourceLocation {
                path: path.clone(),
                span,
            });
        }
    }
    None
}

/// A syntax error; if a tab causes it, located at the tab.
fn syntax_error(path: &SourcePath, text: &str, error: &serde_saphyr::Error) -> Diagnostic {
    let location = error_location(path, text, error);
    let message = error_message(error);
    match find_tab(text, location.span.start, &message) {
        Some(offset) => invalid_yaml::tab(&SourceLocation {
            span: Span::new(offset, offset + 1),
            ..location
        }),
        None => invalid_yaml::report(&location, &message),
    }
}

/// The tab that causes a syntax error: one that indents the reported line. Otherwise, if the message mentions a tab, the next
/// one that indents a line, since the parser reports a multi-line text where it begins; failing that, the next tab.
fn find_tab(text: &str, offset: usize, message: &str) -> Option<usize> {
    let indenting = |start: usize| {
        let blank = |c: char| c == ' ' || c == '\t';
        let rest = &text[start..];
        let indent = &rest[..rest.find(|c| !blank(c)).unwrap_or(rest.len())];
        indent.find('\t').map(|it| start + it)
    };
    let line = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    if let Some(tab) = indenting(line) {
        return Some(tab);
    }
    // If a file begins with a tab, the parser reports the second key.
    if message.contains("<document start>") {
        let mut lines =
            std::iter::once(0).chain(text[..offset].match_indices('\n').map(|it| it.0 + 1));
        return lines.find_map(indenting);
    }
    if !message.contains("tab") {
        return None;
    }
    let breaks = text[offset..].match_indices('\n');
    let mut lines = breaks.map(|(at, _)| offset + at + 1);
    let next = || text[offset..].find('\t').map(|it| offset + it);
    lines.find_map(indenting).or_else(next)
}

/// The message for authors. For scalars, keys and limits, the library's own message names its types.
fn error_message(error: &serde_saphyr::Error) -> String {
    use serde_saphyr::Error;
    let error = error.without_snippet();
    match error {
        Error::Message { .. }
        | Error::ExternalMessage { .. }
        | Error::Eof { .. }
        | Error::MultipleDocuments { .. }
        | Error::UnsupportedTag { .. }
        | Error::MergeValueNotMapOrSeqOfMaps { .. }
        | Error::InvalidBooleanStrict { .. }
        | Error::FoldedBlockScalarMustIndentContent { .. }
        | Error::ContainerEndMismatch { .. }
        | Error::UnknownAnchor { .. } => {
            let text = error.to_string();
            let text = text.lines().next().unwrap_or_default();
            let text = text.split(" at line ").next().unwrap_or(text);
            // Authors know a YAML sequence as a list.
            text.trim_end_matches(':').replace("sequence", "list")
        }
        Error::Budget { .. } => "it is too large, or nested too deeply".to_owned(),
        Error::AliasReplayLimitExceeded { .. }
        | Error::AliasReplayCounterOverflow { .. }
        | Error::AliasExpansionLimitExceeded { .. }
        | Error::AliasReplayStackDepthExceeded { .. } => "its aliases repeat too much".to_owned(),
        Error::RecursiveReferencesRequireWeakTypes { .. } => {
            "an alias stands in what it repeats".to_owned()
        }
        Error::NullIntoString { .. } => "a key is missing before its colon".to_owned(),
        Error::InvalidScalar { .. }
        | Error::InvalidBinaryBase64 { .. }
        | Error::BinaryNotUtf8 { .. }
        | Error::TaggedScalarCannotDeserializeIntoString { .. } => {
            "a value does not fit the tag before it".to_owned()
        }
        _ => "a key or a value has a form that is not read here".to_owned(),
    }
}

fn error_location(path: &SourcePath, text: &str, error: &serde_saphyr::Error) -> SourceLocation {
    let start = error.location().map_or(0, |it| byte_offset(text, it));
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    SourceLocation {
        path: path.clone(),
        span: Span::new(start, end),
    }
}

/// The byte offset of a line and column. Errors of the scanner have no byte offset.
fn byte_offset(text: &str, location: Location) -> usize {
    let (line, column) = (to_usize(location.line()), to_usize(location.column()));
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = text[before..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(column.saturating_sub(1));
    before + column.map_or(line.len(), |(at, _)| at)
}

/// Converts a location of the library into a range of bytes.
pub(super) fn location_span(location: Location) -> Span {
    let span = location.span();
    let start = to_usize(span.byte_offset().unwrap_or_default());
    let length = to_usize(span.byte_len().unwrap_or_default());
    Span::new(start, start + length)
}

fn to_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { span, value } = Spanned::deserialize(deserializer)?;
        Ok(Self { span, value })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(i64::try_from(value).map_or(Value::Float(f64::INFINITY), Value::Integer))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Float(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut nodes = Vec::new();
        while let Some(node) = list.next_element()? {
            nodes.push(node);
        }
        Ok(Value::List(nodes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Value::Map(entries))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_has_its_range() {
        let text = "a: één\nb:\n  - x: 1\n    x: 2\n";
        let tree = parse_tree(text).expect("valid YAML");
        let Value::Map(top) = &tree.value else {
            panic!("a map")
        };
        assert_eq!(&text[top[0].0.span.start..top[0].0.span.end], "a");
        assert_eq!(&text[top[0].1.span.start..top[0].1.span.end], "één");
        let Value::List(list) = &top[1].1.value else {
            panic!("a list")
        };
        let Value::Map(inner) = &list[0].value else {
            panic!("a map")
        };
        assert_eq!(inner.len(), 2, "a doubled key is seen twice");
        assert_eq!(&text[inner[1].1.span.start..inner[1].1.span.end], "2");
    }

    #[test]
    fn a_syntax_error_has_its_location() {
        let path: SourcePath = "content/glossary.yaml".into();
        for text in ["- é: 1\n  ü: ö: 3\n", "- é: 1\r\n  ü: ö: 3\r\n"] {
            let found = parse::<Vec<String>>(&path, text).expect_err("no YAML");
            let start = found[0].span.expect("a range").start;
            assert_eq!(
                &text[start..],
                text.rsplit_once('ö').expect("an ö").1,
                "the second colon"
            );
        }
    }

    #[test]
    fn the_value_of_a_sibling_key_is_found() {
        let text =
            "id: a\nempty: [ ]\nnone: {}\nlist:\n  - id: b\n    words: \"\"\n    more: [c]\n";
        let found = |from: &str, key| {
            let span = sibling_span(text, text.find(from).expect("it is there") + 4, key)?;
            Some(&text[span.start..span.end])
        };
        assert_eq!(found("id: a", "empty"), Some("[ ]"));
        assert_eq!(found("id: a", "none"), Some("{}"));
        assert_eq!(found("id: a", "list"), Some("list"));
        assert_eq!(found("id: b", "words"), Some("\"\""));
        assert_eq!(found("id: b", "more"), Some("more"));
        assert_eq!(found("id: b", "empty"), None);
    }

    #[test]
    fn a_tab_that_causes_an_error_is_marked() {
        let path: SourcePath = "content/glossary.yaml".into();
        for marked in [
            "- a: b\n»\tc: d\n",
            "- a: b\n  c: d\n»\te: [f]\n",
            "»\t- a: b\n  \tc: d\n",
            "- a: b\n »\tc: d\n",
            "- a: b\n  »\tc: d\n",
            "- a: b\r\n»\tc: d\r\n",
            "- a:\n»\t- b\n",
            "- a: é\n  b:\n»\t  - c\n",
            "- {\n»\ta: b}\n",
            "- a: [\n»\tb]\n",
            "- a: >\n»\tb\n",
            "- a: >\n    b\n\n  »\tc: d\n",
            "- a: |\n    b\n»\tc\n",
            "- a: \"b\n»\tc\"\n",
            "- a: b c\n»\td e\n",
        ] {
            let text = marked.replace('»', "");
            let found = parse::<Vec<std::collections::BTreeMap<String, String>>>(&path, &text);
            let found = found.expect_err(marked);
            let start = found[0].span.expect("a range").start;
            assert_eq!(marked.find('»'), Some(start), "{marked}");
            assert_eq!(found[0].help, ["indent with blanks"], "{marked}");
        }
        let found = parse::<Vec<String>>(&path, "- 'x\ty'\n- a: b: c\n").expect_err("no YAML");
        assert!(
            found[0].message.contains("mapping values"),
            "a tab elsewhere"
        );
    }

    #[test]
    fn hostile_input_ends_soon_with_a_diagnostic() {
        let path: SourcePath = "content/measures/X.yaml".into();
        let bomb = {
            let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
            for i in 1..12 {
                text += &format!(
                    "a{i}: &a{i} [{}]\n",
                    vec![format!("*a{}", i - 1); 10].join(",")
                );
            }
            text
        };
        let deep = "[".repeat(100_000);
        let mut deep_block = String::new();
        for level in 0..2_000 {
            deep_block += &" ".repeat(level);
            deep_block += "a:\n";
        }
        for text in [
            &bomb,
            &deep,
            &deep_block,
            "a: [",
            "\t- x",
            "a: b: c",
            "&a [*a]",
            "%YAML",
        ] {
            let out = parse::<std::collections::BTreeMap<String, String>>(&path, text);
            assert!(!out.expect_err("no map of texts").is_empty());
        }
    }
}
