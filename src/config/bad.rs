//! Values of `book.toml` that fit their type and can't be used.
//!
//! Entry: [`Config::bad_values`]. Invariant: each is reported at its line, and how it is written.

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
        if let Some(accessibility) = &self.accessibility {
            bad.in_accessibility(accessibility);
        }
        bad.in_theme(&self.theme);
        bad.found
    }
}

/// Values that fit their type and can't be used.
pub(super) struct Bad<'a> {
    path: &'a SourcePath,
    text: &'a str,
    found: Vec<Diagnostic>,
}

impl Bad<'_> {
    pub(super) fn add(&mut self, keys: &[&str], what: &str, help: &str) {
        let place = place_of(self.path, self.text, keys);
        self.found
            .push(Diagnostic::at(&BAD_VALUE, &place, what).help(help));
    }

    fn in_html(&mut self, html: &Html) {
        let keys = |key| ["output", "html", key];
        if let Some(url) = &html.site_url
            && let Err(fault) = WebAddress::of_site(url)
        {
            self.add(&keys("site-url"), &fault.what, &fault.help);
        }
        self.in_address(
            &keys("git-repository-url"),
            html.git_repository_url.as_ref(),
        );
        let Some(template) = &html.edit_url_template else {
            return;
        };
        let bare = template.replace("{path}", "path");
        // What takes the place of `{path}` holds no sign that an address could not.
        if !bare.contains(['{', '}']) {
            self.in_address(&keys("edit-url-template"), Some(&bare));
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

    /// An address on the web, of whatever is there.
    pub(super) fn in_address(&mut self, keys: &[&str], url: Option<&String>) {
        if let Some(Err(fault)) = url.map(|it| WebAddress::parse(it)) {
            self.add(keys, &fault.what, &fault.help);
        }
    }

    fn in_book(&mut self, book: &Book) {
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
        self.in_date(&["book", "date"], book.date.as_ref());
    }

    fn in_folders(&mut self, src: &str, build_dir: &str) {
        for (keys, folder, beside) in [
            (["book", "src"], src, ""),
            (["build", "build-dir"], build_dir, src),
        ] {
            let example = if beside.is_empty() {
                "content"
            } else {
                "public"
            };
            if !is_inside(folder) {
                let help = format!("write a path from `book.toml`, such as `{example}`");
                self.add(&keys, "this is no folder inside the book", &help);
            } else if let Some(overlap) =
                Overlap::of(folder, if is_inside(beside) { beside } else { "" })
            {
                let what = if beside.is_empty() {
                    format!("the content can't be here: {}", overlap.place())
                } else {
                    overlap.words()
                };
                let help = format!("use a folder of its own, such as `{example}`");
                self.add(&keys, &what, &help);
            }
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

    fn in_theme(&mut self, theme: &Theme) {
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
        let empty = |it: &Option<String>| it.as_ref().is_some_and(|it| it.trim().is_empty());
        if empty(&theme.short_title) {
            let help = "name the site in a word or two, or take the line out";
            self.add(&["theme", "short-title"], "the name is empty", help);
        }
        if empty(&theme.logo_alt) {
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
        for (at, link) in theme.footer.iter().enumerate() {
            self.in_footer_link(&at.to_string(), link);
        }
    }

    fn in_footer_link(&mut self, at: &str, it: &FooterLink) {
        let keys = |key| ["theme", "footer", at, key];
        if it.title.trim().is_empty() {
            self.add(
                &keys("title"),
                "the link has no words",
                "say where it leads",
            );
        }
        if !it.is_address() {
            return;
        }
        match it.link.split_once(':') {
            Some(("mailto", mail)) if !is_mail(mail) => {
                let help = "write it as `mailto:access@example.org`";
                self.add(&keys("link"), "this is no mail address", help);
            }
            Some(("tel", phone)) if !is_phone(phone) => {
                let help = "write it as `tel:+49301234567`";
                self.add(&keys("link"), "this is no telephone number", help);
            }
            Some(("mailto" | "tel", _)) => {}
            _ => self.in_address(&keys("link"), Some(&it.link)),
        }
    }

    pub(super) fn in_date(&mut self, keys: &[&str], date: Option<&WrittenDate>) {
        if let Some(WrittenDate(text)) = date
            && !is_date(text)
        {
            let place = place_of(self.path, self.text, keys);
            let it = Diagnostic::at(&BAD_VALUE, &place, format!("`{text}` is no date"));
            self.found.push(with_date_help(it, text));
        }
    }
}

/// Where a value of `book.toml` stands, by the keys that lead to it; what is absent, at the nearest table above.
#[must_use]
pub fn place_of(path: &SourcePath, text: &str, keys: &[&str]) -> SourceLocation {
    let above = (1..=keys.len())
        .rev()
        .find_map(|end| toml::value_span(text, &keys[..end]));
    let span = above.unwrap_or_default();
    SourceLocation {
        path: path.clone(),
        span,
    }
}

/// Whether a text can be a mail address; what follows a `?` is a subject or the like.
pub(super) fn is_mail(text: &str) -> bool {
    let mail = text.split('?').next().unwrap_or_default();
    let parts = mail.split_once('@');
    let whole = parts.is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    whole && !text.contains(char::is_whitespace)
}

/// Whether a text can be a telephone number.
pub(super) fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits >= 3 && !text.chars().any(char::is_alphabetic)
}
