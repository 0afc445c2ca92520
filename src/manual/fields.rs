//! The page on fields: every kind of file, and every field with its type and meaning.
//!
//! Entry: [`page`]. Invariant: types and meanings come from the JSON Schemas, whose descriptions are the doc comments of the types.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::text::{table_header, table_row};
use crate::config::Config;
use crate::schema::FileKind;
use crate::structure::json_schema;

/// Every kind of file with fields: heading, path, kind.
const FILES: [(&str, &str, FileKind); 11] = [
    ("Measure", "measures/ID.yaml", FileKind::Measure),
    (
        "Groups of measures",
        "measures/groups.yaml",
        FileKind::Groups,
    ),
    ("Use case", "use-cases/ID.yaml", FileKind::UseCase),
    (
        "Framework",
        "frameworks/ID/framework.yaml",
        FileKind::Framework,
    ),
    ("Framework’s tree", "frameworks/ID/*.yaml", FileKind::Tree),
    (
        "Set of mappings",
        "mappings/FRAMEWORK/set.yaml",
        FileKind::Set,
    ),
    (
        "Mappings",
        "mappings/FRAMEWORK/MEASURE.yaml",
        FileKind::Mappings,
    ),
    ("Threats", "threats.yaml", FileKind::Threats),
    ("Glossary", "glossary.yaml", FileKind::Glossary),
    ("Page of the guide", "guide/**/*.md", FileKind::Page),
    ("Home page", "index.md", FileKind::Home),
];

const INTRODUCTION: &str = "\
# Fields

Every kind of file that an author writes, and every field in it. Paths begin in the content folder, `content/` unless \
`book.toml` says otherwise. One record is one file, and its folder says its kind. An unknown key is an error.

*Text* is inline Markdown: emphasis, code and links, `[[HCS-09]]` and `[[eucs:CKM-03.1]]` among them. A text that begins \
with `…` is a gap, which `check` names. *Word* is one of a few, listed under [Words](#words).

Guidance is Markdown: `measures/ID.md`, `use-cases/ID.md` and `frameworks/ID/PAGE.md`, beside the record, each beginning \
with `##`.
";

/// The page.
#[must_use]
pub fn page() -> String {
    let mut page = Page {
        out: INTRODUCTION.to_owned(),
        enums: Vec::new(),
    };
    page.out.push_str("\n| file | what it holds |\n|---|---|\n");
    for (title, path, _) in FILES {
        let link = format!("[{title}](#{})", anchor(title));
        page.out
            .push_str(&table_row(&[&format!("`{path}`"), &link]));
    }
    page.out.push_str(&table_row(&[
        "`book.toml`, beside the content folder",
        "[The book](#the-book)",
    ]));
    for (title, path, kind) in FILES {
        if let Some(schema) = kind.schema() {
            page.add_file(title, &format!("`{path}`"), &schema);
        }
    }
    page.add_file(
        "The book",
        "`book.toml`",
        &json_schema::for_type::<Config>(),
    );
    page.add_enums();
    page.out
}

/// The page under construction.
struct Page {
    out: String,
    /// The enums that fields have referred to, by name, with their schemas.
    enums: Vec<(String, Json)>,
}

impl Page {
    fn add_file(&mut self, title: &str, path: &str, root: &Json) {
        self.out.push_str(&format!("\n## {title}\n\n{path}. "));
        let (list, top) = match root.get("items") {
            Some(items) => ("A list of entries. ", resolve(items, root)),
            None => ("", root),
        };
        self.out.push_str(list);
        self.out.push_str(description(top));
        self.out.push('\n');
        let mut types = Types {
            file_title: title,
            root,
            queue: Vec::new(),
            seen: BTreeSet::new(),
        };
        self.add_table(top, &mut types);
        let mut next = 0;
        while let Some(name) = types.queue.get(next).cloned() {
            next += 1;
            let Some(schema) = root.pointer(&format!("/definitions/{name}")) else {
                continue;
            };
            self.out.push_str(&format!(
                "\n### {title}: {}\n\n{}\n",
                spaced(&name),
                description(schema)
            ));
            self.add_table(schema, &mut types);
        }
    }

    fn add_table(&mut self, schema: &Json, types: &mut Types<'_>) {
        let Some(fields) = schema.get("properties").and_then(Json::as_object) else {
            return;
        };
        let required: Vec<_> = schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let others = fields
            .keys()
            .map(String::as_str)
            .filter(|it| !required.contains(it));
        self.out.push('\n');
        self.out
            .push_str(&table_header(&["key", "type", "needed", "meaning"]));
        for name in required.iter().copied().chain(others) {
            let field = &fields[name];
            let type_name = self.type_name(field, types);
            let needed = if required.contains(&name) { "yes" } else { "" };
            let mut meaning = description(field).to_owned();
            if let Some(default) = default(field) {
                meaning.push_str(&format!(" Default: {default}."));
            }
            self.out.push_str(&table_row(&[
                &format!("`{name}`"),
                &type_name,
                needed,
                &meaning,
            ]));
        }
    }

    /// The type of a field in plain words, with a link if it is described on the page.
    fn type_name(&mut self, field: &Json, types: &mut Types<'_>) -> String {
        if let Some(name) = reference(field) {
            let schema = resolve(field, types.root);
            if schema.get("oneOf").is_some() || schema.get("enum").is_some() {
                let is_known = self.enums.iter().any(|(it, _)| *it == name);
                if !is_known {
                    self.enums.push((name.clone(), schema.clone()));
                }
                let words: Vec<_> = enum_words(schema)
                    .map(|(it, _)| format!("`{it}`"))
                    .collect();
                return format!("[{}](#{})", words.join(", "), anchor(&spaced(&name)));
            }
            if types.seen.insert(name.clone()) {
                types.queue.push(name.clone());
            }
            let title = format!("{}: {}", types.file_title, spaced(&name));
            return format!("[{}](#{})", spaced(&name), anchor(&title));
        }
        if field.get("properties").is_some() || field.get("$ref").is_some() {
            return format!("[{}](#{})", types.file_title, anchor(types.file_title));
        }
        let name = match field.get("type") {
            Some(Json::String(name)) => name.as_str(),
            Some(Json::Array(names)) => names
                .iter()
                .filter_map(Json::as_str)
                .find(|it| *it != "null")
                .unwrap_or("string"),
            _ => "",
        };
        match (name, field.get("items"), field.get("additionalProperties")) {
            ("array", Some(Json::Array(parts)), _) => {
                let parts: Vec<_> = parts.iter().map(|it| self.type_name(it, types)).collect();
                format!("[ {} ]", parts.join(", "))
            }
            ("array", Some(of), _) => format!("list of {}", self.type_name(of, types)),
            ("object", _, Some(of)) => format!("map of ids to {}", self.type_name(of, types)),
            ("boolean", ..) => "`true` or `false`".to_owned(),
            ("integer", ..) => "number".to_owned(),
            _ => "text".to_owned(),
        }
    }

    /// Adds all enums, in alphabetical order.
    fn add_enums(&mut self) {
        self.out
            .push_str("\n## Words\n\nWhat a field of type *word* takes. Words are written in lower case, with hyphens.\n");
        self.enums
            .sort_by_key(|(name, _)| spaced(name).to_lowercase());
        for (name, schema) in &self.enums {
            self.out.push_str(&format!(
                "\n### {}\n\n{}\n\n",
                spaced(name),
                description(schema)
            ));
            for (word, meaning) in enum_words(schema) {
                self.out.push_str(&format!("- `{word}`: {meaning}\n"));
            }
        }
    }
}

/// The types of one file.
struct Types<'a> {
    file_title: &'a str,
    root: &'a Json,
    /// The names of the types to describe, in the order in which fields refer to them.
    queue: Vec<String>,
    seen: BTreeSet<String>,
}

/// The name of the type that a field refers to, directly or as an optional value.
fn reference(field: &Json) -> Option<String> {
    let target = |it: &Json| Some(it.get("$ref")?.as_str()?.to_owned());
    let choices = |key: &str| field.get(key).and_then(Json::as_array);
    let target = target(field)
        .or_else(|| choices("allOf")?.iter().find_map(target))
        .or_else(|| choices("anyOf")?.iter().find_map(target))?;
    target.strip_prefix("#/definitions/").map(str::to_owned)
}

fn resolve<'a>(field: &'a Json, root: &'a Json) -> &'a Json {
    reference(field)
        .and_then(|name| root.pointer(&format!("/definitions/{name}")))
        .unwrap_or(field)
}

/// The words of an enum with their meanings.
fn enum_words(schema: &Json) -> impl Iterator<Item = (&str, &str)> {
    let one_of = schema.get("oneOf").and_then(Json::as_array);
    one_of
        .into_iter()
        .flatten()
        .filter_map(|it| Some((it.get("const")?.as_str()?, description(it))))
}

fn description(schema: &Json) -> &str {
    schema
        .get("description")
        .and_then(Json::as_str)
        .unwrap_or_default()
}

/// The default of a field, unless it is empty.
fn default(field: &Json) -> Option<String> {
    match field.get("default")? {
        Json::Null | Json::Object(_) => None,
        Json::String(text) if text.is_empty() => None,
        Json::Array(list) if list.is_empty() => None,
        it => Some(format!("`{}`", it.to_string().trim_matches('"'))),
    }
}

/// `UseCaseRelevance` as `Use case relevance`.
fn spaced(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
            out.extend(letter.to_lowercase());
        } else {
            out.push(letter);
        }
    }
    out
}

/// The anchor of a heading.
fn anchor(title: &str) -> String {
    title
        .to_lowercase()
        .chars()
        .filter(|it| it.is_alphanumeric() || *it == ' ' || *it == '-')
        .map(|it| if it == ' ' { '-' } else { it })
        .collect()
}
