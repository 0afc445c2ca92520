//! JSON Schemas of the types that files are parsed into, and validation of a parsed tree against them.
//!
//! Entry: [`validate`], [`for_type`], [`for_yaml`]. Editors use the same schemas, so that they report the same mistakes.
//! Invariant: supports only those parts of JSON Schema that `schemars` writes for our types.

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

/// The JSON Schema of a type, in draft 7, which editors support best.
#[must_use]
pub fn for_type<T: JsonSchema>() -> Json {
    SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

/// The JSON Schema of a type, generated once for all files of the type.
fn cached_schema<T: JsonSchema>() -> Arc<Json> {
    static SCHEMAS: LazyLock<Mutex<HashMap<Cow<'static, str>, Arc<Json>>>> =
        LazyLock::new(Mutex::default);
    let mut schemas = SCHEMAS.lock().unwrap_or_else(PoisonError::into_inner);
    let entry = schemas.entry(T::schema_id());
    entry.or_insert_with(|| Arc::new(for_type::<T>())).clone()
}

/// The JSON Schema of a type for YAML files, where a number is also accepted as text: `id: 1.10`.
#[must_use]
pub fn for_yaml<T: JsonSchema>() -> Json {
    let mut schema = for_type::<T>();
    accept_numbers_as_text(&mut schema);
    schema
}

fn accept_numbers_as_text(schema: &mut Json) {
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
            map.values_mut().for_each(accept_numbers_as_text);
        }
        Json::Array(items) => items.iter_mut().for_each(accept_numbers_as_text),
        _ => {}
    }
}

/// Reports every part of `node` that does not fit `T`.
#[must_use]
pub fn validate<T: JsonSchema>(path: &SourcePath, node: &Node, format: Format) -> Vec<Diagnostic> {
    let root = cached_schema::<T>();
    let mut validator = Validator {
        path,
        root: &root,
        format,
        diagnostics: Vec::new(),
    };
    validator.check_node(node, &root);
    validator.diagnostics
}

struct Validator<'a> {
    path: &'a SourcePath,
    root: &'a Json,
    format: Format,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Validator<'a> {
    fn location(&self, span: Span) -> SourceLocation {
        SourceLocation {
            path: self.path.clone(),
            span,
        }
    }

    /// Follows references to the schema that they lead to.
    fn resolve(&self, mut schema: &'a Json) -> &'a Json {
        loop {
            let alone = schema
                .get("allOf")
                .and_then(Json::as_array)
                .filter(|all| all.len() == 1);
            if let Some(all) = alone {
                schema = &all[0];
            } else if let Some(target) = schema.get("$ref").and_then(Json::as_str) {
                let Some(referenced) = self.root.pointer(target.trim_start_matches('#')) else {
                    return schema;
                };
                schema = referenced;
            } else {
                return schema;
            }
        }
    }

    fn check_node(&mut self, node: &Node, schema: &'a Json) {
        let schema = self.resolve(schema);
        let any = schema
            .get("anyOf")
            .or_else(|| schema.get("oneOf"))
            .and_then(Json::as_array);
        if let Some(values) = enum_values(schema) {
            return self.check_enum(node, &values);
        }
        if let Some(any) = any {
            return self.check_any_of(node, any);
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
                .map(|it| if is_date { "a date" } else { type_name(it) })
                .collect();
            let location = self.location(node.span);
            let diagnostic = wrong_type::report(&location, &wanted.join(" or "), &node.value);
            let diagnostic = self.with_quoting_help(diagnostic, &node.value, &types);
            self.diagnostics.push(diagnostic);
            return;
        }
        match &node.value {
            Value::Map(entries) => self.check_map(node, entries, schema),
            Value::List(items) => self.check_list(node, items, schema),
            Value::Integer(number) => self.check_range(node, *number, schema),
            _ => {}
        }
    }

    fn check_list(&mut self, node: &Node, items: &[Node], schema: &'a Json) {
        match schema.get("items") {
            Some(Json::Array(of)) if of.len() == items.len() => {
                for (item, of) in items.iter().zip(of) {
                    self.check_node(item, of);
                }
            }
            Some(Json::Array(of)) => {
                let location = self.location(node.span);
                self.diagnostics
                    .push(wrong_type::length(&location, of.len(), items.len()));
            }
            Some(of) => items.iter().for_each(|item| self.check_node(item, of)),
            None => {}
        }
    }

    fn check_range(&mut self, node: &Node, number: i64, schema: &'a Json) {
        let bound = |key| schema.get(key).and_then(Json::as_i64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        if least.is_some_and(|it| number < it) || most.is_some_and(|it| number > it) {
            let location = self.location(node.span);
            self.diagnostics
                .push(wrong_type::range(&location, least, most, number));
        }
    }

    /// Whether a value has the given type of JSON Schema.
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
                // An id such as `1.10` is text; the schema for editors accepts it, too.
                (Value::Integer(_) | Value::Float(_), "string") => true,
                (Value::Float(number), "integer") => core::exact_integer(*number).is_some(),
                _ => false,
            }
    }

    /// Adds how to write the value, if its quotes or their absence cause the mistake.
    fn with_quoting_help(
        &self,
        diagnostic: Diagnostic,
        value: &Value,
        types: &[&str],
    ) -> Diagnostic {
        match value {
            Value::Text(text) => {
                let bare = core::resolve(text);
                let fits = types.iter().any(|it| self.fits(&bare, it));
                // Booleans of YAML 1.1.
                let truth = match text.to_ascii_lowercase().as_str() {
                    "yes" | "on" | "y" => Some(true),
                    "no" | "off" | "n" => Some(false),
                    _ => None,
                };
                if let Some(truth) = truth.filter(|_| types.contains(&"boolean")) {
                    return diagnostic
                        .help(format!("write `{truth}`"))
                        .mends_whole(truth.to_string(), Certainty::Certain);
                }
                if !fits {
                    return diagnostic;
                }
                diagnostic
                    .help(format!("write it without quotes: `{text}`"))
                    .mends_whole(text, Certainty::Certain)
            }
            Value::Bool(value) if types.contains(&"string") => diagnostic
                .help(format!("as a text it stands in quotes: `\"{value}\"`"))
                .mends_wrapped("", "\"", "\"", Certainty::Certain),
            _ => diagnostic,
        }
    }

    /// Checks against the alternative whose type fits, so that its own mistakes are reported.
    fn check_any_of(&mut self, node: &Node, alternatives: &'a [Json]) {
        let schemas: Vec<_> = alternatives.iter().map(|it| self.resolve(it)).collect();
        let type_of = |schema: &Json| {
            schema
                .get("type")
                .and_then(Json::as_str)
                .unwrap_or("")
                .to_owned()
        };
        if matches!(node.value, Value::Null) && schemas.iter().any(|it| type_of(it) == "null") {
            return;
        }
        let fitting = schemas
            .iter()
            .find(|it| enum_values(it).is_some() || self.fits(&node.value, &type_of(it)));
        if let Some(schema) = fitting.or_else(|| schemas.iter().find(|it| type_of(it) != "null")) {
            self.check_node(node, schema);
        }
    }

    fn check_enum(&mut self, node: &Node, values: &[String]) {
        let location = self.location(node.span);
        match &node.value {
            Value::Text(text) if values.contains(text) => {}
            Value::Text(text) => self
                .diagnostics
                .push(unknown_value::report(&location, text, values)),
            other => {
                let diagnostic = wrong_type::report(&location, "one of the known words", other);
                let help = format!("known words: {}", values.join(", "));
                self.diagnostics.push(diagnostic.help(help));
            }
        }
    }

    fn check_map(&mut self, node: &Node, entries: &[(Spanned<String>, Node)], schema: &'a Json) {
        static NONE: LazyLock<Map<String, Json>> = LazyLock::new(Map::new);
        let known = schema
            .get("properties")
            .and_then(Json::as_object)
            .unwrap_or(&NONE);
        for (i, (key, value)) in entries.iter().enumerate() {
            let mut before = entries[..i].iter().map(|(earlier, _)| earlier);
            if let Some(first) = before.find(|earlier| earlier.value == key.value) {
                let (second, first) = (self.location(key.span), self.location(first.span));
                self.diagnostics
                    .push(duplicate_key::report(&second, key, &first));
            }
            match (known.get(&key.value), schema.get("additionalProperties")) {
                (None, Some(Json::Bool(false))) => {
                    let keys: Vec<_> = known.keys().map(String::as_str).collect();
                    let given: Vec<_> = entries.iter().map(|(it, _)| it.value.as_str()).collect();
                    let location = self.location(key.span);
                    self.diagnostics
                        .push(unknown_key::report(&location, key, &keys, &given));
                }
                (Some(of), _) | (None, Some(of)) => self.check_node(value, of),
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
                self.diagnostics
                    .push(missing_key::report(&self.location(first), wanted, hint));
            }
        }
    }
}

/// The values of an enum: `enum`, or a `oneOf` of `const`, as `schemars` writes documented variants.
fn enum_values(schema: &Json) -> Option<Vec<String>> {
    let text = |it: &Json| it.as_str().map(str::to_owned);
    if let Some(list) = schema.get("enum").and_then(Json::as_array) {
        return list.iter().map(text).collect();
    }
    let one_of = schema.get("oneOf")?.as_array()?;
    let mut values = Vec::new();
    for it in one_of {
        match (it.get("const"), it.get("enum").and_then(Json::as_array)) {
            (Some(word), _) => values.push(text(word)?),
            (None, Some(list)) => values.extend(list.iter().filter_map(text)),
            _ => return None,
        }
    }
    Some(values)
}

/// The name of a type of JSON Schema, for diagnostics.
fn type_name(wanted: &str) -> &'static str {
    match wanted {
        "object" => "a map of keys",
        "array" => "a list",
        "string" => "text",
        "boolean" => "`true` or `false`",
        "integer" => "a whole number",
        _ => "a number",
    }
}
