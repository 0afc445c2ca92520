//! A value as written against the JSON Schema of its type: every mistake of structure at once.
//!
//! Entry: [`mistakes`]. The same schema completes keys in editors, so that both always agree.
//! Invariant: reads only the parts of JSON Schema that `schemars` writes for our types.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value as Json};

use super::escapes::Format;
use super::rules::{duplicate_key, missing_key, unknown_key, unknown_value, wrong_type};
use super::yaml::core;
use super::{Node, Spanned, Value};
use crate::diagnostic::{Certainty, Diagnostic};
use crate::source::{SourceLocation, SourcePath, Span};

/// The JSON Schema of a type, as draft 7, which editors understand best.
#[must_use]
pub fn schema_of<T: JsonSchema>() -> Json {
    SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// The same, made once for each type: many files may have mistakes.
fn kept_schema_of<T: JsonSchema>() -> Arc<Json> {
    static MADE: LazyLock<Mutex<HashMap<Cow<'static, str>, Arc<Json>>>> =
        LazyLock::new(Mutex::default);
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = made.entry(T::schema_id());
    entry.or_insert_with(|| Arc::new(schema_of::<T>())).clone()
}

/// The same for YAML, in which a number stands for the text as it is written: `id: 1.10`.
#[must_use]
pub fn yaml_schema_of<T: JsonSchema>() -> Json {
    let mut schema = schema_of::<T>();
    numbers_as_text(&mut schema);
    schema
}

fn numbers_as_text(schema: &mut Json) {
    match schema {
        Json::Object(map) => {
            let is_word = map.contains_key("enum") || map.contains_key("const");
            match map.get_mut("type") {
                Some(kind) if *kind == "string" && !is_word => {
                    *kind = serde_json::json!(["string", "number"]);
                }
                Some(Json::Array(kinds)) if !is_word => {
                    if let Some(at) = kinds.iter().position(|it| it == "string") {
                        kinds.insert(at + 1, "number".into());
                    }
                }
                _ => {}
            }
            map.values_mut().for_each(numbers_as_text);
        }
        Json::Array(items) => items.iter_mut().for_each(numbers_as_text),
        _ => {}
    }
}

/// Everything in `node` that does not fit `T`.
#[must_use]
pub fn mistakes<T: JsonSchema>(path: &SourcePath, node: &Node, format: Format) -> Vec<Diagnostic> {
    let root = kept_schema_of::<T>();
    let mut check = Check {
        path,
        root: &root,
        format,
        found: Vec::new(),
    };
    check.node(node, &root);
    check.found
}

struct Check<'a> {
    path: &'a SourcePath,
    root: &'a Json,
    format: Format,
    found: Vec<Diagnostic>,
}

impl<'a> Check<'a> {
    fn place(&self, span: Span) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span,
        }
    }

    fn resolve(&self, mut schema: &'a Json) -> &'a Json {
        loop {
            let alone = schema
                .get("allOf")
                .and_then(Json::as_array)
                .filter(|all| all.len() == 1);
            if let Some(all) = alone {
                schema = &all[0];
            } else if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
                let Some(found) = self.root.pointer(target.trim_start_matches('#')) else {
                    return schema;
                };
                schema = found;
            } else {
                return schema;
            }
        }
    }

    fn node(&mut self, node: &Node, schema: &'a Json) {
        let schema = self.resolve(schema);
        let any = schema
            .get("anyOf")
            .or_else(|| schema.get("oneOf"))
            .and_then(Json::as_array);
        if let Some(words) = words(schema) {
            return self.word(node, &words);
        }
        if let Some(any) = any {
            return self.any(node, any);
        }
        let types: Vec<&str> = match schema.get("type") {
            Some(Json::String(one)) => vec![one],
            Some(Json::Array(many)) => many.iter().filter_map(Json::as_str).collect(),
            _ => return,
        };
        let is_date = schema.get("format").and_then(Json::as_str) == Some("date");
        let fits = types.iter().any(|wanted| self.fits(&node.value, wanted))
            || is_date && matches!(node.value, Value::Date(_));
        if !fits {
            let wanted: Vec<_> = types
                .iter()
                .filter(|it| **it != "null")
                .map(|it| if is_date { "a date" } else { name(it) })
                .collect();
            let place = self.place(node.span);
            let found = wrong_type::at(&place, &wanted.join(" or "), &node.value);
            self.found
                .push(self.with_quotes(found, &node.value, &types));
            return;
        }
        match &node.value {
            Value::Map(entries) => self.map(node, entries, schema),
            Value::List(items) => self.list(node, items, schema),
            Value::Integer(number) => self.range(node, *number, schema),
            _ => {}
        }
    }

    fn list(&mut self, node: &Node, items: &[Node], schema: &'a Json) {
        match schema.get("items") {
            Some(Json::Array(of)) if of.len() == items.len() => {
                for (item, of) in items.iter().zip(of) {
                    self.node(item, of);
                }
            }
            Some(Json::Array(of)) => {
                let place = self.place(node.span);
                self.found
                    .push(wrong_type::length(&place, of.len(), items.len()));
            }
            Some(of) => items.iter().for_each(|item| self.node(item, of)),
            None => {}
        }
    }

    fn range(&mut self, node: &Node, number: i64, schema: &'a Json) {
        let bound = |key| schema.get(key).and_then(Json::as_i64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        if least.is_some_and(|it| number < it) || most.is_some_and(|it| number > it) {
            let place = self.place(node.span);
            self.found
                .push(wrong_type::range(&place, least, most, number));
        }
    }

    /// Whether a value has a type of JSON Schema.
    fn fits(&self, value: &Value, wanted: &str) -> bool {
        matches!(
            (value, wanted),
            (Value::Map(_), "object")
                | (Value::List(_), "array")
                | (Value::Text(_), "string")
                | (Value::Bool(_), "boolean")
                | (Value::Integer(_), "integer" | "number")
                | (Value::Float(_), "number")
                | (Value::Null, "null")
        ) || self.format == Format::Yaml
            && match (value, wanted) {
                // An id such as `1.10` is text as it is written; editors are told so.
                (Value::Integer(_) | Value::Float(_), "string") => true,
                (Value::Float(number), "integer") => core::whole(*number).is_some(),
                _ => false,
            }
    }

    /// Says what to do with quotes where they alone make the difference in YAML.
    fn with_quotes(&self, found: Diagnostic, value: &Value, types: &[&str]) -> Diagnostic {
        match value {
            Value::Text(text) => {
                let bare = core::resolve(text);
                let fits = types.iter().any(|it| self.fits(&bare, it));
                // YAML 1.1 took these for what they mean.
                let truth = match text.to_ascii_lowercase().as_str() {
                    "yes" | "on" | "y" => Some(true),
                    "no" | "off" | "n" => Some(false),
                    _ => None,
                };
                if let Some(truth) = truth.filter(|_| types.contains(&"boolean")) {
                    return found
                        .help(format!("write `{truth}`"))
                        .mends_whole(truth.to_string(), Certainty::Certain);
                }
                if !fits {
                    return found;
                }
                found
                    .help(format!("write it without quotes: `{text}`"))
                    .mends_whole(text, Certainty::Certain)
            }
            Value::Bool(value) if types.contains(&"string") => found
                .help(format!("as a text it stands in quotes: `\"{value}\"`"))
                .mends_wrapped("", "\"", "\"", Certainty::Certain),
            _ => found,
        }
    }

    /// One of several shapes: the one whose type fits tells its own mistakes.
    fn any(&mut self, node: &Node, any: &'a [Json]) {
        let shapes: Vec<_> = any.iter().map(|it| self.resolve(it)).collect();
        let kind = |shape: &Json| {
            shape
                .get("type")
                .and_then(Json::as_str)
                .unwrap_or("")
                .to_owned()
        };
        if matches!(node.value, Value::Null) && shapes.iter().any(|it| kind(it) == "null") {
            return;
        }
        let fitting = shapes
            .iter()
            .find(|it| words(it).is_some() || self.fits(&node.value, &kind(it)));
        if let Some(shape) = fitting.or_else(|| shapes.iter().find(|it| kind(it) != "null")) {
            self.node(node, shape);
        }
    }

    fn word(&mut self, node: &Node, words: &[String]) {
        let place = self.place(node.span);
        match &node.value {
            Value::Text(text) if words.contains(text) => {}
            Value::Text(text) => self.found.push(unknown_value::at(&place, text, words)),
            other => {
                let it = wrong_type::at(&place, "one of the known words", other);
                let help = format!("known words: {}", words.join(", "));
                self.found.push(it.help(help));
            }
        }
    }

    fn map(&mut self, node: &Node, entries: &[(Spanned<String>, Node)], schema: &'a Json) {
        static NONE: LazyLock<Map<String, Json>> = LazyLock::new(Map::new);
        let known = schema
            .get("properties")
            .and_then(Json::as_object)
            .unwrap_or(&NONE);
        for (at, (key, value)) in entries.iter().enumerate() {
            let mut before = entries[..at].iter().map(|(earlier, _)| earlier);
            if let Some(first) = before.find(|earlier| earlier.value == key.value) {
                let (second, first) = (self.place(key.span), self.place(first.span));
                self.found.push(duplicate_key::at(&second, key, &first));
            }
            match (known.get(&key.value), schema.get("additionalProperties")) {
                (None, Some(Json::Bool(false))) => {
                    let keys: Vec<_> = known.keys().map(String::as_str).collect();
                    let given: Vec<_> = entries.iter().map(|(it, _)| it.value.as_str()).collect();
                    let place = self.place(key.span);
                    self.found.push(unknown_key::at(&place, key, &keys, &given));
                }
                (Some(of), _) | (None, Some(of)) => self.node(value, of),
                (None, None) => {}
            }
        }
        let required = schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        for wanted in required.filter_map(Json::as_str) {
            if !entries.iter().any(|(key, _)| key.value == wanted) {
                let first = entries.first().map_or(node.span, |(key, _)| key.span);
                let hint = known
                    .get(wanted)
                    .and_then(|it| it.get("description"))
                    .and_then(Json::as_str);
                self.found
                    .push(missing_key::at(&self.place(first), wanted, hint));
            }
        }
    }
}

/// The words of an enum: `enum`, or a `oneOf` of `const` as `schemars` writes it for documented variants.
fn words(schema: &Json) -> Option<Vec<String>> {
    let text = |it: &Json| it.as_str().map(str::to_owned);
    if let Some(list) = schema.get("enum").and_then(Json::as_array) {
        return list.iter().map(text).collect();
    }
    let one_of = schema.get("oneOf")?.as_array()?;
    let mut out = Vec::new();
    for it in one_of {
        match (it.get("const"), it.get("enum").and_then(Json::as_array)) {
            (Some(word), _) => out.push(text(word)?),
            (None, Some(list)) => out.extend(list.iter().filter_map(text)),
            _ => return None,
        }
    }
    Some(out)
}

fn name(wanted: &str) -> &'static str {
    match wanted {
        "object" => "a map of keys",
        "array" => "a list",
        "string" => "text",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        _ => "a number",
    }
}
