//! The records that authors write: one type for each kind of file, with the range of each id and reference. Nothing is linked yet.
//!
//! Entry: [`parse`]. Invariant: a file yields its record or at least one diagnostic; parsing never panics. The doc comments of the
//! types are the help that authors see in their editor and in the manual.

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
use crate::structure::{self, json_schema, yaml};
use rules::{front_matter_missing, id_differs_from_file};

/// The kind of a file, determined by its path.
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
    /// A picture or document that texts can show or link to.
    Asset,
}

/// The extensions of assets.
const ASSET_EXTENSIONS: [&str; 8] = ["png", "jpg", "jpeg", "svg", "webp", "gif", "pdf", "csv"];

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

    /// The kind of the file at a path, relative to the content folder.
    #[must_use]
    pub fn from_path(path: &str) -> Option<Self> {
        let parts: Vec<_> = path.split('/').collect();
        let (stem, extension) = parts.last()?.rsplit_once('.')?;
        let yaml = matches!(extension, "yaml" | "yml");
        Some(match (parts.as_slice(), stem) {
            (["index.md"], _) => Self::Home,
            (["guide", ..], _) if extension == "md" => Self::Page,
            (["measures" | "use-cases", _] | ["frameworks", _, _], _) if extension == "md" => {
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
            _ if ASSET_EXTENSIONS.contains(&extension.to_ascii_lowercase().as_str()) => Self::Asset,
            _ => return None,
        })
    }

    /// The JSON Schema of the YAML in such a file, for editors and the manual; none for prose and assets.
    #[must_use]
    pub fn schema(self) -> Option<serde_json::Value> {
        Some(match self {
            Self::Groups => json_schema::for_yaml::<Vec<Group>>(),
            Self::Measure => json_schema::for_yaml::<Measure>(),
            Self::Set => json_schema::for_yaml::<MappingSet>(),
            Self::Mappings => json_schema::for_yaml::<MappingFile>(),
            Self::Framework => json_schema::for_yaml::<Framework>(),
            Self::Tree => json_schema::for_yaml::<FrameworkNode>(),
            Self::UseCase => json_schema::for_yaml::<UseCase>(),
            Self::Threats => json_schema::for_yaml::<Vec<Threat>>(),
            Self::Glossary => json_schema::for_yaml::<Vec<Term>>(),
            Self::Home => json_schema::for_yaml::<HomeMatter>(),
            Self::Page => json_schema::for_yaml::<PageMatter>(),
            Self::Prose | Self::Asset => return None,
        })
    }
}

/// The content of a file as its author wrote it.
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
    /// The offset of the body in the file, in bytes, after the front matter.
    pub offset: usize,
    /// The prose.
    pub document: Arc<Document>,
}

/// Parses a file into its record; none for assets and unknown files. `relative` is its path in the content folder.
///
/// # Errors
/// All mistakes that prevent the file from becoming a record.
pub fn parse(
    path: &SourcePath,
    relative: &str,
    bytes: &[u8],
    highlighter: &Highlighter,
) -> Result<Option<Record>, Vec<Diagnostic>> {
    let kind = match FileKind::from_path(relative) {
        None | Some(FileKind::Asset) => return Ok(None),
        Some(kind) => kind,
    };
    let text = structure::decode(path, bytes)?;
    let text = &*screen::blank_controls(text, path.ends_with(".md"));
    let body = |offset: usize| Body {
        offset,
        document: Arc::new(Document::parse(
            &text[offset..],
            Flavour::Block,
            highlighter,
        )),
    };
    let record = match kind {
        FileKind::Groups => Record::Groups(yaml::parse(path, text)?),
        FileKind::Threats => Record::Threats(yaml::parse(path, text)?),
        FileKind::Glossary => Record::Glossary(yaml::parse(path, text)?),
        FileKind::Measure => {
            let measure: Measure = yaml::parse(path, text)?;
            check_id(path, stem(relative), &measure.id)?;
            Record::Measure(measure)
        }
        FileKind::UseCase => {
            let use_case: UseCase = yaml::parse(path, text)?;
            check_id(path, stem(relative), &use_case.id)?;
            Record::UseCase(use_case)
        }
        FileKind::Mappings => {
            let mappings: MappingFile = yaml::parse(path, text)?;
            check_id(path, stem(relative), &mappings.measure)?;
            Record::Mappings(mappings)
        }
        FileKind::Set => {
            let set: MappingSet = yaml::parse(path, text)?;
            check_id(path, folder_name(relative), &set.framework)?;
            Record::Set(set)
        }
        FileKind::Framework => {
            let framework: Framework = yaml::parse(path, text)?;
            check_id(path, folder_name(relative), &framework.id)?;
            Record::Framework(framework)
        }
        FileKind::Tree => Record::Tree(yaml::parse(path, text)?),
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

/// The file name in a path, without its extension.
#[must_use]
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The name of the folder that contains a file.
fn folder_name(path: &str) -> &str {
    path.rsplit('/').nth(1).unwrap_or_default()
}

/// Checks that the id of a record equals the name of its file or folder.
fn check_id(path: &SourcePath, wanted: &str, id: &Ref) -> Result<(), Vec<Diagnostic>> {
    if id.value == wanted {
        return Ok(());
    }
    let location = SourceLocation {
        path: path.clone(),
        span: id.span,
    };
    Err(vec![id_differs_from_file::report(&location, id, wanted)])
}

/// Parses the front matter of a page; returns it with the offset of the body.
fn front_matter<T: DeserializeOwned + JsonSchema>(
    path: &SourcePath,
    text: &str,
) -> Result<(T, usize), Vec<Diagnostic>> {
    let first = text.find('\n').map_or(text.len(), |end| end + 1);
    let opening = text[..first].trim_end();
    let location = SourceLocation {
        path: path.clone(),
        span: Span::new(0, opening.len()),
    };
    if opening != "---" {
        return Err(vec![front_matter_missing::report(&location)]);
    }
    let mut offset = first;
    for line in text[first..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            // The leading `---` is YAML's document marker, so it is left in and every range stays valid.
            let matter = yaml::parse(path, &text[..offset])?;
            return Ok((matter, offset + line.len()));
        }
        offset += line.len();
    }
    Err(vec![front_matter_missing::unclosed(&location)])
}
