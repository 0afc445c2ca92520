//! `book.toml`: the book's name, where it is published, what is checked.
//!
//! Entry: [`Config::parse`]. Keys mean what they mean in mdBook where both have them.
//! Invariant: a mistake in it is a diagnostic like any other, at its line.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::diagnostic::{Checked, Diagnostic, Example, Rule, Severity};
use crate::source::{Place, SourcePath, Sources, Span};
use crate::structure::toml;

/// The path of the file.
pub const BOOK_TOML: &str = "book.toml";

/// `book.toml`.
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
    /// The ids of the records.
    pub of: Vec<String>,
    /// Why.
    pub reason: String,
    /// The date by which it should be gone: shown, never compared.
    pub until: Option<String>,
}

/// `bad-value`.
pub static BAD_VALUE: Rule = Rule {
    code: "bad-value",
    severity: Severity::Error,
    explain: "A value in `book.toml` that can't be used: an address without `https://`, a folder outside the book, a date that is none, a language tag that is none, a severity for a rule that does not exist.",
    bad: Example {
        files: &[(BOOK_TOML, "[output.html]\nsite-url = \"example.org\"\n")],
        path: BOOK_TOML,
        marks: "\"example.org\"",
    },
    good: &[(
        BOOK_TOML,
        "[output.html]\nsite-url = \"https://example.org/\"\n",
    )],
};

impl Config {
    /// Reads `book.toml`; without the file, or with a mistake in it, the defaults stand.
    #[must_use]
    pub fn parse(sources: &Sources) -> Checked<Self> {
        let path: SourcePath = BOOK_TOML.into();
        let Some(text) = sources.text(&path) else {
            return Checked::default();
        };
        match toml::typed::<Self>(&path, text) {
            Ok(value) => {
                let diagnostics = value.bad_values(&path, text);
                Checked { value, diagnostics }
            }
            Err(diagnostics) => Checked {
                value: Self::default(),
                diagnostics,
            },
        }
    }

    /// The folder of the content, with a slash at its end.
    #[must_use]
    pub fn content_dir(&self) -> String {
        format!("{}/", self.book.src.trim_end_matches('/'))
    }

    fn bad_values(&self, path: &SourcePath, text: &str) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let mut bad = |keys: &[&str], what: &str, help: &str| {
            let place = place_of(path, text, keys);
            found.push(Diagnostic::at(&BAD_VALUE, &place, what).help(help));
        };
        let html = &self.output.html;
        let web = |url: &Option<String>| {
            url.as_ref()
                .is_none_or(|it| it.starts_with("https://") || it.starts_with("http://"))
        };
        if !web(&html.site_url) || html.site_url.as_ref().is_some_and(|it| !it.ends_with('/')) {
            bad(
                &["output", "html", "site-url"],
                "this is no address of a site",
                "write it as `https://example.org/path/`, with the slash",
            );
        }
        for (key, url) in [
            ("git-repository-url", &html.git_repository_url),
            ("edit-url-template", &html.edit_url_template),
        ] {
            if !web(url) {
                bad(
                    &["output", "html", key],
                    "this is no address on the web",
                    "begin with `https://`",
                );
            }
        }
        if html
            .edit_url_template
            .as_ref()
            .is_some_and(|it| !it.contains("{path}"))
        {
            bad(
                &["output", "html", "edit-url-template"],
                "the template has no `{path}`",
                "put `{path}` where the file's path belongs",
            );
        }
        let tag = &self.book.language;
        if tag.is_empty()
            || !tag.split('-').all(|it| {
                (1..=8).contains(&it.len()) && it.chars().all(|c| c.is_ascii_alphanumeric())
            })
        {
            bad(
                &["book", "language"],
                "this is no language tag",
                "write a BCP 47 tag such as `en-GB` or `de`",
            );
        }
        if self.book.title.trim().is_empty() {
            bad(&["book", "title"], "the title is empty", "name the site");
        }
        for (keys, folder) in [
            (["book", "src"], &self.book.src),
            (["build", "build-dir"], &self.build.build_dir),
        ] {
            let inside = !folder.starts_with('/')
                && !folder.contains(['\\', ':'])
                && folder.split('/').all(|it| it != ".." && it != ".")
                && !folder.is_empty();
            if !inside {
                bad(
                    &keys,
                    "this is no folder inside the book",
                    "write a path from `book.toml`, such as `public`",
                );
            }
        }
        if self.build.build_dir.trim_end_matches('/') == self.book.src.trim_end_matches('/') {
            bad(
                &["build", "build-dir"],
                "the site would be written over the content",
                "use a folder of its own, such as `public`",
            );
        }
        if self
            .book
            .date
            .as_ref()
            .is_some_and(|it| it.parse::<jiff::civil::Date>().is_err())
        {
            bad(
                &["book", "date"],
                "this is no date",
                "write it as `2026-11-22`",
            );
        }
        for (at, exception) in self.checks.except.iter().enumerate() {
            if exception.reason.trim().is_empty() {
                bad(
                    &["checks", "except", &at.to_string(), "reason"],
                    "the exception has no reason",
                    "say why it stands",
                );
            }
        }
        found
    }
}

/// Where a value of `book.toml` stands, by the keys that lead to it.
#[must_use]
pub fn place_of(path: &SourcePath, text: &str, keys: &[&str]) -> Place {
    let span = toml::find(text, keys).unwrap_or(Span::default());
    Place {
        path: path.clone(),
        span,
    }
}
