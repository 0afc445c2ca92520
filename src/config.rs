//! `book.toml`: the book's name, where it is published, what is checked.
//!
//! Entry: [`Config::parse`]. Keys mean what they mean in mdBook where both have them.
//! Invariant: a mistake in it is a diagnostic like any other, at its line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Checked, Diagnostic, Example, Rule, Severity};
use crate::source::{Place, SourcePath, Sources};
use crate::structure::{self, toml};

/// The path of the file.
pub const BOOK_TOML: &str = "book.toml";

/// The settings of a book.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// What the book is.
    #[serde(default)]
    pub book: Book,
    /// Where the built site goes.
    #[serde(default)]
    pub build: Build,
    /// What the site is like.
    #[serde(default)]
    pub output: Output,
    /// What authors may write.
    #[serde(default)]
    pub markdown: MarkdownConfig,
    /// What is checked, and how strictly.
    #[serde(default)]
    pub checks: Checks,
    /// What authors see in the preview.
    #[serde(default)]
    pub preview: Preview,
}

/// What the book is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Book {
    /// The name of the site.
    pub title: String,
    /// What the site is, in a sentence.
    pub description: String,
    /// Who is answerable for the text.
    pub authors: Vec<String>,
    /// The language of the text, as a BCP 47 tag.
    pub language: String,
    /// The edition, such as `1.0`.
    pub version: String,
    /// The date of the edition: `2026-11-22`.
    pub date: Option<String>,
    /// The folder of the content.
    pub src: String,
}

impl Default for Book {
    fn default() -> Self {
        Self {
            title: "Controls catalogue".to_owned(),
            description: String::new(),
            authors: Vec::new(),
            language: "en-GB".to_owned(),
            version: "0.1".to_owned(),
            date: None,
            src: "content".to_owned(),
        }
    }
}

/// Where the built site goes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Build {
    /// The folder, from that of `book.toml`.
    pub build_dir: String,
}

impl Default for Build {
    fn default() -> Self {
        Self {
            build_dir: "public".to_owned(),
        }
    }
}

/// What the site is like.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Output {
    /// The HTML site.
    pub html: Html,
}

/// The HTML site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Html {
    /// The address at which the site is published, with a slash at its end.
    pub site_url: Option<String>,
    /// The repository, for a link.
    pub git_repository_url: Option<String>,
    /// The address to edit a file, with `{path}` in it.
    pub edit_url_template: Option<String>,
    /// A line that stands in the foot of every page: what the site is and is not.
    pub notice: Option<String>,
    /// The licence of the content, as shown in the foot.
    pub licence: Option<String>,
}

/// What authors may write.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct MarkdownConfig {
    /// Whether HTML in Markdown is passed on.
    pub raw_html: bool,
    /// Names of laws and standards that are not in the book: a citation beside one is never linked.
    pub instruments: Vec<String>,
}

/// What authors see in the preview.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Preview {
    /// The address that opens a file in your editor, with `{path}`, `{line}` and `{column}` in it:
    /// `vscode://file/{path}:{line}:{column}`.
    pub editor: Option<String>,
}

/// What is checked, and how strictly.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Checks {
    /// The severity of single rules, by code.
    pub severity: BTreeMap<String, Level>,
    /// The least that a build must hold, so that an empty catalogue is never published.
    pub at_least: AtLeast,
    /// Records that a rule leaves alone for a while, with the reason.
    pub except: Vec<Exception>,
}

/// A severity as an author writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not reported.
    Off,
    /// Reported.
    Warning,
    /// Reported, and nothing is written.
    Error,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Off => Self::Off,
            Level::Warning => Self::Warning,
            Level::Error => Self::Error,
        }
    }
}

/// The least that a build must hold.
#[derive(Debug, Clone, Copy, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AtLeast {
    /// Measures.
    pub measures: usize,
    /// Mappings.
    pub mappings: usize,
    /// Nodes of frameworks that can be mapped.
    pub requirements: usize,
}

/// Records that a rule leaves alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// The rule's code.
    pub rule: String,
    /// The ids of the records, or the paths of files.
    pub of: Vec<String>,
    /// Why: an exception without a reason is a mistake.
    #[serde(default)]
    #[schemars(required)]
    pub reason: String,
    /// The date by which it should be gone: shown, never compared.
    pub until: Option<String>,
}

/// `bad-value`.
pub static BAD_VALUE: Rule = Rule {
    code: "bad-value",
    severity: Severity::Error,
    explain: "A value in `book.toml` can't be used: an address without `https://` or without the \
              slash at its end, a folder outside the book, a date that does not exist, a language \
              tag that is none, an exception without a reason, a rule that does not exist, an \
              address that opens no editor. The \
              help says how it is written.",
    bad: Example {
        files: &[(
            "book.toml",
            r#"[output.html]
site-url = "example.org"
"#,
        )],
        path: "book.toml",
        marks: "\"example.org\"",
    },
    good: &[(
        "book.toml",
        r#"[output.html]
site-url = "https://example.org/"
"#,
    )],
};

impl Config {
    /// Reads `book.toml`; for what is absent or mistaken, the defaults stand.
    #[must_use]
    pub fn parse(sources: &Sources) -> Checked<Self> {
        let path: SourcePath = BOOK_TOML.into();
        let Some(bytes) = sources.bytes(&path) else {
            return Checked::default();
        };
        let text = match structure::text(&path, bytes) {
            Ok(text) => text,
            Err(diagnostics) => {
                return Checked {
                    value: Self::default(),
                    diagnostics,
                };
            }
        };
        let (value, mut diagnostics) = match toml::typed::<Self>(&path, text) {
            Ok(value) => (value, Vec::new()),
            Err(mistakes) => (toml::rest(text, &mistakes), mistakes),
        };
        diagnostics.extend(value.bad_values(&path, text));
        Checked { value, diagnostics }
    }

    /// The folder of the content, with a slash at its end.
    #[must_use]
    pub fn content_dir(&self) -> String {
        format!("{}/", self.book.src.trim_end_matches('/'))
    }

    fn bad_values(&self, path: &SourcePath, text: &str) -> Vec<Diagnostic> {
        let mut bad = Bad {
            path,
            text,
            found: Vec::new(),
        };
        bad.in_html(&self.output.html);
        bad.in_book(&self.book);
        bad.in_folders(&self.book.src, &self.build.build_dir);
        bad.in_exceptions(&self.checks.except);
        bad.in_editor(&self.preview);
        bad.found
    }
}

/// Values that fit their type and can't be used.
struct Bad<'a> {
    path: &'a SourcePath,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Preview {
    /// The address that opens a file in the author's editor: not one that would run or show something in the page.
    #[must_use]
    pub fn editor(&self) -> Option<&str> {
        let address = self.editor.as_deref()?;
        let scheme = address.split_once(':')?.0.to_lowercase();
        let opens = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !["javascript", "data", "vbscript", "blob", "about"].contains(&scheme.as_str());
        (opens && address.contains("{path}")).then_some(address)
    }
}

impl Bad<'_> {
    fn add(&mut self, keys: &[&str], what: &str, help: &str) {
        let place = place_of(self.path, self.text, keys);
        self.found
            .push(Diagnostic::at(&BAD_VALUE, &place, what).help(help));
    }

    fn in_html(&mut self, html: &Html) {
        let keys = |key| ["output", "html", key];
        let off_web = |url: &String| !url.starts_with("https://") && !url.starts_with("http://");
        let site_url = html.site_url.as_ref();
        if site_url.is_some_and(|it| off_web(it) || !it.ends_with('/')) {
            let help = "write it as `https://example.org/path/`, with the slash";
            self.add(&keys("site-url"), "this is no address of a site", help);
        }
        for (key, url) in [
            ("git-repository-url", &html.git_repository_url),
            ("edit-url-template", &html.edit_url_template),
        ] {
            if url.as_ref().is_some_and(off_web) {
                let what = "this is no address on the web";
                self.add(&keys(key), what, "begin with `https://`");
            }
        }
        let template = html.edit_url_template.as_ref();
        if template.is_some_and(|it| !it.contains("{path}")) {
            let help = "put `{path}` where the file's path belongs";
            let what = "the template has no `{path}`";
            self.add(&keys("edit-url-template"), what, help);
        }
    }

    fn in_book(&mut self, book: &Book) {
        let part =
            |it: &str| (1..=8).contains(&it.len()) && it.chars().all(|c| c.is_ascii_alphanumeric());
        if !book.language.split('-').all(part) {
            let help = "write a BCP 47 tag such as `en-GB` or `de`";
            self.add(&["book", "language"], "this is no language tag", help);
        }
        if book.title.trim().is_empty() {
            self.add(&["book", "title"], "the title is empty", "name the site");
        }
        self.in_date(&["book", "date"], book.date.as_ref());
    }

    fn in_folders(&mut self, src: &str, build_dir: &str) {
        for (keys, folder) in [(["book", "src"], src), (["build", "build-dir"], build_dir)] {
            let inside = !folder.starts_with('/')
                && !folder.contains(['\\', ':'])
                && folder.split('/').all(|it| it != ".." && it != ".")
                && !folder.is_empty();
            if !inside {
                let help = "write a path from `book.toml`, such as `public`";
                self.add(&keys, "this is no folder inside the book", help);
            }
        }
        if build_dir.trim_end_matches('/') == src.trim_end_matches('/') {
            let what = "the site would be written over the content";
            let help = "use a folder of its own, such as `public`";
            self.add(&["build", "build-dir"], what, help);
        }
    }

    fn in_exceptions(&mut self, exceptions: &[Exception]) {
        for (at, exception) in exceptions.iter().enumerate() {
            let at = at.to_string();
            let keys = |key| ["checks", "except", &at, key];
            if exception.reason.trim().is_empty() {
                let what = "the exception has no reason";
                self.add(&keys("reason"), what, "say why it stands");
            }
            self.in_date(&keys("until"), exception.until.as_ref());
        }
    }

    fn in_editor(&mut self, preview: &Preview) {
        if preview.editor.is_some() && preview.editor().is_none() {
            let help = "write it as `vscode://file/{path}:{line}:{column}`";
            let what = "this is no address that opens a file in an editor";
            self.add(&["preview", "editor"], what, help);
        }
    }

    fn in_date(&mut self, keys: &[&str], date: Option<&String>) {
        if date.is_some_and(|it| it.parse::<jiff::civil::Date>().is_err()) {
            self.add(keys, "this is no date", "write it as `2026-11-22`");
        }
    }
}

/// Where a value of `book.toml` stands, by the keys that lead to it; what is absent, at the nearest table above.
#[must_use]
pub fn place_of(path: &SourcePath, text: &str, keys: &[&str]) -> Place {
    let above = (1..=keys.len())
        .rev()
        .find_map(|end| toml::find(text, &keys[..end]));
    let span = above.unwrap_or_default();
    Place {
        path: path.clone(),
        span,
    }
}
