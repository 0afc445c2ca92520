//! `controlbook schema`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::terminal::Terminal;
use super::{Failure, Outcome, book};
use crate::host::create;
use crate::schema::FileKind;

#[derive(Args)]
pub(super) struct Arguments {
    /// The kind of file; without it, every kind is named.
    #[arg(value_parser = PossibleValuesParser::new(FileKind::YAML.map(|(_, name)| name)))]
    kind: Option<String>,
    /// Write the schemas of all kinds into this folder.
    #[arg(short, long, conflicts_with = "kind")]
    dest_dir: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    if let Some(folder) = &arguments.dest_dir {
        book::refuse_in_sources(folder)?;
        create::replace(folder, &files()).map_err(|it| it.to_string())?;
        let count = FileKind::YAML.len();
        terminal.say(&format!(
            "Wrote {count} schemas into {}; a YAML file names its own in its first line.",
            folder.display()
        ));
        return Ok(Outcome::Clean);
    }
    let Some(name) = &arguments.kind else {
        let names: Vec<_> = FileKind::YAML.iter().map(|(_, name)| *name).collect();
        Terminal::result(&format!("{}\n", names.join("\n")));
        terminal.say(
            "`controlbook schema KIND` prints one, `controlbook schema -d schemas` writes all.",
        );
        return Ok(Outcome::Clean);
    };
    let kind = FileKind::YAML.into_iter().find(|(_, it)| it == name);
    let text = kind
        .and_then(|(kind, _)| text(kind))
        .ok_or_else(|| format!("there is no kind `{name}`"))?;
    Terminal::result(&text);
    Ok(Outcome::Clean)
}

/// The schemas of all kinds, by file name.
pub(super) fn files() -> Vec<(String, Vec<u8>)> {
    let all = FileKind::YAML.into_iter();
    all.filter_map(|(kind, name)| Some((format!("{name}.schema.json"), text(kind)?.into_bytes())))
        .collect()
}

fn text(kind: FileKind) -> Option<String> {
    let schema = kind.schema()?;
    let text = serde_json::to_string_pretty(&schema).expect("a schema is plain data");
    Some(format!("{text}\n"))
}
