//! What an author may write: one type a kind of file, with the range of every id and reference; nothing linked.
//!
//! Entry: [`parse`]. Invariant: a file gives its record or at least one diagnostic, and never a panic.

mod framework;
mod gaps;
mod mapping;
mod measure;
mod page;
pub mod rules;
mod screen;
mod text;
mod use_case;
mod words;

pub use framework::{Cite, Framework, FrameworkNode, Kind, Status, fill};
pub use gaps::{GAP, gaps};
pub use mapping::{Mapping, MappingFile, MappingSet, NotMapped};
pub use measure::{Duties, Duty, Group, Measure, Practice, Related, UseCaseRelevance};
pub use page::{HomeMatter, PageMatter, Task, Term, Threat};
pub use screen::screen;
pub use text::{Entries, Ref, Text};
pub use use_case::{ActorEntry, Asset, Flow, FlowNode, Risk, UseCase, WeighedThreat, Zone};
pub use words::{
    Actor, Audience, Factor, FlowKind, Impact, Mark, MeasureKind, Method, Part, Phase, Property,
    Rationale, Relation, Relevance, ServiceModel, State, Style,
};

use std::sync::Arc;

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::diagnostic::Diagnostic;
use crate::markdown::{Document, Flavour, Highlighter};
use crate::source::{SourceLocation, SourcePath, Span};
use crate::structure::{self, shape, yaml};
use rules::{front_matter_missing, id_differs_from_file};

/// What a file is, by its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// `measures/groups.yaml`
    Groups,
    /// `measures/*.yaml`
    Measure,
    /// `mappings/*/set.yaml`
    Set,
    /// `mappings/*/*.yaml`
    Mappings,
    /// `frameworks/*/framework.yaml`
    Framework,
    /// `frameworks/*/*.yaml`
    Tree,
    /// `use-cases/*.yaml`
    UseCase,
    /// `threats.yaml`
    Threats,
    /// `glossary.yaml`
    Glossary,
    /// `index.md`
    Home,
    /// `guide/**/*.md`
    Page,
    /// `*.md` beside a record: its prose
    Prose,
    /// A picture or a document that texts can show or lead to.
    Asset,
}

/// The endings of files that texts can show or lead to.
const ASSETS: [&str; 8] = ["png", "jpg", "jpeg", "svg", "webp", "gif", "pdf", "csv"];

impl FileKind {
    /// The kinds of YAML files, with the name of their schema.
    pub const YAML: [(Self, &'static str); 9] = [
        (Self::Measure, "measure"),
        (Self::Groups, "groups"),
        (Self::Mappings, "mappings"),
        (Self::Set, "set"),
        (Self::Framework, "framework"),
        (Self::Tree, "tree"),
        (Self::UseCase, "use-case"),
        (Self::Threats, "threats"),
        (Self::Glossary, "glossary"),
    ];

    /// What the file at a path, relative to the content folder, is.
    #[must_use]
    pub fn of(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.split('/').collect();
        let (stem, ending) = parts.last()?.rsplit_once('.')?;
        let yaml = matches!(ending, "yaml" | "yml");
        Some(match (parts.as_slice(), stem) {
            (["index.md"], _) => Self::Home,
            (["guide", ..], _) if ending == "md" => Self::Page,
            (["measures" | "use-cases", _] | ["frameworks", _, _], _) if ending == "md" => {
                Self::Prose
            }
            (["threats.yaml" | "threats.yml"], _) => Self::Threats,
            (["glossary.yaml" | "glossary.yml"], _) => Self::Glossary,
            (["measures", _], "groups") if yaml => Self::Groups,
            (["measures", _], _) if yaml => Self::Measure,
            (["use-cases", _], _) if yaml => Self::UseCase,
            (["mappings", _, _], "set") if yaml => Self::Set,
            (["mappings", _, _], _) if yaml => Self::Mappings,
            (["frameworks", _, _], "framework") if yaml => Self::Framework,
            (["frameworks", _, _], _) if yaml => Self::Tree,
            _ if ASSETS.contains(&ending.to_ascii_lowercase().as_str()) => Self::Asset,
            _ => return None,
        })
    }

    /// The JSON Schema of the kind's YAML, for editors and the manual; none where the file has none.
    #[must_use]
    pub fn schema(self) -> Option<serde_json::Value> {
        Some(match self {
            Self::Groups => shape::yaml_schema_of::<Vec<Group>>(),
            Self::Measure => shape::yaml_schema_of::<Measure>(),
            Self::Set => shape::yaml_schema_of::<MappingSet>(),
            Self::Mappings => shape::yaml_schema_of::<MappingFile>(),
            Self::Framework => shape::yaml_schema_of::<Framework>(),
            Self::Tree => shape::yaml_schema_of::<FrameworkNode>(),
            Self::UseCase => shape::yaml_schema_of::<UseCase>(),
            Self::Threats => shape::yaml_schema_of::<Vec<Threat>>(),
            Self::Glossary => shape::yaml_schema_of::<Vec<Term>>(),
            Self::Home => shape::yaml_schema_of::<HomeMatter>(),
            Self::Page => shape::yaml_schema_of::<PageMatter>(),
            Self::Prose | Self::Asset => return None,
        })
    }
}

/// A file as its author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// `measures/groups.yaml`
    Groups(Vec<Group>),
    /// `measures/*.yaml`
    Measure(Measure),
    /// `mappings/*/set.yaml`
    Set(MappingSet),
    /// `mappings/*/*.yaml`
    Mappings(MappingFile),
    /// `frameworks/*/framework.yaml`
    Framework(Framework),
    /// `frameworks/*/*.yaml`
    Tree(FrameworkNode),
    /// `use-cases/*.yaml`
    UseCase(UseCase),
    /// `threats.yaml`
    Threats(Vec<Threat>),
    /// `glossary.yaml`
    Glossary(Vec<Term>),
    /// `index.md`
    Home(HomeMatter, Body),
    /// `guide/**/*.md`
    Page(PageMatter, Body),
    /// `*.md` beside a record
    Prose(Body),
}

/// The Markdown of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Body {
    /// Where it begins in the file, in bytes: after the front matter.
    pub offset: usize,
    /// The prose.
    pub document: Arc<Document>,
}

/// The record in a file. `relative` is its path in the content folder.
///
/// # Errors
/// Everything that keeps the file from being a record.
pub fn parse(
    path: &SourcePath,
    relative: &str,
    bytes: &[u8],
    highlighter: &Highlighter,
) -> Result<Option<Record>, Vec<Diagnostic>> {
    let kind = match FileKind::of(relative) {
        None | Some(FileKind::Asset) => return Ok(None),
        Some(kind) => kind,
    };
    let text = structure::text(path, bytes)?;
    let text = &*screen::cleaned(text, path.ends_with(".md"));
    let body = |offset: usize| Body {
        offset,
        document: Arc::new(Document::parse(
            &text[offset..],
            Flavour::Block,
            highlighter,
        )),
    };
    let record = match kind {
        FileKind::Groups => Record::Groups(yaml::typed(path, text)?),
        FileKind::Threats => Record::Threats(yaml::typed(path, text)?),
        FileKind::Glossary => Record::Glossary(yaml::typed(path, text)?),
        FileKind::Measure => {
            let it: Measure = yaml::typed(path, text)?;
            named(path, stem(relative), &it.id)?;
            Record::Measure(it)
        }
        FileKind::UseCase => {
            let it: UseCase = yaml::typed(path, text)?;
            named(path, stem(relative), &it.id)?;
            Record::UseCase(it)
        }
        FileKind::Mappings => {
            let it: MappingFile = yaml::typed(path, text)?;
            named(path, stem(relative), &it.measure)?;
            Record::Mappings(it)
        }
        FileKind::Set => {
            let it: MappingSet = yaml::typed(path, text)?;
            named(path, folder(relative), &it.framework)?;
            Record::Set(it)
        }
        FileKind::Framework => {
            let it: Framework = yaml::typed(path, text)?;
            named(path, folder(relative), &it.id)?;
            Record::Framework(it)
        }
        FileKind::Tree => Record::Tree(yaml::typed(path, text)?),
        FileKind::Home => {
            let (matter, offset) = front_matter(path, text)?;
            Record::Home(matter, body(offset))
        }
        FileKind::Page => {
            let (matter, offset) = front_matter(path, text)?;
            Record::Page(matter, body(offset))
        }
        FileKind::Prose => Record::Prose(body(0)),
        FileKind::Asset => return Ok(None),
    };
    Ok(Some(record))
}

/// The last part of a path without its ending.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The name of the folder that a file stands in.
fn folder(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

fn named(path: &SourcePath, wanted: &str, id: &Ref) -> Result<(), Vec<Diagnostic>> {
    if id.value == wanted {
        return Ok(());
    }
    let place = SourceLocation {
        path: path.clone(),
        span: id.span,
    };
    Err(vec![id_differs_from_file::at(&place, id, wanted)])
}

/// The front matter of a page, and where its body begins.
fn front_matter<T: DeserializeOwned + JsonSchema>(
    path: &SourcePath,
    text: &str,
) -> Result<(T, usize), Vec<Diagnostic>> {
    let first = text.find('\n').map_or(text.len(), |end| end + 1);
    let opening = text[..first].trim_end();
    let place = SourceLocation {
        path: path.clone(),
        span: Span::new(0, opening.len()),
    };
    if opening != "---" {
        return Err(vec![front_matter_missing::at(&place)]);
    }
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            // The leading `---` is YAML's own mark of a document, so that every range stays true.
            let matter = yaml::typed(path, &text[..at])?;
            return Ok((matter, at + line.len()));
        }
        at += line.len();
    }
    Err(vec![front_matter_missing::open(&place)])
}
