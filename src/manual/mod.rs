//! The author's manual, as Markdown: what the types, the rules and the command line say of themselves.
//!
//! Entry: [`page`]. Invariant: a fact that the program knows is not written a second time; the pages in `manual/` are these.

pub mod commands;
pub mod fields;
pub mod rules;
mod text;
pub mod theme;
pub mod writing;

use include_dir::{Dir, include_dir};

use crate::source::Sources;

/// The pictures that pages show.
static PICTURES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/manual/pictures");

/// The name of the index.
pub const INDEX: &str = "index";

/// The names of all pages, in reading order.
pub const PAGES: [&str; 12] = [
    INDEX, "writing", "fields", "rules", "commands", "theme", "preview", "ci", "editor", "hosting",
    "security", "scale",
];

/// Stands at the head of a page that is made.
const MADE: &str =
    "<!-- Made by `controlbook manual -d manual`. Change the source, not this file. -->\n\n";

/// The file of a page.
#[must_use]
pub fn file(name: &str) -> String {
    let name = if name == INDEX { "README" } else { name };
    format!("{name}.md")
}

/// The pictures of the pages, by their paths beside them.
pub fn pictures() -> impl Iterator<Item = (String, &'static [u8])> {
    PICTURES.files().filter_map(|it| {
        let name = it.path().to_str()?;
        Some((format!("pictures/{name}"), it.contents()))
    })
}

/// A page of the manual; none where there is no such page. `commands` is the command line, `starter` the book of the examples.
#[must_use]
pub fn page(name: &str, commands: &clap::Command, starter: &Sources) -> Option<String> {
    Some(match name {
        "writing" => format!("{MADE}{}", writing::page()),
        "fields" => format!("{MADE}{}", fields::page()),
        "rules" => format!("{MADE}{}", rules::page(starter)),
        "commands" => format!("{MADE}{}", commands::page(commands)),
        "theme" => format!("{MADE}{}", theme::page()),
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
