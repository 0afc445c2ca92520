//! The page on fields: every kind of file, every field with its type and meaning.
//!
//! Entry: [`page`]. Invariant: everything comes from the JSON Schemas of the types, whose doc comments are the words.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::text::{head, row};
use crate::config::Config;
use crate::schema::FileKind;
use crate::structure::json_schema;

/// Every kind of file with fields: its heading, its path, its kind.
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

/// Every field of every kind of file.
#[must_use]
pub fn page() -> String {
    let mut page = Page {
        out: INTRODUCTION.to_owned(),
        words: Vec::new(),
    };
    page.out.push_str("\n| file | what it holds |\n|---|---|\n");
    for (title, path, _) in FILES {
        let link = format!("[{title}](#{})", anchor(title));
        page.out.push_str(&row(&[&format!("`{path}`"), &link]));
    }
    page.out.push_str(&row(&[
        "`book.toml`, beside the content folder",
        "[The book](#the-book)",
    ]));
    for (title, path, kind) in FILES {
        if let Some(schema) = kind.schema() {
            page.file(title, &format!("`{path}`"), &schema);
        }
    }
    page.file(
        "The book",
        "`book.toml`",
        &json_schema::for_type::<Config>(),
    );
    page.all_words();
    page.out
}

struct Page {
    out: String,
    /// The lists of words that were named: title and schema.
    words: Vec<(String, Json)>,
}

impl Page {
    fn file(&mut self, title: &str, path: &str, root: &Json) {
        self.out.push_str(&format!("\n## {title}\n\n{path}. "));
        let (list, top) = match root.get("items") {
            Some(items) => ("A list of entries. ", resolve(items, root)),
            None => ("", root),
        };
        self.out.push_str(list);
        self.out.push_str(described(top));
        self.out.push('\n');
        let mut types = Types {
            of: title,
            root,
            next: Vec::new(),
            seen: BTreeSet::new(),
        };
        self.table(top, &mut types);
        let mut at = 0;
        while let Some(name) = types.next.get(at).cloned() {
            at += 1;
            let Some(of) = root.pointer(&format!("/definitions/{name}")) else {
                continue;
            };
            self.out.push_str(&format!(
                "\n### {title}: {}\n\n{}\n",
                spaced(&name),
                described(of)
            ));
            self.table(of, &mut types);
        }
    }

    fn table(&mut self, of: &Json, types: &mut Types<'_>) {
        let Some(fields) = of.get("properties").and_then(Json::as_object) else {
            return;
        };
        let needed: Vec<_> = of
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
            .filter_map(Json::as_str)
            .collect();
        let others = fields
            .keys()
            .map(String::as_str)
            .filter(|it| !needed.contains(it));
        self.out.push('\n');
        self.out
            .push_str(&head(&["key", "type", "needed", "meaning"]));
        for name in needed.iter().copied().chain(others) {
            let field = &fields[name];
            let kind = self.kind(field, types);
            let needed = if needed.contains(&name) { "yes" } else { "" };
            let mut meaning = described(field).to_owned();
            if let Some(default) = default(field) {
                meaning.push_str(&format!(" Default: {default}."));
            }
            self.out
                .push_str(&row(&[&format!("`{name}`"), &kind, needed, &meaning]));
        }
    }

    /// A field's type in an author's words, with a link where it is one of the book's own.
    fn kind(&mut self, field: &Json, types: &mut Types<'_>) -> String {
        if let Some(name) = reference(field) {
            let of = resolve(field, types.root);
            if of.get("oneOf").is_some() || of.get("enum").is_some() {
                let known = self.words.iter().any(|(it, _)| *it == name);
                if !known {
                    self.words.push((name.clone(), of.clone()));
                }
                let words: Vec<_> = words(of).map(|(it, _)| format!("`{it}`")).collect();
                return format!("[{}](#{})", words.join(", "), anchor(&spaced(&name)));
            }
            if types.seen.insert(name.clone()) {
                types.next.push(name.clone());
            }
            let title = format!("{}: {}", types.of, spaced(&name));
            return format!("[{}](#{})", spaced(&name), anchor(&title));
        }
        if field.get("properties").is_some() || field.get("$ref").is_some() {
            return format!("[{}](#{})", types.of, anchor(types.of));
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
                let parts: Vec<_> = parts.iter().map(|it| self.kind(it, types)).collect();
                format!("[ {} ]", parts.join(", "))
            }
            ("array", Some(of), _) => format!("list of {}", self.kind(of, types)),
            ("object", _, Some(of)) => format!("map of ids to {}", self.kind(of, types)),
            ("boolean", ..) => "`true` or `false`".to_owned(),
            ("integer", ..) => "number".to_owned(),
            _ => "text".to_owned(),
        }
    }

    /// The lists of words, in alphabetical order.
    fn all_words(&mut self) {
        self.out
            .push_str("\n## Words\n\nWhat a field of type *word* takes. Words are written in lower case, with hyphens.\n");
        self.words
            .sort_by_key(|(name, _)| spaced(name).to_lowercase());
        for (name, of) in &self.words {
            self.out
                .push_str(&format!("\n### {}\n\n{}\n\n", spaced(name), described(of)));
            for (word, meaning) in words(of) {
                self.out.push_str(&format!("- `{word}`: {meaning}\n"));
            }
        }
    }
}

/// The types of one file that are still to be shown.
struct Types<'a> {
    of: &'a str,
    root: &'a Json,
    next: Vec<String>,
    seen: BTreeSet<String>,
}

/// The name of the type that a field refers to, directly or as the only choice besides none.
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

/// The words to choose from, each with its meaning.
fn words(of: &Json) -> impl Iterator<Item = (&str, &str)> {
    let one_of = of.get("oneOf").and_then(Json::as_array);
    one_of
        .into_iter()
        .flatten()
        .filter_map(|it| Some((it.get("const")?.as_str()?, described(it))))
}

fn described(of: &Json) -> &str {
    of.get("description")
        .and_then(Json::as_str)
        .unwrap_or_default()
}

/// A default that is worth saying: neither nothing nor an empty list.
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

/// The anchor that a heading gets.
fn anchor(title: &str) -> String {
    let letters = title.to_lowercase();
    let kept = letters
        .chars()
        .filter(|it| it.is_alphanumeric() || *it == ' ' || *it == '-');
    kept.map(|it| if it == ' ' { '-' } else { it }).collect()
}
