//! The theme: the built-in files, overridden by the book's own files of the same path.
//!
//! Entry: [`Theme::load`], [`Theme::check`]. Invariant: no list has to be changed to add a style sheet or a symbol.

mod anchors;
mod brand;
pub mod built_in;
mod check;
mod colours;
mod extension_points;
mod inline;
mod layouts;
mod minify;
mod palette;
pub mod rules;
mod sheet;
mod template;
mod template_error;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use memchr::memmem;
use serde::Serialize;
use tera::Tera;

use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, Sources};
pub use anchors::{external_addresses, reserved};
pub(crate) use brand::{IconView, LogoView};
use colours::TokenColours;
pub use extension_points::{TokenInfo, blocks, tokens};
pub(crate) use layouts::Templates;
use layouts::{page_templates, render};
use rules::template_mistake::RULE as TEMPLATE_MISTAKE;
use sheet::Mode;

/// The scripts of the search, joined under the name of the first one, since they are always loaded together.
const SEARCH_SCRIPTS: [&str; 4] = ["search.js", "query.js", "rank.js", "results.js"];

/// The order in which style sheets are joined; others follow by name.
const SHEET_ORDER: [&str; 4] = ["tokens.css", "base.css", "layout.css", "parts.css"];

/// The folder of the templates.
const TEMPLATES: &str = "templates/";

/// The placeholder for the symbols that a page uses.
const SPRITE: &str = "<!--sprite-->";

/// Templates, style sheets, scripts and symbols.
#[derive(Debug)]
pub struct Theme {
    tera: Arc<Tera>,
    /// The files of the book that differ from the built-in ones.
    own: BTreeMap<String, Vec<u8>>,
    symbols: BTreeMap<String, String>,
    /// The templates with the layout of chapters, loaded for the first chapter.
    chapters: OnceLock<Result<Tera, Box<Diagnostic>>>,
}

impl Theme {
    /// Loads the built-in theme and the book's `theme/`, which overrides it. If the templates of `before` are the same, they are reused.
    ///
    /// # Errors
    /// A diagnostic for each template that can't be parsed and each file that is not UTF-8.
    pub fn load(sources: &Sources, before: Option<&Self>) -> Result<Self, Vec<Diagnostic>> {
        let files = sources.under("theme/");
        let own: BTreeMap<_, _> = files
            .map(|(path, bytes)| (path["theme/".len()..].to_owned(), bytes.to_vec()))
            .filter(|(path, bytes)| !built_in::is_unchanged(path, bytes))
            .collect();
        let mut diagnostics = check_encoding(&own);
        let previous =
            before.filter(|it| files_in(&it.own, TEMPLATES).eq(files_in(&own, TEMPLATES)));
        let tera = match previous {
            Some(previous) => previous.tera.clone(),
            None => Arc::new(page_templates(&own, &mut diagnostics)),
        };
        if diagnostics.is_empty() {
            let symbols = load_symbols(&own);
            Ok(Self {
                tera,
                own,
                symbols,
                chapters: OnceLock::new(),
            })
        } else {
            Err(diagnostics)
        }
    }

    /// Checks the book's own files, and the settings of the theme in `book.toml`.
    #[must_use]
    pub fn check(&self, config: &Config, sources: &Sources) -> Vec<Diagnostic> {
        check::check(self, config, sources)
    }

    /// Whether the book has templates of its own.
    #[must_use]
    pub fn has_own_templates(&self) -> bool {
        files_in(&self.own, TEMPLATES).next().is_some()
    }

    /// Whether both themes share the same templates.
    #[must_use]
    pub fn has_same_templates(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.tera, &other.tera)
    }

    /// Renders a page without its symbols.
    pub(super) fn render_without_symbols(
        &self,
        template: &str,
        view: &impl Serialize,
    ) -> Result<String, Box<Diagnostic>> {
        render(&self.tera, template, view)
    }

    /// Inserts the symbols that a page and its fragments use.
    pub(super) fn insert_symbols<'a>(
        &self,
        html: String,
        fragments: impl Iterator<Item = &'a str>,
    ) -> String {
        let Some(at) = memmem::find(html.as_bytes(), SPRITE.as_bytes()) else {
            return html;
        };
        let mut ids: Vec<&str> = fragments.flat_map(used_symbols).collect();
        ids.extend(used_symbols(&html));
        [&html[..at], &self.sprite(ids), &html[at + SPRITE.len()..]].concat()
    }

    fn chapter_templates(&self) -> Result<&Tera, Box<Diagnostic>> {
        let load = || layouts::chapter_templates(&self.own);
        self.chapters
            .get_or_init(load)
            .as_ref()
            .map_err(Clone::clone)
    }

    /// The symbols with these ids, each once.
    fn sprite(&self, mut ids: Vec<&str>) -> String {
        ids.sort_unstable();
        ids.dedup();
        let symbols: Vec<_> = ids
            .into_iter()
            .filter_map(|id| self.symbols.get(id))
            .map(String::as_str)
            .collect();
        symbols.join("\n")
    }

    /// The files of the theme by path in the site: style sheets joined, all others as they are.
    #[must_use]
    pub fn assets(&self, config: &Config) -> Vec<(String, Vec<u8>)> {
        let accents = colours::accent_palettes(&config.theme, &self.tokens());
        let chosen = colours::palette_overrides(&accents);
        let mut site = Vec::new();
        for name in self.style_sheets() {
            let sheet = self.asset(&format!("css/{name}"));
            let chosen = if name == SHEET_ORDER[0] {
                &chosen[..]
            } else {
                &[]
            };
            // Style sheets are valid UTF-8, or loading would have failed.
            let text = String::from_utf8(sheet).unwrap_or_default();
            site.extend(sheet::replace_colours(&text, chosen).into_bytes());
        }
        site.extend_from_slice(brand::logo_style(&config.theme).as_bytes());
        let mut print = self.asset("css/print.css");
        let foot = format!(
            "@page {{@bottom-left {{content: \"{}\"; font: 8pt sans-serif}}}}\n",
            css_escape(&config.book.title)
        );
        print.extend_from_slice(foot.as_bytes());
        let mut out = vec![
            ("assets/site.css".to_owned(), site),
            ("assets/print.css".to_owned(), print),
        ];
        let search = SEARCH_SCRIPTS
            .iter()
            .flat_map(|it| self.asset(&format!("js/{it}")));
        out.push((format!("assets/{}", SEARCH_SCRIPTS[0]), search.collect()));
        for path in self.paths() {
            match path.split_once('/') {
                Some(("templates" | "icons" | "css", _)) => {}
                Some(("js", name)) if SEARCH_SCRIPTS.contains(&name) => {}
                Some(("js", name)) => out.push((format!("assets/{name}"), self.asset(&path))),
                _ => out.push((format!("assets/{path}"), self.static_file(&path, &chosen))),
            }
        }
        out
    }

    /// The bytes of a file: the book's own, else the built-in one.
    fn file(&self, path: &str) -> &[u8] {
        let own = self.own.get(path).map(Vec::as_slice);
        own.or_else(|| built_in::file(path)).unwrap_or_default()
    }

    /// The paths of all files, sorted.
    fn paths(&self) -> Vec<String> {
        let mut out = built_in::paths();
        out.extend(self.own.keys().cloned());
        out.sort();
        out.dedup();
        out
    }

    /// The style sheets for screens, in the order in which they are joined.
    fn style_sheets(&self) -> Vec<String> {
        let paths = self.paths().into_iter();
        let mut sheets: Vec<_> = paths
            .filter_map(|it| it.strip_prefix("css/").map(str::to_owned))
            .filter(|it| it != "print.css" && it.rsplit('.').next() == Some("css"))
            .collect();
        let position = |name: &String| {
            SHEET_ORDER
                .iter()
                .position(|it| it == name)
                .unwrap_or(SHEET_ORDER.len())
        };
        sheets.sort_by_key(|name| (position(name), name.clone()));
        sheets
    }

    /// The tokens of all style sheets, without the settings.
    fn tokens(&self) -> TokenColours {
        self.tokens_with(&Vec::new())
    }

    /// The tokens of all style sheets; `chosen` colours override those of the first one.
    fn tokens_with(&self, chosen: &colours::ColourOverrides) -> TokenColours {
        let mut tokens = TokenColours::default();
        for name in self.style_sheets() {
            let path = format!("css/{name}");
            let own = self.own.contains_key(&path);
            let source: Option<SourcePath> = own.then(|| format!("theme/{path}").into());
            tokens.add_sheet(
                source.as_ref(),
                std::str::from_utf8(self.file(&path)).unwrap_or_default(),
            );
            if name == SHEET_ORDER[0] {
                tokens.override_with(chosen);
            }
        }
        tokens
    }

    /// A script or style sheet; a built-in one is minified.
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

    /// Any other file as it is; the built-in favicon gets the accent.
    fn static_file(&self, path: &str, chosen: &colours::ColourOverrides) -> Vec<u8> {
        let accent = chosen
            .iter()
            .find(|(mode, name, _)| (*mode, *name) == (Mode::Light, "accent"));
        match (accent, path) {
            (Some((.., accent)), "favicon.svg") if !self.own.contains_key(path) => {
                let built_in = built_in::text("css/tokens.css").unwrap_or_default();
                let default_accent =
                    TokenColours::from_sheets([(None, built_in)]).get(Mode::Light, "accent");
                let text = built_in::text(path).unwrap_or_default();
                let default_accent = default_accent.map_or_else(String::new, |it| it.to_string());
                text.replace(&default_accent, &accent.to_string())
                    .into_bytes()
            }
            _ => self.file(path).to_vec(),
        }
    }
}

/// The files of a folder.
fn files_in<'a>(
    files: &'a BTreeMap<String, Vec<u8>>,
    folder: &'a str,
) -> impl Iterator<Item = (&'a String, &'a Vec<u8>)> {
    files
        .iter()
        .filter(move |(path, _)| path.starts_with(folder))
}

/// Reports text files that are not UTF-8.
fn check_encoding(own: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
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

/// The symbols by id; those of the book override the built-in ones.
fn load_symbols(own: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
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

/// Escapes a text for a quoted string in a style sheet.
fn css_escape(text: &str) -> String {
    let escape = |c: char| match c {
        c if c.is_alphanumeric() || c == ' ' => c.to_string(),
        c => format!("\\{:x} ", c as u32),
    };
    text.chars().map(escape).collect()
}

/// The ids of the symbols that a fragment of a page uses.
fn used_symbols(fragment: &str) -> impl Iterator<Item = &str> {
    const USE: &str = "<use href=\"#";
    let uses = memmem::find_iter(fragment.as_bytes(), USE);
    uses.filter_map(|at| fragment[at + USE.len()..].split('"').next())
}
