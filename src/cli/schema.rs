//! `controlbook schema`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::terminal::Terminal;
use super::{Failure, Outcome, book};
use crate::export::data::schema;
use crate::host::create;
use crate::schema::FileKind;

/// The name of the schema that the site's data have.
const CATALOGUE: &str = "catalogue";

#[derive(Args)]
pub(super) struct Arguments {
    /// The kind of file, or `catalogue` for the data of a site; without it, every kind is named.
    #[arg(value_parser = PossibleValuesParser::new(names()))]
    kind: Option<String>,
    /// Write the schemas of all kinds into this folder.
    #[arg(short, long, conflicts_with = "kind")]
    dest_dir: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    if let Some(folder) = &arguments.dest_dir {
        book::refuse_in_sources(folder)?;
        let mut files = files();
        files.push(file(CATALOGUE, schema()));
        create::write_files(folder, &files).map_err(|it| it.to_string())?;
        terminal.say(&format!(
            "Wrote {} schemas into {}; a YAML file names its own in its first line.",
            files.len(),
            folder.display()
        ));
        return Ok(Outcome::Clean);
    }
    let Some(name) = &arguments.kind else {
        let names: Vec<_> = names().collect();
        Terminal::result(&format!("{}\n", names.join("\n")));
        terminal.say(
            "`controlbook schema KIND` prints one, `controlbook schema -d schemas` writes all.",
        );
        return Ok(Outcome::Clean);
    };
    let kind = FileKind::YAML.into_iter().find(|(_, it)| it == name);
    let text = match kind {
        Some((kind, _)) => text(kind),
        None => Some(schema()),
    };
    Terminal::result(&text.ok_or_else(|| format!("there is no kind `{name}`"))?);
    Ok(Outcome::Clean)
}

fn names() -> impl Iterator<Item = &'static str> {
    let kinds = FileKind::YAML.into_iter().map(|(_, name)| name);
    kinds.chain([CATALOGUE])
}

/// The schemas of all kinds of files that authors write, by file name.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let all = FileKind::YAML.into_iter();
    all.filter_map(|(kind, name)| Some(file(name, text(kind)?)))
        .collect()
}

fn file(name: &str, text: String) -> (String, Vec<u8>) {
    (format!("{name}.schema.json"), text.into_bytes())
}

fn text(kind: FileKind) -> Option<String> {
    let schema = kind.schema()?;
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    Some(format!("{text}\n"))
}
