//! The theme: built in, with the book's own files laid over it by path.
//!
//! Entry: [`Theme::load`], [`Theme::check`]. Invariant: adding a style sheet or a symbol touches no list.

mod anchors;
mod brand;
pub mod built_in;
mod colours;
mod inline;
mod layouts;
mod listed;
mod minify;
mod mistake;
mod own;
mod palette;
pub mod rules;
mod sheet;
mod template;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use memchr::memmem;
use serde::Serialize;
use tera::Tera;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Sources};
pub use anchors::{outgoing, reserved};
pub(crate) use brand::{IconView, LogoView};
use colours::Used;
pub(crate) use layouts::Templates;
use layouts::{filled, templates};
pub use listed::{Token, blocks, tokens};
use rules::template_mistake::RULE as TEMPLATE_MISTAKE;
use sheet::Mode;

/// The scripts that search, joined under the name of the first: one request for what is always loaded together.
const ENGINE: [&str; 4] = ["search.js", "query.js", "rank.js", "results.js"];

/// Style sheets in the order in which they are joined; others follow by name.
const ORDER: [&str; 4] = ["tokens.css", "base.css", "layout.css", "parts.css"];

/// The folder of the templates.
const TEMPLATES: &str = "templates/";

/// Where a page's symbols go: only those that it uses.
const SPRITE: &str = "<!--sprite-->";

/// Templates, style sheets, scripts and symbols.
#[derive(Debug)]
pub struct Theme {
    tera: Arc<Tera>,
    /// The book's own files: those that are not the built-in ones.
    own: BTreeMap<String, Vec<u8>>,
    symbols: BTreeMap<String, String>,
    /// The templates with the layout of chapters, read when a chapter is first asked for.
    chapters: OnceLock<Result<Tera, Box<Diagnostic>>>,
}

impl Theme {
    /// The built-in theme with the book's `theme/` laid over it. Templates that are the same `before` are not read again.
    ///
    /// # Errors
    /// Every template that can't be read.
    pub fn load(sources: &Sources, before: Option<&Self>) -> Result<Self, Vec<Diagnostic>> {
        let files = sources.under("theme/");
        let own: BTreeMap<_, _> = files
            .map(|(path, bytes)| (path["theme/".len()..].to_owned(), bytes.to_vec()))
            .filter(|(path, bytes)| !built_in::is_same(path, bytes))
            .collect();
        let mut mistakes = not_text(&own);
        let known = before.filter(|it| under(&it.own, TEMPLATES).eq(under(&own, TEMPLATES)));
        let tera = match known {
            Some(known) => known.tera.clone(),
            None => Arc::new(templates(&own, &mut mistakes)),
        };
        if mistakes.is_empty() {
            let symbols = symbols(&own);
            Ok(Self {
                tera,
                own,
                symbols,
                chapters: OnceLock::new(),
            })
        } else {
            Err(mistakes)
        }
    }

    /// What is wrong with the book's own files, and with what `book.toml` asks of the theme.
    #[must_use]
    pub fn check(&self, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
        own::check(self, config, sources)
    }

    /// Whether a template is the book's own.
    #[must_use]
    pub fn has_own_templates(&self) -> bool {
        under(&self.own, TEMPLATES).next().is_some()
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
        shell: String,
        pieces: impl Iterator<Item = &'a str>,
    ) -> String {
        let Some(at) = memmem::find(shell.as_bytes(), SPRITE.as_bytes()) else {
            return shell;
        };
        let mut used: Vec<&str> = pieces.flat_map(used_in).collect();
        used.extend(used_in(&shell));
        [
            &shell[..at],
            &self.sprite(used),
            &shell[at + SPRITE.len()..],
        ]
        .concat()
    }

    fn chapters(&self) -> Result<&Tera, Box<Diagnostic>> {
        let read = || layouts::chapters(&self.own);
        self.chapters
            .get_or_init(read)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The symbols of these names, each once.
    fn sprite(&self, mut used: Vec<&str>) -> String {
        used.sort_unstable();
        used.dedup();
        let symbols: Vec<_> = used
            .into_iter()
            .filter_map(|id| self.symbols.get(id))
            .map(String::as_str)
            .collect();
        symbols.join("\n")
    }

    /// Style sheets joined, scripts and everything else as it is, by path in the site.
    #[must_use]
    pub fn assets(&self, config: &Config) -> Vec<(String, Vec<u8>)> {
        let accents = colours::accents(&config.theme, &self.used());
        let chosen = colours::chosen(&accents);
        let mut site = Vec::new();
        for name in self.sheets() {
            let sheet = self.asset(&format!("css/{name}"));
            let chosen = if name == ORDER[0] { &chosen[..] } else { &[] };
            // A sheet is text, or the theme would not have been loaded.
            let text = String::from_utf8(sheet).unwrap_or_default();
            site.extend(sheet::replaced(&text, chosen).into_bytes());
        }
        site.extend_from_slice(brand::style(&config.theme).as_bytes());
        let mut print = self.asset("css/print.css");
        let foot = format!(
            "@page {{@bottom-left {{content: \"{}\"; font: 8pt sans-serif}}}}\n",
            css_text(&config.book.title)
        );
        print.extend_from_slice(foot.as_bytes());
        let mut out = vec![
            ("assets/site.css".to_owned(), site),
            ("assets/print.css".to_owned(), print),
        ];
        let engine = ENGINE.iter().flat_map(|it| self.asset(&format!("js/{it}")));
        out.push((format!("assets/{}", ENGINE[0]), engine.collect()));
        for path in self.paths() {
            match path.split_once('/') {
                Some(("templates" | "icons" | "css", _)) => {}
                Some(("js", name)) if ENGINE.contains(&name) => {}
                Some(("js", name)) => out.push((format!("assets/{name}"), self.asset(&path))),
                _ => out.push((format!("assets/{path}"), self.picture(&path, &chosen))),
            }
        }
        out
    }

    /// The bytes of a file, the book's own before the built-in one.
    fn file(&self, path: &str) -> &[u8] {
        let own = self.own.get(path).map(Vec::as_slice);
        own.or_else(|| built_in::file(path)).unwrap_or_default()
    }

    /// Every path, sorted.
    fn paths(&self) -> Vec<String> {
        let mut out = built_in::paths();
        out.extend(self.own.keys().cloned());
        out.sort();
        out.dedup();
        out
    }

    /// The style sheets of the screen, in the order in which they are joined.
    fn sheets(&self) -> Vec<String> {
        let paths = self.paths().into_iter();
        let mut sheets: Vec<_> = paths
            .filter_map(|it| it.strip_prefix("css/").map(str::to_owned))
            .filter(|it| it != "print.css" && it.rsplit('.').next() == Some("css"))
            .collect();
        let place = |name: &String| {
            ORDER
                .iter()
                .position(|it| it == name)
                .unwrap_or(ORDER.len())
        };
        sheets.sort_by_key(|name| (place(name), name.clone()));
        sheets
    }

    /// The tokens of the theme before a setting changes one.
    fn used(&self) -> Used {
        self.used_with(&Vec::new())
    }

    /// The tokens of all sheets: chosen colours take the place of those in the first one.
    fn used_with(&self, chosen: &colours::Chosen) -> Used {
        let mut used = Used::default();
        for name in self.sheets() {
            let path = format!("css/{name}");
            let own = self.own.contains_key(&path);
            let source: Option<SourcePath> = own.then(|| format!("theme/{path}").into());
            used.add(
                source.as_ref(),
                std::str::from_utf8(self.file(&path)).unwrap_or_default(),
            );
            if name == ORDER[0] {
                used.with(chosen);
            }
        }
        used
    }

    /// A script or style sheet: the built-in one minified, a book's own as it is.
    fn asset(&self, path: &str) -> Vec<u8> {
        if self.own.contains_key(path) {
            return self.file(path).to_vec();
        }
        let minified = built_in::text(path).map(|it| match path.split_once('/') {
            Some(("css", _)) => minify::style(it),
            _ => minify::script(it),
        });
        minified.unwrap_or_default().into_bytes()
    }

    /// A file that is shown as it is; the built-in mark of the browser's tab has the accent.
    fn picture(&self, path: &str, chosen: &colours::Chosen) -> Vec<u8> {
        let accent = chosen
            .iter()
            .find(|(mode, name, _)| (*mode, *name) == (Mode::Light, "accent"));
        match (accent, path) {
            (Some((.., accent)), "favicon.svg") if !self.own.contains_key(path) => {
                let built_in = built_in::text("css/tokens.css").unwrap_or_default();
                let ours = Used::of([(None, built_in)]).get(Mode::Light, "accent");
                let text = built_in::text(path).unwrap_or_default();
                let ours = ours.map_or_else(String::new, |it| it.to_string());
                text.replace(&ours, &accent.to_string()).into_bytes()
            }
            _ => self.file(path).to_vec(),
        }
    }
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

/// Files that have to be text and are not.
fn not_text(own: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let texts = own.iter().filter(|(path, _)| {
        let folder = path.split_once('/').map(|it| it.0);
        matches!(folder, Some("templates" | "icons" | "css" | "js"))
    });
    let wrong = texts.filter(|(_, bytes)| std::str::from_utf8(bytes).is_err());
    wrong
        .map(|(path, _)| {
            let path: SourcePath = format!("theme/{path}").into();
            Diagnostic::of_file(&TEMPLATE_MISTAKE, &path, "the file is not UTF-8")
        })
        .collect()
}

/// The symbols of both, by id.
fn symbols(own: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let built_in = built_in::paths().into_iter();
    let built_in = built_in.filter_map(|it| Some((it.clone(), built_in::file(&it)?)));
    let own = own
        .iter()
        .map(|(path, bytes)| (path.clone(), bytes.as_slice()));
    let mut out = BTreeMap::new();
    for (path, bytes) in built_in.chain(own) {
        if let (Some(name), Ok(text)) = (path.strip_prefix("icons/"), std::str::from_utf8(bytes)) {
            let name = name.trim_end_matches(".svg");
            out.insert(name.to_owned(), text.trim().to_owned());
        }
    }
    out
}

/// Text for a quoted string in a style sheet.
fn css_text(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_alphanumeric() || c == ' ' => c.to_string(),
        c => format!("\\{:x} ", c as u32),
    };
    text.chars().map(escape).collect()
}

/// The names of the symbols that a piece of a page uses.
fn used_in(piece: &str) -> impl Iterator<Item = &str> {
    const USE: &str = "<use href=\"#";
    let uses = memmem::find_iter(piece.as_bytes(), USE);
    uses.filter_map(|at| piece[at + USE.len()..].split('"').next())
}
