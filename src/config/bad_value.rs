//! Reports settings that have the right type and an invalid value.
//!
//! Entry: [`Config::bad_values`]. Invariant: each diagnostic has the range of the value and says what to write instead.

use super::folders::{Overlap, is_inside};
use super::{Book, Colour, Config, Exception, FooterLink, Html, Preview, Theme, WebAddress};
use crate::diagnostic::{Diagnostic, Example, Good, Rule, Severity};
use crate::source::{SourceLocation, SourcePath};
use crate::structure::date::{WrittenDate, is_date, with_date_help};
use crate::structure::toml;

/// `bad-value`.
pub static BAD_VALUE: Rule = Rule {
    code: "bad-value",
    severity: Severity::Error,
    explain: "A value in `book.toml` can't be used: an address without `https://`, or with a \
              password, a query or a port that can't be; a folder outside the book, or a site among \
              its sources; a date that does not exist, a language \
              tag that is none, an exception without a reason, a rule that does not exist, an \
              address that opens no editor, a colour that is none, a status of accessibility without \
              what it rests on. The help says how it is written.",
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
    good: Good::Change(
        r#"site-url = "example.org""#,
        r#"site-url = "https://example.org/""#,
    ),
};

impl Config {
    pub(super) fn bad_values(&self, path: &SourcePath, text: &str) -> Vec<Diagnostic> {
        let mut checker = ValueChecker {
            path,
            text,
            diagnostics: Vec::new(),
        };
        checker.check_html(&self.output.html);
        checker.check_book(&self.book);
        checker.check_folders(&self.book.src, &self.build.build_dir);
        checker.check_exceptions(&self.checks.except);
        checker.check_editor(&self.preview);
        if let Some(accessibility) = &self.accessibility {
            checker.check_accessibility(accessibility);
        }
        checker.check_theme(&self.theme);
        checker.diagnostics
    }
}

/// Collects the diagnostics of invalid values.
pub(super) struct ValueChecker<'a> {
    path: &'a SourcePath,
    text: &'a str,
    diagnostics: Vec<Diagnostic>,
}

impl ValueChecker<'_> {
    pub(super) fn add(&mut self, keys: &[&str], what: &str, help: &str) {
        let location = value_location(self.path, self.text, keys);
        let diagnostic = Diagnostic::new(&BAD_VALUE, &location, what).help(help);
        self.diagnostics.push(diagnostic);
    }

    fn check_html(&mut self, html: &Html) {
        let keys = |key| ["output", "html", key];
        if let Some(url) = &html.site_url
            && let Err(fault) = WebAddress::parse_site(url)
        {
            self.add(&keys("site-url"), &fault.what, &fault.help);
        }
        self.check_address(
            &keys("git-repository-url"),
            html.git_repository_url.as_ref(),
        );
        let Some(template) = &html.edit_url_template else {
            return;
        };
        let bare = template.replace("{path}", "path");
        // The path that replaces `{path}` is encoded, so it can't make the address invalid.
        if !bare.contains(['{', '}']) {
            self.check_address(&keys("edit-url-template"), Some(&bare));
        }
        let open = bare.find('{');
        let other = open.map(|at| bare[at..].split_inclusive('}').next().unwrap_or_default());
        if let Some(other) = other {
            let what = format!("`{other}` is nothing that the template can hold");
            self.add(
                &keys("edit-url-template"),
                &what,
                "write `{path}` where the file's path belongs",
            );
        } else if !template.contains("{path}") {
            let help = "put `{path}` where the file's path belongs";
            let what = "the template has no `{path}`";
            self.add(&keys("edit-url-template"), what, help);
        }
    }

    /// Checks an optional web address.
    pub(super) fn check_address(&mut self, keys: &[&str], url: Option<&String>) {
        if let Some(Err(fault)) = url.map(|it| WebAddress::parse(it)) {
            self.add(keys, &fault.what, &fault.help);
        }
    }

    fn check_book(&mut self, book: &Book) {
        let part =
            |it: &str| (1..=8).contains(&it.len()) && it.chars().all(|c| c.is_ascii_alphanumeric());
        // RFC 5646, 2.2.1: the languages that are registered have two or three letters.
        let language = book.language.split('-').next().unwrap_or_default();
        let named = (2..=3).contains(&language.len()) || matches!(language, "x" | "i");
        let letters = language.chars().all(|it| it.is_ascii_alphabetic());
        if !(named && letters && book.language.split('-').all(part)) {
            let help = "write a BCP 47 tag such as `en-GB` or `de`";
            self.add(&["book", "language"], "this is no language tag", help);
        }
        if book.title.trim().is_empty() {
            self.add(&["book", "title"], "the title is empty", "name the site");
        }
        self.check_date(&["book", "date"], book.date.as_ref());
    }

    fn check_folders(&mut self, src: &str, build_dir: &str) {
        for (keys, folder, content) in [
            (["book", "src"], src, ""),
            (["build", "build-dir"], build_dir, src),
        ] {
            let example = if content.is_empty() {
                "content"
            } else {
                "public"
            };
            if !is_inside(folder) {
                let help = format!("write a path from `book.toml`, such as `{example}`");
                self.add(&keys, "this is no folder inside the book", &help);
            } else if let Some(overlap) =
                Overlap::in_book(folder, if is_inside(content) { content } else { "" })
            {
                let what = if content.is_empty() {
                    format!("the content can't be here: {}", overlap.describe())
                } else {
                    overlap.message()
                };
                let help = format!("use a folder of its own, such as `{example}`");
                self.add(&keys, &what, &help);
            }
        }
    }

    fn check_exceptions(&mut self, exceptions: &[Exception]) {
        for (i, exception) in exceptions.iter().enumerate() {
            let index = i.to_string();
            let keys = |key| ["checks", "except", &index, key];
            if exception.reason.trim().is_empty() {
                let what = "the exception has no reason";
                self.add(&keys("reason"), what, "say why it stands");
            }
            self.check_date(&keys("until"), exception.until.as_ref());
        }
    }

    fn check_editor(&mut self, preview: &Preview) {
        if preview.editor.is_some() && preview.editor().is_none() {
            let help = "write it as `vscode://file/{path}:{line}:{column}`";
            let what = "this is no address that opens a file in an editor";
            self.add(&["preview", "editor"], what, help);
        }
    }

    fn check_theme(&mut self, theme: &Theme) {
        for (key, colour) in [
            ("accent", &theme.accent),
            ("accent-dark", &theme.accent_dark),
        ] {
            if colour
                .as_ref()
                .is_some_and(|it| Colour::parse(it).is_none())
            {
                let help = "write it as `#0b5666`";
                self.add(&["theme", key], "this is no colour", help);
            }
        }
        let is_empty = |it: &Option<String>| it.as_ref().is_some_and(|it| it.trim().is_empty());
        if is_empty(&theme.short_title) {
            let help = "name the site in a word or two, or take the line out";
            self.add(&["theme", "short-title"], "the name is empty", help);
        }
        if is_empty(&theme.logo_alt) {
            let help = "write the words that the logo shows; take the line out if it shows none";
            self.add(&["theme", "logo-alt"], "the logo says nothing", help);
        }
        for (key, set) in [
            ("logo-alt", theme.logo_alt.is_some()),
            ("logo-dark", theme.logo_dark.is_some()),
        ] {
            if set && theme.logo.is_none() {
                let help = "name its file by `logo`";
                self.add(&["theme", key], "there is no logo", help);
            }
        }
        for (i, link) in theme.footer.iter().enumerate() {
            self.check_footer_link(&i.to_string(), link);
        }
    }

    fn check_footer_link(&mut self, index: &str, footer_link: &FooterLink) {
        let keys = |key| ["theme", "footer", index, key];
        if footer_link.title.trim().is_empty() {
            self.add(
                &keys("title"),
                "the link has no words",
                "say where it leads",
            );
        }
        if !footer_link.is_address() {
            return;
        }
        match footer_link.link.split_once(':') {
            Some(("mailto", mail)) if !is_mail(mail) => {
                let help = "write it as `mailto:access@example.org`";
                self.add(&keys("link"), "this is no mail address", help);
            }
            Some(("tel", phone)) if !is_phone(phone) => {
                let help = "write it as `tel:+49301234567`";
                self.add(&keys("link"), "this is no telephone number", help);
            }
            Some(("mailto" | "tel", _)) => {}
            _ => self.check_address(&keys("link"), Some(&footer_link.link)),
        }
    }

    pub(super) fn check_date(&mut self, keys: &[&str], date: Option<&WrittenDate>) {
        if let Some(WrittenDate(text)) = date
            && !is_date(text)
        {
            let location = value_location(self.path, self.text, keys);
            let message = format!("`{text}` is no date");
            let diagnostic = Diagnostic::new(&BAD_VALUE, &location, message);
            self.diagnostics.push(with_date_help(diagnostic, text));
        }
    }
}

/// The location of a value in `book.toml`, by its path of keys; if it is absent, that of the innermost table that exists.
#[must_use]
pub fn value_location(path: &SourcePath, text: &str, keys: &[&str]) -> SourceLocation {
    let above = (1..=keys.len())
        .rev()
        .find_map(|end| toml::value_span(text, &keys[..end]));
    let span = above.unwrap_or_default();
    SourceLocation {
        path: path.clone(),
        span,
    }
}

/// Whether a text looks like a mail address. A query, such as `?subject=…`, is ignored.
pub(super) fn is_mail(text: &str) -> bool {
    let mail = text.split('?').next().unwrap_or_default();
    let is_complete = mail
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    is_complete && !text.contains(char::is_whitespace)
}

/// Whether a text looks like a telephone number.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && !text.chars().any(char::is_alphabetic)
}
