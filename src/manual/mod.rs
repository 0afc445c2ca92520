//! The author's manual in Markdown, generated from types, rules and the command line.
//!
//! Entry: [`page`]. Invariant: facts that the program knows are not repeated by hand; `manual/` holds the generated pages.

pub mod commands;
pub mod fields;
pub mod rules;
mod text;
pub mod theme;
pub mod writing;

use include_dir::{Dir, include_dir};

use crate::source::Sources;

/// The pictures of the manual.
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/manual/pictures");

/// The name of the index page.
pub const INDEX: &str = "index";

/// The names of all pages, in reading order.
pub const PAGES: [&str; 12] = [
    INDEX, "writing", "fields", "rules", "commands", "theme", "preview", "ci", "editor", "hosting",
    "security", "scale",
];

/// The first line of a generated page.
const GENERATED: &str =
    "<!-- Made by `controlbook manual -d manual`. Change the source, not this file. -->\n\n";

/// The file name of a page.
#[must_use]
pub fn file_name(name: &str) -> String {
    let name = if name == INDEX { "README" } else { name };
    format!("{name}.md")
}

/// The pictures of the manual, by their paths relative to the pages.
pub fn pictures() -> impl Iterator<Item = (String, &'static [u8])> {
    PICTURES.files().filter_map(|file| {
        let name = file.path().to_str()?;
        Some((format!("pictures/{name}"), file.contents()))
    })
}

/// A page of the manual; none if there is no page of this name. `commands` describes the command line, `starter` is the book of the
/// examples.
#[must_use]
pub fn page(name: &str, commands: &clap::Command, starter: &Sources) -> Option<String> {
    Some(match name {
        "writing" => format!("{GENERATED}{}", writing::page()),
        "fields" => format!("{GENERATED}{}", fields::page()),
        "rules" => format!("{GENERATED}{}", rules::page(starter)),
        "commands" => format!("{GENERATED}{}", commands::page(commands)),
        "theme" => format!("{GENERATED}{}", theme::page()),
        INDEX => include_str!("../../manual/README.md").to_owned(),
        "preview" => include_str!("../../manual/preview.md").to_owned(),
        "ci" => include_str!("../../manual/ci.md").to_owned(),
        "hosting" => include_str!("../../manual/hosting.md").to_owned(),
        "security" => include_str!("../../manual/security.md").to_owned(),
        "scale" => include_str!("../../manual/scale.md").to_owned(),
        "editor" => include_str!("../../manual/editor.md").to_owned(),
        _ => return None,
    })
}
