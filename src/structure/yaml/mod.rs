//! YAML: to a typed value, or to every mistake at its place.
//!
//! Entry: [`typed`].
//! Invariant: bounded time and memory on any input; aliases and depth have budgets.

pub(super) mod core;
mod from_tree;

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{self, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::options::{AliasLimits, DuplicateKeyPolicy};
use serde_saphyr::{Budget, Location, Options};

use super::escapes::{Format, cleaned};
use super::rules::{invalid_yaml, missing_key, wrong_type};
use super::{Node, Spanned, Value, shape};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceLocation, SourcePath, Span};

/// The deepest nesting that a file may have: a framework of seven levels needs fifteen.
const MAX_DEPTH: usize = 32;

/// The most nodes of one file: a framework of 100,000 requirements with five keys each.
const MAX_NODES: usize = 1_000_000;

/// A file's text as `T`, or all that keeps it from being one.
///
/// # Errors
/// Invalid YAML gives one diagnostic; a structure that does not fit `T` gives all of its mistakes.
pub fn typed<T: DeserializeOwned + JsonSchema>(
    path: &SourcePath,
    text: &str,
) -> Result<T, Vec<Diagnostic>> {
    let text = &*cleaned(text, Format::Yaml);
    if let Some(place) = too_deep(path, text) {
        let what = format!("nested more than {MAX_DEPTH} levels deep");
        return Err(vec![invalid_yaml::at(&place, &what)]);
    }
    let read = by_library(text);
    let error = match read {
        Ok(value) if !core::odd(text) => return Ok(value),
        read => read,
    };
    let mut tree = match tree(text) {
        Ok(tree) => tree,
        Err(error) => return Err(vec![syntax(path, text, &error)]),
    };
    // The library takes a quoted number for a number and `!include x` for a text; editors do not.
    let written = core::written(path, text);
    written.resolve(text, &mut tree);
    let mut found = shape::mistakes::<T>(path, &tree, Format::Yaml);
    if error.is_ok() {
        // The type can do without it: its schema asks for it in editors only.
        found.retain(|it| it.rule != &missing_key::RULE);
    }
    found.extend(written.unknown);
    if !found.is_empty() {
        return Err(found);
    }
    let error = match error {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // It does not know all forms of a whole number.
    if let Some(value) = from_tree::from_tree(text, &tree) {
        return Ok(value);
    }
    Err(vec![wrong_type::unfit(&place_of(path, text, &error))])
}

/// A text as `T`, by the library.
fn by_library<T: DeserializeOwned>(text: &str) -> Result<T, serde_saphyr::Error> {
    serde_saphyr::from_str_with_options(text, options())
}

/// A file's text as it is written.
///
/// # Errors
/// What is no YAML.
pub(crate) fn tree(text: &str) -> Result<Node, serde_saphyr::Error> {
    let mut options = options();
    options.duplicate_keys = DuplicateKeyPolicy::PassThrough;
    serde_saphyr::from_str_with_options(text, options)
}

/// The range of what a key has in the map in which some value starts at `offset`: the value's, or the key's own where the
/// value is a map or a list over several lines.
#[must_use]
pub fn beside(text: &str, offset: usize, key: &str) -> Option<Span> {
    let tree = tree(text).ok()?;
    let (name, node) = entry_beside(&tree, offset, key)?;
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

fn entry_beside<'a>(
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
            below.find_map(|it| entry_beside(it, offset, key))
        }
        Value::List(items) => items.iter().find_map(|it| entry_beside(it, offset, key)),
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

/// The parser counts depth only as it recurses, so that a line of 100,000 brackets is refused before.
fn too_deep(path: &SourcePath, text: &str) -> Option<SourceLocation> {
    let opening = text.bytes().filter(|it| matches!(it, b'[' | b'{'));
    if opening.count() <= MAX_DEPTH {
        return None;
    }
    let (mut depth, mut quoted) = (0_usize, None);
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quoted) {
            (b'"' | b'\'', None) => quoted = Some(byte),
            (byte, Some(quote)) if byte == quote => quoted = None,
            (b'\n', _) => quoted = None,
            (b'[' | b'{', None) => depth += 1,
            (b']' | b'}', None) => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            let span = Span::new(at, at + 1);
            return Some(SourceLocation {
                path: path.clone(),
                span,
            });
        }
    }
    None
}

/// A mistake of syntax, at the tab where it is one.
fn syntax(path: &SourcePath, text: &str, error: &serde_saphyr::Error) -> Diagnostic {
    let place = place_of(path, text, error);
    let words = words(error);
    match tab(text, place.span.start, &words) {
        Some(at) => invalid_yaml::tab(&SourceLocation {
            span: Span::new(at, at + 1),
            ..place
        }),
        None => invalid_yaml::at(&place, &words),
    }
}

/// The tab that a mistake comes from: one that indents its line; else, where the parser speaks of a tab, the next one that
/// indents a line, since a text that goes on there is reported where it begins; else the next of any kind.
fn tab(text: &str, offset: usize, words: &str) -> Option<usize> {
    let indenting = |start: usize| {
        let blank = |c: char| c == ' ' || c == '\t';
        let rest = &text[start..];
        let indent = &rest[..rest.find(|c| !blank(c)).unwrap_or(rest.len())];
        indent.find('\t').map(|it| start + it)
    };
    let line = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    if let Some(at) = indenting(line) {
        return Some(at);
    }
    // A file that begins with a tab is reported where its second key begins.
    if words.contains("<document start>") {
        let mut lines =
            std::iter::once(0).chain(text[..offset].match_indices('\n').map(|it| it.0 + 1));
        return lines.find_map(indenting);
    }
    if !words.contains("tab") {
        return None;
    }
    let breaks = text[offset..].match_indices('\n');
    let mut lines = breaks.map(|(at, _)| offset + at + 1);
    let next = || text[offset..].find('\t').map(|it| offset + it);
    lines.find_map(indenting).or_else(next)
}

/// What is wrong, in an author's words: the library speaks of its types where a scalar, a key or a limit is at fault.
fn words(error: &serde_saphyr::Error) -> String {
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
            // YAML’s own word for what authors know as a list.
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

fn place_of(path: &SourcePath, text: &str, error: &serde_saphyr::Error) -> SourceLocation {
    let start = error.location().map_or(0, |it| offset_of(text, it));
    let end = start + text[start..].chars().next().map_or(0, char::len_utf8);
    SourceLocation {
        path: path.clone(),
        span: Span::new(start, end),
    }
}

/// The offset of a place by its line and column: the scanner's own mistakes have no offset in bytes.
fn offset_of(text: &str, location: Location) -> usize {
    let (line, column) = (size(location.line()), size(location.column()));
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let line = text[before..].lines().next().unwrap_or_default();
    let column = line.char_indices().nth(column.saturating_sub(1));
    before + column.map_or(line.len(), |(at, _)| at)
}

/// The range in bytes of a place that the YAML library reports.
pub(super) fn span_of(location: Location) -> Span {
    let span = location.span();
    let start = size(span.byte_offset().unwrap_or_default());
    let length = size(span.byte_len().unwrap_or_default());
    Span::new(start, start + length)
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let it = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self {
            span: it.span,
            value: it.value,
        })
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
        let mut out = Vec::new();
        while let Some(node) = list.next_element()? {
            out.push(node);
        }
        Ok(Value::List(out))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut out = Vec::new();
        while let Some(entry) = map.next_entry()? {
            out.push(entry);
        }
        Ok(Value::Map(out))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_has_its_range() {
        let text = "a: één\nb:\n  - x: 1\n    x: 2\n";
        let tree = tree(text).expect("valid YAML");
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
    fn a_mistake_of_syntax_has_its_place() {
        let path: SourcePath = "content/glossary.yaml".into();
        for text in ["- é: 1\n  ü: ö: 3\n", "- é: 1\r\n  ü: ö: 3\r\n"] {
            let found = typed::<Vec<String>>(&path, text).expect_err("no YAML");
            let start = found[0].span.expect("a place").start;
            assert_eq!(
                &text[start..],
                text.rsplit_once('ö').expect("an ö").1,
                "the second colon"
            );
        }
    }

    #[test]
    fn a_key_is_found_beside_another() {
        let text =
            "id: a\nempty: [ ]\nnone: {}\nlist:\n  - id: b\n    words: \"\"\n    more: [c]\n";
        let found = |from: &str, key| {
            let span = beside(text, text.find(from).expect("it is there") + 4, key)?;
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
    fn a_tab_is_marked_where_it_stands() {
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
            let found = typed::<Vec<std::collections::BTreeMap<String, String>>>(&path, &text);
            let found = found.expect_err(marked);
            let start = found[0].span.expect("a place").start;
            assert_eq!(marked.find('»'), Some(start), "{marked}");
            assert_eq!(found[0].help, ["indent with blanks"], "{marked}");
        }
        let found = typed::<Vec<String>>(&path, "- 'x\ty'\n- a: b: c\n").expect_err("no YAML");
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
            let out = typed::<std::collections::BTreeMap<String, String>>(&path, text);
            assert!(!out.expect_err("no map of texts").is_empty());
        }
    }
}
