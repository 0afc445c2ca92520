//! The theme: built in, with the book's own files laid over it by path.
//!
//! Entry: [`Theme::load`]. Invariant: adding a style sheet or a symbol touches no list.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};
use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use super::TEMPLATE_MISTAKE;
use super::lean;
use crate::diagnostic::Diagnostic;
use crate::source::{Place, SourcePath, Sources, Span};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/theme");

/// Style sheets in the order in which they are joined; others follow by name.
const ORDER: [&str; 4] = ["tokens.css", "base.css", "layout.css", "parts.css"];

/// The folder of the templates.
const TEMPLATES: &str = "templates/";

/// The layout of pages, and the block of it that holds what a page is about.
const LAYOUT: &str = "layout.html";
const BODY: &str = "body";

/// Where a page's symbols go: only those that it uses.
const SPRITE: &str = "<!--sprite-->";

/// Templates, style sheets, scripts and symbols.
#[derive(Debug)]
pub struct Theme {
    tera: Arc<Tera>,
    files: BTreeMap<String, Vec<u8>>,
    symbols: BTreeMap<String, String>,
    /// The templates with the layout of chapters, read when a chapter is first asked for.
    chapters: OnceLock<Result<Tera, Box<Diagnostic>>>,
}

/// The templates of a theme under one of its layouts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Templates<'a> {
    /// As pages.
    Pages(&'a Theme),
    /// As chapters of the document.
    Chapters(&'a Theme),
}

impl<'a> Templates<'a> {
    /// The theme.
    pub(super) fn theme(self) -> &'a Theme {
        match self {
            Self::Pages(theme) | Self::Chapters(theme) => theme,
        }
    }

    /// A page through its template, with the symbols that it uses; a chapter without them.
    pub(super) fn render(
        self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        match self {
            Self::Pages(theme) => {
                let html = theme.shell(template, view)?;
                Ok(theme.with_symbols(&html, std::iter::empty()))
            }
            Self::Chapters(theme) => filled(theme.chapters()?, template, view),
        }
    }
}

impl Theme {
    /// The built-in theme with the book's `theme/` laid over it. Templates that are the same `before` are not read again.
    ///
    /// # Errors
    /// Every template that can't be read.
    pub fn load(sources: &Sources, before: Option<&Self>) -> Result<Self, Vec<Diagnostic>> {
        let mut files = BTreeMap::new();
        collect(&BUILT_IN, &mut files);
        for (path, bytes) in sources.under("theme/") {
            files.insert(path["theme/".len()..].to_owned(), bytes.to_vec());
        }
        let mut templates = Vec::new();
        let mut symbols = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (path, bytes) in &files {
            let text = std::str::from_utf8(bytes);
            match (path.split_once('/'), text) {
                (Some(("templates", name)), Ok(text)) => {
                    templates.push((name.to_owned(), text.to_owned()));
                }
                (Some(("icons", name)), Ok(text)) => drop(symbols.insert(
                    name.trim_end_matches(".svg").to_owned(),
                    text.trim().to_owned(),
                )),
                (Some(("templates" | "icons" | "css" | "js", _)), Err(_)) => {
                    let path: SourcePath = format!("theme/{path}").into();
                    mistakes.push(Diagnostic::of_file(
                        &TEMPLATE_MISTAKE,
                        &path,
                        "the file is not UTF-8",
                    ));
                }
                _ => {}
            }
        }
        let known = before.filter(|it| under(&it.files, TEMPLATES).eq(under(&files, TEMPLATES)));
        let tera = known.map_or_else(
            || {
                let mut tera = Tera::default();
                if let Err(error) = tera.add_raw_templates(templates) {
                    mistakes.push(mistake(&error));
                }
                Arc::new(tera)
            },
            |it| it.tera.clone(),
        );
        if mistakes.is_empty() {
            Ok(Self {
                tera,
                files,
                symbols,
                chapters: OnceLock::new(),
            })
        } else {
            Err(mistakes)
        }
    }

    /// Whether both have the same templates.
    #[must_use]
    pub fn same_templates(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.tera, &other.tera)
    }

    /// A page through its template, without symbols.
    pub(super) fn shell(
        &self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        filled(&self.tera, template, view)
    }

    /// Puts the symbols that some pieces of a page use into its shell.
    pub(super) fn with_symbols<'a>(
        &self,
        shell: &'a str,
        pieces: impl Iterator<Item = &'a str>,
    ) -> String {
        let sprite = self.sprite(pieces.chain([shell]));
        shell.replacen(SPRITE, &sprite, 1)
    }

    fn chapters(&self) -> Result<&Tera, Box<Diagnostic>> {
        let read = || {
            let text = |(path, bytes): (&String, &Vec<u8>)| {
                let name = path[TEMPLATES.len()..].to_owned();
                let text = String::from_utf8_lossy(bytes).into_owned();
                let text = if name == LAYOUT { bare(&text) } else { text };
                (name, text)
            };
            let templates: Vec<_> = under(&self.files, TEMPLATES).map(text).collect();
            let mut tera = Tera::default();
            tera.add_raw_templates(templates)
                .map_err(|it| Box::new(mistake(&it)))?;
            Ok(tera)
        };
        self.chapters
            .get_or_init(read)
            .as_ref()
            .map_err(Clone::clone)
    }

    fn sprite<'a>(&self, pieces: impl Iterator<Item = &'a str>) -> String {
        let mut used: Vec<_> = pieces
            .flat_map(|it| it.split("<use href=\"#").skip(1))
            .filter_map(|it| it.split('"').next())
            .collect();
        used.sort_unstable();
        used.dedup();
        let symbols: Vec<_> = used
            .into_iter()
            .filter_map(|id| self.symbols.get(id))
            .map(String::as_str)
            .collect();
        symbols.join("\n")
    }

    /// Style sheets joined, scripts and everything else as it is, by path in the site. `title` stands in the foot of paper.
    #[must_use]
    pub fn assets(&self, title: &str) -> Vec<(String, Vec<u8>)> {
        let mut sheets: Vec<_> = self
            .files
            .keys()
            .filter_map(|it| it.strip_prefix("css/"))
            .filter(|it| *it != "print.css")
            .collect();
        sheets.sort_by_key(|name| {
            (
                ORDER
                    .iter()
                    .position(|it| it == name)
                    .unwrap_or(ORDER.len()),
                *name,
            )
        });
        let mut site = Vec::new();
        for name in sheets {
            site.extend(self.asset(&format!("css/{name}")));
        }
        let mut print = self.asset("css/print.css");
        let foot = format!(
            "@page {{@bottom-left {{content: \"{}\"; font: 8pt sans-serif}}}}\n",
            css_text(title)
        );
        print.extend_from_slice(foot.as_bytes());
        let mut out = vec![
            ("assets/site.css".to_owned(), site),
            ("assets/print.css".to_owned(), print),
        ];
        for (path, bytes) in &self.files {
            match path.split_once('/') {
                Some(("templates" | "icons" | "css", _)) => {}
                Some(("js", name)) => out.push((format!("assets/{name}"), self.asset(path))),
                _ => out.push((format!("assets/{path}"), bytes.clone())),
            }
        }
        out
    }

    /// A script or style sheet: the built-in one made lean, a book's own as it is.
    fn asset(&self, path: &str) -> Vec<u8> {
        let bytes = self.files.get(path).map_or(&[][..], Vec::as_slice);
        let built_in = BUILT_IN.get_file(path).filter(|it| it.contents() == bytes);
        let lean =
            built_in
                .and_then(|it| it.contents_utf8())
                .map(|it| match path.split_once('/') {
                    Some(("css", _)) => lean::style(it),
                    _ => lean::script(it),
                });
        lean.map_or_else(|| bytes.to_vec(), String::into_bytes)
    }
}

/// A layout that shows nothing but the body: the blocks of another are there, so that each template fits it.
fn bare(layout: &str) -> String {
    let tags = layout.split("{%").skip(1);
    let names = tags.filter_map(|it| {
        let words = it.trim_start_matches('-').trim_start();
        words.strip_prefix("block ")?.split([' ', '-', '%']).next()
    });
    let block = |name: &str| {
        let block = format!("{{% block {name} %}}{{% endblock {name} %}}");
        match name {
            BODY => block,
            _ => format!("{{% if false %}}{block}{{% endif %}}"),
        }
    };
    names.map(block).collect()
}

/// A template with a view in it.
fn filled(tera: &Tera, template: &str, view: &impl Serialize) -> Result<String, Box<Diagnostic>> {
    let context = Context::from_serialize(view).map_err(|it| Box::new(mistake(&it)))?;
    tera.render(template, &context)
        .map_err(|it| Box::new(mistake(&it)))
}

/// The files of a folder.
fn under<'a>(
    files: &'a BTreeMap<String, Vec<u8>>,
    folder: &'a str,
) -> impl Iterator<Item = (&'a String, &'a Vec<u8>)> {
    files
        .iter()
        .filter(move |(path, _)| path.starts_with(folder))
}

fn collect(dir: &Dir<'_>, files: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.replace('\\', "/"), file.contents().to_vec());
        }
    }
    dir.dirs().for_each(|it| collect(it, files));
}

/// Text for a quoted string in a style sheet.
fn css_text(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_alphanumeric() || c == ' ' => c.to_string(),
        c => format!("\\{:x} ", c as u32),
    };
    text.chars().map(escape).collect()
}

/// What Tera reports, at its place in the template.
fn mistake(error: &tera::Error) -> Diagnostic {
    let report = match error.kind() {
        ErrorKind::SyntaxError(it) | ErrorKind::RenderingError(it) => it,
        other => {
            let path: SourcePath = "theme/templates".into();
            return Diagnostic::of_file(&TEMPLATE_MISTAKE, &path, format!("{other:?}"));
        }
    };
    let path: SourcePath = format!("theme/templates/{}", report.filename()).into();
    let range = report.span().range.clone();
    let place = Place {
        path,
        span: Span::new(range.start, range.end),
    };
    Diagnostic::at(&TEMPLATE_MISTAKE, &place, report.message()).label("here")
}
